"""Base: a law on the line that is integrated by nodes, whatever function is asked of it."""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, Self, final

import sympy
from flint import arb

Balls = tuple[arb, ...]
Exprs = tuple[sympy.Expr, ...]
Feature = tuple[sympy.Rational, ...]
"""Exponents of a base's own basic functions of a sample, such as (q, l) for G^q (log G)^l."""


class Pace(Enum):
    """How fast s·f grows over the support, next to the statistic."""

    BOUNDED = "bounded"
    SLOWER = "slower"
    FASTER = "faster"


class AbstractRule(ABC):
    """Nodes of a law under weights a = e^ρ, for every parameter in given balls.

    E[f r^j e^{−r}] with r = v·a is Σ weight·f·r^j e^{−r} up to `error`, for every v > 0.
    To implement: all below.
    """

    weights: tuple[arb, ...]
    logarithms: tuple[arb, ...]
    """log a at each node."""
    constant: Feature
    """The feature 1."""

    @property
    def height(self) -> float:
        """Of the strip around the real line that bounds the errors; 0 where no strip does."""
        return 0.0

    @abstractmethod
    def column(self, feature: Feature) -> list[arb]:
        """f at each node."""

    @abstractmethod
    def error(self, feature: Feature, order: int) -> arb:
        """Upper bound on the error of the sum for f r^j e^{−r}; infinite where none is proved."""

    @abstractmethod
    def lifted(self, feature: Feature, power: arb) -> arb:
        """Upper bound on E[|f| a^p]; infinite where none is proved."""


@dataclass(frozen=True)
class Doubles:
    """Nodes in double precision: weights, log a, and the basic functions whose powers are features."""

    weights: Any
    logarithms: Any
    basics: tuple[Any, ...]

    def column(self, feature: Feature) -> Any:
        """f at each node."""
        value = 1.0
        for basic, power in zip(self.basics, feature, strict=True):
            if power != 0:
                value = value * basic ** float(power)
        return value


class AbstractBase(ABC):
    """A family of laws on the line, over natural parameters θ and the exponents of the choice weights.

    A subclass is a frozen dataclass over exact numbers.  `rewards` are the features ρ_k with
    log a = Σ s_k ρ_k; parameters are θ followed by s.  To implement: all below.
    """

    rewards: tuple[Feature, ...]

    @property
    @abstractmethod
    def settings(self) -> Exprs:
        """Exact numbers that say which laws these are."""

    @classmethod
    @abstractmethod
    def from_settings(cls, settings: Exprs, rewards: tuple[Feature, ...]) -> Self:
        """The base with these settings and these rewards."""

    @property
    @abstractmethod
    def constant(self) -> Feature:
        """The feature 1."""

    @abstractmethod
    def choosing_by(self, rewards: tuple[Feature, ...]) -> Self:
        """The same laws under choice weights that depend on these features."""

    @property
    @abstractmethod
    def statistic(self) -> tuple[Feature, ...]:
        """T, one feature for each of θ."""

    @abstractmethod
    def mean(self, natural: Exprs) -> Exprs:
        """E[T]."""

    @abstractmethod
    def rule(self, values: Balls, bits: int) -> AbstractRule | None:
        """Nodes whose errors are about 2^−bits; None where there are no such nodes."""

    @abstractmethod
    def in_doubles(self, values: Sequence[float]) -> Doubles | None:
        """The same in double precision, without a proof."""

    @abstractmethod
    def accepts(self, reward: Feature) -> bool:
        """Whether choice weights may depend on the feature."""

    def pace(self, feature: Feature) -> Pace | None:
        """How fast a feature grows by which the laws may be reweighted; None where they may not."""
        return None

    def ruling(self, features: Sequence[Feature]) -> tuple[Feature, ...]:
        """Those of features that all grow faster than T which decide at an end of the support each."""
        rising = [f for f in features if f[0] > 0]
        falling = [f for f in features if f[0] < 0]
        far = [max(rising, key=_power)] if rising else []
        near = [min(falling, key=_power)] if falling else []
        return (*far, *near)

    def guard(self, exponents: Balls) -> tuple[tuple[Feature, ...], Balls]:
        """Rewards with exponents whose rule suits a reweighting by `rewards` with these exponents."""
        return (), ()

    def ceiling(self, height: float, exponents: Balls) -> arb:
        """Upper bound on log |e^ρ| on a strip of that height, ρ by `rewards`; infinite without one.

        `AbstractRule.error` for order 0 serves every f·g with |g| ≤ 1 on the rule's strip.
        """
        return arb.pos_inf()

    @final
    def guarded(self, exponents: Balls) -> tuple[AbstractBase, Balls]:
        """The base that chooses by the `guard`, and the guard's exponents."""
        rewards, slopes = self.guard(exponents)
        return self.choosing_by(rewards), slopes


def _power(feature: Feature) -> sympy.Rational:
    return feature[0]


def times(*features: Feature) -> Feature:
    """The feature of a product."""
    return tuple(sympy.Add(*column) for column in zip(*features, strict=True))


def largest(order: int, cosine: arb) -> arb:
    """sup r^j e^{−rc} over r > 0."""
    return arb(1) if order == 0 else (order / (arb(1).exp() * cosine)) ** order


def known(bound: arb) -> arb:
    """An upper bound, infinite where none is known."""
    return bound if bound.is_finite() else arb.pos_inf()


def rounded_up(size: float) -> float:
    """The next power of 2^{1/4}, so that nodes stay where they are while parameters change little."""
    if not size < math.inf:
        return math.inf
    return math.exp2(math.ceil(4 * math.log2(max(size, 1e-6))) / 4)
