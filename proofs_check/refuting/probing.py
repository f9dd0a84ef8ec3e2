"""Probing: points far out, and points just inside the boundary of each hypothesis."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from proofs_check.refuting.arrays import Floats
from proofs_check.refuting.landscape import Landscape

DECADES = 6.0
HALVINGS = 24
RAYS = 48
ALIKE = 1e-6


def far_points(points: Floats, bounded: Floats, random: np.random.Generator) -> Floats:
    """The points with every variable that is not bounded stretched by up to six decades."""
    factors = 10.0 ** random.uniform(0.0, DECADES, points.shape)
    return np.where(bounded, points, points * factors)


def near_boundaries(
    landscape: Landscape,
    index: int,
    part: int,
    inside: Floats,
    spread: Floats,
    random: np.random.Generator,
) -> Floats:
    """For each hypothesis whose boundary a ray from an inner point meets, the most promising such point.

    Parameters
    ----------
    landscape : Landscape
    index, part : int
        The conclusion, and its inequality that is to fail.
    inside : array
        Points that satisfy the hypotheses, one a row.
    spread : array
        How far the variables range.
    random : Generator
    """
    if not len(inside):
        return np.empty((0, landscape.size))
    base = inside[random.integers(0, len(inside), RAYS)]
    directions = spread * random.standard_normal(base.shape)
    near, far = np.zeros((RAYS, 1)), np.ones((RAYS, 1))
    for _ in range(HALVINGS):
        middle = (near + far) / 2
        holds = (landscape.heights(index, base + middle * directions).infeasible == 0)[:, None]
        near, far = np.where(holds, middle, near), np.where(holds, far, middle)
    reached = base + near * directions
    aim = landscape.heights(index, reached).aim[part]
    beyond = landscape.heights(index, base + far * directions).inequalities
    binding = beyond.argmin(axis=0) if beyond.size else np.zeros(RAYS, dtype=int)
    chosen = [rows[aim[rows].argmin()] for rows in (np.flatnonzero(binding == k) for k in np.unique(binding))]
    return reached[sorted(chosen, key=lambda row: aim[row])]


def spread_out(points: Iterable[Floats]) -> Iterator[Floats]:
    """The points that differ from those before."""
    given: list[Floats] = []
    for point in points:
        scale = ALIKE * (1 + np.abs(point))
        if not any((np.abs(point - other) <= scale).all() for other in given):
            given.append(point)
            yield point
