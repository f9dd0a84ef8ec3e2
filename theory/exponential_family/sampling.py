"""Sampling: the form of states and points that are drawn by the million."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
"""Numbers in double precision; of several, the last axis tells samples or runs apart."""


def on_the_line(numbers: Any) -> Floats:
    """Numbers, shape ``(m,)``, as points of one dimension, shape ``(1, m)``.

    Examples
    --------
    >>> on_the_line([1, 2])
    array([[1., 2.]])
    """
    points: Floats = np.asarray(numbers, dtype=np.float64)[None, :]
    return points
