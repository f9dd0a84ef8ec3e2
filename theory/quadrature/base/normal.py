"""Normal base: standard normal numbers z, on nodes v of z = L·v/√S with S = √(1 + v²): z² = L²(S − 1/S).

In v the density is φ(z) L (1 + S²)/(2S^{5/2}).  On t + iη with |η| < 1 write S = p + iq and c = √(1 − η²).
From pq = tη and p² − q² = 1 + t² − η² follow |q| ≤ |η| and p ≥ c S(t); therefore

    Re z² ≥ c z(t)² − L²(1/c − c),  |z|² ≤ (√(1 + η²) + 1/c)(z(t)² + L²),
    |Im z| ≤ L|η|/√c,  |Im z²| ≤ L²|η|(1 + 1/c²),

and the derivative of z is at most (1 + η²)c^{−5/2} times the one at t.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import final

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
    known,
    largest,
    rounded_up,
)
from theory.quadrature.base.line import SPARE, Plan, plan_for
from theory.quadrature.base.plain import AbstractPlainBase

_ANGLE = 1.2
_NATS = 40.0
_HEIGHTS = tuple(0.95 * 2.0 ** (-k / 4) for k in range(60))
_SCALES = tuple(2.0 ** (k / 2) for k in range(7))
_LINEAR: Feature = (sympy.S.One,)
_SQUARE: Feature = (sympy.Integer(2),)


@final
@dataclass(frozen=True)
class NormalBase(AbstractPlainBase):
    """Features are z^n; choice weights depend on z and z²."""

    @property
    def constant(self) -> Feature:
        return (sympy.S.Zero,)

    @property
    def statistic(self) -> tuple[Feature, ...]:
        return ()

    def mean(self, natural: Exprs) -> Exprs:
        return ()

    def accepts(self, reward: Feature) -> bool:
        return reward in (_LINEAR, _SQUARE)

    def slopes(self, exponents: Sequence[arb]) -> tuple[arb, arb]:
        """s of z and of z²."""
        found = dict(zip(self.rewards, exponents, strict=True))
        return found.get(_LINEAR, arb(0)), found.get(_SQUARE, arb(0))

    def rule(self, values: Balls, bits: int) -> NormalRule | None:
        if not all(v.is_finite() for v in values):
            return None
        sizes = [rounded_up(float(v.abs_upper())) for v in self.slopes(values)]
        found = _plan(sizes, bits * math.log(2))
        if found is None:
            return None
        with ctx.workprec(bits + 2 * GUARD_BITS):
            rule = NormalRule.of(self, values, *found)
        return rule if all(a.is_finite() for a in rule.logarithms) else None

    def in_doubles(self, values: Sequence[float]) -> Doubles | None:
        found = _plan([abs(float(s)) for s in self.slopes([arb(v) for v in values])], _NATS)
        if found is None:
            return None
        plan, scale = found
        v = plan.step * np.arange(-plan.left, plan.right + 1)
        root = np.hypot(1, v)
        z = scale * v / np.sqrt(root)
        slope = scale * (1 + root**2) / (2 * root**2.5)
        weights = plan.step * np.exp(-z * z / 2) / math.sqrt(2 * math.pi) * slope
        bare = Doubles(weights, None, (z,))
        chosen = zip(values, self.rewards, strict=True)
        return Doubles(weights, sum((s * bare.column(f) for s, f in chosen), np.zeros_like(v)), bare.basics)


def _plan(sizes: Sequence[float], nats: float) -> tuple[Plan, float] | None:
    """The fewest nodes for choice weights whose exponents are at most so large, and L."""
    found = []
    for scale in _SCALES:
        reach = 2.0 + 2 * (nats + SPARE + 4 * math.log(nats)) / scale**2
        heights = [y for y in _HEIGHTS if _argument(sizes, scale, y) <= _ANGLE]
        plan = plan_for((reach, reach), heights, partial(_growth, scale), nats)
        if plan is not None:
            found.append((plan.right, scale, plan))
    if not found:
        return None
    _, scale, plan = min(found, key=lambda f: f[:2])
    return plan, scale


def _growth(scale: float, height: float) -> float:
    """About how many nats the density grows by up to a height."""
    cosine = math.sqrt(1 - height**2)
    return scale**2 * (1 / cosine - cosine) / 2 - 4 * math.log(cosine)


def _argument(sizes: Sequence[float], scale: float, height: float) -> float:
    """Bound on |arg a| at a height: |s₁||Im z| + |s₂||Im z²|."""
    square = 1 - height**2
    return height * (sizes[0] * scale / math.sqrt(math.sqrt(square)) + sizes[1] * scale**2 * (1 + 1 / square))


@final
@dataclass(frozen=True, kw_only=True)
class NormalRule(AbstractRule):
    """The nodes of a `NormalBase`, and what is proved of them."""

    base: NormalBase
    values: Balls
    plan: Plan
    scale: float
    weights: tuple[arb, ...]
    logarithms: tuple[arb, ...]
    samples: tuple[arb, ...] = field(repr=False)
    constant: Feature = (sympy.S.Zero,)

    @classmethod
    def of(cls, base: NormalBase, values: Balls, plan: Plan, scale: float) -> NormalRule:
        """Nodes at the current precision."""
        size = arb(scale)
        factor = arb(plan.step) * size / (8 * arb.pi()).sqrt()
        weights, samples = [], []
        for k in range(-plan.left, plan.right + 1):
            v = arb(plan.step) * k
            root = (1 + v * v).sqrt()
            z = size * v / root.sqrt()
            square = size * size * v * v / root
            weights.append(factor * (-square / 2).exp() * (1 + root * root) / (root * root * root.sqrt()))
            samples.append(z)
        first, second = base.slopes(values)
        return cls(
            base=base,
            values=values,
            plan=plan,
            scale=scale,
            weights=tuple(weights),
            logarithms=tuple((first + second * z) * z for z in samples),
            samples=tuple(samples),
        )

    def column(self, feature: Feature) -> list[arb]:
        power = int(feature[0])
        return [z**power for z in self.samples]

    def error(self, feature: Feature, order: int) -> arb:
        power, height, scale = int(feature[0]), arb(self.plan.height), arb(self.scale)
        first, second = (s.abs_upper() for s in self.base.slopes(self.values))
        cosine = (1 - height * height).sqrt()
        angle = height * (first * scale / cosine.sqrt() + second * scale**2 * (1 + 1 / cosine**2))
        if not angle < arb.pi() / 2:
            return arb.pos_inf()
        half = -(-power // 2)
        reach = (1 + height * height).sqrt() + 1 / cosine
        grows = (1 + height * height) * cosine**-3 * reach**half
        grows *= (scale**2 * (1 / cosine - cosine) / 2).exp()
        strip = largest(order, angle.cos()) * grows * _even_moment(half, 1 / cosine, scale**2)
        return known((self.plan.off_line(strip) + self._beyond(power) * largest(order, arb(1))).upper())

    def lifted(self, feature: Feature, power: arb) -> arb:
        """By the normal law with density proportional to e^{ps₁z + ps₂z² − z²/2}."""
        count = int(feature[0])
        first, second = (power * s for s in self.base.slopes(self.values))
        precision = 1 - 2 * second
        if not precision > 0:
            return arb.pos_inf()
        mean, deviation = (first / precision).abs_upper(), 1 / precision.sqrt()
        terms = (
            math.comb(count, k) * _odd_product(k) * mean ** (count - k) * deviation**k
            for k in range(count + 1)
        )
        size = first.abs_upper()
        return known((sum(terms, arb(0)) * deviation * (size * size / (2 * precision)).exp()).upper())

    def _beyond(self, power: int) -> arb:
        """Σ weight·|z|^n over the nodes that are left out.

        There L²(t − 1) ≤ z² ≤ L²(t + 1), and the derivative of z is at most L.
        """
        h, square = arb(self.plan.step), arb(self.scale) ** 2
        _, end = self.plan.ends
        fall = square / 2 - power / (2 * (end + 1))
        if not (end > 1 and fall > 0):
            return arb.pos_inf()
        head = (-square * (end - 1) / 2).exp() * (square * (end + 1)).sqrt() ** power
        return 2 * h * arb(self.scale) / (2 * arb.pi()).sqrt() * head / (1 - (-h * fall).exp())


def _even_moment(half: int, variance: arb, offset: arb) -> arb:
    """E[(vZ² + w)^m]."""
    terms = (
        math.comb(half, i) * _odd_product(2 * i) * variance**i * offset ** (half - i) for i in range(half + 1)
    )
    return sum(terms, arb(0))


def _odd_product(count: int) -> int:
    """(k − 1)!!, which is E[Z^k] for even k and at least E|Z|^k for odd k."""
    return math.prod(range(count - 1, 0, -2))
