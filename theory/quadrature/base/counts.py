"""Count base: Poisson and negative binomial laws on 0, 1, 2, …, summed up to a last count.

What is left out is bounded by Chernoff's bound: with n^q ≤ q! ε^{−q} e^{εn},
Σ_{n > N} w_n n^q ≤ q! ε^{−q} e^{−η(N + 1)} E[e^{(η + ε)X}], and log E[e^{σX}] = A(θ + σ) − A(θ).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
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
    largest,
)
from theory.quadrature.base.ceiling import highest_sum

_SPARE = 8.0
_GRAIN = 16
_MOST_NODES = 12_000
_DEGREE = 4
_SLOPES = tuple(2.0 ** (k / 2) for k in range(-16, 7))
_NATS = 40.0


@final
@dataclass(frozen=True)
class CountBase(AbstractBase):
    """Features are X^n; choice weights depend on X.

    Parameters
    ----------
    successes : Rational or None
        r of the negative binomial law of failures before the r-th success; None is the Poisson law.
    rewards : tuple of Feature
        ρ_k.
    """

    successes: sympy.Rational | None
    rewards: tuple[Feature, ...] = ()

    @property
    def settings(self) -> Exprs:
        return () if self.successes is None else (self.successes,)

    @classmethod
    def from_settings(cls, settings: Exprs, rewards: tuple[Feature, ...]) -> CountBase:
        return cls(settings[0] if settings else None, rewards)

    def choosing_by(self, rewards: tuple[Feature, ...]) -> CountBase:
        return CountBase(self.successes, rewards)

    @property
    def constant(self) -> Feature:
        return (sympy.S.Zero,)

    @property
    def statistic(self) -> tuple[Feature, ...]:
        return ((sympy.S.One,),)

    def mean(self, natural: Exprs) -> Exprs:
        odds = sympy.exp(natural[0])
        return (odds if self.successes is None else self.successes * odds / (1 - odds),)

    def accepts(self, reward: Feature) -> bool:
        return reward == (sympy.S.One,)

    def pace(self, feature: Feature) -> Pace | None:
        return Pace.FASTER if feature[0].is_Integer and feature[0] > 1 else None

    def ceiling(self, height: float, exponents: Balls) -> arb:
        return highest_sum((s, fmpq(int(n))) for s, (n,) in zip(exponents, self.rewards, strict=True))

    def rule(self, values: Balls, bits: int) -> CountRule | None:
        if not all(v.is_finite() for v in values):
            return None
        with ctx.workprec(64):
            last = _last(CountLaw(self, values[0]), bits * math.log(2))
        if last is None:
            return None
        with ctx.workprec(bits + 2 * GUARD_BITS):
            rule = CountRule.of(self, values, last)
        return rule if all(w.is_finite() for w in rule.weights) else None

    def in_doubles(self, values: Sequence[float]) -> Doubles | None:
        with ctx.workprec(64):
            law = CountLaw(self, arb(values[0]))
            last, start = _last(law, _NATS), float(law.logarithm_of_none())
        if last is None:
            return None
        n = np.arange(last + 1, dtype=float)
        offset = 0.0 if self.successes is None else float(self.successes)
        ratios = -np.log(n[1:]) if self.successes is None else np.log((n[:-1] + offset) / n[1:])
        logarithms = start + np.concatenate([[0.0], np.cumsum(values[0] + ratios)])
        return Doubles(np.exp(logarithms), sum(values[1:]) * n, (n,))


@final
@dataclass(frozen=True)
class CountLaw:
    """One law, its natural parameter in a ball."""

    base: CountBase
    natural: arb

    def logarithm_of_none(self) -> arb:
        """log P(X = 0) = −A(θ)."""
        odds = self.natural.exp()
        return -odds if self.base.successes is None else _ball(self.base.successes) * (1 - odds).log()

    def moment(self, degree: int, slope: arb) -> arb:
        """Upper bound on E[X^q e^{σX}]; infinite where none is proved."""
        if degree == 0:
            return self._generating(slope)
        best = arb.pos_inf()
        for epsilon in _SLOPES:
            bound = math.factorial(degree) / arb(epsilon) ** degree * self._generating(slope + epsilon)
            bound = bound.upper()
            if bound < best:
                best = bound
        return best

    def beyond(self, degree: int, last: int) -> arb:
        """Upper bound on Σ_{n > N} w_n n^q."""
        best = arb.pos_inf()
        for slope in _SLOPES:
            bound = ((-arb(slope) * (last + 1)).exp() * self.moment(degree, arb(slope))).upper()
            if bound < best:
                best = bound
        return best

    def _generating(self, slope: arb) -> arb:
        """E[e^{σX}]."""
        odds, lifted = self.natural.exp(), (self.natural + slope).exp()
        if self.base.successes is None:
            value = (lifted - odds).exp()
        else:
            if not 1 - lifted > 0:
                return arb.pos_inf()
            value = (_ball(self.base.successes) * ((1 - odds).log() - (1 - lifted).log())).exp()
        bound = value.upper()
        return bound if bound.is_finite() else arb.pos_inf()


@final
@dataclass(frozen=True, kw_only=True)
class CountRule(AbstractRule):
    """The counts up to a last one."""

    law: CountLaw
    slope: arb
    last: int
    weights: tuple[arb, ...]
    logarithms: tuple[arb, ...]
    constant: Feature = (sympy.S.Zero,)

    @classmethod
    def of(cls, base: CountBase, values: Balls, last: int) -> CountRule:
        """The probabilities at the current precision."""
        law, slope = CountLaw(base, values[0]), sum(values[1:], arb(0))
        odds = values[0].exp()
        weights = [law.logarithm_of_none().exp()]
        for n in range(last):
            up = arb(1) if base.successes is None else n + _ball(base.successes)
            weights.append(weights[-1] * odds * up / (n + 1))
        logarithms = tuple(slope * n for n in range(last + 1))
        return cls(law=law, slope=slope, last=last, weights=tuple(weights), logarithms=logarithms)

    def column(self, feature: Feature) -> list[arb]:
        return [arb(n ** int(feature[0])) for n in range(self.last + 1)]

    def error(self, feature: Feature, order: int) -> arb:
        return (self.law.beyond(int(feature[0]), self.last) * largest(order, arb(1))).upper()

    def lifted(self, feature: Feature, power: arb) -> arb:
        return self.law.moment(int(feature[0]), power * self.slope)


def _last(law: CountLaw, nats: float) -> int | None:
    """N beyond which next to nothing is left."""
    best = math.inf
    for slope in _SLOPES:
        size = law.moment(_DEGREE, arb(slope))
        if size.is_finite() and size > 0:
            best = min(best, (float(size.log().upper()) + nats + _SPARE) / slope)
    return _GRAIN * math.ceil(max(best, 1.0) / _GRAIN) if best < _MOST_NODES else None


def _ball(value: sympy.Rational) -> arb:
    return arb(fmpq(int(value.p), int(value.q)))
