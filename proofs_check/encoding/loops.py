"""Simple paths and simple loops of a reading graph, and the sums that Mason's rule makes of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise, permutations

import sympy

from proofs_check.encoding.symbols import Matrix

Loop = tuple[int, ...]


def simple_loops(models: Sequence[int]) -> Iterator[Loop]:
    """Every simple loop on these models once, from its first model on; self-loops included.

    Examples
    --------
    >>> list(simple_loops([0, 1]))
    [(0,), (0, 1), (1,)]
    """
    for place, first in enumerate(models):
        later = models[place + 1 :]
        for length in range(len(later) + 1):
            yield from ((first, *rest) for rest in permutations(later, length))


def loop_gain(coupling: Matrix, loop: Loop) -> sympy.Expr:
    """Product of the links along a loop; the link from i to the next model j is the entry (i, j)."""
    return sympy.Mul(*(coupling[i, j] for i, j in zip(loop, (*loop[1:], loop[0]), strict=True)))


def graph_determinant(coupling: Matrix, without: Sequence[int] = ()) -> sympy.Expr:
    """Δ: Σ over sets of disjoint loops that avoid some models, of Π(−gain)."""
    models = [k for k in range(coupling.rows) if k not in without]
    return _disjoint(coupling, tuple(models))


def _disjoint(coupling: Matrix, models: tuple[int, ...]) -> sympy.Expr:
    """Either the first model is on no loop, or on one whose models the other loops avoid."""
    if not models:
        return sympy.Integer(1)
    first, rest = models[0], models[1:]
    total = [_disjoint(coupling, rest)]
    for loop in simple_loops(models):
        if loop[0] == first:
            left = tuple(k for k in rest if k not in loop)
            total.append(-loop_gain(coupling, loop) * _disjoint(coupling, left))
    return sympy.Add(*total)


def path_sum(coupling: Matrix, source: int, target: int) -> sympy.Expr:
    """Σ over simple paths from source to target of gain · Δ of what the path does not touch.

    A step from j to i has the gain ``coupling[i, j]``: i reads j.
    """
    between = [k for k in range(coupling.rows) if k not in (source, target)]
    if source == target:
        return graph_determinant(coupling, (source,))
    terms = []
    for length in range(len(between) + 1):
        for inner in permutations(between, length):
            path = (source, *inner, target)
            gain = sympy.Mul(*(coupling[i, j] for j, i in pairwise(path)))
            terms.append(gain * graph_determinant(coupling, path))
    return sympy.Add(*terms)
