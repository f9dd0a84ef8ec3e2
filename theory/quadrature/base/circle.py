"""Circle base: von Mises laws of an angle, by the trapezoidal rule on equidistant angles.

On x + iy the modulus of e^{θ₁cos + θ₂sin} is at most e^{κ cosh y} with κ = |θ|, those of cos and sin are at
most cosh y, and a = e^{s₁cos + s₂sin} has an argument of at most |s| sinh y.  A function of period 2π
that is bounded by M on |Im x| ≤ y is averaged by N equidistant angles up to 2M/(e^{Ny} − 1).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import final

import numpy as np
import sympy
from flint import arb, ctx, fmpq

from theory.arithmetic.bessel_clifford import bessel_clifford
from theory.quadrature.accuracy import GUARD_BITS
from theory.quadrature.base.abstract import (
    AbstractRule,
    Balls,
    Doubles,
    Exprs,
    Feature,
    Pace,
    known,
    largest,
    rounded_up,
)
from theory.quadrature.base.line import LARGEST, MOST_NODES, SPARE
from theory.quadrature.base.plain import AbstractPlainBase

_ANGLE = 1.2
_NATS = 40.0
_HEIGHTS = tuple(2.0 ** (k / 4) for k in range(-60, 13))
_COSINE: Feature = (sympy.S.One, sympy.S.Zero)
_SINE: Feature = (sympy.S.Zero, sympy.S.One)


@final
@dataclass(frozen=True)
class CircleBase(AbstractPlainBase):
    """Features are cos^m sin^n; choice weights depend on cos and sin."""

    @property
    def constant(self) -> Feature:
        return (sympy.S.Zero, sympy.S.Zero)

    @property
    def statistic(self) -> tuple[Feature, ...]:
        return (_COSINE, _SINE)

    def mean(self, natural: Exprs) -> Exprs:
        square = (natural[0] ** 2 + natural[1] ** 2) / 4
        ratio = bessel_clifford(1, square) / bessel_clifford(0, square)
        return (natural[0] * ratio / 2, natural[1] * ratio / 2)

    def accepts(self, reward: Feature) -> bool:
        return reward in (_COSINE, _SINE)

    def pace(self, feature: Feature) -> Pace | None:
        return Pace.BOUNDED

    def guard(self, exponents: Balls) -> tuple[tuple[Feature, ...], Balls]:
        steepness = sum((s.abs_upper() * d for s, d in self._degrees(exponents)), arb(0))
        return (_COSINE,), (steepness.upper(),)

    def ceiling(self, height: float, exponents: Balls) -> arb:
        """|cos^m sin^n| ≤ cosh(y)^{m + n} on the strip."""
        cosine = arb(height).cosh()
        return sum((s.abs_upper() * cosine**d for s, d in self._degrees(exponents)), arb(0))

    def _degrees(self, exponents: Balls) -> list[tuple[arb, int]]:
        return [(s, int(m + n)) for s, (m, n) in zip(exponents, self.rewards, strict=True)]

    def rule(self, values: Balls, bits: int) -> CircleRule | None:
        if not all(v.is_finite() for v in values):
            return None
        plan = _plan([rounded_up(float(v.abs_upper())) for v in values], bits * math.log(2))
        if plan is None:
            return None
        with ctx.workprec(bits + 2 * GUARD_BITS):
            rule = CircleRule.of(self, values, *plan)
        return rule if all(w.is_finite() for w in (*rule.weights, *rule.logarithms)) else None

    def in_doubles(self, values: Sequence[float]) -> Doubles | None:
        plan = _plan([abs(v) for v in values], _NATS)
        if plan is None:
            return None
        x = 2 * math.pi / plan[0] * np.arange(plan[0])
        basics = (np.cos(x), np.sin(x))
        weights = np.exp(values[0] * basics[0] + values[1] * basics[1] - math.hypot(*values[:2]))
        bare = Doubles(weights / weights.sum(), None, basics)
        chosen = zip(values[2:], self.rewards, strict=True)
        return Doubles(bare.weights, sum((s * bare.column(f) for s, f in chosen), np.zeros_like(x)), basics)


def _plan(sizes: Sequence[float], nats: float) -> tuple[int, float] | None:
    """How many angles, and the height of the strip that bounds their error."""
    slope, size = math.hypot(*sizes[2:]), math.hypot(*sizes[:2])
    if not size < LARGEST:
        return None
    best = None
    for height in _HEIGHTS:
        if slope * math.sinh(height) > _ANGLE:
            break
        growth = size * (math.cosh(height) - 1) + math.log(1 + size) / 2
        count = math.ceil((nats + growth + 4 * height + SPARE) / height)
        if best is None or count < best[0]:
            best = (count, height)
    return best if best is not None and best[0] <= MOST_NODES else None


@final
@dataclass(frozen=True, kw_only=True)
class CircleRule(AbstractRule):
    """Equidistant angles, and what is proved of them."""

    base: CircleBase
    values: Balls
    strip: float
    weights: tuple[arb, ...]
    logarithms: tuple[arb, ...]
    basics: tuple[tuple[arb, ...], tuple[arb, ...]]
    constant: Feature = (sympy.S.Zero, sympy.S.Zero)

    @classmethod
    def of(cls, base: CircleBase, values: Balls, count: int, height: float) -> CircleRule:
        """So many angles at the current precision."""
        angles = [arb(fmpq(2 * k, count)) for k in range(count)]
        basics = tuple(x.cos_pi() for x in angles), tuple(x.sin_pi() for x in angles)
        scale = 1 / (count * _bessel(values[0], values[1]))
        weights = tuple((values[0] * c + values[1] * s).exp() * scale for c, s in zip(*basics, strict=True))
        columns = [basics[0] if f == _COSINE else basics[1] for f in base.rewards]
        exponents = tuple(
            sum((s * column[k] for s, column in zip(values[2:], columns, strict=True)), arb(0))
            for k in range(count)
        )
        return cls(
            base=base, values=values, strip=height, weights=weights, logarithms=exponents, basics=basics
        )

    @property
    def height(self) -> float:
        return self.strip

    def column(self, feature: Feature) -> list[arb]:
        m, n = int(feature[0]), int(feature[1])
        return [c**m * s**n for c, s in zip(*self.basics, strict=True)]

    def error(self, feature: Feature, order: int) -> arb:
        height, count = arb(self.strip), len(self.weights)
        angle = _length(*self._slopes()) * height.sinh()
        if not angle < arb.pi() / 2:
            return arb.pos_inf()
        size = _length(self.values[0], self.values[1])
        density = (size * height.cosh()).exp() / _bessel(self.values[0], self.values[1])
        bound = density * height.cosh() ** int(sum(feature)) * largest(order, angle.cos())
        return known((2 * bound / ((count * height).exp() - 1)).upper())

    def lifted(self, feature: Feature, power: arb) -> arb:
        """E[a^p] = I₀(|θ + ps|)/I₀(|θ|), as |f| ≤ 1."""
        slopes = self._slopes()
        first, second = self.values[:2]
        lifted = _bessel(first + power * slopes[0], second + power * slopes[1]) / _bessel(first, second)
        return known(lifted.upper())

    def _slopes(self) -> tuple[arb, arb]:
        """s₁ and s₂."""
        found = dict(zip(self.base.rewards, self.values[2:], strict=True))
        return found.get(_COSINE, arb(0)), found.get(_SINE, arb(0))


def _bessel(first: arb, second: arb) -> arb:
    """I₀(κ) with κ² = θ₁² + θ₂²."""
    return ((first * first + second * second) / 4).hypgeom_0f1(arb(1), regularized=True)


def _length(first: arb, second: arb) -> arb:
    """Upper bound on the length of a vector."""
    first, second = first.abs_upper(), second.abs_upper()
    return (first * first + second * second).sqrt().upper()
