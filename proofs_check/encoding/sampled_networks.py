"""Random networks of exact shares, and exact tests of one network; used by sampled claims."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from proofs_check.encoding.networks import is_grounded, solve, spectral_radius_below_one

MAX_MODELS = 8
Network = tuple[tuple[tuple[Fraction, ...], ...], tuple[Fraction, ...]]


def sampled_networks() -> Any:
    """Hypothesis strategy for (W, a): rows of non-negative shares with a_i + Σ_j W_ij = 1, N = 1 … 8."""
    from hypothesis import strategies

    def network(size: int) -> Any:
        part = strategies.sampled_from((0, 0, 0, 1, 2, 3))
        row = strategies.lists(part, min_size=size + 1, max_size=size + 1).filter(any)
        return strategies.lists(row, min_size=size, max_size=size).map(_normalised)

    return strategies.integers(1, MAX_MODELS).flatmap(network)


def _normalised(rows: list[list[int]]) -> Network:
    shares = [[Fraction(part, sum(row)) for part in row] for row in rows]
    return tuple(tuple(row[1:]) for row in shares), tuple(row[0] for row in shares)


def why_not_unique_iff_stable(network: Network) -> str | None:
    """A network that is unique without ρ(W) < 1 or the reverse, or where (I − W)⁻¹a is no equilibrium."""
    weights, real_shares = network
    n = len(weights)
    field = [[(i == j) - weights[i][j] for j in range(n)] for i in range(n)]
    fixed = solve(field, real_shares)
    if (fixed is not None) != spectral_radius_below_one(weights):
        return f"unique: {fixed is not None}, W = {_shown(weights)}"
    if fixed is None:
        return None
    again = [
        a + sum(w * x for w, x in zip(row, fixed, strict=True))
        for a, row in zip(real_shares, weights, strict=True)
    ]
    return None if again == fixed else f"no equilibrium: W = {_shown(weights)}"


def why_not_grounded_iff_stable(network: Network) -> str | None:
    """A network where the graph test and the spectral test differ."""
    weights, real_shares = network
    grounded, stable = is_grounded(weights, real_shares), spectral_radius_below_one(weights)
    if grounded == stable:
        return None
    return f"grounded: {grounded}, ρ < 1: {stable}, W = {_shown(weights)}, a = {_shown((real_shares,))}"


def _shown(rows: tuple[tuple[Fraction, ...], ...]) -> str:
    return "; ".join(" ".join(str(entry) for entry in row) for row in rows)
