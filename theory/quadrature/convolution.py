"""Convolution of balls: midpoints in exact integers, radii in doubles of non-negative numbers, rounded up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from flint import arb, ctx, fmpz, fmpz_poly

_ROOM = 1.0001
"""Factor that covers the roundoff of a sum of products of fewer than 10^10 non-negative doubles."""
_TINY = 1e-300
"""What such a sum may lose by underflow."""


@dataclass(frozen=True, kw_only=True)
class FixedPoint:
    """A sequence of balls as multiples ã of 2^−bits, each within `unit` times `spread` of its ball's points.

    `sizes` bounds the absolute values of ã in doubles, and `largest` bounds them all.
    """

    bits: int
    polynomial: fmpz_poly
    length: int
    unit: arb
    spread: Any
    sizes: Any
    largest: arb

    @classmethod
    def of(cls, balls: Sequence[arb], bits: int) -> FixedPoint:
        """The sequence rounded down to multiples of 2^−bits.

        Raises
        ------
        ValueError
            When a ball is not finite.
        """
        if not all(x.is_finite() for x in balls):
            raise ValueError("Expected finite balls, got one without information")
        with ctx.workprec(64):
            rounding = arb(2) ** -bits
            errors = [(x.rad() + rounding).upper() for x in balls]
            sizes = [(abs(x.mid()) + rounding).upper() for x in balls]
            unit = max(errors)
            spread = np.array([min(float((e / unit).upper()), 1.0) for e in errors]) * _ROOM + _TINY
            return cls(
                bits=bits,
                polynomial=fmpz_poly([_fixed(x, bits) for x in balls]),
                length=len(balls),
                unit=unit,
                spread=spread,
                sizes=np.array([float(s) for s in sizes]) * _ROOM + _TINY,
                largest=max(sizes),
            )


def convolution(first: FixedPoint, second: FixedPoint) -> list[arb]:
    """Σ_i a_i b_{k−i} for every k, enclosed.

    With a = ã + α and b = b̃ + β the error is at most Σ |ã| |β| + Σ |α| (|b̃| + |β|).

    Examples
    --------
    >>> pair = [FixedPoint.of([arb(1), arb(k)], 64) for k in (2, 4)]
    >>> [int(c.mid().fmpq()) for c in convolution(*pair)]
    [1, 6, 8]
    """
    count = first.length + second.length - 1
    product = first.polynomial * second.polynomial
    values = [*product.coeffs(), *[fmpz(0)] * count][:count]
    with ctx.workprec(64):
        terms = min(first.length, second.length)
        uniform = terms * first.unit * (second.largest + second.unit) + second.unit * arb(_TINY)
        spread = np.convolve(first.sizes, second.spread) * _ROOM + _TINY
        errors = [(second.unit * arb(float(s)) + uniform).upper() for s in spread]
    with ctx.workprec(2 * first.bits + 64):
        scale = arb(2) ** (-first.bits - second.bits)
        return [arb(v) * scale + arb(0, e) for v, e in zip(values, errors, strict=True)]


def _fixed(value: arb, bits: int) -> fmpz:
    """⌊midpoint · 2^bits⌋."""
    mantissa, exponent = value.mid().man_exp()
    shift = int(exponent) + bits
    return fmpz(int(mantissa) << shift if shift >= 0 else int(mantissa) >> -shift)
