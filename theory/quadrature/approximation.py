"""Means over the line without a proof: mpmath at high precision, NumPy for arrays of parameters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from theory.arithmetic.arrays import ArrayArithmetic
from theory.arithmetic.high_precision import HighPrecisionArithmetic
from theory.quadrature.integrand import Integrand

_NODES = 801
_WIDE = 2001
_ZOOMS = 4
_DEPTH = 40.0
_PIECES = 12


def iterated(integrand: Integrand, arithmetic: HighPrecisionArithmetic, values: Sequence[Any]) -> Any:
    """The mean by mpmath's tanh-sinh quadrature on pieces of the interval where e^Q matters."""
    mp = arithmetic.context
    doubles = [np.float64(float(v)) for v in values]
    first, last, top = _window(integrand, doubles, 2.4 * arithmetic.digits + 20)
    if not (first < last):
        return mp.nan
    run = integrand.program.bind(arithmetic)
    ends = [mp.mpf(first) + (mp.mpf(last) - mp.mpf(first)) * k / _PIECES for k in range(_PIECES + 1)]

    def weighted(u: Any, with_factor: bool) -> Any:
        factor, exponent = run([u, *values])
        weight = mp.exp(exponent - mp.mpf(top))
        return factor * weight if with_factor else weight

    return mp.quad(lambda u: weighted(u, True), ends) / mp.quad(lambda u: weighted(u, False), ends)


def vectorised(integrand: Integrand, arithmetic: ArrayArithmetic, values: Sequence[Any]) -> Any:
    """The mean by a trapezoidal sum in double precision, elementwise over arrays that broadcast."""
    columns = [np.asarray(v, dtype=float) for v in np.broadcast_arrays(*values)] if values else []
    shape = columns[0].shape if columns else ()
    flat = [c.reshape(1, -1) for c in columns]
    first, last, top = _window(integrand, flat, _DEPTH)
    points = first + (last - first) * np.linspace(0.0, 1.0, _NODES)[:, None]
    with np.errstate(all="ignore"):
        factor, exponent = integrand.program.bind(arithmetic)([points, *flat])
        weights = np.exp(exponent - top)
        weights = np.broadcast_to(weights, points.shape)
        mean = np.sum(factor * weights, axis=0) / np.sum(weights, axis=0)
    return mean.reshape(shape)[()]


def _window(integrand: Integrand, values: Sequence[Any], depth: float) -> tuple[Any, Any, Any]:
    """For each column of parameters: ends where Q has fallen `depth` below its maximum, and the maximum."""
    run = integrand.program.bind(ArrayArithmetic())
    count = np.shape(values[0])[-1] if values and np.ndim(values[0]) else 1
    points = np.repeat(np.sinh(np.linspace(-24.0, 24.0, _WIDE))[:, None], count, axis=1)
    scalar = not (values and np.ndim(values[0]))
    with np.errstate(all="ignore"):
        for _ in range(_ZOOMS):
            exponent = np.broadcast_to(run([points, *values])[1], points.shape)
            exponent = np.where(np.isfinite(exponent), exponent, -np.inf)
            top = exponent.max(axis=0)
            seen = exponent > top - depth
            rows = np.arange(points.shape[0])[:, None]
            low = np.maximum(np.where(seen, rows, points.shape[0]).min(axis=0) - 1, 0)
            high = np.minimum(np.where(seen, rows, -1).max(axis=0) + 1, points.shape[0] - 1)
            first, last = (np.take_along_axis(points, k[None], axis=0)[0] for k in (low, high))
            points = first + (last - first) * np.linspace(-0.02, 1.02, _NODES)[:, None]
    if scalar:
        return float(first[0]), float(last[0]), float(top[0])
    return first, last, top
