"""Vectorised double precision (NumPy): for speed, never for proof."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy import special

from theory.arithmetic.abstract import AbstractArithmetic


class ArrayArithmetic(AbstractArithmetic):
    """NumPy scalars and arrays; all inputs of one evaluation broadcast together."""

    def rational(self, numerator: int, denominator: int) -> Any:
        return np.float64(numerator / denominator)

    def power(self, x: Any, exponent: int) -> Any:
        return x**exponent

    def pi(self) -> Any:
        return np.float64(np.pi)

    def exp(self, x: Any) -> Any:
        return np.exp(x)

    def log(self, x: Any) -> Any:
        return np.log(x)

    def sqrt(self, x: Any) -> Any:
        return np.sqrt(x)

    def sin(self, x: Any) -> Any:
        return np.sin(x)

    def cos(self, x: Any) -> Any:
        return np.cos(x)

    def tanh(self, x: Any) -> Any:
        return np.tanh(x)

    def log_gamma(self, x: Any) -> Any:
        return special.gammaln(x)

    def polygamma(self, order: int, x: Any) -> Any:
        inside = np.asarray(x) > 0  # SciPy counts up from a negative number one by one
        return np.where(inside, special.polygamma(order, np.where(inside, x, 1.0)), np.nan)

    def bessel_clifford(self, order: int, x: Any) -> Any:
        return special.hyp0f1(order + 1, x) / special.factorial(order)

    def inverse(self, size: int, entries: Sequence[Any]) -> Sequence[Any]:
        stacked = np.stack(np.broadcast_arrays(*entries), axis=-1)
        matrices = stacked.reshape(*stacked.shape[:-1], size, size)
        regular = np.isfinite(matrices).all(axis=(-2, -1), keepdims=True)
        safe = np.where(regular, matrices, np.eye(size))
        regular &= np.abs(np.linalg.det(safe))[..., None, None] > 0
        inverses = np.linalg.inv(np.where(regular, safe, np.eye(size)))
        found = np.where(regular, inverses, np.nan).reshape(*stacked.shape)
        return tuple(np.moveaxis(found, -1, 0))
