"""Inverse Gaussian law (Wald law) on the positive numbers."""

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
from theory.exponential_family.tilt import GenericTilt, generic_symbols
from theory.quadrature.base.wald import WaldBase
from theory.reward import REWARD_VARIABLE, Reward

if TYPE_CHECKING:
    from theory.exact_input import ExactInput


@final
@dataclass(frozen=True)
class InverseGaussian(AbstractFamily):
    """Inverse Gaussian law of mean m and shape λ: T = (x, 1/x), θ = (−λ/(2m²), −λ/2).

    A = 2θ₂√(θ₁/θ₂) − ½ log(−2θ₂).  The state is (m, λ), and 1/λ = E[1/x] − 1/E[x].

    Examples
    --------
    >>> InverseGaussian().refit((sympy.Integer(2), sympy.Integer(1)))
    (2, 2)
    """

    name = "inverse-gaussian"
    settings = ()
    data_keys = ("mean", "shape")
    support = Support.POSITIVE

    @classmethod
    def from_settings(cls, table: Mapping[str, object], read: ExactInput, place: str) -> InverseGaussian:
        return cls()

    def state_from_data(self, table: Mapping[str, object], read: ExactInput, place: str) -> Exprs:
        return positive_numbers(table, {key: key for key in self.data_keys}, read, place)

    @property
    def coordinates(self) -> tuple[str, ...]:
        return ("mean", "shape")

    @property
    def statistic(self) -> Exprs:
        return (REWARD_VARIABLE, 1 / REWARD_VARIABLE)

    def log_base(self, sample: Exprs) -> sympy.Expr:
        return -sympy.log(2 * sympy.pi) / 2 - 3 * sympy.log(sample[0]) / 2

    def log_partition(self, natural: Exprs) -> sympy.Expr:
        """A(θ), with the root of θ₁/θ₂ = 1/m²; θ₁ = 0 is a stable law without a mean, not in the family."""
        return 2 * natural[1] * sympy.sqrt(natural[0] / natural[1]) - sympy.log(-2 * natural[1]) / 2

    def natural_domain(self, natural: Exprs) -> Exprs:
        return (-natural[0], -natural[1])

    def natural(self, state: Exprs) -> Exprs:
        mean, shape = state
        return (-shape / (2 * mean**2), -shape / 2)

    def mean_parameter(self, state: Exprs) -> Exprs:
        mean, shape = state
        return (mean, 1 / mean + 1 / shape)

    def state_domain(self, state: Exprs) -> Exprs:
        return tuple(state)

    def expected_feature(self, feature: sympy.Expr, state: Exprs) -> sympy.Expr:
        """E[x^n] for every integer n; E[x^(−n)] = E[x^(n + 1)] / m^(2n + 1)."""
        base, power = (REWARD_VARIABLE, sympy.S.Zero) if feature == 1 else feature.as_base_exp()
        if base != REWARD_VARIABLE or not power.is_Integer:
            raise no_closed_form(feature, self.name)
        if power < 0:
            return sympy.expand(_moment(state, 1 - int(power)) / state[0] ** (1 - 2 * power))
        return _moment(state, int(power))

    def refit(self, mean_parameter: Exprs) -> Exprs:
        mean, reciprocal = mean_parameter
        return (mean, mean / (mean * reciprocal - 1))

    def at_natural(self, natural: Exprs) -> Exprs:
        return (sympy.sqrt(natural[1] / natural[0]), -2 * natural[1])

    def closed_tilt(self, shift: Exprs) -> GenericTilt:
        return _tilt(tuple(b == 0 for b in shift))

    def reward_parts(self, reward: Reward) -> RewardParts:
        return spanned_or_integrable(
            self, reward, lambda: combined_parts(reward, self.statistic, (REWARD_VARIABLE,))
        )

    def static_tilt_domain(self, reward: Reward, strength: sympy.Expr) -> Exprs:
        return falling_conditions(self, self.reward_parts(reward).outside, strength)

    def integration(self, state: Exprs) -> Integration:
        """X/m has mean 1 and shape λ/m, with both natural parameters −λ/(2m)."""
        mean, shape = state
        statistics = zip(WaldBase().statistic, (mean, 1 / mean), strict=True)
        return Integration(
            base=WaldBase(),
            natural=(-shape / (2 * mean),) * 2,
            statistic=tuple({feature: scale} for feature, scale in statistics),
            terms=partial(_terms, mean),
        )

    def sample(self, parameters: Floats, generator: np.random.Generator) -> Floats:
        return on_the_line(generator.wald(parameters[0], parameters[1]))


def _moment(state: Exprs, order: int) -> sympy.Expr:
    """E[x^n] = m^n Σ_k (n − 1 + k)! / (k! (n − 1 − k)!) (m/(2λ))^k over k < n."""
    mean, shape = state
    factorial = sympy.factorial
    return mean**order * sympy.Add(
        sympy.S.One if order == 0 else sympy.S.Zero,
        *(
            factorial(order - 1 + k) / (factorial(k) * factorial(order - 1 - k)) * (mean / (2 * shape)) ** k
            for k in range(order)
        ),
    )


@lru_cache(maxsize=4)
def _tilt(absent: tuple[bool, ...]) -> GenericTilt:
    """Tilt by b₁x + b₂/x: λ' = λ − 2b₂ and m'/m = √(λ'/(λ − 2b₁m²)), both radicands positive.

    The root is taken of a ratio that is 1 without a tilt: m itself never stands under it as a square.
    """
    (mean, shape), tilt = generic_symbols("s", 2), generic_symbols("b", 2)
    first, second = (sympy.S.Zero if gone else b for b, gone in zip(tilt, absent, strict=True))
    tilted, rest = shape - 2 * second, shape - 2 * first * mean**2
    moved = mean * sympy.sqrt(tilted / rest)
    return GenericTilt((mean, shape), tilt, (moved, tilted), (rest, tilted))


def _terms(mean: sympy.Expr, feature: sympy.Expr) -> Terms | None:
    """x^n over the powers of x/m."""
    base, power = feature.as_base_exp()
    if base != REWARD_VARIABLE or not power.is_Integer:
        return None
    return {(power,): mean**power}
