"""Sides base: z on the line with density ∝ e^{θ₁z} for z > 0 and e^{−θ₂z} for z < 0, on nodes of either side.

Each side is exponential: with a = −1/θ₁ and b = −1/θ₂, z = aG with probability a/(a + b), else z = −bG,
G being gamma of shape 1.  Means are those of the sides, weighted; so are the bounds on errors.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, final

import numpy as np
import sympy
from flint import arb, ctx

from theory.quadrature.accuracy import GUARD_BITS
from theory.quadrature.base.abstract import (
    AbstractRule,
    Balls,
    Doubles,
    Exprs,
    Feature,
    Pace,
    known,
)
from theory.quadrature.base.gamma import GammaBase
from theory.quadrature.base.line import within_range
from theory.quadrature.base.plain import AbstractPlainBase

UP: Feature = (sympy.S.One, sympy.S.Zero)
DOWN: Feature = (sympy.S.Zero, sympy.S.One)
_SIDES = (UP, DOWN)
_GAMMA = GammaBase(sympy.S.One, ((sympy.S.One, sympy.S.Zero),))


@final
@dataclass(frozen=True)
class SidesBase(AbstractPlainBase):
    """Features are u^m d^n with u = max(z, 0) and d = max(−z, 0); u·d = 0, but u^0 d^0 = 1.

    Finite pools choose by u and d, infinitely many candidates also by their powers.
    """

    @property
    def constant(self) -> Feature:
        return (sympy.S.Zero, sympy.S.Zero)

    @property
    def statistic(self) -> tuple[Feature, ...]:
        return _SIDES

    def mean(self, natural: Exprs) -> Exprs:
        up, down = (-1 / theta for theta in natural)
        return (up**2 / (up + down), down**2 / (up + down))

    def accepts(self, reward: Feature) -> bool:
        return reward in _SIDES

    def pace(self, feature: Feature) -> Pace | None:
        """Of powers of u or of d; u and d themselves come with higher ones."""
        highest, other = max(feature), min(feature)
        if other != 0 or not highest.is_Integer or highest < 1:
            return None
        return Pace.SLOWER if highest == 1 else Pace.FASTER

    def ruling(self, features: Sequence[Feature]) -> tuple[Feature, ...]:
        """The highest power on either side."""
        sides = ([f for f in features if f[place] > 0] for place in range(len(_SIDES)))
        return tuple(max(side, key=max) for side in sides if side)

    def guard(self, exponents: Balls) -> tuple[tuple[Feature, ...], Balls]:
        return self.rewards, exponents

    def ceiling(self, height: float, exponents: Balls) -> arb:
        """The higher one of the two sides'."""
        sides = (
            [(s, f[place]) for s, f in zip(exponents, self.rewards, strict=True) if f[place] > 0]
            for place in range(len(_SIDES))
        )
        found = (
            GammaBase(sympy.S.One, tuple((power, sympy.S.Zero) for _, power in side)).ceiling(
                height, tuple(s for s, _ in side)
            )
            for side in sides
        )
        first, second = found
        return first.max(second)

    def rule(self, values: Balls, bits: int) -> SidesRule | None:
        falls = [-theta for theta in values[:2]]
        sizes = [float(end) for fall in falls for end in (fall.abs_lower(), fall.abs_upper())]
        if not all(v.is_finite() for v in values) or not all(f > 0 for f in falls) or not within_range(sizes):
            return None
        with ctx.workprec(bits + 2 * GUARD_BITS):
            scales = [1 / fall for fall in falls]
            slopes = self._slopes(values[2:], scales, arb(0))
        rules = [rule for slope in slopes if (rule := _GAMMA.rule((slope,), bits)) is not None]
        if len(rules) < len(slopes):
            return None
        with ctx.workprec(bits + 2 * GUARD_BITS):
            total = scales[0] + scales[1]
            sides = (
                Side(place=place, scale=scale, share=scale / total, rule=rule)
                for place, (scale, rule) in enumerate(zip(scales, rules, strict=True))
            )
            return SidesRule.of(tuple(sides))

    def in_doubles(self, values: Sequence[float]) -> Doubles | None:
        scales = [-1 / theta for theta in values[:2]]
        if not within_range(scales):
            return None
        slopes = self._slopes(values[2:], scales, 0.0)
        found = [side for slope in slopes if (side := _GAMMA.in_doubles((slope,))) is not None]
        if len(found) < len(slopes):
            return None
        up, down = (side.basics[0] * scale for side, scale in zip(found, scales, strict=True))
        shares = [scale / sum(scales) for scale in scales]
        return Doubles(
            np.concatenate([side.weights * share for side, share in zip(found, shares, strict=True)]),
            np.concatenate([side.logarithms for side in found]),
            (np.concatenate([up, 0 * down]), np.concatenate([0 * up, down])),
        )

    def _slopes(self, exponents: Sequence[Any], scales: Sequence[Any], zero: Any) -> list[Any]:
        """log a on either side over G; where it bends, the slope whose rule suits its highest power."""
        highest = max((max(f) for f in self.rewards), default=sympy.S.One)
        if highest > 1:
            return [zero + int(highest)] * len(_SIDES)
        pairs = tuple(zip(exponents, self.rewards, strict=True))
        return [
            scale * sum((s for s, reward in pairs if reward == side), zero)
            for scale, side in zip(scales, _SIDES, strict=True)
        ]


@final
@dataclass(frozen=True, kw_only=True)
class Side:
    """One side: which, 1/−θ, its probability, and the nodes of G."""

    place: int
    scale: arb
    share: arb
    rule: AbstractRule

    def power(self, feature: Feature) -> sympy.Rational | None:
        """m where the feature is |z|^m on this side; None where it is 0."""
        return None if feature[1 - self.place] > 0 else feature[self.place]

    def column(self, feature: Feature) -> list[arb]:
        """The feature at each node."""
        power = self.power(feature)
        if power is None:
            return [arb(0)] * len(self.rule.weights)
        factor = self.scale ** int(power)
        return [factor * value for value in self.rule.column((power, sympy.S.Zero))]


@final
@dataclass(frozen=True, kw_only=True)
class SidesRule(AbstractRule):
    """The nodes of both sides."""

    sides: tuple[Side, ...]
    weights: tuple[arb, ...]
    logarithms: tuple[arb, ...]
    constant: Feature = field(default=(sympy.S.Zero, sympy.S.Zero))

    @classmethod
    def of(cls, sides: tuple[Side, ...]) -> SidesRule:
        """Nodes at the current precision."""
        weights = tuple(side.share * weight for side in sides for weight in side.rule.weights)
        logarithms = tuple(value for side in sides for value in side.rule.logarithms)
        return cls(sides=sides, weights=weights, logarithms=logarithms)

    def column(self, feature: Feature) -> list[arb]:
        return [value for side in self.sides for value in side.column(feature)]

    @property
    def height(self) -> float:
        return max(side.rule.height for side in self.sides)

    def error(self, feature: Feature, order: int) -> arb:
        return self._weighted(feature, lambda rule, own: rule.error(own, order))

    def lifted(self, feature: Feature, power: arb) -> arb:
        return self._weighted(feature, lambda rule, own: rule.lifted(own, power))

    def _weighted(self, feature: Feature, bound: Callable[[AbstractRule, Feature], arb]) -> arb:
        """The sides' bounds, weighted; a side on which the feature is 0 adds nothing."""
        total = arb(0)
        for side in self.sides:
            power = side.power(feature)
            if power is not None:
                total += side.share * side.scale ** int(power) * bound(side.rule, (power, sympy.S.Zero))
        return known(total.upper())
