"""Pair-trained linear models: weighted least squares on prompts of known second moments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import sympy

from proofs_check.encoding.matrices import inverse
from proofs_check.encoding.relations import equal
from proofs_check.encoding.symbols import Matrix, column
from proofs_check.statements.statement import Relation

Rows = Sequence[Sequence[int]]


@dataclass(frozen=True, kw_only=True)
class PairTrained:
    """θ_i' = H_i⁻¹(a_i S_i^real θ_i^real + Σ_j w_ij S_j θ_j) with H_i = a_i S_i^real + Σ_j w_ij S_j.

    Parameters
    ----------
    real_shares : tuple of Rational
        a_i.
    shares : Matrix
        w_ij, shape ``(N, N)``.
    prompts : tuple of Matrix
        S_j, second moments of each model's own prompts, shape ``(d, d)`` each.
    real_prompts : tuple of Matrix
        S_i^real; equal to `prompts` where prompts match.
    """

    real_shares: tuple[sympy.Rational, ...]
    shares: Matrix
    prompts: tuple[Matrix, ...]
    real_prompts: tuple[Matrix, ...]

    @property
    def dimension(self) -> int:
        """d."""
        return int(self.prompts[0].rows)

    @cached_property
    def jacobian(self) -> Matrix:
        """J, shape ``(Nd, Nd)``, with the blocks H_i⁻¹ w_ij S_j."""
        n = len(self.prompts)
        blocks = [
            [Matrix(inverse(self.information(i)) * self.shares[i, j] * self.prompts[j]) for j in range(n)]
            for i in range(n)
        ]
        return Matrix(sympy.Matrix(sympy.BlockMatrix(blocks).as_explicit()))

    def information(self, model: int) -> Matrix:
        """H_i."""
        total = self.real_shares[model] * self.real_prompts[model]
        for j, prompts in enumerate(self.prompts):
            total = total + self.shares[model, j] * prompts
        return Matrix(total)

    def direct(self, shift: Matrix) -> Matrix:
        """∂θ_1'/∂τ where τ shifts model 1's own answers along `shift`: H_1⁻¹ w_11 S_1 γ."""
        return Matrix(inverse(self.information(0)) * self.shares[0, 0] * self.prompts[0] * shift)

    @cached_property
    def moves(self) -> Matrix:
        """Symbols for dθ/dτ, all models one below the other."""
        return column("dtheta", len(self.prompts) * self.dimension)

    def linearised(self, shift: Matrix) -> tuple[Relation, ...]:
        """(I − J)dθ/dτ = ∂G/∂τ."""
        size = len(self.moves)
        pushed = [*self.direct(shift), *([sympy.Integer(0)] * (size - self.dimension))]
        left = (sympy.eye(size) - self.jacobian) * self.moves
        return tuple(equal(a, b) for a, b in zip(left, pushed, strict=True))
