"""Faces: an ansatz restricted to where its matrices are regular, read off a singular guess."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from flint import fmpq, fmpq_mpoly

from proofs_check.proving.gram import Ansatz, Block
from proofs_check.proving.gram_rounding import matrices

if TYPE_CHECKING:
    from numpy.typing import NDArray

_MAX_DENOMINATOR = 2_000
_FIT = 2e-3
_NULL = 1e-3


def restricted(ansatz: Ansatz, guess: NDArray[np.float64]) -> Ansatz | None:
    """The ansatz without the rational kernels of its matrices; None when there is none to see.

    A kernel is rounded to small denominators.  If the rounding is wrong, no unknowns solve what is left
    (or others than wanted do): nothing false can come of it.

    Parameters
    ----------
    ansatz : Ansatz
    guess : array
        Approximate unknowns.
    """
    found = list(matrices(ansatz, [float(value) for value in guess]))
    spectra = [np.linalg.eigh(np.array(matrix, dtype=float)) for _, matrix in found]
    threshold = _gap([float(value) for values, _ in spectra for value in values])
    if threshold is None:
        return None
    blocks: list[Block] = []
    for (block, _), (values, vectors) in zip(found, spectra, strict=True):
        roots = _orthogonal(block.roots, vectors[:, values < threshold])
        if roots is None:
            return None
        blocks += [replace(block, roots=roots)] if roots else []
    last = len(guess) - len(ansatz.multipliers)
    shares, scales = guess[last - len(ansatz.surplus) : last], guess[last:]
    return replace(
        ansatz,
        blocks=tuple(blocks),
        surplus=tuple(w for w, c in zip(ansatz.surplus, shares, strict=True) if c > threshold),
        multipliers=tuple(w for w, c in zip(ansatz.multipliers, scales, strict=True) if c > threshold),
    )


def _gap(eigenvalues: list[float]) -> float | None:
    """A number below which eigenvalues count as 0, from the widest gap; None if none do."""
    levels = sorted(max(value, 1e-12) for value in eigenvalues)
    if not levels or levels[0] > _NULL:
        return None
    levels = [*levels, max(levels[-1], 10 * _NULL)]
    small = [k for k, level in enumerate(levels[:-1]) if level < _NULL]
    widest = max(small, key=lambda k: levels[k + 1] / levels[k])
    return float(np.sqrt(levels[widest] * levels[widest + 1]))


def _orthogonal(roots: tuple[fmpq_mpoly, ...], kernel: NDArray[np.float64]) -> tuple[fmpq_mpoly, ...] | None:
    """Combinations of the roots that span what is orthogonal to the kernel; None when it is not rational."""
    size, count = kernel.shape
    if count in (0, size):
        return roots if count == 0 else ()
    pivots, reduced = _echelon(kernel.T.copy())
    found = []
    for k in (k for k in range(size) if k not in pivots):
        combined = roots[k]
        for line, pivot in enumerate(pivots):
            entry = float(reduced[line, k])
            near = _simple(entry)
            if near is None:
                return None
            combined = combined - near * roots[pivot]
        found.append(combined)
    return tuple(found)


def _simple(entry: float) -> fmpq | None:
    """The first convergent that fits; the fit asked for is tighter for larger denominators."""
    before, after = (0, 1), (1, 0)
    rest = entry
    while True:
        whole = math.floor(rest)
        before, after = after, (whole * after[0] + before[0], whole * after[1] + before[1])
        numerator, denominator = after
        if denominator > _MAX_DENOMINATOR:
            return None
        if abs(numerator / denominator - entry) < min(_FIT, 10 * _FIT / denominator) / denominator:
            return fmpq(numerator, denominator)
        rest = 1 / (rest - whole)


def _echelon(rows: NDArray[np.float64]) -> tuple[list[int], NDArray[np.float64]]:
    """Reduced row echelon form with the largest pivots: (pivot of each line, lines)."""
    pivots: list[int] = []
    for line in range(rows.shape[0]):
        rest = np.abs(rows[line:])
        rest[:, pivots] = 0.0
        best = rest.max()
        row, column = next(zip(*np.nonzero(rest > 0.9 * best), strict=True))
        rows[[line, line + row]] = rows[[line + row, line]]
        rows[line] /= rows[line, column]
        for other in range(rows.shape[0]):
            if other != line:
                rows[other] -= rows[other, column] * rows[line]
        pivots.append(int(column))
    return pivots, rows
