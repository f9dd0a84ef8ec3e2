"""A strength in a network of scalar models with a common statistic, which tilts one, some or many streams."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import cached_property

import sympy

from proofs_check.claim import Point
from proofs_check.encoding.matrices import identity_minus, inverse
from proofs_check.encoding.relations import all_nonnegative, positive
from proofs_check.encoding.symbols import UNIT, Matrix, column, entries, matrix, point, real, variables
from proofs_check.encoding.tilted_network import TiltedNetwork, TiltedStream
from proofs_check.statements.statement import Condition, Relation, SchurStable, Variable


class Knob(Enum):
    """Which streams the strength of model 1's users tilts."""

    OWN = "own"
    CONSUMER = "consumer"
    PRODUCER = "producer"

    def touched(self, size: int) -> tuple[tuple[int, int], ...]:
        """(reader, producer) of the touched streams: 1 ← 1; 1 ← every model; every model ← 1.

        Examples
        --------
        >>> Knob.PRODUCER.touched(2)
        ((1, 1), (2, 1))
        """
        models = range(1, size + 1)
        pairs = {
            Knob.OWN: ((1, 1),),
            Knob.CONSUMER: tuple((1, j) for j in models),
            Knob.PRODUCER: tuple((j, 1) for j in models),
        }
        return pairs[self]


@dataclass(frozen=True)
class ScalarKnob:
    """N scalar models; every pair has a stream that the strength does not touch, some have one that it does.

    A stream from j of share w, at whose law A_j″ is B, has the link wB/A_j″(θ_j).  The links are the
    variables, and the shares follow from them; an untouched stream stands for all of its pair, whose links
    add up.

    Parameters
    ----------
    size : int
        N.
    knob : Knob
    """

    size: int
    knob: Knob

    @cached_property
    def links(self) -> Matrix:
        """Links of the untouched streams."""
        return matrix("l", self.size, self.size)

    @cached_property
    def touched(self) -> dict[tuple[int, int], sympy.Symbol]:
        """Links of the touched streams, by (reader, producer)."""
        return {pair: real("k{}{}".format(*pair)) for pair in self.knob.touched(self.size)}

    @cached_property
    def variances(self) -> Matrix:
        """A_j″(θ_j)."""
        return column("H", self.size)

    @cached_property
    def rewards(self) -> Matrix:
        """c_j, the slope of model j's reward in T."""
        return column("c", self.size)

    @cached_property
    def network(self) -> TiltedNetwork:
        """Models and streams."""
        models = range(1, self.size + 1)
        idle = [self._stream(i, j, self.links[i - 1, j - 1], "B") for i in models for j in models]
        moved = [self._stream(i, j, link, "D", touched=True) for (i, j), link in self.touched.items()]
        return TiltedNetwork(tuple(Matrix([[h]]) for h in self.variances), (*idle, *moved))

    def _stream(
        self, reader: int, producer: int, link: sympy.Expr, letter: str, *, touched: bool = False
    ) -> TiltedStream:
        variance = real(f"{letter}{reader}{producer}")
        return TiltedStream(
            reader=reader,
            producer=producer,
            share=link * self.variances[producer - 1] / variance,
            variance=Matrix([[variance]]),
            reward=Matrix([self.rewards[0]]) if touched else None,
        )

    @cached_property
    def field(self) -> Matrix:
        """I − J."""
        return identity_minus(self.network.jacobian)

    @cached_property
    def moves(self) -> Matrix:
        """dμ/dβ = (I − J)⁻¹ ∂G/∂β."""
        return Matrix(inverse(self.field) * self.network.direct)

    def influence(self, on: int) -> sympy.Expr:
        """dR_j/dβ = c_j dμ_j/dβ of model j = `on`."""
        return self.rewards[on - 1] * self.moves[on - 1]

    def one_round(self) -> sympy.Expr:
        """c_1 ∂G_1/∂β: the direct effect on model 1."""
        return self.rewards[0] * self.network.direct[0]

    @property
    def stable(self) -> SchurStable:
        """ρ(J) < 1."""
        return SchurStable(self.network.jacobian)

    def hypotheses(self) -> tuple[Condition, ...]:
        """Variances are positive, links non-negative, and the equilibrium is stable."""
        links = (*self.links, *self.touched.values())
        return (*map(positive, self.variances), *all_nonnegative(Matrix(links)), self.stable)

    @property
    def variables(self) -> tuple[Variable, ...]:
        """Links, variances, rewards."""
        links = (*self.links, *self.touched.values())
        return (*variables(*links, typical=UNIT), *variables(self.variances, self.rewards))

    def witness(self) -> Point:
        """Links 1/8, variances 2, 3, …, rewards 3, 5, ….

        One reward alone tells which model it is of, so that no two coordinates can be exchanged.
        """
        n = self.size
        numbers = [[f"{j + 2}"] for j in range(n)]
        return point(
            entries({self.links: [[f"1/{8 + i}"] * n for i in range(n)]})
            | dict.fromkeys(self.touched.values(), "1/8")
            | entries({self.variances: numbers, self.rewards: [[f"{2 * j + 3}"] for j in range(n)]})
        )


@dataclass(frozen=True)
class GenericPair:
    """Two scalar models; a strength tilts the stream from each to each, its law being any of the family."""

    @cached_property
    def shares(self) -> Matrix:
        """w_ij."""
        return matrix("w", 2, 2)

    @cached_property
    def laws(self) -> Matrix:
        """A_j″ at the law of the stream from j to i."""
        return matrix("B", 2, 2)

    @cached_property
    def variances(self) -> Matrix:
        """A_j″(θ_j)."""
        return column("H", 2)

    @property
    def reward(self) -> sympy.Symbol:
        """c, the slope of the reward that is varied."""
        return real("c")

    @cached_property
    def network(self) -> TiltedNetwork:
        """Models and streams."""
        streams = (
            TiltedStream(
                reader=i + 1,
                producer=j + 1,
                share=self.shares[i, j],
                variance=Matrix([[self.laws[i, j]]]),
                reward=Matrix([self.reward]),
            )
            for i in range(2)
            for j in range(2)
        )
        return TiltedNetwork(tuple(Matrix([[h]]) for h in self.variances), tuple(streams))

    def hypotheses(self) -> tuple[Relation, ...]:
        """Shares are non-negative, variances positive."""
        return (*all_nonnegative(self.shares), *map(positive, self.laws), *map(positive, self.variances))

    @property
    def variables(self) -> tuple[Variable, ...]:
        """Shares, variances, reward."""
        return (*variables(self.shares, typical=UNIT), *variables(self.laws, self.variances, self.reward))

    def witness(self) -> Point:
        """Shares 1/8 … 1/2 and variances without a pattern."""
        return point(
            entries(
                {
                    self.shares: [["1/8", "1/4"], ["3/8", "1/2"]],
                    self.laws: [[2, 3], [5, 7]],
                    self.variances: [[4], [3]],
                }
            )
            | {self.reward: 2}
        )
