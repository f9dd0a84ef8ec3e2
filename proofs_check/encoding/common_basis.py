"""Two models whose covariances of T are diagonal in one basis P at every law: the coordinates separate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import sympy

from proofs_check.claim import Case
from proofs_check.encoding.matrices import determinant, inverse
from proofs_check.encoding.relations import equal, unequal
from proofs_check.encoding.symbols import Matrix, column, entries, matrix, point, real, variables
from proofs_check.encoding.tilted_network import TiltedNetwork, TiltedStream
from proofs_check.statements.statement import Statement

_PAIRS = ((1, 1), (1, 2), (2, 1), (2, 2))
_TOUCHED = ((1, 1), (1, 2), (2, 1))


@dataclass(frozen=True)
class CommonBasis:
    """∇²A_j = P diag(h_j) Pᵀ, at a stream's law P diag(b) Pᵀ; the strength tilts all from or to model 1.

    Model 2's own stream is chosen by others.  Own, consumer and producer strength are parts of this.
    """

    @cached_property
    def basis(self) -> Matrix:
        """P, shape ``(2, 2)``."""
        return matrix("P", 2, 2)

    @cached_property
    def scales(self) -> tuple[Matrix, ...]:
        """h_1 and h_2."""
        return column("f", 2), column("h", 2)

    @cached_property
    def reward(self) -> Matrix:
        """c."""
        return column("c", 2)

    def share(self, reader: int, producer: int) -> sympy.Symbol:
        """w of a stream."""
        return real(f"w{reader}{producer}")

    def law(self, reader: int, producer: int) -> Matrix:
        """b of a stream."""
        return column(f"b{reader}{producer}_", 2)

    def in_basis(self, scale: Matrix) -> Matrix:
        """P diag(scale) Pᵀ."""
        return Matrix(self.basis * sympy.diag(*scale) * self.basis.T)

    @cached_property
    def network(self) -> TiltedNetwork:
        """Models and streams."""
        streams = (
            TiltedStream(
                reader=i,
                producer=j,
                share=self.share(i, j),
                variance=self.in_basis(self.law(i, j)),
                reward=self.reward if (i, j) in _TOUCHED else None,
            )
            for i, j in _PAIRS
        )
        return TiltedNetwork(tuple(map(self.in_basis, self.scales)), tuple(streams))

    def coordinates_separate(self) -> Case:
        """The case that the equilibrium equations are, in the basis P, those of scalar networks.

        With dμ_j = P y_j, coordinate k has links wb_k/h_jk and pushes wb_k p_k, p = Pᵀc, and dR_1 = p·y_1.
        """
        moves = (column("y", 2), column("z", 2))
        natural = [
            Matrix(inverse(self.basis.T) * sympy.diag(*(1 / h for h in scale)) * move)
            for scale, move in zip(self.scales, moves, strict=True)
        ]
        found = self.network.linearised(natural)
        expected = [e for i in (1, 2) for e in self.basis * self._gap(i, moves)]
        pulls = Matrix(self.basis.T * self.reward)
        symbols = (self.basis, *self.scales, self.reward)
        streams = [item for pair in _PAIRS for item in (self.share(*pair), self.law(*pair))]
        return Case(
            name="N = 2, d = 2, coordinates separate",
            statement=Statement(
                variables=variables(*symbols, *streams, *moves),
                hypotheses=(
                    unequal(determinant(self.basis)),
                    *(unequal(h) for scale in self.scales for h in scale),
                ),
                conclusions=(
                    *map(equal, found, expected),
                    equal(self.reward.dot(self.basis * moves[0]), pulls.dot(moves[0])),
                ),
            ),
            witness=self._witness(moves),
        )

    def _gap(self, reader: int, moves: Sequence[Matrix]) -> Matrix:
        """y_ik − Σ_j wb_k (y_jk/h_jk + p_k), p only where the strength reaches."""
        pulls = self.basis.T * self.reward
        gap = [*moves[reader - 1]]
        for k in range(2):
            for producer in (1, 2):
                link = self.share(reader, producer) * self.law(reader, producer)[k]
                gap[k] -= link * moves[producer - 1][k] / self.scales[producer - 1][k]
                if (reader, producer) in _TOUCHED:
                    gap[k] -= link * pulls[k]
        return Matrix(gap)

    def _witness(self, moves: Sequence[Matrix]) -> tuple[tuple[str, sympy.Expr], ...]:
        values = entries(
            {
                self.basis: [[1, 2], [3, 5]],
                self.scales[0]: [[2], [3]],
                self.scales[1]: [[5], [7]],
                self.reward: [[3], [2]],
                moves[0]: [[2], [3]],
                moves[1]: [[5], [4]],
            }
        )
        for k, pair in enumerate(_PAIRS):
            values |= {self.share(*pair): sympy.Rational(1, 3 + k)}
            values |= entries({self.law(*pair): [[k + 2], [2 * k + 3]]})
        return point(values)
