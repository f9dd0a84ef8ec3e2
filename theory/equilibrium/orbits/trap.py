"""Traps: sets that an orbit never leaves and in which some state grows beyond every bound."""

from __future__ import annotations

from abc import ABC, abstractmethod

import networkx as nx

from theory.equilibrium.enclosures import Balls
from theory.equilibrium.problem import FixedPointProblem

Part = tuple[int, ...]
"""Positions of coordinates, increasing."""


class AbstractTrap(ABC):
    """A trap of one problem.

    To implement: `entered` and `reason`.
    """

    @abstractmethod
    def entered(self, point: Balls) -> bool:
        """Whether every point of the balls is proved to lie in the trap."""

    @property
    @abstractmethod
    def reason(self) -> str:
        """What grows and why, with the threshold, as a sentence without full stop."""


def strong_parts(problem: FixedPointProblem) -> tuple[tuple[Part, Part], ...]:
    """Groups of coordinates that all depend on each other, each with the coordinates upstream of it.

    Upstream comes first; the two together are closed: no other coordinate enters their step.
    """
    graph = nx.DiGraph()
    graph.add_nodes_from(range(problem.size))
    position = {s: k for k, s in enumerate(problem.coordinates)}
    for k, step in enumerate(problem.step):
        graph.add_edges_from((position[s], k) for s in step.free_symbols if s in position)
    condensed = nx.condensation(graph)
    found = []
    for node in nx.topological_sort(condensed):
        group = condensed.nodes[node]["members"]
        upstream = {k for n in nx.ancestors(condensed, node) for k in condensed.nodes[n]["members"]}
        found.append((tuple(sorted(group)), tuple(sorted(upstream))))
    return tuple(found)
