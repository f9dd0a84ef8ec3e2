"""Two models p and q as a 2 × 2 block matrix ∂F, and the Schur forms of its inverse."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import sympy

from proofs_check.encoding.matrices import determinant, inverse
from proofs_check.encoding.relations import unequal
from proofs_check.encoding.symbols import Matrix, matrix
from proofs_check.statements.statement import Relation


@dataclass(frozen=True)
class TwoBlocks:
    """Generic ∂F = [[F_pp, F_pq], [F_qp, F_qq]] with blocks of sizes p and q.

    Parameters
    ----------
    p, q : int
        Dimensions of the two states, each at least 1.
    """

    p: int
    q: int

    @cached_property
    def pp(self) -> Matrix:
        """F_pp, shape ``(p, p)``."""
        return matrix("Fpp", self.p, self.p)

    @cached_property
    def pq(self) -> Matrix:
        """F_pq, shape ``(p, q)``."""
        return matrix("Fpq", self.p, self.q)

    @cached_property
    def qp(self) -> Matrix:
        """F_qp, shape ``(q, p)``."""
        return matrix("Fqp", self.q, self.p)

    @cached_property
    def qq(self) -> Matrix:
        """F_qq, shape ``(q, q)``."""
        return matrix("Fqq", self.q, self.q)

    @cached_property
    def whole(self) -> Matrix:
        """∂F, shape ``(p + q, p + q)``."""
        return Matrix(sympy.Matrix([[self.pp, self.pq], [self.qp, self.qq]]))

    @cached_property
    def schur_p(self) -> Matrix:
        """F_pp − F_pq F_qq⁻¹ F_qp: how p's stationarity moves with p once q has answered."""
        return Matrix(self.pp - self.pq * inverse(self.qq) * self.qp)

    @cached_property
    def schur_q(self) -> Matrix:
        """F_qq − F_qp F_pp⁻¹ F_pq."""
        return Matrix(self.qq - self.qp * inverse(self.pp) * self.pq)

    @cached_property
    def coupling_q(self) -> Matrix:
        """C_q = −F_qp F_pp⁻¹: the push on q per push on p."""
        return Matrix(-self.qp * inverse(self.pp))

    def inverse_block(self, rows: str, columns: str) -> Matrix:
        """Block of (∂F)⁻¹ = adj ∂F / det ∂F; `rows` and `columns` are ``p`` or ``q``."""
        span = {"p": range(self.p), "q": range(self.p, self.p + self.q)}
        whole = inverse(self.whole)
        picked = [whole[i, j] for i in span[rows] for j in span[columns]]
        return Matrix(len(span[rows]), len(span[columns]), picked)

    def invertible_through_q(self) -> tuple[Relation, ...]:
        """F_qq and the Schur complement of q are invertible."""
        return unequal(determinant(self.qq)), unequal(determinant(self.schur_p))

    def invertible_through_p(self) -> tuple[Relation, ...]:
        """F_pp and the Schur complement of p are invertible."""
        return unequal(determinant(self.pp)), unequal(determinant(self.schur_q))
