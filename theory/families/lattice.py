"""Lattice law: finitely many given numbers with base weights and given statistics."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING, final

import sympy

from theory.errors import InvalidInput
from theory.exponential_family.data import required
from theory.exponential_family.family import AbstractFamily, Exprs
from theory.exponential_family.features import no_closed_form
from theory.exponential_family.implicit import inverted_gradient
from theory.exponential_family.reward_parts import RewardParts, table_values
from theory.exponential_family.support import Support
from theory.expressions.exact_matrix import Matrix
from theory.expressions.polynomials import is_identically_zero
from theory.reward import REWARD_VARIABLE, Reward

if TYPE_CHECKING:
    from theory.exact_input import ExactInput

MAX_POINTS = 64
MAX_STATISTICS = 3


@final
@dataclass(frozen=True)
class Lattice(AbstractFamily):
    """p_k ∝ w_k e^{⟨θ, T(x_k)⟩} on given rational numbers x_k; the state is E[T].

    A reward outside the span of T multiplies the base weights by e^{βr(x_k)}.

    Parameters
    ----------
    points : tuple of Rational
        x_k, distinct.
    weights : tuple of Expr
        w_k > 0.
    statistics : tuple of Expr
        Polynomials in x with rational coefficients, affinely independent on the points.
    """

    points: tuple[sympy.Rational, ...]
    weights: tuple[sympy.Expr, ...]
    statistics: tuple[sympy.Expr, ...]

    name = "lattice"
    settings = ("support", "weights", "statistic")
    data_keys = ("mean",)
    support = Support.POINTS
    finite_support = True

    @classmethod
    def from_settings(cls, table: Mapping[str, object], read: ExactInput, place: str) -> Lattice:
        inside = f"{place}.support"
        points = read.vector(required(table, "support", read, place), inside)
        for k, point in enumerate(points):
            if not isinstance(point, sympy.Rational):
                raise read.refusal(f"{inside}[{k}]", "a rational number without parameters", str(point)[:80])
        if not 2 <= len(set(points)) == len(points) <= MAX_POINTS:
            raise read.refusal(inside, f"2 to {MAX_POINTS} distinct numbers", f"{len(points)} numbers")
        given = table.get("weights", [1] * len(points))
        weights = read.vector(given, f"{place}.weights", length=len(points))
        for k, weight in enumerate(weights):
            where = f"{place}.weights[{k}]"
            if weight.free_symbols:
                raise read.refusal(where, "a number without parameters", str(weight)[:80])
            read.require(weight, "> 0", where, "a weight > 0")
        texts, where = table.get("statistic", ["x"]), f"{place}.statistic"
        if not isinstance(texts, list) or not 1 <= len(texts) <= MAX_STATISTICS:
            raise read.refusal(where, f"a list of 1 to {MAX_STATISTICS} polynomials in x", str(texts)[:80])
        statistics = tuple(
            read.polynomial(t, f"{where}[{k}]", (REWARD_VARIABLE,)) for k, t in enumerate(texts)
        )
        family = cls(points, weights, statistics)
        if any(s.free_symbols - {REWARD_VARIABLE} or not r.is_Rational for s in statistics for r in s.atoms()
               if r != REWARD_VARIABLE):  # fmt: skip
            raise read.refusal(where, "polynomials with rational coefficients", str(texts)[:80])
        if family.values.row_join(Matrix([1] * len(points))).rank() < len(statistics) + 1:
            expected = "statistics that are affinely independent on the support"
            raise read.refusal(where, expected, str(texts)[:80])
        return family

    @cached_property
    def values(self) -> Matrix:
        """T_j(x_k), a row a point."""
        return Matrix([[t.xreplace({REWARD_VARIABLE: x}) for t in self.statistics] for x in self.points])

    def state_from_data(self, table: Mapping[str, object], read: ExactInput, place: str) -> Exprs:
        where = f"{place}.mean"
        state = read.vector(required(table, "mean", read, place), where, length=len(self.statistics))
        for slack in self.state_domain(state):
            read.require(slack, "> 0", where, "a mean strictly inside the convex hull of the support's T")
        return state

    @property
    def coordinates(self) -> tuple[str, ...]:
        n = len(self.statistics)
        return ("mean",) if n == 1 else tuple(f"mean[{k}]" for k in range(n))

    @property
    def statistic(self) -> Exprs:
        return self.statistics

    def log_base(self, sample: Exprs) -> sympy.Expr:
        """log w_k at x = x_k, by Lagrange interpolation between the points."""
        logs = [(x, sympy.log(w)) for x, w in zip(self.points, self.weights, strict=True)]
        return sympy.Add(
            *(
                log * sympy.Mul(*((sample[0] - other) / (x - other) for other, _ in logs if other != x))
                for x, log in logs
                if log != 0
            )
        )

    def log_partition(self, natural: Exprs) -> sympy.Expr:
        return sympy.log(sympy.Add(*self._masses(natural)))

    def natural_domain(self, natural: Exprs) -> Exprs:
        return ()

    def natural(self, state: Exprs) -> Exprs:
        return inverted_gradient(self, state, start=(sympy.S.Zero,) * len(self.statistics))

    def mean_parameter(self, state: Exprs) -> Exprs:
        return tuple(state)

    def state_domain(self, state: Exprs) -> Exprs:
        return tuple(constant + sympy.Add(*(a * m for a, m in zip(slope, state, strict=True)))
                     for constant, slope in self._facets)  # fmt: skip

    def within(self, support: Support) -> bool:
        tests: Mapping[Support, Callable[[sympy.Rational], bool]] = {
            Support.REALS: lambda x: True,
            Support.NONNEGATIVE: lambda x: x >= 0,
            Support.POSITIVE: lambda x: x > 0,
            Support.UNIT: lambda x: 0 < x < 1,
            Support.COUNTS: lambda x: bool(x.is_Integer) and x >= 0,
            Support.BINARY: lambda x: x in (0, 1),
        }
        return support in tests and all(tests[support](x) for x in self.points)

    def could_have_made(self, other: AbstractFamily) -> bool:
        if not other.finite_support or other.atoms:
            return False
        return {p[REWARD_VARIABLE] for p in other.support_points()} <= set(self.points)

    def expected_feature(self, feature: sympy.Expr, state: Exprs) -> sympy.Expr:
        if feature == 1:
            return sympy.S.One
        if feature in self.statistics:
            return state[self.statistics.index(feature)]
        values = [sympy.sympify(feature).xreplace(point) for point in self.support_points()]
        if any(v.is_real is not True for v in values) or any(w.free_symbols for w in self.weights):
            raise no_closed_form(feature, self.name)
        chances = self.support_probabilities(state)
        return sympy.Add(*(p * v for p, v in zip(chances, values, strict=True)))

    def refit(self, mean_parameter: Exprs) -> Exprs:
        return tuple(mean_parameter)

    def reward_parts(self, reward: Reward) -> RewardParts:
        rewards, n = Matrix(self.support_rewards(reward)), len(self.statistics)
        design = Matrix([1] * len(self.points)).row_join(self.values)
        rows = sympy.Matrix(design.T).rref()[1]
        fitted = design.extract(list(rows), list(range(n + 1))).inv() * rewards.extract(list(rows), [0])
        if all(is_identically_zero(gap) for gap in rewards - design * fitted):
            return RewardParts(constant=fitted[0], linear=tuple(fitted[1:, 0]))
        return RewardParts(constant=sympy.S.Zero, linear=(sympy.S.Zero,) * n, values=tuple(rewards))

    def reweighted(self, parts: RewardParts, strength: sympy.Expr) -> Lattice:
        pairs = zip(self.weights, parts.values or (), strict=True)
        scaled = tuple(w * sympy.exp(strength * r) for w, r in pairs)
        return Lattice(self.points, scaled, self.statistics)

    def support_rewards(self, reward: Reward) -> Exprs:
        if reward.polynomial is None:
            return table_values(reward, len(self.points))
        if not reward.polynomial.is_polynomial(REWARD_VARIABLE):
            expected = "a list with one number a point, or a polynomial in x"
            raise InvalidInput(expected=expected, found=str(reward.polynomial)[:80])
        return tuple(sympy.expand(reward.polynomial.xreplace(point)) for point in self.support_points())

    def support_probabilities(self, state: Exprs) -> Exprs:
        masses = self._masses(self.natural(state))
        total = sympy.Add(*masses)
        return tuple(mass / total for mass in masses)

    def support_points(self) -> tuple[Mapping[sympy.Symbol, sympy.Expr], ...]:
        return tuple({REWARD_VARIABLE: x} for x in self.points)

    def _masses(self, natural: Exprs) -> Exprs:
        """w_k e^{⟨θ, T(x_k)⟩} at each point."""
        return tuple(
            weight * sympy.exp(sympy.Add(*(t * value for t, value in zip(natural, row, strict=True))))
            for weight, row in zip(self.weights, self.values.tolist(), strict=True)
        )

    @cached_property
    def _facets(self) -> tuple[tuple[sympy.Expr, tuple[sympy.Expr, ...]], ...]:
        """The convex hull of the T(x_k): affine functions that are > 0 exactly inside it."""
        n = len(self.statistics)
        found: dict[tuple[sympy.Expr, ...], None] = {}
        lifted = sympy.Matrix(Matrix([1] * len(self.points)).row_join(self.values))
        for chosen in combinations(range(len(self.points)), n):
            normals = lifted.extract(list(chosen), list(range(n + 1))).nullspace()
            if len(normals) != 1:
                continue
            sides = lifted * normals[0]
            if all(s >= 0 for s in sides) or all(s <= 0 for s in sides):
                scale = sympy.Add(*sides)
                found[tuple(normals[0] / scale)] = None
        return tuple((row[0], row[1:]) for row in found)
