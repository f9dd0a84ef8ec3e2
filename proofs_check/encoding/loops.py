"""Simple paths and simple loops of a reading graph, and the sums that Mason's rule makes of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

import networkx as nx

Loop = tuple[int, ...]
Rows = Sequence[Sequence[Any]]


@dataclass(frozen=True)
class ReadingGraph:
    """The edges j → i of gain ``coupling[i][j]`` ≠ 0: model i reads model j.

    Parameters
    ----------
    coupling : rows of numbers or expressions
        Anything with sums and products.

    Examples
    --------
    >>> ReadingGraph([[2, 3], [5, 0]]).simple_loops
    ((0,), (0, 1))
    >>> ReadingGraph([[2, 3], [5, 0]]).determinant()
    -16
    """

    coupling: Rows

    @cached_property
    def graph(self) -> nx.DiGraph:
        """The graph alone, without gains."""
        found = nx.DiGraph()
        found.add_nodes_from(range(len(self.coupling)))
        found.add_edges_from(
            (j, i) for i, row in enumerate(self.coupling) for j, gain in enumerate(row) if gain != 0
        )
        return found

    @cached_property
    def simple_loops(self) -> tuple[Loop, ...]:
        """Every simple loop once, from its first model on; self-loops included."""
        loops = (tuple(loop) for loop in nx.simple_cycles(self.graph))
        return tuple(sorted(loop[loop.index(min(loop)) :] + loop[: loop.index(min(loop))] for loop in loops))

    def determinant(self, without: Sequence[int] = ()) -> Any:
        """Δ: Σ over sets of disjoint loops that avoid some models, of Π(−gain)."""
        kept = frozenset(self.graph) - frozenset(without)
        gains = [(frozenset(loop), self._gain((*loop, loop[0]))) for loop in self.simple_loops]
        return _disjoint(kept, gains, {})

    def path_sum(self, source: int, target: int) -> Any:
        """Σ over simple paths from source to target of gain · Δ of what the path does not touch."""
        if source == target:
            return self.determinant((source,))
        paths = nx.all_simple_paths(self.graph, source, target)
        return sum((self._gain(path) * self.determinant(path) for path in paths), 0)

    def _gain(self, path: Sequence[int]) -> Any:
        """Product of the gains of the edges along a path."""
        total: Any = 1
        for j, i in pairwise(path):
            total = total * self.coupling[i][j]
        return total


def _disjoint(
    models: frozenset[int], gains: Sequence[tuple[frozenset[int], Any]], known: dict[frozenset[int], Any]
) -> Any:
    """Either the first model is on no loop, or on one whose models the other loops avoid."""
    if not models:
        return 1
    if models not in known:
        first = min(models)
        through = [(loop, gain) for loop, gain in gains if first in loop and loop <= models]
        known[models] = _disjoint(models - {first}, gains, known) - sum(
            (gain * _disjoint(models - loop, gains, known) for loop, gain in through), 0
        )
    return known[models]
