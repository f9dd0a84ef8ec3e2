"""Random sparse couplings of exact gains, and Mason's rule against exact elimination on one of them."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from proofs_check.encoding.loops import ReadingGraph
from proofs_check.encoding.networks import solve

MAX_MODELS = 8
_GAINS = (*[Fraction(0)] * 15, *(Fraction(k, 6) for k in (3, -3, 4, -7, 12)))
Coupling = tuple[tuple[Fraction, ...], ...]


def sampled_couplings() -> Any:
    """Hypothesis strategy for J, shape ``(N, N)``, N = 1 … 8, three entries in four zero."""
    from hypothesis import strategies

    def coupling(size: int) -> Any:
        entry = strategies.sampled_from(_GAINS)
        row = strategies.lists(entry, min_size=size, max_size=size).map(tuple)
        return strategies.lists(row, min_size=size, max_size=size).map(tuple)

    return strategies.integers(1, MAX_MODELS).flatmap(coupling)


def why_not_mason(coupling: Coupling) -> str | None:
    """A coupling where paths and loops do not give (I − J)⁻¹, or where Δ = 0 and I − J is regular."""
    n = len(coupling)
    graph = ReadingGraph(coupling)
    field = [[(i == j) - coupling[i][j] for j in range(n)] for i in range(n)]
    delta = graph.determinant()
    for source in range(n):
        solved = solve(field, [Fraction(i == source) for i in range(n)])
        if (solved is None) != (delta == 0):
            return f"Δ = {delta}, J = {_shown(coupling)}"
        if solved is None:
            return None
        if solved != [graph.path_sum(source, target) / delta for target in range(n)]:
            return f"column {source + 1}, J = {_shown(coupling)}"
    return None


def _shown(rows: Coupling) -> str:
    return "; ".join(" ".join(str(entry) for entry in row) for row in rows)
