"""One mean–variance Gaussian with K groups of linear curators, written down from the mixture's moments.

Group k has a share w_k of the training set and picks by the reward t_k x, so its stream is N(m + t_k v, v);
real data N(M, V) have the share a, and a + Σ w_k = 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import sympy

from proofs_check.encoding.relations import at_least, positive
from proofs_check.encoding.symbols import UNIT, Matrix, column, real, variables
from proofs_check.statements.statement import Condition, Relation, Statement, Variable

_NEAR = (sympy.Rational(-1), sympy.Rational(1))


@dataclass(frozen=True)
class GaussianGroups:
    """Symbols, update map and linearisation for K groups.

    Parameters
    ----------
    groups : int
        K ≥ 1.
    """

    groups: int

    @cached_property
    def shares(self) -> Matrix:
        """w_1 … w_K."""
        return column("w", self.groups)

    @cached_property
    def tilts(self) -> Matrix:
        """t_1 … t_K."""
        return column("t", self.groups)

    @cached_property
    def real_share(self) -> sympy.Expr:
        """a = 1 − Σ w_k."""
        return 1 - sympy.Add(*self.shares)

    @cached_property
    def real_law(self) -> tuple[sympy.Symbol, sympy.Symbol]:
        """M and V."""
        return real("M"), real("V")

    @cached_property
    def state(self) -> tuple[sympy.Symbol, sympy.Symbol]:
        """m and v."""
        return real("m"), real("v")

    @cached_property
    def total_tilt(self) -> sympy.Expr:
        """k = Σ w_k t_k."""
        return (self.shares.T * self.tilts)[0, 0]

    @cached_property
    def square_tilt(self) -> sympy.Expr:
        """q = Σ w_k t_k²."""
        return sympy.Add(*(w * t**2 for w, t in zip(self.shares, self.tilts, strict=True)))

    @cached_property
    def spread(self) -> sympy.Expr:
        """Γ = k²/a² + q/a."""
        return self.total_tilt**2 / self.real_share**2 + self.square_tilt / self.real_share

    @cached_property
    def discord(self) -> sympy.Expr:
        """Σ_j w_j t_j (t_j − t_1): how far the others' tilts outweigh group 1's."""
        first = self.tilts[0]
        return sympy.Add(*(w * t * (t - first) for w, t in zip(self.shares, self.tilts, strict=True)))

    @cached_property
    def step(self) -> Matrix:
        """(m', v'): mean and variance of the mixture, second moment minus squared mean."""
        (real_mean, real_variance), (mean, variance) = self.real_law, self.state
        means = [mean + t * variance for t in self.tilts]
        first = self.real_share * real_mean + sympy.Add(
            *(w * centre for w, centre in zip(self.shares, means, strict=True))
        )
        second = self.real_share * (real_variance + real_mean**2) + sympy.Add(
            *(w * (variance + centre**2) for w, centre in zip(self.shares, means, strict=True))
        )
        return Matrix([first, second - first**2])

    @cached_property
    def equilibrium_jacobian(self) -> Matrix:
        """J = ∂(m', v')/∂(m, v) with m' replaced by m, its value at an equilibrium, shape ``(2, 2)``.

        M is eliminated by the mean's stationarity aM = am − kv, after the derivatives are taken.
        """
        return self._at_equilibrium(self.step.jacobian(Matrix(self.state)))

    @cached_property
    def first_tilt_effect(self) -> Matrix:
        """∂(m', v')/∂t_1 at an equilibrium, shape ``(2, 1)``."""
        return self._at_equilibrium(Matrix(self.step.diff(self.tilts[0])))

    def _at_equilibrium(self, matrix: sympy.Matrix) -> Matrix:
        """Insert M = m − kv/a and cancel."""
        mean, variance = self.state
        located = matrix.subs(self.real_law[0], mean - self.total_tilt * variance / self.real_share)
        return Matrix(located.applyfunc(lambda entry: sympy.expand(sympy.cancel(entry))))

    @property
    def variables(self) -> tuple[Variable, ...]:
        """w, t, v in that order."""
        return (
            *variables(self.shares, typical=UNIT),
            *variables(self.tilts, typical=_NEAR),
            *variables(self.state[1], typical=UNIT),
        )

    def hypotheses(self) -> tuple[Relation, ...]:
        """w_1 > 0, w_k ≥ 0, a > 0, v > 0."""
        return (
            positive(self.shares[0]),
            *(at_least(w) for w in self.shares[1:]),
            positive(self.real_share),
            positive(self.state[1]),
        )

    def implication(
        self,
        hypotheses: Sequence[Condition],
        conclusions: Sequence[Condition],
        extra: Sequence[Variable] = (),
    ) -> Statement:
        """Under the hypotheses of all groups and more, over their variables and more."""
        return Statement(
            variables=(*self.variables, *extra),
            hypotheses=(*self.hypotheses(), *hypotheses),
            conclusions=tuple(conclusions),
        )
