"""Small facts about balls: exact midpoints, sizes, and the simplest rational inside one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from flint import acb, arb, fmpq, fmpq_poly, fmpz

Balls = tuple[arb, ...]


def precision_for(digits: int) -> int:
    """Working precision in bits at which D wanted digits are comfortable (about 4·D digits)."""
    return 13 * digits + 96


def ball(value: fmpq) -> arb:
    """A ball around a rational number, at the working precision."""
    return arb(value)


def midpoints(balls: Iterable[arb]) -> Balls:
    """Exact midpoints (balls of radius 0)."""
    return tuple(b.mid() for b in balls)


def all_finite(balls: Iterable[arb]) -> bool:
    """Whether every ball carries information."""
    return all(b.is_finite() for b in balls)


def largest(balls: Iterable[arb]) -> arb:
    """An upper bound on every |ball| (zero for none)."""
    bound = arb(0)
    for b in balls:
        size = b.abs_upper()
        if not size.is_finite():
            return arb.pos_inf()
        bound = max(bound, size)
    return bound


def power_of_ten(exponent: int) -> arb:
    """10 to an integer power."""
    return arb(10) ** exponent if exponent >= 0 else 1 / arb(10) ** -exponent


def tight_enough(value: arb, digits: int) -> bool:
    """Whether the radius is proved to be at most 10^(5−D)·max(1, |mid|), with room for printing.

    Half of the allowance is kept for the rounding of decimal output.
    """
    if not value.is_finite():
        return False
    size = abs(value.mid())
    scale = size if size > 1 else arb(1)
    return bool(2 * value.rad() <= power_of_ten(5 - digits) * scale)


def widened(centre: arb, radius: arb) -> arb:
    """A ball that contains every point within `radius` of a point of `centre`."""
    return arb(centre.mid(), (centre.rad() + radius).upper())


def strictly_inside(inner: Sequence[arb], outer: Sequence[arb]) -> bool:
    """Whether each inner ball is proved to lie in the interior of the outer one."""
    return all(o.contains_interior(i) for i, o in zip(inner, outer, strict=True))


def dyadic(value: arb) -> fmpq:
    """The exact midpoint as a rational number.

    Raises
    ------
    ValueError
        When the midpoint is not finite or its binary exponent is beyond 100,000.
    """
    if not value.is_finite():
        raise ValueError("Expected a finite ball, got one without information")
    mantissa, exponent = value.mid().man_exp()
    if abs(int(exponent)) > 100_000:
        raise ValueError(f"Expected a binary exponent within 100000, got {exponent}")
    power = fmpz(2) ** abs(int(exponent))
    return fmpq(mantissa) * power if exponent >= 0 else fmpq(mantissa, power)


def simplest_rational(lower: fmpq, upper: fmpq) -> fmpq:
    """The rational number of least denominator in [lower, upper].

    Examples
    --------
    >>> simplest_rational(fmpq(333, 1000), fmpq(334, 1000))
    1/3
    """
    if lower <= 0 <= upper:
        return fmpq(0)
    if upper < 0:
        return -simplest_rational(-upper, -lower)
    parts: list[fmpz] = []
    while True:
        whole = lower.floor()
        if fmpq(whole) == lower:
            parts.append(whole)
            break
        if fmpq(whole) + 1 <= upper:
            parts.append(whole + 1)
            break
        parts.append(whole)
        lower, upper = 1 / (upper - whole), 1 / (lower - whole)
    value = fmpq(parts[-1])
    for part in reversed(parts[:-1]):
        value = part + 1 / value
    return value


def complex_roots(polynomial: fmpq_poly) -> list[tuple[acb, int]]:
    """All complex roots of a nonzero polynomial, isolated, each with its multiplicity.

    Real roots have an imaginary part that is exactly zero.
    """
    found: Any = polynomial.complex_roots()
    return [(acb(root), int(multiplicity)) for root, multiplicity in found]
