"""Moments of a stream: the expectations that maximum likelihood matches.

Moments are linear in the law, so those of a mixture are the share-weighted sum.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import sympy

from theory.ecosystem import Channel


@dataclass(frozen=True)
class EuclideanMoments:
    """E[X] (shape ``(d, 1)``) and E[XXᵀ] (shape ``(d, d)``) of a law on ℝ^d."""

    first: sympy.ImmutableDenseMatrix
    second: sympy.ImmutableDenseMatrix

    def through(self, channel: Channel) -> EuclideanMoments:
        """Moments of BX + b."""
        matrix, shift = channel.matrix, channel.shift
        moved = matrix * self.first
        second = (
            matrix * self.second * matrix.T + moved * shift.T + shift * moved.T + shift * shift.T
        )
        return EuclideanMoments(moved + shift, second)


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
    """
    parts = tuple(parts)
    euclidean = [(w, m) for w, m in parts if isinstance(m, EuclideanMoments)]
    atoms = [(w, m) for w, m in parts if isinstance(m, AtomProbabilities)]
    if parts and len(euclidean) == len(parts):
        d = euclidean[0][1].first.rows
        first = sum((w * m.first for w, m in euclidean), sympy.zeros(d, 1))
        second = sum((w * m.second for w, m in euclidean), sympy.zeros(d, d))
        return EuclideanMoments(first.as_immutable(), second.as_immutable())
    if parts and len(atoms) == len(parts):
        columns = zip(*(m.values for _, m in atoms), strict=True)
        shares = [w for w, _ in atoms]
        return AtomProbabilities(
            tuple(sympy.Add(*(w * p for w, p in zip(shares, column, strict=True))) for column in columns)
        )
    raise TypeError(f"Expected moments of one kind, got {[type(m).__name__ for _, m in parts]}")
