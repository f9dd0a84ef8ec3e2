"""Networks of shares: graph test, spanning forests and exact spectral test, each on its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import product

import networkx as nx

Shares = Sequence[Sequence[object]]


def is_grounded(weights: Shares, real_shares: Sequence[object]) -> bool:
    """Whether every closed strongly connected component contains a model with real data.

    Edge i → j when i reads j (``weights[i][j]`` not 0); closed means that no edge leaves the component.

    Examples
    --------
    >>> is_grounded([[0, 1], [1, 0]], [0, 0]), is_grounded([[0, 1], [1, 0]], [0, 1])
    (False, True)
    """
    graph = nx.DiGraph()
    graph.add_nodes_from(range(len(weights)))
    graph.add_edges_from((i, j) for i, row in enumerate(weights) for j, w in enumerate(row) if w != 0)
    condensed = nx.condensation(graph)
    closed = [node for node in condensed if condensed.out_degree(node) == 0]
    return all(any(real_shares[i] != 0 for i in condensed.nodes[node]["members"]) for node in closed)


def spanning_forests(size: int) -> Iterator[tuple[int | None, ...]]:
    """All forests that lead every model to real data: entry i is the model that i reads, None for real data.

    There are (N + 1)^(N − 1) of them.

    Examples
    --------
    >>> sorted(spanning_forests(2), key=str)
    [(1, None), (None, 0), (None, None)]
    """
    choices = [[None, *(j for j in range(size) if j != i)] for i in range(size)]
    return (choice for choice in product(*choices) if _is_forest(choice))


def _is_forest(choice: tuple[int | None, ...]) -> bool:
    """Whether following the choices from every model ends at real data."""
    for start in range(len(choice)):
        place: int | None = start
        for _ in choice:
            place = None if place is None else choice[place]
        if place is not None:
            return False
    return True


def solve(square: Sequence[Sequence[Fraction]], right: Sequence[Fraction]) -> list[Fraction] | None:
    """x with square · x = right by exact elimination; None when the matrix is singular."""
    n = len(square)
    rows = [[*row, value] for row, value in zip(square, right, strict=True)]
    for k in range(n):
        pivot = next((i for i in range(k, n) if rows[i][k] != 0), None)
        if pivot is None:
            return None
        rows[k], rows[pivot] = rows[pivot], rows[k]
        rows[k] = [entry / rows[k][k] for entry in rows[k]]
        for i in range(n):
            if i != k and rows[i][k] != 0:
                factor = rows[i][k]
                rows[i] = [a - factor * b for a, b in zip(rows[i], rows[k], strict=True)]
    return [row[n] for row in rows]


def spectral_radius_below_one(weights: Sequence[Sequence[Fraction]]) -> bool:
    """ρ(W) < 1 for W ≥ 0, exactly: (I − W)v = 1 has a solution v > 0 (I − W is an M-matrix)."""
    n = len(weights)
    field = [[(i == j) - weights[i][j] for j in range(n)] for i in range(n)]
    ones = solve(field, [Fraction(1)] * n)
    return ones is not None and all(entry > 0 for entry in ones)
