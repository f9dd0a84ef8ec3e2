"""One mean–variance Gaussian with groups of linear curators of whom a fraction ε picks at random."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import sympy

from proofs_check.encoding.gaussian_groups import GaussianGroups
from proofs_check.encoding.matrices import identity_minus, inverse
from proofs_check.encoding.relations import at_least, less, positive
from proofs_check.encoding.symbols import UNIT, Matrix, real, variables
from proofs_check.statements.statement import Relation, Variable

NOISE = real("epsilon")


@dataclass(frozen=True)
class NoisyGroups:
    """Symbols, round and linearisation; group k's share w_k is curated with probability 1 − ε, else raw.

    Parameters
    ----------
    groups : int
        K ≥ 1.
    """

    groups: int

    @cached_property
    def plain(self) -> GaussianGroups:
        """The same groups without noise: symbols, and sums over them."""
        return GaussianGroups(self.groups)

    @property
    def variance(self) -> sympy.Symbol:
        """v."""
        return self.plain.state[1]

    @cached_property
    def spread(self) -> sympy.Expr:
        """Γ_ε = ((1 − ε)k/a)² + (1 − ε)q/a."""
        plain, kept = self.plain, 1 - NOISE
        return (kept * plain.total_tilt / plain.real_share) ** 2 + kept * plain.square_tilt / plain.real_share

    @cached_property
    def step(self) -> Matrix:
        """(m', v') of the mixture of real data, curated and raw output."""
        plain, (mean, variance) = self.plain, self.plain.state
        real_mean, real_variance = plain.real_law
        parts = [(plain.real_share, real_mean, real_variance)]
        for share, tilt in zip(plain.shares, plain.tilts, strict=True):
            parts.append(((1 - NOISE) * share, mean + tilt * variance, variance))
            parts.append((NOISE * share, mean, variance))
        first = sympy.Add(*(w * centre for w, centre, _ in parts))
        second = sympy.Add(*(w * (width + centre**2) for w, centre, width in parts))
        return Matrix([first, second - first**2])

    @cached_property
    def moves(self) -> Matrix:
        """(dm*/dt_1, dv*/dt_1) by (I − J)⁻¹ ∂G/∂t_1."""
        return inverse(self.field) * self._located(Matrix(self.step.diff(self.plain.tilts[0])))

    @cached_property
    def field(self) -> Matrix:
        """I − J at an equilibrium."""
        return identity_minus(self._located(self.step.jacobian(Matrix(self.plain.state))))

    @cached_property
    def formula(self) -> sympy.Expr:
        """(1 − ε)w_1 v/a · (1 − 2v(1 − ε) Σ w_j t_j(t_j − t_1)/a)/(1 − 2Γ_ε v)."""
        a, v, kept = self.plain.real_share, self.variance, 1 - NOISE
        bracket = 1 - 2 * v * kept * self.plain.discord / a
        return kept * self.plain.shares[0] * v / a * bracket / (1 - 2 * self.spread * v)

    def _located(self, generic: sympy.Matrix) -> Matrix:
        """M = m − (1 − ε)kv/a inserted, after the derivatives are taken."""
        plain, (mean, variance) = self.plain, self.plain.state
        where = mean - (1 - NOISE) * plain.total_tilt * variance / plain.real_share
        located = generic.subs(plain.real_law[0], where)
        return Matrix(located.applyfunc(lambda entry: sympy.expand(sympy.cancel(entry))))

    @property
    def variables(self) -> tuple[Variable, ...]:
        """w, t, v, ε in that order."""
        return (*self.plain.variables, *variables(NOISE, typical=UNIT))

    def hypotheses(self) -> tuple[Relation, ...]:
        """Those of the groups, 0 ≤ ε < 1, and 2Γ_ε v < 1."""
        return (
            *self.plain.hypotheses(),
            at_least(NOISE),
            less(NOISE, 1),
            positive(1 - 2 * self.spread * self.variance),
        )
