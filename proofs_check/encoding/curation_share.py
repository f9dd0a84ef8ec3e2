"""What turning up a curation share does to a model's stationarity equation, from the mixture's definition.

Model p is trained on D = λH + (1 − λ)B: the curated mixture H with share λ, and everything else, B, which
shrinks in proportion to 1 − λ. Its stationarity equation is F_p = E_D[∇loss] = 0.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import sympy

from proofs_check.encoding.relations import all_equal, at_least, less
from proofs_check.encoding.symbols import Matrix, column, real, variables
from proofs_check.statements.statement import Relation, Variable


@dataclass(frozen=True)
class CurationShare:
    """The share λ of model p with the mean loss gradients under H and under B.

    Parameters
    ----------
    size : int
        Dimension of p's state.
    """

    size: int

    @cached_property
    def share(self) -> sympy.Symbol:
        """λ."""
        return real("lam")

    @cached_property
    def curated(self) -> Matrix:
        """E_H[∇loss]."""
        return column("h", self.size)

    @cached_property
    def other(self) -> Matrix:
        """E_B[∇loss]."""
        return column("b", self.size)

    @property
    def pull(self) -> Matrix:
        """m_H = −E_H[∇loss]."""
        return Matrix(-self.curated)

    @cached_property
    def field(self) -> Matrix:
        """F_p = E_D[∇loss] as a function of λ."""
        return Matrix(self.share * self.curated + (1 - self.share) * self.other)

    @cached_property
    def sensitivity(self) -> Matrix:
        """∂F_p/∂λ, differentiated from the mixture."""
        return Matrix(self.field.diff(self.share))

    @property
    def variables(self) -> tuple[Variable, ...]:
        """λ, E_H[∇loss], E_B[∇loss]."""
        return variables(self.share, self.curated, self.other)

    def hypotheses(self) -> tuple[Relation, ...]:
        """p is stationary and 0 ≤ λ < 1."""
        stationary = all_equal(self.field, sympy.zeros(self.size, 1).as_immutable())
        return (*stationary, at_least(self.share), less(self.share, 1))
