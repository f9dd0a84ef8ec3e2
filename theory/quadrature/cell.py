"""Cells of a parameter space: boxes with few digits, one of which contains given balls."""

from __future__ import annotations

import math
from dataclasses import dataclass

from flint import arb

from theory.quadrature.integrand import Balls

FINENESS = (9, 28, 48)
"""Bits of the centres of cells, coarse ones first: a rule on a coarse cell serves more often."""
_SMALLEST = -400


@dataclass(frozen=True)
class Cell:
    """A box of exact centres and radii, the same for all balls in it."""

    centres: tuple[float, ...]
    radii: tuple[float, ...]

    def balls(self) -> Balls:
        """The box."""
        return tuple(arb(c, r) for c, r in zip(self.centres, self.radii, strict=True))


def cell_of(values: Balls, bits: int) -> Cell | None:
    """The cell of the given balls: centres of so many bits, radii powers of two; None where there is none.

    Examples
    --------
    >>> cell_of((arb("0.3"),), 9).centres
    (0.2998046875,)
    """
    centres, radii = [], []
    for value in values:
        side = _side(value, bits)
        if side is None:
            return None
        centres.append(side[0])
        radii.append(side[1])
    return Cell(tuple(centres), tuple(radii))


def _side(value: arb, bits: int) -> tuple[float, float] | None:
    if not value.is_finite():
        return None
    middle = float(value.mid())
    if not math.isfinite(middle) or abs(middle) > 1e150:
        return None
    mantissa, exponent = math.frexp(middle)
    if mantissa == 0 or exponent < _SMALLEST:
        mantissa, exponent = 0.0, _SMALLEST
    centre = math.ldexp(round(math.ldexp(mantissa, bits)), exponent - bits)
    power = exponent - bits
    for _ in range(1000):
        radius = math.ldexp(1.0, power)
        if arb(centre, radius).contains(value):
            return centre, radius
        power += 1
    return None
