"""Course: on which side of its reference a quantity lies as the share of adversaries grows from 0 to 1.

The sign of f(φ) = quantity − reference is followed from φ = 0 on.  An interval is settled when the ball of f
over it excludes 0, or when that of f′ does: then f has one zero in it at most, exactly one where the signs
at its ends differ.  What cannot be settled ends the course there.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from enum import Enum

from flint import arb, ctx, fmpq

from theory.budget import Budget
from theory.equilibrium.enclosures import dyadic, simplest_rational

_SCAN_BITS = 128
_SPLITS = tuple(fmpq(k, 64) for k in (32, 29, 35, 25, 39, 20, 44))
_NARROWEST = fmpq(1, 2**40)
_MOST_INTERVALS = 1500
_REFINEMENTS = 60


class Side(Enum):
    """Where a quantity is proved to lie with respect to its reference."""

    ABOVE = "above"
    EQUAL = "equal"
    BELOW = "below"
    UNDECIDED = "undecided"


class AbstractTrace(ABC):
    """f(φ) = quantity − reference over shares φ ∈ [0, `end`], in balls.

    To implement: `value`, `slope` and `vanishes`; `is_constant` where f may be seen to be.
    """

    @property
    def is_constant(self) -> bool:
        """Whether f is proved to be the same at every share."""
        return False

    @property
    def end(self) -> fmpq:
        """Share up to which f is proved to exist."""
        return fmpq(1)

    @property
    def why_it_ends(self) -> str:
        """Why `end` is not 1; empty when it is."""
        return ""

    @abstractmethod
    def value(self, share: arb, bits: int) -> arb:
        """Every f(φ), φ in the ball; not finite where nothing is proved."""

    @abstractmethod
    def slope(self, share: arb, bits: int) -> arb:
        """Every f′(φ), φ in the ball; not finite where nothing is proved."""

    @abstractmethod
    def vanishes(self, share: fmpq) -> bool:
        """Whether f(φ) = 0 is proved exactly."""


@dataclass(frozen=True, kw_only=True)
class Crossing:
    """A share at which a quantity crosses its reference.

    Parameters
    ----------
    share : arb
        Contains exactly one zero of f.
    exact : fmpq or None
        The zero itself, when it is rational and was checked exactly.
    to : Side
        The side just past it.
    """

    share: arb
    exact: fmpq | None
    to: Side


@dataclass(frozen=True, kw_only=True)
class Course:
    """The sides of a quantity on [0, `until`], complete there.

    Parameters
    ----------
    at_zero, after_zero : Side
        At φ = 0 and just past it.
    crossings : tuple of Crossing
        Every change of side in (0, until), in increasing order.
    until : fmpq
        1 where everything is settled.
    detail : str
        Why it is not 1.
    """

    at_zero: Side
    after_zero: Side
    crossings: tuple[Crossing, ...]
    until: fmpq
    detail: str = ""

    @property
    def falls(self) -> Crossing | None:
        """The least share at which the quantity gets below its reference; None without one in [0, until]."""
        if self.after_zero is Side.BELOW and self.at_zero is Side.EQUAL:
            return Crossing(share=arb(0), exact=fmpq(0), to=Side.BELOW)
        return next((c for c in self.crossings if c.to is Side.BELOW), None)


@dataclass(frozen=True)
class _Settled:
    """An interval with at most one zero inside: the side at its right end, and the zero's enclosure."""

    side: Side
    crossing: Crossing | None = None


def course_of(trace: AbstractTrace, bits: int, budget: Budget) -> Course:
    """The sides of a trace from φ = 0 on, as far as they are proved.

    Parameters
    ----------
    trace : AbstractTrace
    bits : int
        Working precision of the crossings' enclosures.
    budget : Budget
        When it is spent, the course ends where it is.
    """
    with ctx.workprec(_SCAN_BITS):
        first = _side_at(trace, fmpq(0))
    if first is Side.UNDECIDED:
        detail = trace.why_it_ends or "whether it starts above or below the reference is undecided"
        return Course(at_zero=first, after_zero=first, crossings=(), until=fmpq(0), detail=detail)
    if trace.is_constant:
        return Course(
            at_zero=first, after_zero=first, crossings=(), until=trace.end, detail=trace.why_it_ends
        )
    walk = _Walk(trace=trace, bits=bits, budget=budget)
    until, detail = walk.along(first)
    after = walk.sides[0] if walk.sides else (first if first is not Side.EQUAL else Side.UNDECIDED)
    return Course(
        at_zero=first, after_zero=after, crossings=tuple(walk.crossings), until=until, detail=detail
    )


class _Walk:
    """The walk from φ = 0 to the end of a trace, with what it met."""

    def __init__(self, *, trace: AbstractTrace, bits: int, budget: Budget) -> None:
        self.trace, self.bits, self.budget = trace, bits, budget
        self.crossings: list[Crossing] = []
        self.sides: list[Side] = []

    def along(self, side: Side) -> tuple[fmpq, str]:
        """Until where the sides are settled, and why not further."""
        ahead = [(fmpq(0), self.trace.end)]
        for _ in range(_MOST_INTERVALS):
            if not ahead:
                return self.trace.end, self.trace.why_it_ends
            low, high = ahead.pop()
            if low == high:
                continue
            if self.budget.spent:
                return low, "the time limit was reached"
            settled = self._settled(low, high, side)
            if settled is not None:
                self._note(settled, side)
                side = settled.side
                continue
            middle = self._split(low, high)
            if middle is None:
                return low, "the quantity is not separated from its reference"
            ahead += [(middle, high), (low, middle)]
        return ahead[-1][0] if ahead else self.trace.end, "too many intervals were needed"

    def _note(self, settled: _Settled, before: Side) -> None:
        if not self.sides:
            self.sides.append(settled.side if settled.crossing is None else before)
        if settled.crossing is not None:
            self.crossings.append(settled.crossing)

    def _settled(self, low: fmpq, high: fmpq, left: Side) -> _Settled | None:
        """What is proved on (low, high], from the side just past `low` (at `low`, where that is EQUAL)."""
        with ctx.workprec(_SCAN_BITS):
            span = _between(low, high)
            side = _side(self.trace.value(span, _SCAN_BITS))
            if side is not Side.UNDECIDED:
                return _Settled(side)
            slope = self.trace.slope(span, _SCAN_BITS)
            direction = _side(slope)
            if left is not Side.EQUAL:
                middle = arb((low + high) / 2)
                side = _side(self.trace.value(middle, _SCAN_BITS) + slope * (span - middle))
                if side is not Side.UNDECIDED:
                    return _Settled(side)
            if direction is Side.UNDECIDED:
                return None
            right = _side_at(self.trace, high)
        if left is Side.EQUAL:
            return _Settled(direction)
        if right is left or (right is Side.EQUAL and high == self.trace.end):
            return _Settled(left)
        if right in (Side.UNDECIDED, Side.EQUAL):
            return None
        return _Settled(right, self._crossing(low, high, right))

    def _split(self, low: fmpq, high: fmpq) -> fmpq | None:
        """A point inside at which f is proved not to vanish."""
        if high - low < _NARROWEST:
            return None
        with ctx.workprec(_SCAN_BITS):
            for part in _SPLITS:
                middle = low + part * (high - low)
                if _side(self.trace.value(arb(middle), _SCAN_BITS)) is not Side.UNDECIDED:
                    return middle
        return None

    def _crossing(self, low: fmpq, high: fmpq, to: Side) -> Crossing:
        share = _refined(self.trace, low, high, self.bits)
        return Crossing(share=share, exact=_exact(self.trace, share, self.bits), to=to)


def _refined(trace: AbstractTrace, low: fmpq, high: fmpq, bits: int) -> arb:
    """The zero of a monotone f in [low, high], by the interval Newton method."""
    with ctx.workprec(bits):
        found = _between(low, high)
        for _ in range(_REFINEMENTS):
            middle = arb(found.mid())
            precise = bits if found.rad() < arb(2) ** -24 else _SCAN_BITS
            step = trace.value(middle, precise) / trace.slope(found, precise)
            if not step.is_finite():
                break
            narrowed = found.intersection(middle - step)
            if not narrowed.rad() < found.rad() * arb("0.9") and precise == bits:
                break
            found = narrowed
        return found


def _exact(trace: AbstractTrace, share: arb, bits: int) -> fmpq | None:
    with ctx.workprec(2 * bits):
        simple = simplest_rational(dyadic(share.lower()), dyadic(share.upper()))
    if simple.height_bits() > bits // 5 or not trace.vanishes(simple):
        return None
    return simple


def _side_at(trace: AbstractTrace, share: fmpq) -> Side:
    side = _side(trace.value(arb(share), _SCAN_BITS))
    if side is Side.UNDECIDED and trace.vanishes(share):
        return Side.EQUAL
    return side


def _side(value: arb) -> Side:
    if value > 0:
        return Side.ABOVE
    return Side.BELOW if value < 0 else Side.UNDECIDED


def _between(low: fmpq, high: fmpq) -> arb:
    return arb(low).union(arb(high))
