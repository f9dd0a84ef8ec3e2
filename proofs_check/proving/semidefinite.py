"""Semidefinite programmes: a floating-point guess from clarabel, to be made exact elsewhere."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csc_matrix

_TOLERANCE = 1e-10
_ITERATIONS = 150


@dataclass(frozen=True, kw_only=True)
class Programme:
    """Unknowns z with columns · z = right: free numbers, matrices ⪰ t · I, numbers ≥ 0.

    Wanted is the largest t ≤ 1, or, if `sparse`, t = 0 and the least sum of traces.

    Parameters
    ----------
    columns : sequence of dict
        For each unknown its coefficient in each equation.
    right : sequence of float
    free : int
        How many unknowns of any sign come first.
    sizes : tuple of int
        Sizes of the matrices whose upper triangles follow, column by column.
    scalars : int
        How many numbers ≥ 0 come last.
    summed : range
        Positions of unknowns whose sum is ≥ t too; empty for none.
    sparse : bool
    """

    columns: Sequence[dict[int, float]]
    right: Sequence[float]
    free: int
    sizes: tuple[int, ...]
    scalars: int
    summed: range
    sparse: bool


@dataclass(frozen=True, kw_only=True)
class Guess:
    """Approximate unknowns and the least eigenvalue `margin` that they reach."""

    margin: float
    unknowns: NDArray[np.float64]


def installed() -> bool:
    """Whether clarabel can be imported."""
    return importlib.util.find_spec("clarabel") is not None


def solve(programme: Programme, seconds: float) -> Guess | None:
    """Unknowns as the programme wants them, as far as floating-point numbers tell; None when it fails.

    Parameters
    ----------
    programme : Programme
    seconds : float
        Time limit.
    """
    from scipy.sparse import csc_matrix, vstack

    clarabel = importlib.import_module("clarabel")
    width = len(programme.columns)
    parts = [_equations(programme), _matrices(programme), _scalars(programme)]
    matrix = csc_matrix(vstack([part for part, _ in parts]))
    right = np.concatenate([side for _, side in parts])
    cones = [clarabel.ZeroConeT(len(programme.right))]
    cones += [clarabel.PSDTriangleConeT(size) for size in programme.sizes]
    cones.append(clarabel.NonnegativeConeT(parts[2][0].shape[0]))
    settings = clarabel.DefaultSettings()
    settings.verbose = False
    settings.max_iter = _ITERATIONS
    settings.time_limit = max(seconds, 0.01)
    settings.tol_gap_abs = settings.tol_gap_rel = settings.tol_feas = _TOLERANCE
    quadratic = csc_matrix((width + 1, width + 1))
    found = clarabel.DefaultSolver(quadratic, _cost(programme), matrix, right, cones, settings).solve()
    values = np.array(found.x)
    if str(found.status) not in ("Solved", "AlmostSolved", "InsufficientProgress", "MaxIterations"):
        return None
    return Guess(margin=float(values[-1]), unknowns=values[:-1]) if np.isfinite(values).all() else None


def _cost(programme: Programme) -> NDArray[np.float64]:
    """−t, or the sum of traces."""
    cost = np.zeros(len(programme.columns) + 1)
    cost[-1] = 0.0 if programme.sparse else -1.0
    position = programme.free
    for size in programme.sizes if programme.sparse else ():
        for column in range(size):
            cost[position + column * (column + 3) // 2] = 1.0
        position += size * (size + 1) // 2
    return cost


def _equations(programme: Programme) -> tuple[csc_matrix, NDArray[np.float64]]:
    entries = [(c, row, k) for k, column in enumerate(programme.columns) for row, c in column.items()]
    return _sparse(entries, len(programme.right), len(programme.columns)), np.array(programme.right)


def _matrices(programme: Programme) -> tuple[csc_matrix, NDArray[np.float64]]:
    """−(Q − t · I) in scaled triangles, which the cone asks to be the negative of a semidefinite matrix."""
    entries: list[tuple[float, int, int]] = []
    last, position = len(programme.columns), programme.free
    for size in programme.sizes:
        for column in range(size):
            for row in range(column + 1):
                line = position - programme.free
                entries.append((-1.0 if row == column else -np.sqrt(2.0), line, position))
                entries += [(1.0, line, last)] if row == column else []
                position += 1
    lines = position - programme.free
    return _sparse(entries, lines, last), np.zeros(lines)


def _scalars(programme: Programme) -> tuple[csc_matrix, NDArray[np.float64]]:
    """Numbers ≥ 0, then t ≤ 1 or 0 ≤ t ≤ 0, then the sum that is ≥ t."""
    last = len(programme.columns)
    entries = [(-1.0, k, last - programme.scalars + k) for k in range(programme.scalars)]
    right = [0.0] * programme.scalars + [0.0 if programme.sparse else 1.0]
    entries.append((1.0, programme.scalars, last))
    if programme.sparse:
        entries.append((-1.0, len(right), last))
        right.append(0.0)
    if programme.summed:
        entries.append((1.0, len(right), last))
        entries += [(-1.0, len(right), k) for k in programme.summed]
        right.append(0.0)
    return _sparse(entries, len(right), last), np.array(right)


def _sparse(entries: Sequence[tuple[float, int, int]], rows: int, last: int) -> csc_matrix:
    from scipy.sparse import csc_matrix

    data = [entry[0] for entry in entries]
    places = ([entry[1] for entry in entries], [entry[2] for entry in entries])
    return csc_matrix((data, places), shape=(rows, last + 1))
