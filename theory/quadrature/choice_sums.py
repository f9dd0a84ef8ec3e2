"""Choice sums: what is kept of K candidates, as one trapezoidal sum over the nodes of a base.

With r = e^{−t} a(X), φ(t) = E[e^{−r}] and ψ_{f,j}(t) = E[f r^j e^{−r}], the integral I = ∫ φ^m Π ψ_i dt has a
ψ_0 with j_0 ≥ 1.  On the line Im t = y, |y| < π/2, c = cos y: |φ| ≤ 1, |ψ_i| ≤ E|f_i| (j_i/(ec))^{j_i} and
∫ |ψ_0| ≤ E|f_0| Γ(j_0)/c^{j_0}, whatever the law of X is; the product of these, M, bounds the error of
the trapezoidal rule by 2M/(e^{2πy/h} − 1).  Far out, r^j e^{−r} ≤ ((j ∓ p)/e)^{j ∓ p} r^{±p} leaves
E[|f_0| a^{±p}] e^{∓pt}.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from flint import arb, ctx

from theory.arithmetic.ball import BallArithmetic
from theory.quadrature.accuracy import GUARD_BITS, target_bits
from theory.quadrature.base.abstract import AbstractBase, AbstractRule, Balls, Feature, largest
from theory.quadrature.choice_bands import Bands

Factor = tuple[Feature, int]
"""(f, j) of ψ_{f,j}."""

_ANGLE = 1.25
_GRAIN = 4.0
_SPARE = 10.0
_MOST_PAIRS = 400_000_000
_POWERS = tuple(2.0 ** (k / 2) for k in range(-16, 11))


@dataclass(frozen=True)
class Point:
    """Balls that are compared by their centres and radii, so that sums at the same ones are shared."""

    key: tuple[tuple[int, int, int, int], ...]
    values: Balls = field(compare=False)

    @classmethod
    def of(cls, values: Balls) -> Point | None:
        """The point; None where some ball is not finite."""
        if not all(v.is_finite() for v in values):
            return None
        halves = ((v.mid().man_exp(), v.rad().man_exp()) for v in values)
        return cls(tuple((int(m[0]), int(m[1]), int(r[0]), int(r[1])) for m, r in halves), values)


@dataclass(frozen=True, kw_only=True)
class ChoiceSums:
    """φ and ψ at nodes t_k = kh, for every parameter in given balls; filled in as needed."""

    rule: AbstractRule
    bits: int
    step: float
    first: int
    last: int
    known: dict[Factor, list[arb]] = field(default_factory=dict)

    @classmethod
    def of(cls, base: AbstractBase, values: Balls, bits: int) -> ChoiceSums | None:
        """The sums at a working precision; None where no nodes are found, or too many."""
        return _sums_at(base, Point.of(values), bits)

    @classmethod
    def computed(cls, base: AbstractBase, values: Balls, bits: int) -> ChoiceSums | None:
        """The same, not looked up among the last ones."""
        target = min(target_bits(values, bits), useful_bits(bits))
        rule = base.rule(values, target)
        if rule is None:
            return None
        nats = target * math.log(2)
        step = 2 * math.pi * _ANGLE / (nats + _SPARE)
        scale = 2.0 ** (math.floor(math.log2(step)) - 20)
        step = math.floor(step / scale) * scale
        with ctx.workprec(64):
            ends = [_end(rule, sign, nats) for sign in (-1, 1)]
        if ends[0] is None or ends[1] is None:
            return None
        first, last = -math.ceil(ends[0] / step), math.ceil(ends[1] / step)
        if (last - first) * len(rule.weights) > _MOST_PAIRS:
            return None
        return cls(rule=rule, bits=target + 2 * GUARD_BITS, step=step, first=first, last=last)

    def integral(self, exponent: int, factors: Sequence[Factor]) -> arb:
        """∫ φ^m Π ψ dt, enclosed."""
        ordered = sorted(factors, key=lambda f: -f[1])
        with ctx.workprec(64):
            error = self._error(ordered)
        with ctx.workprec(self.bits):
            power = BallArithmetic(self.bits).power
            phis = (
                self._transform((self.rule.constant, 0))
                if exponent
                else [arb(1)] * (self.last - self.first + 1)
            )
            columns = [self._transform(f) for f in ordered]
            total = arb(0)
            for k, phi in enumerate(phis):
                term = power(phi, exponent) if exponent else arb(1)
                for column in columns:
                    term *= column[k]
                total += term
            return total * arb(self.step) + arb(0, error)

    def _error(self, ordered: Sequence[Factor]) -> arb:
        """What the sum over the nodes, with exact φ and ψ, may lack of the integral."""
        (feature, order), *others = ordered
        if order < 1:
            return arb.pos_inf()
        h, cosine = arb(self.step), arb(_ANGLE).cos()
        size = self.rule.lifted(feature, arb(0))
        strip = size * arb(order).gamma() / cosine**order * self._product(others, cosine)
        inside = 2 * strip / ((2 * arb.pi() * arb(_ANGLE) / h).exp() - 1)
        tails = sum(
            (_beyond(self.rule, feature, order, sign, h * steps, h) for sign, steps in self._outside()),
            arb(0),
        )
        bound = (inside + tails * self._product(others, arb(1))).upper()
        return bound if bound.is_finite() else arb.pos_inf()

    def _outside(self) -> tuple[tuple[int, int], tuple[int, int]]:
        """The direction and the first left-out node on both sides."""
        return (-1, 1 - self.first), (1, self.last + 1)

    def _product(self, factors: Sequence[Factor], cosine: arb) -> arb:
        total = arb(1)
        for feature, order in factors:
            total *= largest(order, cosine) * self.rule.lifted(feature, arb(0))
        return total

    def _transform(self, factor: Factor) -> list[arb]:
        """ψ_{f,j} at each t_k, with its error."""
        if factor not in self.known:
            feature, order = factor
            with ctx.workprec(64):
                error = arb(0, self.rule.error(feature, order))
            sums = [s + error for s in self.bands.sums(self.rule.column(feature), order)]
            self.known[factor] = sums
        return self.known[factor]

    @cached_property
    def bands(self) -> Bands:
        """The kernel on all pairs of nodes."""
        return Bands.of(self.rule, [arb(self.step) * k for k in range(self.first, self.last + 1)], self.bits)


@lru_cache(maxsize=4)
def _sums_at(base: AbstractBase, point: Point | None, bits: int) -> ChoiceSums | None:
    return None if point is None else ChoiceSums.computed(base, point.values, bits)


def useful_bits(bits: int) -> int:
    """Bits of accuracy that are worth their time at a working precision far above what is printed."""
    return max(64, 32 * round(bits / 160))


def _end(rule: AbstractRule, sign: int, nats: float) -> float | None:
    """How far out the integrand for f = 1, j = 1 falls below e^{−nats}."""
    best = None
    for power in _POWERS:
        if sign > 0 and power > 1:
            continue
        size = rule.lifted(rule.constant, arb(sign * power))
        if not size.is_finite():
            continue
        most = 1 - sign * power
        reach = (
            float(size.log().upper()) + (most * math.log(most) - most if most > 0 else 0.0) + nats + _SPARE
        ) / power
        if math.isfinite(reach) and (best is None or reach < best):
            best = max(reach, 4.0)
    return None if best is None else _GRAIN * math.ceil(best / _GRAIN)


def _beyond(rule: AbstractRule, feature: Feature, order: int, sign: int, start: arb, step: arb) -> arb:
    """h Σ |ψ_{f,j}| over the nodes from `start` outwards: the least bound among several powers p."""
    best = arb.pos_inf()
    for power in _POWERS:
        if sign > 0 and power > order:
            continue
        p = arb(power)
        most = order - sign * p
        shape = arb(1) if most.is_zero() else (most * (most.log() - 1)).exp()
        size = rule.lifted(feature, sign * p)
        bound = (step * size * shape * (-p * start).exp() / (1 - (-p * step).exp())).upper()
        if bound < best:
            best = bound
    return best
