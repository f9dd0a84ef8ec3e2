"""Gamma base: G with density G^{κ−1}e^{−G}/Γ(κ), on nodes u of G = log(1 + e^u).

For w = e^{x+iy} with |y| < π/2 and D = 1/cos y, writing log(1 + w) = ∫_0^1 dt/(1/w + t) shows

    G(x)/D ≤ |G(x + iy)| ≤ D·G(x),   |arg G(x + iy)| ≤ |y|,   |Im G(x + iy)| ≤ |y|,

and |1 + w| ≥ (1 + |w|)/D.  As (sin α)^p ≥ sin(pα) for 0 < p ≤ 1, also |Im G^p| ≤ |y|^p.  Therefore no
factor of the density times G^q grows by more than a power of D off the real line, and choice weights keep an
argument below π/2 on a strip of known height.
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
    AbstractBase,
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
from theory.quadrature.base.ceiling import highest_sum
from theory.quadrature.base.line import Plan

_ANGLE = 1.2
_PLAIN: Feature = (sympy.S.One, sympy.S.Zero)
_SPARE = 8.0
_MOST_NODES = 24_000
_NATS = 40.0


@final
@dataclass(frozen=True)
class GammaBase(AbstractBase):
    """Features are G^q (log G)^l; choice weights depend on G^p with 0 < p ≤ 1, and on log G.

    Parameters
    ----------
    shape : Rational
        κ > 0.
    rewards : tuple of Feature
        ρ_k.
    """

    shape: sympy.Rational
    rewards: tuple[Feature, ...] = ()

    @property
    def settings(self) -> Exprs:
        return (self.shape,)

    @classmethod
    def from_settings(cls, settings: Exprs, rewards: tuple[Feature, ...]) -> GammaBase:
        return cls(settings[0], rewards)

    def choosing_by(self, rewards: tuple[Feature, ...]) -> GammaBase:
        return GammaBase(self.shape, rewards)

    @property
    def constant(self) -> Feature:
        return (sympy.S.Zero, sympy.S.Zero)

    @property
    def statistic(self) -> tuple[Feature, ...]:
        return ()

    def mean(self, natural: Exprs) -> Exprs:
        return ()

    def accepts(self, reward: Feature) -> bool:
        power, logarithms = reward
        return bool((logarithms == 0 and 0 < power <= 1) or (power == 0 and logarithms == 1))

    def pace(self, feature: Feature) -> Pace | None:
        power, logarithms = feature
        if logarithms != 0 or power <= 0 or power == 1:
            return None
        return Pace.SLOWER if power < 1 else Pace.FASTER

    def guard(self, exponents: Balls) -> tuple[tuple[Feature, ...], Balls]:
        return (_PLAIN,), (arb(max(self._powers, default=fmpq(1))).max(arb(1)),)

    def ceiling(self, height: float, exponents: Balls) -> arb:
        """With |arg G| ≤ y and py < π/2: Re s G^p ≤ s|G|^p for s > 0, and ≤ s cos(py)|G|^p for s ≤ 0."""
        if not all(arb(height) * p < arb.pi() / 2 for p in self._powers):
            return arb.pos_inf()
        parts = zip(exponents, self._powers, strict=True)
        return highest_sum((s * (arb(height) * p).cos() if s <= 0 else s, p) for s, p in parts)

    @property
    def _powers(self) -> list[fmpq]:
        return [fmpq(int(p.p), int(p.q)) for p, _ in self.rewards]

    def rule(self, values: Balls, bits: int) -> GammaRule | None:
        if not all(v.is_finite() for v in values):
            return None
        plan = _plan(self, [rounded_up(float(v.abs_upper())) for v in values], bits * math.log(2))
        if plan is None:
            return None
        with ctx.workprec(bits + 2 * GUARD_BITS):
            rule = GammaRule.of(self, values, plan)
        return rule if all(a.is_finite() for a in rule.logarithms) else None

    def in_doubles(self, values: Sequence[float]) -> Doubles | None:
        plan = _plan(self, [abs(v) for v in values], _NATS)
        if plan is None:
            return None
        u = plan.step * np.arange(-plan.left, plan.right + 1)
        value = np.logaddexp(0.0, u)
        logarithm = np.where(u < -30, u, np.log(value))
        kappa = float(self.shape)
        weights = np.exp((kappa - 1) * logarithm + u - 2 * value - math.lgamma(kappa)) * plan.step
        basics = (value, logarithm)
        bare = Doubles(weights, None, basics)
        logs = sum((s * bare.column(f) for s, f in zip(values, self.rewards, strict=True)), np.zeros_like(u))
        return Doubles(weights, logs, basics)


def _plan(base: GammaBase, sizes: Sequence[float], nats: float) -> Plan | None:
    """Nodes for choice weights whose exponents are at most so large."""
    kappa = float(base.shape)
    height = _ANGLE
    while _argument(base, sizes, height) > _ANGLE:
        height *= 0.9
        if height < 1e-4:
            return None
    growth = (abs(kappa - 1) + 4) * -math.log(math.cos(height))
    step = 2 * math.pi * height / (nats + growth + _SPARE)
    scale = 2.0 ** (math.floor(math.log2(step)) - 20)
    step = math.floor(step / scale) * scale
    least = right = 2 * kappa + 8
    for _ in range(20):
        further = nats + _SPARE + (max(kappa, 1) + 3) * math.log(right + 1) - max(0.0, math.lgamma(kappa))
        right = max(least, further)
    left = (nats + _SPARE) / kappa + 3
    if (left + right) / step > _MOST_NODES:
        return None
    return Plan(step=step, left=math.ceil(left / step), right=math.ceil(right / step), height=height)


def _argument(base: GammaBase, sizes: Sequence[float], height: float) -> float:
    """Bound on |arg a| at a height: Σ |s_k| |Im ρ_k|."""
    powers = (float(p) if p != 0 else 1.0 for p, _ in base.rewards)
    return sum(s * math.pow(height, p) for s, p in zip(sizes, powers, strict=True))


@final
@dataclass(frozen=True, kw_only=True)
class GammaRule(AbstractRule):
    """The nodes of a `GammaBase`, and what is proved of them."""

    base: GammaBase
    values: Balls
    plan: Plan
    weights: tuple[arb, ...]
    logarithms: tuple[arb, ...]
    basics: tuple[tuple[arb, ...], tuple[arb, ...]] = field(repr=False)
    constant: Feature = (sympy.S.Zero, sympy.S.Zero)

    @classmethod
    def of(cls, base: GammaBase, values: Balls, plan: Plan) -> GammaRule:
        """Nodes at the current precision."""
        step, kappa = arb(plan.step), _ball(base.shape)
        scale = step.log() - kappa.lgamma()
        gammas, logarithms, weights = [], [], []
        for k in range(-plan.left, plan.right + 1):
            u = step * k
            gamma = u.exp().log1p() if k < 0 else u + (-u).exp().log1p()
            logarithm = gamma.log()
            weights.append(((kappa - 1) * logarithm + u - 2 * gamma + scale).exp())
            gammas.append(gamma)
            logarithms.append(logarithm)
        basics = (tuple(gammas), tuple(logarithms))
        columns = [_column(basics, feature) for feature in base.rewards]
        exponents = [
            sum((s * column[i] for s, column in zip(values, columns, strict=True)), arb(0))
            for i in range(len(weights))
        ]
        return cls(
            base=base,
            values=values,
            plan=plan,
            basics=basics,
            weights=tuple(weights),
            logarithms=tuple(exponents),
        )

    @property
    def height(self) -> float:
        return self.plan.height

    def column(self, feature: Feature) -> list[arb]:
        return _column(self.basics, feature)

    def error(self, feature: Feature, order: int) -> arb:
        power, logs = _ball(feature[0]), int(feature[1])
        height, h = arb(self.plan.height), arb(self.plan.step)
        angle = self._angle(height)
        if not angle < arb.pi() / 2:
            return arb.pos_inf()
        grows = 1 / height.cos()
        excess = abs(_ball(self.base.shape) - 1 + power) + 2
        near = grows.log() + height
        inside = sum(
            (
                math.comb(logs, i) * near ** (logs - i) * self._moment(power, i, arb(0))
                for i in range(logs + 1)
            ),
            arb(0),
        )
        strip = largest(order, angle.cos()) * grows**excess * inside
        off_line = 2 * strip / ((2 * arb.pi() * height / h).exp() - 1)
        beyond = self._beyond(power, logs) * largest(order, arb(1))
        return known((off_line + beyond).upper())

    def lifted(self, feature: Feature, power: arb) -> arb:
        exponent, slope, bound = _ball(feature[0]), arb(0), arb(1)
        for s, (p, _) in zip(self.values, self.base.rewards, strict=True):
            lift = s * power
            if p == 0:
                exponent += lift
            elif p == 1:
                slope += lift
            elif not lift <= 0:
                slope += lift.abs_upper()
                bound *= lift.abs_upper().exp()
        return known((bound * self._moment(exponent, int(feature[1]), slope)).upper())

    def _angle(self, height: arb) -> arb:
        """Upper bound on |arg a| on the strip."""
        total = arb(0)
        for s, (p, _) in zip(self.values, self.base.rewards, strict=True):
            total += s.abs_upper() * (height if p in (0, 1) else height ** _ball(p))
        return total

    def _moment(self, power: arb, logs: int, slope: arb) -> arb:
        """E[G^q |log G|^l e^{σG}], or a bound on it by |log G|^l ≤ l!/δ^l·(G^δ + G^{−δ})."""
        kappa = _ball(self.base.shape)
        if not 1 - slope > 0 or not kappa + power > 0:
            return arb.pos_inf()
        if logs == 0:
            return _shifted(kappa, power, slope)
        delta = min(arb(1), ((kappa + power) / 2).lower())
        both = _shifted(kappa, power + delta, slope) + _shifted(kappa, power - delta, slope)
        return math.factorial(logs) / delta**logs * both

    def _beyond(self, power: arb, logs: int) -> arb:
        """Σ weight·|f| over the nodes that are left out.

        On the right it is at most h(u + 1)^P e^{−u}/Γ(κ), P = max(κ − 1 + q, 0) + l, on the left
        h 2^{max(1 − κ − q, 0)} (|u| + 1)^l e^{(κ + q)u}/Γ(κ); both fall off geometrically.
        """
        kappa, h = _ball(self.base.shape), arb(self.plan.step)
        excess, rate = kappa - 1 + power, kappa + power
        right, left = h * (self.plan.right + 1), h * (self.plan.left + 1)
        degree = excess.max(arb(0)) + logs
        falls = (1 - degree / (right + 1), rate - logs / (left + 1))
        if not (falls[0] > 0 and falls[1] > 0 and right >= 1):
            return arb.pos_inf()
        heads = (
            (right + 1) ** degree * (-right).exp(),
            arb(2) ** (-excess).max(arb(0)) * (left + 1) ** logs * (-rate * left).exp(),
        )
        total = sum((head / (1 - (-h * fall).exp()) for head, fall in zip(heads, falls, strict=True)), arb(0))
        return h * total / kappa.gamma()


def _shifted(kappa: arb, power: arb, slope: arb) -> arb:
    """E[G^q e^{σG}] = Γ(κ + q)/Γ(κ) (1 − σ)^{−κ−q}."""
    return ((kappa + power).lgamma() - kappa.lgamma() - (kappa + power) * (1 - slope).log()).exp()


def _column(basics: tuple[tuple[arb, ...], tuple[arb, ...]], feature: Feature) -> list[arb]:
    power, logs = feature
    gammas, logarithms = basics
    values = [arb(1)] * len(gammas)
    if power.is_Integer and power >= 0:
        values = [g ** int(power) for g in gammas]
    elif power != 0:
        values = [(_ball(power) * g).exp() for g in logarithms]
    return values if logs == 0 else [v * g ** int(logs) for v, g in zip(values, logarithms, strict=True)]


def _ball(value: sympy.Rational) -> arb:
    return arb(fmpq(int(value.p), int(value.q)))
