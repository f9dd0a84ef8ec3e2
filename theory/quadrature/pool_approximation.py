"""Pool integrals without a proof: the same trapezoidal sums in double precision and in mpmath."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from theory.quadrature.pool_grid import Factor, Grid, grid_for

_NATS = 44.0


def in_doubles(decisiveness: float, exponent: int, factors: Sequence[Factor]) -> float:
    """∫ φ^m Π ψ ds for one κ > 0; NaN where the grid would be too large."""
    grid = grid_for(decisiveness, _NATS)
    if grid is None:
        return math.nan
    u = grid.step * np.arange(-grid.half, grid.half + 1)
    offsets = np.arange(-grid.half - grid.right, grid.half + grid.left + 1)
    with np.errstate(all="ignore"):
        r = np.exp(np.minimum(decisiveness * grid.step * offsets, 700.0))
        weight = grid.step * np.exp(-u * u / 2) / math.sqrt(2 * math.pi)

        def transform(factor: Factor) -> Any:
            kernel = np.where(r > 1e4, 0.0, np.minimum(r, 1e4) ** factor[1] * np.exp(-np.minimum(r, 1e4)))
            return np.correlate(kernel, weight * u ** factor[0], mode="valid")[::-1]

        total = transform((0, 0)) ** exponent
        for factor in factors:
            total = total * transform(factor)
    return float(decisiveness * grid.step * total.sum())


def in_mpmath(mp: Any, decisiveness: Any, exponent: int, factors: Sequence[Factor]) -> Any:
    """∫ φ^m Π ψ ds for one κ > 0 at the context's precision."""
    grid = grid_for(float(decisiveness), mp.dps * math.log(10))
    if grid is None:
        return mp.nan
    tables: dict[Factor, list[Any]] = {}
    for factor in {(0, 0), *factors}:
        tables[factor] = _transform(mp, grid, decisiveness, factor)
    total = mp.zero
    for k in range(grid.left + grid.right + 1):
        term = tables[0, 0][k] ** exponent
        for factor in factors:
            term *= tables[factor][k]
        total += term
    return total * decisiveness * grid.step


def _transform(mp: Any, grid: Grid, decisiveness: Any, factor: Factor) -> list[Any]:
    power, order = factor
    step = mp.mpf(grid.step)
    scale = step / mp.sqrt(2 * mp.pi)
    nodes = [step * i for i in range(-grid.half, grid.half + 1)]
    weights = [u**power * mp.exp(-u * u / 2) * scale for u in nodes]
    kernel = {}
    for d in range(-grid.half - grid.right, grid.half + grid.left + 1):
        r = mp.exp(decisiveness * step * d)
        kernel[d] = r**order * mp.exp(-r) if r < 10**6 else mp.zero
    return [
        mp.fdot((w, kernel[i - k]) for i, w in enumerate(weights, start=-grid.half))
        for k in range(-grid.left, grid.right + 1)
    ]
