"""Wald base: inverse Gaussian laws, on nodes u of x = u + S with S = √(1 + u²), so that 1/x = S − u.

In u the density is C e^{θ₁x + θ₂/x} x^{−1/2}/S, C = √(−θ₂/π) e^{2√(θ₁θ₂)}.  On t + iy with |y| < 1 write
S = p + iq.  From pq = ty and p² − q² = 1 + t² − y² follow |q| ≤ |y| and p² ≥ 1 + t² − y²; with c = 1 − y²
therefore Re x ≥ c·x(t), Re 1/x ≥ c/x(t), |S| ≥ √c S(t), and Im(s₁x + s₂/x) = s₁(q + y) + s₂(q − y) is at
most 2|y|·max(|s₁|, |s₂|).  So the density times |x^n| is at most c^{−|n − 1/2| − 1/2} times the one at t with
cθ for θ in the exponent.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import final

import numpy as np
import sympy
from flint import arb, ctx, fmpq

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
)
from theory.quadrature.base.ceiling import highest_sum
from theory.quadrature.base.line import SPARE, Plan, plan_for, within_range
from theory.quadrature.base.plain import AbstractPlainBase

_ANGLE = 1.2
_NATS = 40.0
_HEIGHTS = tuple(0.95 * 2.0 ** (-k / 4) for k in range(60))
_DEGREE = 4
"""Power in a feature that is planned for."""
_SAMPLE: Feature = (sympy.S.One,)
_RECIPROCAL: Feature = (sympy.S.NegativeOne,)


@final
@dataclass(frozen=True)
class WaldBase(AbstractPlainBase):
    """Features are x^n for every whole n; choice weights depend on x and 1/x."""

    @property
    def constant(self) -> Feature:
        return (sympy.S.Zero,)

    @property
    def statistic(self) -> tuple[Feature, ...]:
        return (_SAMPLE, _RECIPROCAL)

    def mean(self, natural: Exprs) -> Exprs:
        first, second = natural
        return (sympy.sqrt(second / first), sympy.sqrt(first / second) - 1 / (2 * second))

    def accepts(self, reward: Feature) -> bool:
        return reward in (_SAMPLE, _RECIPROCAL)

    def pace(self, feature: Feature) -> Pace | None:
        return Pace.FASTER if abs(feature[0]) == 2 else None

    def guard(self, exponents: Balls) -> tuple[tuple[Feature, ...], Balls]:
        return (_SAMPLE,), (self._bend(exponents).sqrt().upper(),)

    def ceiling(self, height: float, exponents: Balls) -> arb:
        """Re s x ≤ s|x| for s > 0, ≤ 0 for s ≤ 0; Re x² = |x|² − 2(Im x)² ≥ |x|² − 8y²; 1/x likewise."""
        parts = [(s, int(n)) for s, (n,) in zip(exponents, self.rewards, strict=True)]
        total = 8 * arb(height) ** 2 * self._bend(exponents)
        for side in (1, -1):
            terms = [(s, fmpq(abs(n))) for s, n in parts if n * side > 0]
            total += highest_sum((s, p) for s, p in terms if p == 2 or not s <= 0)
        return total

    def _bend(self, exponents: Balls) -> arb:
        """Σ |s| over the squares."""
        parts = zip(exponents, self.rewards, strict=True)
        return sum((s.abs_upper() for s, (n,) in parts if abs(n) == 2), arb(0)).upper()

    def rule(self, values: Balls, bits: int) -> WaldRule | None:
        if not all(v.is_finite() for v in values) or not (values[0] < 0 and values[1] < 0):
            return None
        slope = max((float(v.abs_upper()) for v in values[2:]), default=0.0)
        least = [float((-v).lower()) for v in values[:2]]
        most = [float((-v).upper()) for v in values[:2]]
        plan = _plan(least, most, slope, bits * math.log(2))
        if plan is None:
            return None
        with ctx.workprec(bits + 2 * GUARD_BITS):
            rule = WaldRule.of(self, values, plan)
        return rule if all(w.is_finite() for w in (*rule.weights, *rule.logarithms)) else None

    def in_doubles(self, values: Sequence[float]) -> Doubles | None:
        if not (values[0] < 0 and values[1] < 0):
            return None
        rates = [-values[0], -values[1]]
        plan = _plan(rates, rates, max(map(abs, values[2:]), default=0.0), _NATS)
        if plan is None:
            return None
        u = plan.step * np.arange(-plan.left, plan.right + 1)
        root = np.exp(np.arcsinh(u) / 2)
        gap = math.sqrt(rates[0]) * root - math.sqrt(rates[1]) / root
        weights = plan.step * math.sqrt(rates[1] / math.pi) * np.exp(-gap * gap) / (root * np.hypot(1, u))
        bare = Doubles(weights, None, (root * root,))
        chosen = zip(values[2:], self.rewards, strict=True)
        return Doubles(weights, sum((s * bare.column(f) for s, f in chosen), np.zeros_like(u)), bare.basics)


def _plan(least: Sequence[float], most: Sequence[float], slope: float, nats: float) -> Plan | None:
    """Nodes for −θ within these, and exponents of choice weights of at most so much."""
    if not within_range((*least, *most)):
        return None
    concentration = 2 * math.sqrt(most[0] * most[1])
    mass = concentration + max(0.0, math.log(most[1]) / 2)
    reach = [8.0 / rate + 2 for rate in least]
    for k, rate in enumerate(least):
        for _ in range(20):
            further = nats + SPARE + mass + _DEGREE * math.log(2 * reach[k] + 1)
            reach[k] = max(reach[k], further / (2 * rate))

    def growth(height: float) -> float:
        return concentration * height**2 - (_DEGREE + 1) * math.log(1 - height**2)

    heights = (y for y in _HEIGHTS if 2 * y * slope <= _ANGLE)
    return plan_for((reach[1], reach[0]), heights, growth, nats)


@final
@dataclass(frozen=True, kw_only=True)
class WaldRule(AbstractRule):
    """The nodes of a `WaldBase`, and what is proved of them."""

    base: WaldBase
    values: Balls
    plan: Plan
    weights: tuple[arb, ...]
    logarithms: tuple[arb, ...]
    samples: tuple[arb, ...] = field(repr=False)
    constant: Feature = (sympy.S.Zero,)

    @classmethod
    def of(cls, base: WaldBase, values: Balls, plan: Plan) -> WaldRule:
        """Nodes at the current precision; the exponent is −(√(−θ₁x) − √(−θ₂/x))²."""
        step = arb(plan.step)
        first, second = ((-v).sqrt() for v in values[:2])
        scale = step * second / arb.pi().sqrt()
        weights, samples = [], []
        for k in range(-plan.left, plan.right + 1):
            u = step * k
            root = (u.asinh() / 2).exp()
            gap = first * root - second / root
            weights.append(scale * (-(gap * gap)).exp() / (root * (1 + u * u).sqrt()))
            samples.append(root * root)
        slopes = dict(zip(base.rewards, values[2:], strict=True))
        up, down = slopes.get(_SAMPLE, arb(0)), slopes.get(_RECIPROCAL, arb(0))
        return cls(
            base=base,
            values=values,
            plan=plan,
            weights=tuple(weights),
            logarithms=tuple(up * x + down / x for x in samples),
            samples=tuple(samples),
        )

    @property
    def height(self) -> float:
        return self.plan.height

    def column(self, feature: Feature) -> list[arb]:
        power = int(feature[0])
        return [x**power for x in self.samples]

    def error(self, feature: Feature, order: int) -> arb:
        power, height = int(feature[0]), arb(self.plan.height)
        angle = 2 * height * max((v.abs_upper() for v in self.values[2:]), default=arb(0))
        shrunk = 1 - height * height
        if not angle < arb.pi() / 2:
            return arb.pos_inf()
        first, second = (-v for v in self.values[:2])
        grows = (2 * height * height * (first * second).sqrt()).exp()
        grows *= shrunk ** -(arb(abs(2 * power - 1)) / 2 + 1)
        strip = largest(order, angle.cos()) * grows * _moment(shrunk * first, shrunk * second, power)
        return known((self.plan.off_line(strip) + self._beyond(power) * largest(order, arb(1))).upper())

    def lifted(self, feature: Feature, power: arb) -> arb:
        """By the law with θ + ps: C(θ)/C(θ + ps) times its moment."""
        slopes = dict(zip(self.base.rewards, self.values[2:], strict=True))
        first, second = (-v for v in self.values[:2])
        moved = (
            first - power * slopes.get(_SAMPLE, arb(0)),
            second - power * slopes.get(_RECIPROCAL, arb(0)),
        )
        if not (moved[0] > 0 and moved[1] > 0):
            return arb.pos_inf()
        exponent = 2 * ((first * second).sqrt() - (moved[0] * moved[1]).sqrt())
        scale = (second / moved[1]).sqrt() * exponent.exp()
        return known((scale * _moment(*moved, int(feature[0]))).upper())

    def _beyond(self, power: int) -> arb:
        """Σ weight·|f| over the nodes that are left out.

        On the right 2t ≤ x ≤ 2t + 1 and S ≥ x/2, so that it is at most 2hC(2t + 1)^d e^{2θ₁t} with
        d = max(n − 3/2, 0); on the left likewise in 1/x with θ₂ and d = max(−n − 1/2, 0).
        """
        h, (first, second) = arb(self.plan.step), (-v for v in self.values[:2])
        mass = 2 * h * (second / arb.pi()).sqrt() * (2 * (first * second).sqrt()).exp()
        left, right = self.plan.ends
        degrees = arb(max(2 * power - 3, 0)) / 2, arb(max(-2 * power - 1, 0)) / 2
        total = arb(0)
        for rate, end, degree in zip((first, second), (right, left), degrees, strict=True):
            fall = 2 * rate - 2 * degree / (2 * end + 1)
            if not fall > 0:
                return arb.pos_inf()
            total += mass * (2 * end + 1) ** degree * (-2 * rate * end).exp() / (1 - (-h * fall).exp())
        return total


def _moment(first: arb, second: arb, power: int) -> arb:
    """E[x^n] for θ = (−first, −second); E[x^{−n}] = E[x^{n + 1}]/m^{2n + 1}."""
    mean, shape = (second / first).sqrt(), 2 * second
    if power < 0:
        return _moment(first, second, 1 - power) / mean ** (1 - 2 * power)
    if power == 0:
        return arb(1)
    terms = (
        math.factorial(power - 1 + k)
        // math.factorial(power - 1 - k)
        * (mean / (2 * shape)) ** k
        / math.factorial(k)
        for k in range(power)
    )
    return mean**power * sum(terms, arb(0))
