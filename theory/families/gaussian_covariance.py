"""Gaussian on ℝ^d with mean and covariance both fitted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, final

import numpy as np
import sympy

from theory.exponential_family.data import covariance_matrix, required
from theory.exponential_family.family import AbstractFamily, Exprs
from theory.exponential_family.features import no_closed_form
from theory.exponential_family.reward_parts import RewardParts, polynomial_terms
from theory.exponential_family.sampling import Floats
from theory.exponential_family.support import Support
from theory.exponential_family.tilt import GenericTilt, generic_symbols
from theory.expressions.exact_matrix import Matrix, inverse, leading_minors, solve
from theory.reward import Reward, reward_variables

if TYPE_CHECKING:
    from theory.exact_input import ExactInput

MAX_DIMENSION = 6
"""Beyond, the determinants that say where a covariance is positive definite have too many terms."""


@final
@dataclass(frozen=True)
class GaussianCovariance(AbstractFamily):
    """N(m, Σ): T = (x_j, x_j x_k for j ≤ k), θ = (Pm, −P_jj/2, −P_jk), P = Σ⁻¹, A = ½mᵀPm − ½ log det P.

    The state lists m, then the upper triangle of Σ row by row.

    Parameters
    ----------
    size : int
        d, from 1 to `MAX_DIMENSION`.

    Examples
    --------
    >>> GaussianCovariance(2).coordinates
    ('mean[0]', 'mean[1]', 'covariance[0,0]', 'covariance[0,1]', 'covariance[1,1]')
    >>> GaussianCovariance(2).refit((1, 2, 4, 1, 5))
    (1, 2, 3, -1, 1)
    """

    size: int

    name = "gaussian-covariance"
    settings = ("dimension",)
    data_keys = ("mean", "covariance")
    support = Support.REALS
    takes_channels = True
    is_translated = True

    @classmethod
    def from_settings(cls, table: Mapping[str, object], read: ExactInput, place: str) -> GaussianCovariance:
        given = read.number(required(table, "dimension", read, place), f"{place}.dimension")
        if not given.is_Integer or not 1 <= given <= MAX_DIMENSION:
            expected = f"a dimension: an integer from 1 to {MAX_DIMENSION}"
            raise read.refusal(f"{place}.dimension", expected, read.shown(given))
        return cls(int(given))

    def state_from_data(self, table: Mapping[str, object], read: ExactInput, place: str) -> Exprs:
        d = self.dimension
        mean = read.vector(required(table, "mean", read, place), f"{place}.mean", length=d)
        given = required(table, "covariance", read, place)
        return (*mean, *_triangle(covariance_matrix(given, read, f"{place}.covariance", dimension=d)))

    @property
    def dimension(self) -> int:
        return self.size

    @property
    def coordinates(self) -> tuple[str, ...]:
        means = [f"mean[{k}]" for k in range(self.dimension)]
        return (*means, *(f"covariance[{j},{k}]" for j, k in _pairs(self.dimension)))

    @property
    def statistic(self) -> Exprs:
        x = reward_variables(self.dimension)
        return (*x, *(x[j] * x[k] for j, k in _pairs(self.dimension)))

    def log_base(self, sample: Exprs) -> sympy.Expr:
        return -self.dimension * sympy.log(2 * sympy.pi) / 2

    def log_partition(self, natural: Exprs) -> sympy.Expr:
        linear, precision = self._linear_and_precision(natural)
        return (linear.T * inverse(precision) * linear)[0] / 2 - sympy.log(leading_minors(precision)[-1]) / 2

    def natural_domain(self, natural: Exprs) -> Exprs:
        return leading_minors(self._linear_and_precision(natural)[1])

    def natural(self, state: Exprs) -> Exprs:
        mean, covariance = self._mean_and_covariance(state)
        precision = inverse(covariance)
        entries = ((-precision[j, k] / 2 if j == k else -precision[j, k]) for j, k in _pairs(self.dimension))
        return (*(precision * mean), *entries)

    def mean_parameter(self, state: Exprs) -> Exprs:
        mean, covariance = self._mean_and_covariance(state)
        return (*mean, *(covariance[j, k] + mean[j] * mean[k] for j, k in _pairs(self.dimension)))

    def state_domain(self, state: Exprs) -> Exprs:
        return leading_minors(self._mean_and_covariance(state)[1])

    def at_natural(self, natural: Exprs) -> Exprs:
        linear, precision = self._linear_and_precision(natural)
        covariance = inverse(precision)
        return (*(covariance * linear), *_triangle(covariance))

    def refit(self, mean_parameter: Exprs) -> Exprs:
        mean, square = self._mean_and_covariance(mean_parameter)
        return (*mean, *(square[j, k] - mean[j] * mean[k] for j, k in _pairs(self.dimension)))

    def expected_feature(self, feature: sympy.Expr, state: Exprs) -> sympy.Expr:
        """E of a monomial in the sample, from E[x_j f] = m_j E[f] + Σ_k Σ_jk E[∂f/∂x_k]."""
        variables = reward_variables(self.dimension)
        powers = feature.as_powers_dict()
        factors = tuple(k for k, v in enumerate(variables) for _ in range(_power(powers.get(v, 0))))
        if feature != sympy.Mul(*(variables[k] for k in factors)):
            raise no_closed_form(feature, self.name)
        return self._moment(factors, *self._mean_and_covariance(state))

    def reward_parts(self, reward: Reward) -> RewardParts:
        d = self.dimension
        variables = reward_variables(d)
        terms = polynomial_terms(reward, variables, degree=2)
        exponents = [sympy.Poly(t, variables).monoms()[0] for t in self.statistic]
        linear = tuple(terms.get(tuple(map(int, e)), sympy.S.Zero) for e in exponents)
        return RewardParts(constant=terms.get((0,) * d, sympy.S.Zero), linear=linear)

    def closed_tilt(self, shift: Exprs) -> GenericTilt:
        return _tilt(self.dimension, tuple(b != 0 for b in shift))

    def normal_form(self, state: Exprs) -> tuple[Exprs, Matrix]:
        return tuple(state[: self.dimension]), self._mean_and_covariance(state)[1]

    def sample(self, parameters: Floats, generator: np.random.Generator) -> Floats:
        d = self.dimension
        points: Floats = parameters[:d].copy()
        noise = generator.standard_normal((d, parameters.shape[1]))
        for (j, k), entry in _roots(parameters[d:], d).items():
            points[j] += entry * noise[k]
        return points

    def translated(self, state: Floats, shift: Floats) -> Floats:
        return np.concatenate([state[: self.dimension] + shift, state[self.dimension :]])

    def _mean_and_covariance(self, state: Exprs) -> tuple[Matrix, Matrix]:
        d = self.dimension
        return Matrix(d, 1, state[:d]), _symmetric(d, state[d:])

    def _linear_and_precision(self, natural: Exprs) -> tuple[Matrix, Matrix]:
        d = self.dimension
        return Matrix(d, 1, natural[:d]), -_bend(d, natural[d:])

    def _moment(self, factors: tuple[int, ...], mean: Matrix, covariance: Matrix) -> sympy.Expr:
        if not factors:
            return sympy.S.One
        first, rest = factors[0], factors[1:]
        pairs = (
            covariance[first, k] * self._moment(rest[:n] + rest[n + 1 :], mean, covariance)
            for n, k in enumerate(rest)
        )
        return sympy.Add(mean[first] * self._moment(rest, mean, covariance), *pairs)


def _pairs(dimension: int) -> tuple[tuple[int, int], ...]:
    """Index pairs of the upper triangle, row by row."""
    return tuple((j, k) for j in range(dimension) for k in range(j, dimension))


def _triangle(matrix: Matrix) -> Exprs:
    return tuple(matrix[j, k] for j, k in _pairs(matrix.rows))


def _symmetric(dimension: int, entries: Exprs) -> Matrix:
    at = dict(zip(_pairs(dimension), entries, strict=True))
    return Matrix(dimension, dimension, lambda j, k: at[min(j, k), max(j, k)])


def _bend(dimension: int, tilt: Exprs) -> Matrix:
    """B with ½xᵀBx = Σ_{j≤k} b_jk x_j x_k."""
    symmetric = _symmetric(dimension, tilt)
    return Matrix(dimension, dimension, lambda j, k: (2 if j == k else 1) * symmetric[j, k])


def _power(exponent: sympy.Expr) -> int:
    return int(exponent) if sympy.sympify(exponent).is_Integer else 0


@lru_cache(maxsize=256)
def _tilt(dimension: int, present: tuple[bool, ...]) -> GenericTilt:
    """Mean (I − ΣB)⁻¹(m + Σb) and covariance (I − ΣB)⁻¹Σ; only tilts that are `present` differ from 0.

    With R the rows of B that are not zero, Σ⁻¹ − B is positive definite iff Σ_RR − Σ_RR B_RR Σ_RR is.
    """
    state, tilt = generic_symbols("s", len(present)), generic_symbols("b", len(present))
    shift = tuple(b if there else sympy.S.Zero for b, there in zip(tilt, present, strict=True))
    mean, covariance = Matrix(dimension, 1, state[:dimension]), _symmetric(dimension, state[dimension:])
    bend = _bend(dimension, shift[dimension:])
    moved = Matrix(mean + covariance * Matrix(dimension, 1, shift[:dimension]))
    rows = [k for k in range(dimension) if any(bend[k, j] != 0 for j in range(dimension))]
    if not rows:
        return GenericTilt(state, tilt, (*moved, *_triangle(covariance)), ())
    left = Matrix(sympy.eye(dimension) - covariance * bend)
    tilted = (*solve(left, moved), *_triangle(solve(left, covariance)))
    active, bent = covariance.extract(rows, rows), bend.extract(rows, rows)
    congruent = leading_minors(Matrix((active - active * bent * active).expand()))
    whole = leading_minors(Matrix((sympy.eye(len(rows)) - active * bent).expand()))[-1]
    return GenericTilt(state, tilt, tilted, (*congruent[:-1], whole))


def _roots(triangle: Floats, dimension: int) -> dict[tuple[int, int], Floats]:
    """Entries [j,k], k ≤ j, of the Cholesky factors of covariances given by their triangles."""
    given = dict(zip(_pairs(dimension), triangle, strict=True))
    root: dict[tuple[int, int], Floats] = {}
    for k in range(dimension):
        for j in range(k, dimension):
            rest = given[k, j] - sum(root[j, i] * root[k, i] for i in range(k))
            root[j, k] = np.sqrt(rest) if j == k else rest / root[k, k]
    return root
