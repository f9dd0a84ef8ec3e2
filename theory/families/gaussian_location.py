"""Gaussian on ℝ^d with known covariance: only the mean is fitted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, final

import numpy as np
import sympy

from theory.exponential_family.data import covariance_matrix, required
from theory.exponential_family.family import AbstractFamily, Exprs
from theory.exponential_family.features import no_closed_form
from theory.exponential_family.reward_parts import (
    RewardParts,
    bounded_above,
    polynomial_terms,
    quadratic_terms,
)
from theory.exponential_family.sampling import Floats
from theory.exponential_family.support import Support
from theory.expressions.exact_matrix import Matrix, inverse, leading_minors, solve
from theory.reward import Reward, reward_variables

if TYPE_CHECKING:
    from theory.exact_input import ExactInput


@final
@dataclass(frozen=True)
class GaussianLocation(AbstractFamily):
    """N(m, Σ) with Σ known: T = x, θ = Σ⁻¹m, A = ½θᵀΣθ.

    A quadratic reward bends the base measure: the tilted law has covariance (Σ⁻¹ + βQ)⁻¹.

    Parameters
    ----------
    covariance : Matrix
        Σ, shape ``(d, d)``, symmetric positive definite.
    """

    covariance: Matrix

    name = "gaussian-location"
    settings = ("variance", "covariance")
    data_keys = ("mean",)
    support = Support.REALS
    takes_channels = True

    @classmethod
    def from_settings(cls, table: Mapping[str, object], read: ExactInput, place: str) -> GaussianLocation:
        given = [key for key in cls.settings if key in table]
        if len(given) != 1:
            found = "both" if given else "neither"
            raise read.refusal(place, "exactly one of `variance`, `covariance`", found)
        place = f"{place}.{given[0]}"
        if given == ["variance"]:
            variance = read.number(table["variance"], place)
            read.require(variance, "> 0", place, "a variance > 0")
            return cls(Matrix([[variance]]))
        return cls(covariance_matrix(table["covariance"], read, place))

    def state_from_data(self, table: Mapping[str, object], read: ExactInput, place: str) -> Exprs:
        given = required(table, "mean", read, place)
        return read.vector(given, f"{place}.mean", length=self.dimension)

    @property
    def coordinates(self) -> tuple[str, ...]:
        d = self.dimension
        return ("mean",) if d == 1 else tuple(f"mean[{k}]" for k in range(d))

    @property
    def dimension(self) -> int:
        return int(self.covariance.rows)

    @property
    def statistic(self) -> Exprs:
        return reward_variables(self.dimension)

    def log_base(self, sample: Exprs) -> sympy.Expr:
        x = Matrix(sample)
        precision = inverse(self.covariance)
        volume = (2 * sympy.pi) ** self.dimension * leading_minors(self.covariance)[-1]
        return -(x.T * precision * x)[0] / 2 - sympy.log(volume) / 2

    def log_partition(self, natural: Exprs) -> sympy.Expr:
        d, covariance = self.dimension, self.covariance
        squares = [covariance[k, k] * natural[k] ** 2 / 2 for k in range(d)]
        products = [covariance[j, k] * natural[j] * natural[k] for j in range(d) for k in range(j)]
        return sympy.Add(*squares, *products)

    def natural_domain(self, natural: Exprs) -> Exprs:
        return ()

    def natural(self, state: Exprs) -> Exprs:
        return tuple(inverse(self.covariance) * Matrix(state))

    def mean_parameter(self, state: Exprs) -> Exprs:
        return tuple(state)

    def state_domain(self, state: Exprs) -> Exprs:
        return ()

    def expected_feature(self, feature: sympy.Expr, state: Exprs) -> sympy.Expr:
        variables = reward_variables(self.dimension)
        powers = feature.as_powers_dict()
        factors = [variables.index(v) for v in variables for _ in range(int(powers.get(v, 0)))]
        if len(factors) > 2 or feature != sympy.Mul(*(variables[k] for k in factors)):
            raise no_closed_form(feature, self.name)
        product = sympy.Mul(*(state[k] for k in factors))
        return product + self.covariance[factors[0], factors[1]] if len(factors) == 2 else product

    def refit(self, mean_parameter: Exprs) -> Exprs:
        return tuple(mean_parameter)

    def reward_parts(self, reward: Reward) -> RewardParts:
        d = self.dimension
        if d == 1:
            (constant, slope, square), outside = quadratic_terms(reward)
            bend = None if square == 0 else Matrix([[-2 * square]])
            return RewardParts(constant=constant, linear=(slope,), curvature=bend, outside=outside)
        terms = polynomial_terms(reward, reward_variables(d), degree=2)
        linear = [sympy.S.Zero] * d
        curvature = sympy.zeros(d, d)
        for exponents, coefficient in terms.items():
            variables = [k for k, power in enumerate(exponents) for _ in range(power)]
            if len(variables) == 1:
                linear[variables[0]] = coefficient
            elif len(variables) == 2:
                j, k = variables
                curvature[j, k] -= coefficient
                curvature[k, j] -= coefficient
        return RewardParts(
            constant=terms.get((0,) * d, sympy.S.Zero),
            linear=tuple(linear),
            curvature=None if curvature.is_zero_matrix else curvature.as_immutable(),
        )

    def reweighted(self, parts: RewardParts, strength: sympy.Expr) -> GaussianLocation:
        bend = Matrix(sympy.eye(self.dimension) + strength * self.covariance * parts.curvature)
        return GaussianLocation(solve(bend, self.covariance))

    def static_tilt_domain(self, reward: Reward, strength: sympy.Expr) -> Exprs:
        parts = self.reward_parts(reward)
        curvature = parts.curvature
        falls = () if parts.outside is None else bounded_above(parts.outside, strength)
        if falls or curvature is None:
            return falls
        congruent = self.covariance + strength * self.covariance * curvature * self.covariance
        return leading_minors(Matrix(congruent))

    def normal_form(self, state: Exprs) -> tuple[Exprs, Matrix]:
        return tuple(state), self.covariance

    def sample(self, parameters: Floats, generator: np.random.Generator) -> Floats:
        d = self.dimension
        root = np.linalg.cholesky(np.array(self.covariance.tolist(), dtype=float))
        points: Floats = parameters + root @ generator.standard_normal((d, parameters.shape[1]))
        return points
