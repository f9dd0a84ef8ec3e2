"""Unit base: beta laws on (0, 1), on nodes u of x = 1/(1 + e^{−u}), of density x^α(1 − x)^β/B(α, β) in u.

For w = e^{−t−iy} with |y| < π, cos(y/2)(1 + |w|) ≤ |1 + w| ≤ 1 + |w|.  So on t + iy the moduli of x and 1 − x
are at least those at t, and at most 1/cos(y/2) times as large.  The arguments of x and 1 − x have opposite
signs and differ by y, and |Im x| ≤ tan(y/2)/2: choice weights x^{s₁}(1 − x)^{s₂}e^{s₃x} have an argument of
at most y·max(|s₁|, |s₂|) + |s₃| tan(y/2)/2.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
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
    Pace,
    known,
    largest,
)
from theory.quadrature.base.line import SPARE, Plan, plan_for, within_range
from theory.quadrature.base.plain import AbstractPlainBase

_ANGLE = 1.2
_NATS = 40.0
_HEIGHTS = tuple(2.8 * 2.0 ** (-k / 4) for k in range(60))
_LOGS = 3
"""Logarithms in a feature that are planned for."""
_LEFT: Feature = (sympy.S.Zero, sympy.S.One, sympy.S.Zero)
_RIGHT: Feature = (sympy.S.Zero, sympy.S.Zero, sympy.S.One)
_SAMPLE: Feature = (sympy.S.One, sympy.S.Zero, sympy.S.Zero)


@final
@dataclass(frozen=True)
class UnitBase(AbstractPlainBase):
    """Features are x^n (log x)^j (log(1 − x))^k; choice weights depend on x and the two logarithms."""

    @property
    def constant(self) -> Feature:
        return (sympy.S.Zero, sympy.S.Zero, sympy.S.Zero)

    @property
    def statistic(self) -> tuple[Feature, ...]:
        return (_LEFT, _RIGHT)

    def mean(self, natural: Exprs) -> Exprs:
        total = sympy.polygamma(0, sympy.Add(*natural))
        return tuple(sympy.polygamma(0, parameter) - total for parameter in natural)

    def accepts(self, reward: Feature) -> bool:
        return reward in (_LEFT, _RIGHT, _SAMPLE)

    def pace(self, feature: Feature) -> Pace | None:
        power, *logarithms = feature
        return Pace.BOUNDED if power.is_Integer and power > 0 and not any(logarithms) else None

    def guard(self, exponents: Balls) -> tuple[tuple[Feature, ...], Balls]:
        steepness = sum((s.abs_upper() * n for s, n in self._degrees(exponents)), arb(0))
        return (_SAMPLE,), ((steepness / 8).upper(),)

    def ceiling(self, height: float, exponents: Balls) -> arb:
        """|x^n| ≤ cos(y/2)^{−n} on the strip."""
        grows = 1 / (arb(height) / 2).cos()
        return sum((s.abs_upper() * grows**n for s, n in self._degrees(exponents)), arb(0))

    def _degrees(self, exponents: Balls) -> list[tuple[arb, int]]:
        return [(s, int(n)) for s, (n, _, _) in zip(exponents, self.rewards, strict=True)]

    def rule(self, values: Balls, bits: int) -> UnitRule | None:
        if not all(v.is_finite() for v in values) or not (values[0] > 0 and values[1] > 0):
            return None
        least = [float(v.lower()) for v in values[:2]]
        total = float((values[0] + values[1]).upper())
        slopes = [float(v.abs_upper()) for v in self.slopes(values[2:])]
        plan = _plan(least, total, slopes, bits * math.log(2))
        if plan is None:
            return None
        with ctx.workprec(bits + 2 * GUARD_BITS):
            rule = UnitRule.of(self, values, plan)
        return rule if all(w.is_finite() for w in (*rule.weights, *rule.logarithms)) else None

    def slopes(self, exponents: Balls) -> tuple[arb, arb, arb]:
        """s of log x, of log(1 − x), and of x."""
        found = dict(zip(self.rewards, exponents, strict=True))
        return found.get(_LEFT, arb(0)), found.get(_RIGHT, arb(0)), found.get(_SAMPLE, arb(0))

    def in_doubles(self, values: Sequence[float]) -> Doubles | None:
        if not (values[0] > 0 and values[1] > 0):
            return None
        slopes = [abs(float(s)) for s in self.slopes(tuple(arb(v) for v in values[2:]))]
        plan = _plan(values[:2], values[0] + values[1], slopes, _NATS)
        if plan is None:
            return None
        u = plan.step * np.arange(-plan.left, plan.right + 1)
        left, right = -np.logaddexp(0.0, -u), -np.logaddexp(0.0, u)
        scale = math.log(plan.step) - _log_beta(values[0], values[1])
        weights = np.exp(values[0] * left + values[1] * right + scale)
        bare = Doubles(weights, None, (np.exp(left), left, right))
        chosen = zip(values[2:], self.rewards, strict=True)
        logarithms = sum((s * bare.column(f) for s, f in chosen), np.zeros_like(u))
        return Doubles(weights, logarithms, bare.basics)


def _plan(least: Sequence[float], total: float, slopes: Sequence[float], nats: float) -> Plan | None:
    """Nodes for α and β of at least these, with at most this sum."""
    if not within_range((*least, total)):
        return None

    def angle(height: float) -> float:
        return max(slopes[:2]) * height + slopes[2] * math.tan(height / 2) / 2

    def growth(height: float) -> float:
        return -(total + 2) * math.log(math.cos(height / 2))

    mass = max(0.0, -_log_beta(*least))
    reach = [8.0 / rate + 2 for rate in least]
    for k, rate in enumerate(least):
        for _ in range(20):
            reach[k] = max(reach[k], (nats + SPARE + mass + _LOGS * math.log(reach[k] + 1)) / rate)
    heights = (y for y in _HEIGHTS if angle(y) <= _ANGLE)
    return plan_for((reach[0], reach[1]), heights, growth, nats)


def _log_beta(first: float, second: float) -> float:
    return math.lgamma(first) + math.lgamma(second) - math.lgamma(first + second)


@final
@dataclass(frozen=True, kw_only=True)
class UnitRule(AbstractRule):
    """The nodes of a `UnitBase`, and what is proved of them."""

    base: UnitBase
    values: Balls
    plan: Plan
    weights: tuple[arb, ...]
    logarithms: tuple[arb, ...]
    basics: tuple[tuple[arb, arb, arb], ...] = field(repr=False)
    constant: Feature = (sympy.S.Zero, sympy.S.Zero, sympy.S.Zero)

    @classmethod
    def of(cls, base: UnitBase, values: Balls, plan: Plan) -> UnitRule:
        """Nodes at the current precision."""
        step = arb(plan.step)
        scale = step.log() - _log_beta_ball(values[0], values[1])
        slopes = base.slopes(values[2:])
        basics = tuple(_basics(step * k) for k in range(-plan.left, plan.right + 1))
        return cls(
            base=base,
            values=values,
            plan=plan,
            basics=basics,
            weights=tuple((values[0] * p + values[1] * q + scale).exp() for _, p, q in basics),
            logarithms=tuple(slopes[0] * p + slopes[1] * q + slopes[2] * x for x, p, q in basics),
        )

    @property
    def height(self) -> float:
        return self.plan.height

    def column(self, feature: Feature) -> list[arb]:
        n, j, k = map(int, feature)
        return [x**n * p**j * q**k for x, p, q in self.basics]

    def error(self, feature: Feature, order: int) -> arb:
        n, j, k = map(int, feature)
        height = arb(self.plan.height)
        slopes = [s.abs_upper() for s in self.base.slopes(self.values[2:])]
        angle = slopes[0].max(slopes[1]) * height + slopes[2] * (height / 2).tan() / 2
        if not angle < arb.pi() / 2:
            return arb.pos_inf()
        grows = 1 / (height / 2).cos()
        near = grows.log() + height
        inside = sum(
            (
                math.comb(j, a) * math.comb(k, b) * near ** (j + k - a - b) * self._moment((n, 0), (a, b))
                for a in range(j + 1)
                for b in range(k + 1)
            ),
            arb(0),
        )
        strip = largest(order, angle.cos()) * grows ** (self.values[0] + self.values[1] + n) * inside
        beyond = sum(self._beyond(j, k), arb(0)) * largest(order, arb(1))
        return known((self.plan.off_line(strip) + beyond).upper())

    def lifted(self, feature: Feature, power: arb) -> arb:
        """By a^p = x^{ps₁}(1 − x)^{ps₂}e^{ps₃x}, with e^{ps₃x} ≤ max(1, e^{ps₃})."""
        n, j, k = map(int, feature)
        first, second, third = (power * s for s in self.base.slopes(self.values[2:]))
        return known((third.exp().max(arb(1)) * self._moment((n + first, second), (j, k))).upper())

    def _moment(self, powers: tuple[arb | int, arb | int], logs: tuple[int, int]) -> arb:
        """E[x^p (1 − x)^q |log x|^j |log(1 − x)|^k], or a bound on it by |log x|^j ≤ j!/δ^j·x^{−δ}."""
        lifted, factor = [], arb(1)
        for value, power, count in zip(self.values, powers, logs, strict=False):
            rate = value + power
            if not rate > 0:
                return arb.pos_inf()
            if count:
                delta = min(arb(1), (rate / 2).lower())
                factor *= math.factorial(count) / delta**count
                rate -= delta
            lifted.append(rate)
        return factor * (_log_beta_ball(*lifted) - _log_beta_ball(self.values[0], self.values[1])).exp()

    def _beyond(self, left_logs: int, right_logs: int) -> Iterator[arb]:
        """Σ weight·|f| over the nodes that are left out, on both sides.

        On the left it is at most h(|u| + 1)^j e^{−α|u|}/B, as x ≤ e^u, |log x| ≤ |u| + 1 and
        |log(1 − x)| ≤ e^u ≤ 1; on the right likewise with β, k and x ≤ 1; both fall off geometrically.
        """
        h, mass = arb(self.plan.step), (-_log_beta_ball(self.values[0], self.values[1])).exp()
        sides = zip(self.values, self.plan.ends, (left_logs, right_logs), strict=False)
        for rate, end, logs in sides:
            fall = rate - logs / (end + 1)
            if not fall > 0:
                yield arb.pos_inf()
                continue
            head = (end + 1) ** logs * (-rate * end).exp()
            yield h * mass * head / (1 - (-h * fall).exp())


def _basics(u: arb) -> tuple[arb, arb, arb]:
    """x, log x and log(1 − x) at u."""
    small = (-abs(u)).exp().log1p()
    left, right = (u - small, -small) if u < 0 else (-small, -u - small)
    return left.exp(), left, right


def _log_beta_ball(first: arb, second: arb) -> arb:
    return first.lgamma() + second.lgamma() - (first + second).lgamma()
