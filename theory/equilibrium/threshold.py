"""Threshold: the strength at which iteration from the start stops converging, enclosed by two proofs.

Both ends of the enclosure are verdicts of their own: at the lower one iteration is proved to converge, at
the upper one it is proved to diverge or to leave the domain.  In between nothing is claimed: the change may
happen more than once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

import sympy
from flint import arb, ctx, fmpq, fmpz

from theory.arithmetic.program import Program
from theory.budget import Budget
from theory.equilibrium.exact import to_sympy
from theory.equilibrium.problem import ball_values
from theory.equilibrium.result import Equilibria, Reached
from theory.equilibrium.solve import destination
from theory.update_map import KnobKind, UpdateMap
from theory.update_map.retraining import strength_offset

FAILURES = (Reached.DIVERGES, Reached.LEAVES_DOMAIN)
_TRIALS = 20
_SECONDS_A_TRIAL = 1.0
_DIGITS = 10
_SHARPNESS = fmpq(1, 10**4)
_BITS = 128


@dataclass(frozen=True, kw_only=True)
class Threshold:
    """Two values of a strength, everything else unchanged: at one it converges, at the other it does not.

    Parameters
    ----------
    knob : str or None
        Name of the strength; None for a common factor on the strengths of all users who curate.
    converges, fails : fmpq
        Where iteration is proved to converge, and where it is proved not to; the first is smaller.
    failure : Reached
        What happens at `fails`: diverges, or leaves the domain.
    """

    knob: str | None
    converges: fmpq
    fails: fmpq
    failure: Reached

    @property
    def sentence(self) -> str:
        """The same in words."""
        return (
            f"with the rest unchanged, iteration is proved to converge at"
            f" {self.knob or 'all strengths times a factor'} = {decimal(self.converges)}"
            f" and to {'diverge' if self.failure is Reached.DIVERGES else 'leave the domain'}"
            f" at {decimal(self.fails)}"
        )


@dataclass(frozen=True, kw_only=True)
class _Dial:
    """A number ≥ 0 that can be turned: its value now, and the map's values at another."""

    knob: str | None
    value: fmpq
    at: Callable[[fmpq], Mapping[sympy.Symbol, sympy.Expr]]


def thresholds(update_map: UpdateMap, equilibria: Equilibria, budget: Budget) -> tuple[Threshold, ...]:
    """For each users' strength that, turned down, makes iteration converge: where it stops doing so.

    Where no single one suffices, a common factor on all strengths is tried.  Empty unless iteration
    is proved to diverge or to leave the domain.

    Parameters
    ----------
    update_map : UpdateMap
    equilibria : Equilibria
        What is proved of the map at its values.
    budget : Budget
        When it is spent, enclosures stay as wide as they are.
    """
    if equilibria.reached_detail not in FAILURES:
        return ()
    found = tuple(_enclosed(update_map, dial, budget) for dial in _single_dials(update_map))
    certain = tuple(t for t in found if t is not None)
    if certain or len(found) < 2:
        return certain
    common = _enclosed(update_map, _common_dial(update_map), budget)
    return () if common is None else (common,)


def decimal(value: fmpq) -> str:
    """A number whose denominator divides a power of ten, exactly in decimals.

    Examples
    --------
    >>> decimal(fmpq(17, 100)), decimal(fmpq(3)), decimal(fmpq(-1, 8))
    ('0.17', '3', '-0.125')
    """
    places = 0
    while (value * 10**places).q != 1:
        places += 1
    digits = str(abs((value * 10**places).p)).rjust(places + 1, "0")
    sign = "-" if value < 0 else ""
    return sign + (f"{digits[:-places]}.{digits[-places:]}" if places else digits)


def _single_dials(update_map: UpdateMap) -> Iterator[_Dial]:
    for name, value in _strengths(update_map).items():
        offset, rounded = strength_offset(name), _rounded_up(value)
        if rounded is not None:
            knob = next(k.name for k in update_map.knobs if k.kind is KnobKind.STRENGTH and k.owner == name)
            yield _Dial(knob=knob, value=rounded, at=_moved({offset: value}))


def _common_dial(update_map: UpdateMap) -> _Dial:
    values = {strength_offset(name): value for name, value in _strengths(update_map).items()}

    def at(factor: fmpq) -> Mapping[sympy.Symbol, sympy.Expr]:
        return {offset: sympy.expand((to_sympy(factor) - 1) * value) for offset, value in values.items()}

    return _Dial(knob=None, value=fmpq(1), at=at)


def _moved(values: Mapping[sympy.Symbol, sympy.Expr]) -> Callable[[fmpq], Mapping[sympy.Symbol, sympy.Expr]]:
    return lambda target: {offset: to_sympy(target) - value for offset, value in values.items()}


def _strengths(update_map: UpdateMap) -> dict[str, sympy.Expr]:
    """The strength of all users who curate, where they have one in common for their own tastes."""
    ecosystem = update_map.ecosystem
    found = {}
    for name in dict.fromkeys(s.curators for _, s in ecosystem.streams() if s.curators is not None):
        tastes = ecosystem.users_named(name).tastes
        common = {update_map.at_values(t.taste.strength) for t in tastes if not t.has_own_strength}
        if len(common) == 1:
            found[name] = common.pop()
    return found


def _enclosed(update_map: UpdateMap, dial: _Dial, budget: Budget) -> Threshold | None:
    """Bisection on short decimals, as long as every trial is proved one way or the other.

    None where convergence is proved at strength 0 alone, where nothing is chosen.
    """
    lower, upper = fmpq(0), dial.value
    failure = _verdict(update_map, dial, upper, budget)
    if upper <= 0 or failure not in FAILURES:
        return None
    if _verdict(update_map, dial, lower, budget) is not Reached.CONVERGED:
        return None
    for _ in range(_TRIALS):
        if upper - lower <= _SHARPNESS * upper:
            break
        middle = _short_decimal_between(lower, upper)
        verdict = _verdict(update_map, dial, middle, budget)
        if verdict is Reached.CONVERGED:
            lower = middle
        elif verdict in FAILURES:
            upper, failure = middle, verdict
        else:
            break
    if lower == 0:
        return None
    return Threshold(knob=dial.knob, converges=lower, fails=upper, failure=failure)


def _verdict(update_map: UpdateMap, dial: _Dial, value: fmpq, budget: Budget) -> Reached:
    if budget.spent:
        return Reached.UNDECIDED
    changed = dict(update_map.values) | dict(dial.at(value))
    trial = Budget(digits=_DIGITS, seconds=_SECONDS_A_TRIAL, seed=budget.seed).started()
    return destination(replace(update_map, values=tuple(changed.items())), trial).reached


def _rounded_up(value: sympy.Expr) -> fmpq | None:
    """The number itself where it is a short decimal, else the next of seven significant digits."""
    if value.is_Rational:
        exact = fmpq(int(value.p), int(value.q))
        return exact if _is_decimal(exact) else _up(exact)
    with ctx.workprec(_BITS):
        ball = arb(ball_values(Program.compile([value], ()), (), _BITS)[0])
        if not ball > 0 or not ball.is_finite():
            return None
        mantissa, exponent = ball.upper().man_exp()
    return _up(fmpq(mantissa) * fmpq(2) ** int(exponent))


def _is_decimal(value: fmpq) -> bool:
    return fmpz(10) ** 12 % value.q == 0


def _up(value: fmpq) -> fmpq:
    places = _places(value / 10**6)
    return fmpq((value * fmpz(10) ** places).ceil()) / fmpz(10) ** places


def _short_decimal_between(lower: fmpq, upper: fmpq) -> fmpq:
    """A decimal near the middle, within an eighth of the gap."""
    scale = fmpz(10) ** _places((upper - lower) / 8)
    return fmpq(((lower + upper) / 2 * scale + fmpq(1, 2)).floor()) / scale


def _places(step: fmpq) -> int:
    """Least n ≥ 0 with 10⁻ⁿ ≤ step."""
    places = 0
    while step * fmpz(10) ** places < 1:
        places += 1
    return places
