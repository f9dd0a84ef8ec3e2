"""Arrays of an attack: double precision, and read-only where they are kept."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats: TypeAlias = NDArray[np.float64]
Integers: TypeAlias = NDArray[np.int64]
Flips: TypeAlias = tuple[int, ...]
"""Indices of the flipped pairs, ascending."""


def kept(values: ArrayLike) -> Floats:
    """A read-only copy in double precision."""
    array = np.array(values, dtype=np.float64)
    array.setflags(write=False)
    return array


def kept_integers(values: ArrayLike) -> Integers:
    """A read-only copy as integers."""
    array = np.array(values, dtype=np.int64)
    array.setflags(write=False)
    return array
