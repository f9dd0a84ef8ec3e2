"""Means over the line without a proof: mpmath at high precision, NumPy for arrays of parameters."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from theory.arithmetic.arrays import ArrayArithmetic
from theory.arithmetic.high_precision import HighPrecisionArithmetic
from theory.quadrature.integrand import Integrand

_NODES = (257, 513, 1025, 2049, 4097, 8193, 16385)
_FINE = 801
_WIDE = 2001
_ZOOMS = 4
_DEPTH = 40.0
_PIECES = (12, 48, 192)


def iterated(integrand: Integrand, arithmetic: HighPrecisionArithmetic, values: Sequence[Any]) -> Any:
    """The mean by mpmath's tanh-sinh quadrature on pieces of the interval where e^Q matters."""
    mp = arithmetic.context
    doubles = [np.float64(float(v)) for v in values]
    first, last, top = _window(integrand, doubles, 2.4 * arithmetic.digits + 20)
    if not (first < last):
        return mp.nan
    run = integrand.program.bind(arithmetic)

    def mean(u: Any) -> Any:
        factor, exponent = run([u, *values])
        return factor * mp.exp(exponent - mp.mpf(top))

    def density(u: Any) -> Any:
        return mp.exp(run([u, *values])[1] - mp.mpf(top))

    return _integral(mp, mean, first, last) / _integral(mp, density, first, last)


def _integral(mp: Any, function: Callable[[Any], Any], first: float, last: float) -> Any:
    """∫ over [first, last], on ever more pieces until mpmath's own estimate of the error is small."""
    for pieces in _PIECES:
        ends = [mp.mpf(first) + (mp.mpf(last) - mp.mpf(first)) * k / pieces for k in range(pieces + 1)]
        value, error = mp.quad(function, ends, error=True)
        if error <= mp.mpf(10) ** (5 - mp.dps):
            break
    return value


def vectorised(integrand: Integrand, arithmetic: ArrayArithmetic, values: Sequence[Any]) -> Any:
    """The mean by trapezoidal sums in double precision, elementwise over arrays that broadcast."""
    columns = [np.asarray(v, dtype=float) for v in np.broadcast_arrays(*values)] if values else []
    shape = columns[0].shape if columns else ()
    flat = [c.reshape(1, -1) for c in columns]
    first, last, top = _window(integrand, flat, _DEPTH)
    run = integrand.program.bind(arithmetic)
    before = None
    for nodes in _NODES:
        points = first + (last - first) * np.linspace(0.0, 1.0, nodes)[:, None]
        with np.errstate(all="ignore"):
            factor, exponent = (np.broadcast_to(v, points.shape) for v in run([points, *flat]))
            weights = np.exp(exponent - top)
            mean = np.sum(factor * weights, axis=0) / np.sum(weights, axis=0)
            settled = before is not None and bool(np.all(np.abs(mean - before) <= 1e-14 * (1 + np.abs(mean))))
        if settled:
            break
        before = mean
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
            seen = exponent >= top - depth
            rows = np.arange(points.shape[0])[:, None]
            low = np.maximum(np.where(seen, rows, points.shape[0]).min(axis=0) - 1, 0)
            high = np.minimum(np.where(seen, rows, -1).max(axis=0) + 1, points.shape[0] - 1)
            first, last = (np.take_along_axis(points, k[None], axis=0)[0] for k in (low, high))
            points = first + (last - first) * np.linspace(-0.02, 1.02, _FINE)[:, None]
    if scalar:
        return float(first[0]), float(last[0]), float(top[0])
    return first, last, top
