"""N mean–variance Gaussians trained on one shared pool: identical rows, real data included.

The pool holds real data N(M, V) of share a and, of share w_j, what model j's users pick of its output by the
reward t_j x: N(m_j + t_j v_j, v_j). Every model is refitted to the whole pool.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import sympy

from proofs_check.encoding.gaussian_groups import GaussianGroups
from proofs_check.encoding.gaussian_streams import GaussianStream, refit
from proofs_check.encoding.matrices import identity_minus
from proofs_check.encoding.relations import equal
from proofs_check.encoding.symbols import Matrix, real
from proofs_check.statements.statement import Relation


@dataclass(frozen=True)
class SharedPool:
    """Symbols, update map and linearisation for N models.

    Parameters
    ----------
    models : int
        N ≥ 2.
    """

    models: int

    @cached_property
    def groups(self) -> GaussianGroups:
        """One model with the same shares and tilts, the models' users as its groups."""
        return GaussianGroups(self.models)

    @cached_property
    def state(self) -> tuple[sympy.Symbol, ...]:
        """m1, v1, m2, v2, and so on."""
        return tuple(real(f"{letter}{i}") for i in range(1, self.models + 1) for letter in "mv")

    @cached_property
    def moves(self) -> tuple[sympy.Symbol, ...]:
        """Symbols for the derivative of the state in t_1."""
        return tuple(real(f"d{symbol.name}") for symbol in self.state)

    @cached_property
    def step(self) -> tuple[sympy.Expr, ...]:
        """(m1', v1', m2', …): mean and variance of the pool, for each model."""
        groups = self.groups
        made = [
            GaussianStream(share, mean, variance).tilted_linearly(tilt)
            for share, tilt, mean, variance in zip(
                groups.shares, groups.tilts, self.state[::2], self.state[1::2], strict=True
            )
        ]
        real_data = GaussianStream(groups.real_share, *groups.real_law)
        return refit(real_data, *made) * self.models

    @cached_property
    def jacobian(self) -> Matrix:
        """J = ∂(m1', v1', …)/∂(m1, v1, …) at an equilibrium, shape ``(2N, 2N)``."""
        return self._at_equilibrium(sympy.Matrix(self.step).jacobian(list(self.state)))

    @cached_property
    def direct(self) -> Matrix:
        """∂(m1', v1', …)/∂t_1 at an equilibrium: model 1's users curate every stream made from it."""
        return self._at_equilibrium(sympy.Matrix([g.diff(self.groups.tilts[0]) for g in self.step]))

    def _at_equilibrium(self, matrix: sympy.Matrix) -> Matrix:
        """All models at N(m, v), with M = m − kv/a from the mean's stationarity."""
        groups = self.groups
        mean, variance = groups.state
        common = dict(zip(self.state, groups.state * self.models, strict=True))
        located = matrix.xreplace(common).subs(
            groups.real_law[0], mean - groups.total_tilt * variance / groups.real_share
        )
        return Matrix(located.applyfunc(lambda entry: sympy.expand(sympy.cancel(entry))))

    def stationary(self) -> tuple[Relation, ...]:
        """x = G(x)."""
        return tuple(equal(x, g) for x, g in zip(self.state, self.step, strict=True))

    def linearised(self) -> tuple[Relation, ...]:
        """(I − J) dx/dt_1 = ∂G/∂t_1."""
        rows = identity_minus(self.jacobian) * Matrix(self.moves)
        return tuple(equal(left, right) for left, right in zip(rows, self.direct, strict=True))
