"""Asymmetric Laplace law with known location."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import TYPE_CHECKING, final

import numpy as np
import sympy

from theory.exponential_family.data import positive_numbers
from theory.exponential_family.family import AbstractFamily, Exprs
from theory.exponential_family.features import no_closed_form
from theory.exponential_family.integrable_parts import falling_conditions, spanned_or_integrable
from theory.exponential_family.integration import Integration, Terms
from theory.exponential_family.reward_parts import RewardParts, combined_parts
from theory.exponential_family.sampling import Floats, on_the_line
from theory.exponential_family.support import Support
from theory.exponential_family.symmetric import read_location
from theory.exponential_family.tilt import GenericTilt, generic_symbols
from theory.expressions.reward_functions import distance
from theory.quadrature.base.abstract import Feature
from theory.quadrature.base.sides import DOWN, UP, SidesBase
from theory.reward import REWARD_VARIABLE, Reward

if TYPE_CHECKING:
    from theory.exact_input import ExactInput


@final
@dataclass(frozen=True)
class AsymmetricLaplace(AbstractFamily):
    """Law of density e^{−(x − c)/a}/(a + b) above a known c, e^{(x − c)/b}/(a + b) below.

    T = (|x − c|, x), θ = (−(1/a + 1/b)/2, (1/b − 1/a)/2), A = log(a + b) + θ₂c.  The state is (a, b): the
    mean distances from c of what lies above it and of what lies below.

    Parameters
    ----------
    location : Expr
        c, 0 where a file does not say.

    Examples
    --------
    >>> AsymmetricLaplace().refit((sympy.Rational(5, 3), sympy.Integer(1)))
    (2, 1)
    """

    location: sympy.Expr = sympy.S.Zero

    name = "asymmetric-laplace"
    settings = ("location",)
    data_keys = ("above", "below")
    support = Support.REALS

    @classmethod
    def from_settings(cls, table: Mapping[str, object], read: ExactInput, place: str) -> AsymmetricLaplace:
        return cls(read_location(table, read, place))

    def state_from_data(self, table: Mapping[str, object], read: ExactInput, place: str) -> Exprs:
        words = {key: f"mean distance {key} the location" for key in self.data_keys}
        return positive_numbers(table, words, read, place)

    @property
    def coordinates(self) -> tuple[str, ...]:
        return ("above", "below")

    @property
    def statistic(self) -> Exprs:
        return (distance(REWARD_VARIABLE, self.location), REWARD_VARIABLE)

    def log_base(self, sample: Exprs) -> sympy.Expr:
        return sympy.S.Zero

    def log_partition(self, natural: Exprs) -> sympy.Expr:
        inward, drift = natural
        return sympy.log(2 * inward / (drift - inward) / (drift + inward)) + drift * self.location

    def natural_domain(self, natural: Exprs) -> Exprs:
        inward, drift = natural
        return (-inward - drift, drift - inward)

    def natural(self, state: Exprs) -> Exprs:
        above, below = state
        return (-(1 / above + 1 / below) / 2, (1 / below - 1 / above) / 2)

    def mean_parameter(self, state: Exprs) -> Exprs:
        above, below = state
        return ((above**2 + below**2) / (above + below), self.location + above - below)

    def state_domain(self, state: Exprs) -> Exprs:
        return tuple(state)

    def expected_feature(self, feature: sympy.Expr, state: Exprs) -> sympy.Expr:
        """E[x^n] = Σ binomial(n, j) c^(n − j) E[(x − c)^j] for n ≥ 0."""
        if feature == self.statistic[0]:
            return self.mean_parameter(state)[0]
        base, power = (REWARD_VARIABLE, sympy.S.Zero) if feature == 1 else feature.as_base_exp()
        if base != REWARD_VARIABLE or not power.is_Integer or power < 0:
            raise no_closed_form(feature, self.name)
        return sympy.Add(
            *(
                sympy.binomial(power, j) * self.location ** (power - j) * _central_moment(state, j)
                for j in range(int(power) + 1)
            )
        )

    def refit(self, mean_parameter: Exprs) -> Exprs:
        """With u = E|x − c| and v = E[x − c]: a, b = (u ± v + √(u² − v²))/2."""
        length, mean = mean_parameter
        drift = mean - self.location
        root = sympy.sqrt(length**2 - drift**2)
        return ((length + drift + root) / 2, (length - drift + root) / 2)

    def at_natural(self, natural: Exprs) -> Exprs:
        inward, drift = natural
        return (-1 / (inward + drift), 1 / (drift - inward))

    def closed_tilt(self, shift: Exprs) -> GenericTilt:
        return _tilt(tuple(b == 0 for b in shift))

    def reward_parts(self, reward: Reward) -> RewardParts:
        return spanned_or_integrable(
            self, reward, lambda: combined_parts(reward, self.statistic, (REWARD_VARIABLE,))
        )

    def static_tilt_domain(self, reward: Reward, strength: sympy.Expr) -> Exprs:
        return falling_conditions(self, self.reward_parts(reward).outside, strength)

    def integration(self, state: Exprs) -> Integration:
        """(X − c)/a falls off at rate 1 above and a/b below."""
        above, below = state
        return Integration(
            base=SidesBase(),
            natural=(sympy.S.NegativeOne, -above / below),
            statistic=(
                {UP: above, DOWN: above},
                {SidesBase().constant: self.location, UP: above, DOWN: -above},
            ),
            terms=partial(self._terms, above),
        )

    def _terms(self, above: sympy.Expr, feature: sympy.Expr) -> Terms | None:
        """|x − c| and x^n over powers of z⁺ and z⁻, z = (x − c)/a."""
        if feature == self.statistic[0]:
            return {UP: above, DOWN: above}
        base, power = feature.as_base_exp()
        if base != REWARD_VARIABLE or not power.is_Integer or power < 0:
            return None
        terms: dict[Feature, sympy.Expr] = {SidesBase().constant: self.location**power}
        for n in range(1, int(power) + 1):
            size = sympy.binomial(power, n) * self.location ** (power - n) * above**n
            terms[sympy.Integer(n), sympy.S.Zero] = size
            terms[sympy.S.Zero, sympy.Integer(n)] = (-1) ** n * size
        return terms

    def sampling_parameters(self, state: Exprs) -> Exprs:
        above, below = state
        return (above, below, above / (above + below))

    def sample(self, parameters: Floats, generator: np.random.Generator) -> Floats:
        above, below, chance = parameters
        rises = generator.random(len(chance)) < chance
        distances = generator.standard_exponential(len(chance)) * np.where(rises, above, -below)
        return on_the_line(float(self.location) + distances)


def _central_moment(state: Exprs, order: int) -> sympy.Expr:
    """E[(x − c)^n] = n! (a^(n + 1) − (−b)^(n + 1))/(a + b) = n! Σ a^(n − k) (−b)^k."""
    above, below = state
    return sympy.factorial(order) * sympy.Add(
        *(above ** (order - k) * (-below) ** k for k in range(order + 1))
    )


@lru_cache(maxsize=4)
def _tilt(absent: tuple[bool, ...]) -> GenericTilt:
    """Tilt by s|x − c| + tx: 1/a falls by s + t and 1/b by s − t, both stay positive."""
    (above, below), tilt = generic_symbols("s", 2), generic_symbols("b", 2)
    inward, drift = (sympy.S.Zero if gone else b for b, gone in zip(tilt, absent, strict=True))
    up, down = 1 - above * (inward + drift), 1 - below * (inward - drift)
    return GenericTilt((above, below), tilt, (above / up, below / down), (up, down))
