"""Linear-Gaussian model of pairs: y given a prompt x is N(⟨θ,x⟩, σ²), fitted by least squares."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, final

import numpy as np
import sympy

from theory.errors import InvalidInput
from theory.exponential_family.data import covariance_matrix, required
from theory.exponential_family.family import AbstractFamily, Exprs
from theory.exponential_family.features import no_closed_form
from theory.exponential_family.reward_parts import RewardParts, polynomial_terms
from theory.exponential_family.sampling import Floats
from theory.exponential_family.support import Support
from theory.exponential_family.tilt import GenericTilt, generic_symbols
from theory.expressions.exact_matrix import Matrix, inverse, solve
from theory.reward import ANSWER_VARIABLE, Reward, reward_variables

if TYPE_CHECKING:
    from theory.exact_input import ExactInput


@final
@dataclass(frozen=True)
class LinearGaussian(AbstractFamily):
    """y | x ~ N(⟨θ,x⟩, σ²) with σ² known: T = xy, natural parameter θ/σ², A = σ²|S^{1/2}·|²/2.

    Of the prompts only the second moments S = E[xxᵀ] enter.  A reader fits θ' = E[xxᵀ]⁻¹E[xy] to the pairs
    that it reads.  A reward in xy moves θ; one with −κy²/2 also sharpens the answers, to the variance
    σ²/(1 + βκσ²).

    Parameters
    ----------
    moments : Matrix
        S of the model's own prompts, shape ``(d, d)``, symmetric positive definite.
    variance : Expr
        σ² > 0.
    judged_moments : Matrix or None
        S of the prompts on which alignment is measured; None for the model's own.
    """

    moments: Matrix
    variance: sympy.Expr = sympy.S.One
    judged_moments: Matrix | None = None

    name = "linear-gaussian"
    settings = ("prompt_moments", "variance", "judged_moments")
    data_keys = ("coefficients",)
    real_settings = ("prompt_moments",)
    support = Support.PAIRS
    answers_prompts = True

    @classmethod
    def from_settings(cls, table: Mapping[str, object], read: ExactInput, place: str) -> LinearGaussian:
        given = required(table, "prompt_moments", read, place)
        moments = covariance_matrix(given, read, f"{place}.prompt_moments")
        variance = read.number(table.get("variance", 1), f"{place}.variance")
        read.require(variance, "> 0", f"{place}.variance", "a variance > 0")
        judged = None
        if "judged_moments" in table:
            size = int(moments.rows)
            judged = covariance_matrix(table["judged_moments"], read, f"{place}.judged_moments", size)
        return cls(moments, variance, judged)

    def state_from_data(self, table: Mapping[str, object], read: ExactInput, place: str) -> Exprs:
        given = required(table, "coefficients", read, place)
        return read.vector(given, f"{place}.coefficients", length=self.dimension)

    def source_of_data(self, table: Mapping[str, object], read: ExactInput, place: str) -> LinearGaussian:
        given, size = table["prompt_moments"], self.dimension
        return replace(self, moments=covariance_matrix(given, read, f"{place}.prompt_moments", size))

    def asked_as(self, means: Exprs) -> LinearGaussian:
        return replace(self, moments=self._moments_of(means))

    @property
    def judged(self) -> LinearGaussian:
        if self.judged_moments is None:
            return self
        return replace(self, moments=self.judged_moments, judged_moments=None)

    @property
    def coordinates(self) -> tuple[str, ...]:
        d = self.dimension
        return ("coefficient",) if d == 1 else tuple(f"coefficient[{k}]" for k in range(d))

    @property
    def dimension(self) -> int:
        return int(self.moments.rows)

    @property
    def variables(self) -> tuple[sympy.Symbol, ...]:
        return (*reward_variables(self.dimension), ANSWER_VARIABLE)

    @property
    def statistic(self) -> Exprs:
        return tuple(x * ANSWER_VARIABLE for x in reward_variables(self.dimension))

    @property
    def fitted(self) -> Exprs:
        x = reward_variables(self.dimension)
        return (*(x[j] * x[k] for j, k in self._lower), *self.statistic)

    @property
    def _lower(self) -> tuple[tuple[int, int], ...]:
        """Rows and columns of the lower triangle of S."""
        return tuple((j, k) for j in range(self.dimension) for k in range(j + 1))

    def log_base(self, sample: Exprs) -> sympy.Expr:
        return -(sample[-1] ** 2) / (2 * self.variance) - sympy.log(2 * sympy.pi * self.variance) / 2

    def log_partition(self, natural: Exprs) -> sympy.Expr:
        twice = [(1 if j == k else 2) * self.moments[j, k] * natural[j] * natural[k] for j, k in self._lower]
        return self.variance * sympy.Add(*twice) / 2

    def natural_domain(self, natural: Exprs) -> Exprs:
        return ()

    def natural(self, state: Exprs) -> Exprs:
        return tuple(coefficient / self.variance for coefficient in state)

    def mean_parameter(self, state: Exprs) -> Exprs:
        return tuple(self.moments * Matrix(state))

    def state_domain(self, state: Exprs) -> Exprs:
        return ()

    def expected_feature(self, feature: sympy.Expr, state: Exprs) -> sympy.Expr:
        powers = feature.as_powers_dict()
        factors = [v for v in self.variables for _ in range(int(powers.get(v, 0)))]
        if len(factors) not in (0, 2) or feature != sympy.Mul(*factors):
            raise no_closed_form(feature, self.name)
        if not factors:
            return sympy.S.One
        first, second = (self.variables.index(v) for v in factors)
        means = self.mean_parameter(state)
        if second < self.dimension:
            return self.moments[first, second]
        if first < self.dimension:
            return means[first]
        return sympy.Add(*(c * m for c, m in zip(state, means, strict=True))) + self.variance

    def refit(self, mean_parameter: Exprs) -> Exprs:
        return tuple(solve(self.moments, Matrix(mean_parameter)))

    def _moments_of(self, means: Exprs) -> Matrix:
        """S of data with these means of `fitted`."""
        asked = dict(zip(self._lower, means, strict=False))
        return Matrix(self.dimension, self.dimension, lambda j, k: asked[max(j, k), min(j, k)])

    def fit(self, means: Exprs) -> Exprs:
        return tuple(inverse(self._moments_of(means)) * Matrix(means[len(self._lower) :]))

    def sample(self, state: Floats, generator: np.random.Generator) -> Floats:
        """Prompts from N(0, S), each with an answer."""
        root = np.linalg.cholesky(np.array(self.moments.tolist(), dtype=float))
        prompts = root @ generator.standard_normal(state.shape)
        noise = np.sqrt(float(self.variance)) * generator.standard_normal(state.shape[1])
        pairs: Floats = np.vstack([prompts, (prompts * state).sum(axis=0) + noise])
        return pairs

    def closed_tilt(self, shift: Exprs) -> GenericTilt:
        state, tilt = generic_symbols("s", self.dimension), generic_symbols("b", self.dimension)
        moved = tuple(s + self.variance * b for s, b in zip(state, tilt, strict=True))
        return GenericTilt(state, tilt, moved, ())

    def reward_parts(self, reward: Reward) -> RewardParts:
        d = self.dimension
        products = "x*y" if d == 1 else f"x1*y to x{d}*y"
        expected = f"a polynomial in {products}, y**2, and products of two of the prompt's coordinates"
        linear = [sympy.S.Zero] * d
        form = sympy.zeros(d + 1, d + 1)
        constant = sympy.S.Zero
        for exponents, coefficient in polynomial_terms(reward, self.variables, degree=2).items():
            factors = [k for k, power in enumerate(exponents) for _ in range(power)]
            if not factors:
                constant = coefficient
            elif len(factors) == 1:
                raise InvalidInput(expected=expected, found=f"a term in {self.variables[factors[0]]} alone")
            elif factors[0] < d == factors[1]:
                linear[factors[0]] = coefficient
            else:
                form[factors[0], factors[1]] -= coefficient
                form[factors[1], factors[0]] -= coefficient
        curvature = None if form.is_zero_matrix else form.as_immutable()
        return RewardParts(constant=constant, linear=tuple(linear), curvature=curvature)

    def reweighted(self, parts: RewardParts, strength: sympy.Expr) -> LinearGaussian:
        sharper = 1 + strength * self.variance * _answers_curvature(parts)
        return replace(self, variance=self.variance / sharper)

    def static_tilt_domain(self, reward: Reward, strength: sympy.Expr) -> Exprs:
        curvature = _answers_curvature(self.reward_parts(reward))
        return () if curvature == 0 else (1 + strength * self.variance * curvature,)


def _answers_curvature(parts: RewardParts) -> sympy.Expr:
    """κ in the part −κy²/2 of a reward."""
    return sympy.S.Zero if parts.curvature is None else parts.curvature[-1, -1]
