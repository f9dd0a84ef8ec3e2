"""Choice sums without a proof: the same trapezoidal sums in double precision."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from theory.quadrature.base.abstract import AbstractBase, Doubles
from theory.quadrature.choice_sums import Factor

_STEP = 0.14
_DEPTH = 40.0
_MOST_NODES = 20_000


def in_doubles(
    base: AbstractBase, values: tuple[float, ...], exponent: int, factors: Sequence[Factor]
) -> float:
    """∫ φ^m Π ψ dt at one point; NaN where there are no nodes, or too many."""
    nodes = _nodes(base, values)
    if nodes is None:
        return math.nan
    with np.errstate(all="ignore"):
        seen = nodes.weights > 0
        low = nodes.logarithms[seen & (nodes.weights > math.exp(-_DEPTH))].min() - math.log(_DEPTH + 8)
        high = (nodes.logarithms[seen] + np.log(nodes.weights[seen])).max() + _DEPTH
        if not (math.isfinite(high - low) and (high - low) / _STEP < _MOST_NODES):
            return math.nan
        total = 0.0
        for places in np.array_split(np.arange(low, high, _STEP), 1 + int((high - low) / (64 * _STEP))):
            r = np.exp(np.minimum(nodes.logarithms[None, :] - places[:, None], 7.0))
            decay = np.exp(-r)
            term = (decay @ nodes.weights) ** exponent
            for feature, order in factors:
                term = term * ((r**order * decay) @ (nodes.weights * nodes.column(feature)))
            total += float(term.sum())
    return _STEP * total


@lru_cache(maxsize=256)
def _nodes(base: AbstractBase, values: tuple[float, ...]) -> Doubles | None:
    return base.in_doubles(values) if all(map(math.isfinite, values)) else None
