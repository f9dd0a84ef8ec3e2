"""A strength in a network whose links are plain shares, J = W ⊗ I: weak choices, or fixed covariances."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import sympy

from proofs_check.claim import Point
from proofs_check.encoding.matrices import determinant, identity_minus, inverse
from proofs_check.encoding.relations import all_nonnegative, unequal
from proofs_check.encoding.scalar_knobs import Knob
from proofs_check.encoding.symbols import UNIT, Matrix, column, entries, matrix, point, real, variables
from proofs_check.encoding.tilted_network import TiltedNetwork, TiltedStream
from proofs_check.statements.statement import Condition, Relation, SchurStable, Variable


@dataclass(frozen=True, kw_only=True)
class ShareKnob:
    """N models with d statistics; the strength of model 1's users tilts some streams along c.

    Parameters
    ----------
    size, dimension : int
        N and d.
    knob : Knob
    fixed : bool
        Whether curated streams have any tilt and the covariance of their producer (fixed covariances);
        else every tilt is 0.
    all_curated : bool
        Whether the streams that the knob may touch have no untouched part.
    """

    size: int
    dimension: int
    knob: Knob
    fixed: bool
    all_curated: bool = False

    @cached_property
    def untouched(self) -> Matrix:
        """Shares that the strength does not tilt."""
        whole = matrix("u", self.size, self.size)
        without = set(self.touched) if self.all_curated else set()
        return Matrix(
            self.size, self.size, lambda i, j: sympy.S.Zero if (i + 1, j + 1) in without else whole[i, j]
        )

    @cached_property
    def touched(self) -> dict[tuple[int, int], sympy.Symbol]:
        """Shares that it tilts, by (reader, producer)."""
        return {pair: real("k{}{}".format(*pair)) for pair in self.knob.touched(self.size)}

    @cached_property
    def weights(self) -> Matrix:
        """W: all that i reads from j."""
        n, zero = self.size, sympy.S.Zero
        return Matrix(n, n, lambda i, j: self.untouched[i, j] + self.touched.get((i + 1, j + 1), zero))

    @cached_property
    def variances(self) -> tuple[Matrix, ...]:
        """∇²A_j(θ_j), the covariance of T under model j."""
        return tuple(symmetric(f"S{j}_", self.dimension) for j in range(1, self.size + 1))

    @cached_property
    def reward(self) -> Matrix:
        """c_1."""
        return column("c", self.dimension)

    @cached_property
    def network(self) -> TiltedNetwork:
        """Models and streams."""
        models = range(1, self.size + 1)
        streams = [
            TiltedStream(reader=i, producer=j, share=self.untouched[i - 1, j - 1], variance=self._law(j))
            for i in models
            for j in models
        ]
        streams += [
            TiltedStream(reader=i, producer=j, share=share, variance=self._law(j), reward=self.reward)
            for (i, j), share in self.touched.items()
        ]
        return TiltedNetwork(self.variances, tuple(streams))

    def _law(self, producer: int) -> Matrix | None:
        return self.variances[producer - 1] if self.fixed else None

    @cached_property
    def field(self) -> Matrix:
        """I − W."""
        return identity_minus(self.weights)

    @cached_property
    def returns(self) -> Matrix:
        """M = (I − W)⁻¹."""
        return inverse(self.field)

    @cached_property
    def pull(self) -> Matrix:
        """What the formulas multiply: kΣ_1c (own), Σ_j k_1j Σ_jc (consumer), Σ_1c (producer)."""
        first = self.variances[0]
        if self.knob is Knob.PRODUCER:
            return Matrix(first * self.reward)
        parts = (share * self.variances[j - 1] * self.reward for (_, j), share in self.touched.items())
        return Matrix(sum(parts, sympy.zeros(self.dimension, 1)))

    def is_the_derivative(self, mean_moves: tuple[Matrix, ...]) -> tuple[sympy.Expr, ...]:
        """All zero when the means move by `mean_moves`: θ_j' = Σ_j⁻¹ dμ_j solves the linearised equations."""
        natural = (Matrix(inverse(v) * move) for v, move in zip(self.variances, mean_moves, strict=True))
        return self.network.linearised(tuple(natural))

    def regular(self) -> tuple[Relation, ...]:
        """I − W and the covariances are invertible."""
        return tuple(unequal(determinant(m)) for m in (self.field, *self.variances))

    @property
    def stable(self) -> SchurStable:
        """ρ(W) < 1."""
        return SchurStable(self.weights)

    def shares(self) -> tuple[Condition, ...]:
        """W ≥ 0 part by part, and ρ(W) < 1."""
        return (*all_nonnegative(Matrix([*self._shares])), self.stable)

    @property
    def _shares(self) -> tuple[sympy.Symbol, ...]:
        free = [entry for entry in self.untouched if entry != 0]
        return (*free, *self.touched.values())

    @property
    def share_variables(self) -> tuple[Variable, ...]:
        """The shares."""
        return variables(*self._shares, typical=UNIT)

    @property
    def variables(self) -> tuple[Variable, ...]:
        """Shares, covariances, c."""
        symbols = dict.fromkeys(entry for variance in self.variances for entry in variance)
        return (*self.share_variables, *variables(*symbols, self.reward))

    def share_witness(self) -> dict[sympy.Symbol, sympy.Expr]:
        """Shares 1/8, 1/9 and so on."""
        return {s: sympy.Rational(1, 8 + k) for k, s in enumerate(self._shares)}

    def witness(self) -> Point:
        """Those shares, covariances without a pattern, and c = (2, 3) or so."""
        values: dict[sympy.Symbol, sympy.Expr] = self.share_witness()
        for k, variance in enumerate(self.variances):
            size = range(self.dimension)
            values |= {
                variance[a, b]: sympy.Integer(k + 5 * a + 2 if a == b else 1) for a in size for b in size
            }
        return point(values | entries({self.reward: [[a + 2] for a in range(self.dimension)]}))


def symmetric(name: str, size: int) -> Matrix:
    """Generic symmetric matrix, one symbol for each pair of entries.

    Examples
    --------
    >>> symmetric("S", 2)
    Matrix([
    [S11, S12],
    [S12, S22]])
    """
    return Matrix(size, size, lambda i, j: real(f"{name}{min(i, j) + 1}{max(i, j) + 1}"))
