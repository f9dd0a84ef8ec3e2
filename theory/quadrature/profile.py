"""Profile: where an integrand lives and how large it is, in doubles; it guides, and proves nothing."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from flint import arb

from theory.arithmetic.arrays import ArrayArithmetic
from theory.quadrature.cell import Cell
from theory.quadrature.integrand import Integrand

_POINTS = 1001
_ZOOMS = 4


@dataclass(frozen=True, kw_only=True)
class Profile:
    """Ends between which e^Q is within 2^−bits of its maximum, and rough ∫ |f| e^Q and ∫ e^Q."""

    first: float
    last: float
    mean: arb
    density: arb


def profile_of(integrand: Integrand, cell: Cell, bits: int) -> Profile | None:
    """The profile at a cell's centre; None where no maximum is seen."""
    run = integrand.program.bind(ArrayArithmetic())
    values = [np.float64(c) for c in cell.centres]
    depth = bits * math.log(2) + 8
    points = np.sinh(np.linspace(-24.0, 24.0, 4 * _POINTS))
    with np.errstate(all="ignore"):
        for _ in range(_ZOOMS):
            exponent = np.broadcast_to(run([points, *values])[1], points.shape)
            exponent = np.where(np.isnan(exponent), -np.inf, exponent)
            if not np.isfinite(exponent.max()):
                return None
            seen = np.flatnonzero(exponent >= exponent.max() - depth)
            if seen[0] == 0 or seen[-1] == len(points) - 1:
                return None
            first, last = float(points[seen[0] - 1]), float(points[seen[-1] + 1])
            points = np.linspace(first - (last - first) / 64, last + (last - first) / 64, _POINTS)
        factor, exponent = (np.broadcast_to(v, points.shape) for v in run([points, *values]))
        top = float(np.nanmax(exponent))
        weights = np.exp(exponent - top) * (points[1] - points[0])
        density, mean = float(np.nansum(weights)), float(np.nansum(np.abs(factor) * weights))
    scale = arb(top).exp()
    mean = mean if 0 < mean < math.inf else density
    return Profile(first=first, last=last, mean=scale * arb(mean), density=scale * arb(density))
