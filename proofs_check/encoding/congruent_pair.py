"""Two covariances in their common basis: H_0 = LLᵀ and H_b = L diag(g) Lᵀ, as any two of them are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import sympy

from proofs_check.claim import Case
from proofs_check.encoding.matrices import determinant, inverse
from proofs_check.encoding.relations import all_equal, equal, unequal
from proofs_check.encoding.symbols import Matrix, column, entries, matrix, point, reals, variables
from proofs_check.encoding.tilted_network import TiltedNetwork, TiltedStream
from proofs_check.statements.statement import Statement


@dataclass(frozen=True)
class CongruentPair:
    """Model 1's covariance of T raw and at its curated law, the reward, and the network of raw streams.

    Parameters
    ----------
    size : int
        N; models that are not the first have covariances of their own.
    """

    size: int

    @cached_property
    def basis(self) -> Matrix:
        """L, shape ``(2, 2)``."""
        return matrix("L", 2, 2)

    @cached_property
    def gains(self) -> Matrix:
        """g, the curated over the raw variance in each direction."""
        return column("g", 2)

    @cached_property
    def reward(self) -> Matrix:
        """c."""
        return column("c", 2)

    @cached_property
    def pulls(self) -> Matrix:
        """Lᵀc."""
        return Matrix(self.basis.T * self.reward)

    @cached_property
    def share(self) -> sympy.Symbol:
        """w, the curated share of model 1's own output."""
        return reals("w")[0]

    @cached_property
    def raw_shares(self) -> Matrix:
        """u_ij, what i reads raw from j."""
        return matrix("u", self.size, self.size)

    @cached_property
    def covariances(self) -> tuple[Matrix, ...]:
        """LLᵀ for model 1; the other models' are generic."""
        others = (matrix(f"S{j}_", 2, 2) for j in range(2, self.size + 1))
        symmetric = (Matrix(2, 2, [s[0, 0], s[0, 1], s[0, 1], s[1, 1]]) for s in others)
        return (Matrix(self.basis * self.basis.T), *symmetric)

    @cached_property
    def curated(self) -> Matrix:
        """H_b."""
        return Matrix(self.basis * sympy.diag(*self.gains) * self.basis.T)

    @cached_property
    def network(self) -> TiltedNetwork:
        """Raw streams between all pairs, and model 1's own output as its users choose it."""
        models = range(1, self.size + 1)
        raw = [
            TiltedStream(reader=i, producer=j, share=self.raw_shares[i - 1, j - 1])
            for i in models
            for j in models
        ]
        chosen = TiltedStream(
            reader=1, producer=1, share=self.share, variance=self.curated, reward=self.reward
        )
        return TiltedNetwork(self.covariances, (*raw, chosen))

    def directions_separate(self) -> Case:
        """The case that the equilibrium equations and J are, in the basis L, those of scalar networks.

        With dμ_j = L y_j, direction k obeys y_jk = Σ_m u_jm y_mk, for j = 1 plus wg_k(y_1k + p_k), and dR_1 =
        p·y_1.
        """
        moves = [column(f"y{j}_", 2) for j in range(1, self.size + 1)]
        natural = [Matrix(inverse(h) * self.basis * y) for h, y in zip(self.covariances, moves, strict=True)]
        found = self.network.linearised(natural)
        expected = [e for gap in self._gaps(moves) for e in self.basis * gap]
        influence = self.reward.dot(self.basis * moves[0])
        return Case(
            name=f"N = {self.size}, d = 2, directions separate",
            statement=Statement(
                variables=variables(*self._symbols(), *moves),
                hypotheses=tuple(unequal(determinant(m)) for m in (self.basis, *self.covariances)),
                conclusions=(
                    *map(equal, found, expected),
                    equal(influence, self.pulls.dot(moves[0])),
                    *self._jacobian_separates(),
                ),
            ),
            witness=self._witness(moves),
        )

    def _gaps(self, moves: Sequence[Matrix]) -> list[Matrix]:
        """y_j − Σ u_jm y_m, with − w diag(g)(y_1 + p) for the first model."""
        gaps = []
        for j, move in enumerate(moves):
            read = sum((self.raw_shares[j, m] * moves[m] for m in range(self.size)), sympy.zeros(2, 1))
            gaps.append(Matrix(move - read))
        chosen = self.share * sympy.diag(*self.gains) * (moves[0] + self.pulls)
        return [Matrix(gaps[0] - chosen), *gaps[1:]]

    def _jacobian_separates(self) -> tuple[sympy.Basic, ...]:
        """J (I ⊗ L) = (I ⊗ L)(W ⊗ I + w e_1e_1ᵀ ⊗ diag(g))."""
        n = self.size
        whole = sympy.diag(*[self.basis] * n)
        core = sympy.zeros(2 * n, 2 * n)
        for i in range(n):
            for j in range(n):
                core[2 * i : 2 * i + 2, 2 * j : 2 * j + 2] = self.raw_shares[i, j] * sympy.eye(2)
        core[:2, :2] += self.share * sympy.diag(*self.gains)
        return all_equal(Matrix(self.network.jacobian * whole), Matrix(whole * core))

    def _symbols(self) -> tuple[sympy.Symbol | Matrix, ...]:
        others = dict.fromkeys(entry for h in self.covariances[1:] for entry in h)
        return (self.basis, self.gains, self.reward, self.share, self.raw_shares, *others)

    def _witness(self, moves: Sequence[Matrix]) -> tuple[tuple[str, sympy.Expr], ...]:
        n = self.size
        values = entries(
            {
                self.basis: [[1, 2], [3, 5]],
                self.gains: [[2], [3]],
                self.reward: [[3], [2]],
                self.raw_shares: [[f"1/{8 + i + 3 * j}" for j in range(n)] for i in range(n)],
            }
        ) | {self.share: "1/4"}
        for k, h in enumerate(self.covariances[1:]):
            values |= {h[0, 0]: k + 2, h[0, 1]: 1, h[1, 1]: k + 3}
        for k, move in enumerate(moves):
            values |= {move[0]: k + 2, move[1]: 2 * k + 5}
        return point(values)

    def formula(self, back: sympy.Symbol) -> Case:
        """The case w cᵀ((1 − u)H_b⁻¹ − wH_0⁻¹)⁻¹c = Σ_k w p_k²/((1 − u)/g_k − w), u = `back`."""
        gap = Matrix((1 - back) * inverse(self.curated) - self.share * inverse(self.covariances[0]))
        parts = (
            self.share * p**2 / ((1 - back) / g - self.share)
            for p, g in zip(self.pulls, self.gains, strict=True)
        )
        nonzero = (
            *(determinant(m) for m in (self.basis, self.covariances[0], self.curated, gap)),
            *self.gains,
            *((1 - back) / g - self.share for g in self.gains),
        )
        return Case(
            name="d = 2, formula in the common basis",
            statement=Statement(
                variables=variables(self.basis, self.gains, self.reward, self.share, back),
                hypotheses=tuple(map(unequal, nonzero)),
                conclusions=(
                    equal(self.share * self.reward.dot(inverse(gap) * self.reward), sympy.Add(*parts)),
                ),
            ),
            witness=point(
                entries({self.basis: [[1, 2], [3, 5]], self.gains: [[2], [3]], self.reward: [[3], [2]]})
                | {self.share: "1/8", back: "1/4"}
            ),
        )
