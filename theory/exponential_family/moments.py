"""Moments of a stream: the expectations that maximum likelihood matches.

Moments are linear in the law, so those of a mixture are the share-weighted sum.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import sympy

from theory.channel import Channel
from theory.expressions.exact_matrix import Matrix


@dataclass(frozen=True)
class EuclideanMoments:
    """E[X] (shape ``(d, 1)``) and E[XXᵀ] (shape ``(d, d)``) of a law on ℝ^d.

    `second` is None where nobody matches second moments.
    """

    first: Matrix
    second: Matrix | None = None

    def through(self, channel: Channel) -> EuclideanMoments:
        """Moments of BX + b."""
        matrix, shift = channel.matrix, channel.shift
        moved = matrix * self.first
        if self.second is None:
            return EuclideanMoments(moved + shift)
        square = matrix * self.second * matrix.T + shift * shift.T
        cross = moved * shift.T
        return EuclideanMoments(moved + shift, square + cross + cross.T)


@dataclass(frozen=True)
class AtomProbabilities:
    """Probability of each atom of a finite support, in the order of the atoms."""

    values: tuple[sympy.Expr, ...]


Moments = EuclideanMoments | AtomProbabilities


def mixture(parts: Iterable[tuple[sympy.Expr, Moments]]) -> Moments:
    """Moments of the mixture with the given ``(share, moments)`` parts, all of one kind.

    Raises
    ------
    TypeError
        When the parts are empty or of different kinds.

    Examples
    --------
    >>> half = sympy.Rational(1, 2)
    >>> mixture([(half, AtomProbabilities((1, 0))), (half, AtomProbabilities((0, 1)))]).values
    (1/2, 1/2)
    """
    parts = tuple(parts)
    shares = [share for share, _ in parts]
    euclidean = [m for _, m in parts if isinstance(m, EuclideanMoments)]
    atoms = [m for _, m in parts if isinstance(m, AtomProbabilities)]
    if parts and len(euclidean) == len(parts):
        seconds = [m.second for m in euclidean if m.second is not None]
        second = _combine(shares, seconds) if len(seconds) == len(parts) else None
        return EuclideanMoments(_combine(shares, [m.first for m in euclidean]), second)
    if parts and len(atoms) == len(parts):
        return AtomProbabilities(tuple(_weighted(shares, column) for column in _columns(atoms)))
    raise TypeError(f"Expected moments of one kind, got {[type(m).__name__ for _, m in parts]}")


def _columns(atoms: Sequence[AtomProbabilities]) -> Iterable[tuple[sympy.Expr, ...]]:
    return zip(*(m.values for m in atoms), strict=True)


def _combine(shares: Sequence[sympy.Expr], matrices: Sequence[Matrix]) -> Matrix:
    """Weighted sum of matrices of one shape."""
    rows, columns = matrices[0].shape
    entries = zip(*(m.flat() for m in matrices), strict=True)
    return Matrix(rows, columns, [_weighted(shares, entry) for entry in entries])


def _weighted(shares: Sequence[sympy.Expr], values: Sequence[sympy.Expr]) -> sympy.Expr:
    return sympy.Add(*(w * value for w, value in zip(shares, values, strict=True)))
