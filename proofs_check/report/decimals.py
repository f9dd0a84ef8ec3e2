"""Decimal strings of balls and intervals: what is printed still contains the true value.

Rounding is exact, on rationals.  The midpoint's rounding error is added to the radius, radii
and upper ends are rounded up, lower ends down.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from flint import arb, fmpz

_RADIUS_DIGITS = 6
_LARGEST_BITS = 400_000


@dataclass(frozen=True, kw_only=True)
class DecimalBall:
    """A ball ``mid ± rad`` in decimal strings."""

    mid: str
    rad: str


def exact_midpoint_and_radius(ball: arb) -> tuple[Fraction, Fraction] | None:
    """Midpoint and radius of a finite ball as exact rationals.

    Parameters
    ----------
    ball : arb

    Returns
    -------
    tuple of Fraction, or None
        None when the ball is not finite, or so large or so small that no decimal string of
        reasonable length holds it.
    """
    if not ball.is_finite():
        return None
    parts = tuple(_dyadic(part) for part in (ball.mid(), ball.rad()))
    mid, rad = parts
    return None if mid is None or rad is None else (mid, rad)


def decimal_ball(ball: arb, digits: int) -> DecimalBall | None:
    """The ball in decimal strings, or None when it is too wide to be called a value.

    Parameters
    ----------
    ball : arb
    digits : int
        Digits D ≥ 1 wanted.

    Returns
    -------
    DecimalBall or None
        It contains the ball, its radius is at most 10^(5−D)·max(1, |mid|), and it excludes 0
        whenever the ball does.

    Examples
    --------
    >>> decimal_ball(arb(3) / 2, 30)
    DecimalBall(mid='1.5', rad='0')
    >>> decimal_ball(arb(1) / 3, 10)
    DecimalBall(mid='0.3333333333', rad='3.33334e-11')
    """
    exact = exact_midpoint_and_radius(ball)
    return None if exact is None else rational_ball(*exact, digits)


def rational_ball(mid: Fraction, rad: Fraction, digits: int) -> DecimalBall | None:
    """The ball ``mid ± rad`` of exact rationals in decimal strings, as `decimal_ball`."""
    excludes_zero = abs(mid) > rad
    kept = digits
    rounded, spread = _rounded_ball(mid, rad, kept)
    while excludes_zero and abs(rounded) <= spread:
        kept *= 2
        rounded, spread = _rounded_ball(mid, rad, kept)
    if spread > Fraction(10) ** (5 - digits) * max(Fraction(1), abs(rounded)):
        return None
    return DecimalBall(mid=_written(rounded, kept, padded=spread > 0), rad=_written(spread, _RADIUS_DIGITS))


def decimal_lower(bound: arb, digits: int) -> str | None:
    """A decimal string at or below every number in the ball; None when the ball is not finite.

    Examples
    --------
    >>> decimal_lower(arb(2) / 3, 5), decimal_upper(arb(2) / 3, 5)
    ('0.66666', '0.66667')
    """
    exact = exact_midpoint_and_radius(bound)
    if exact is None:
        return None
    mid, rad = exact
    return _written(-_rounded_up(rad - mid, digits), digits)


def decimal_upper(bound: arb, digits: int) -> str | None:
    """A decimal string at or above every number in the ball; None when the ball is not finite."""
    exact = exact_midpoint_and_radius(bound)
    if exact is None:
        return None
    mid, rad = exact
    return _written(_rounded_up(mid + rad, digits), digits)


def decimal_approximation(ball: arb, digits: int) -> str:
    """The midpoint in decimals, proved of nothing; ``"nan"`` when there is none."""
    exact = exact_midpoint_and_radius(ball)
    if exact is None:
        return "nan"
    return _written(_rounded(exact[0], digits), digits)


def decimal_number(value: float) -> str:
    """A finite float as the shortest decimal string that reads back as it.

    Examples
    --------
    >>> decimal_number(60.0), decimal_number(0.1), decimal_number(1e-7)
    ('60', '0.1', '1e-07')
    """
    return repr(value).removesuffix(".0")


def decimal_exponent(value: Fraction) -> int:
    """⌊log₁₀ |value|⌋ of a nonzero rational, exactly.

    Examples
    --------
    >>> [decimal_exponent(Fraction(text)) for text in ("999/1000", "1", "-10", "1/1000")]
    [-1, 0, 1, -3]
    """
    size = abs(value)
    bits = size.numerator.bit_length() - size.denominator.bit_length()
    guess = bits * 30103 // 100000
    while _power(guess) > size:
        guess -= 1
    while _power(guess + 1) <= size:
        guess += 1
    return guess


def _dyadic(number: arb) -> Fraction | None:
    mantissa, exponent = (int(part) for part in number.man_exp())
    if mantissa == 0:
        return Fraction(0)
    if abs(exponent + mantissa.bit_length()) > _LARGEST_BITS or abs(exponent) > 2 * _LARGEST_BITS:
        return None
    return Fraction(mantissa) * Fraction(2) ** exponent


def _power(exponent: int) -> Fraction:
    return Fraction(10) ** exponent


def _rounded_ball(mid: Fraction, rad: Fraction, digits: int) -> tuple[Fraction, Fraction]:
    rounded = _rounded(mid, digits)
    return rounded, _rounded_up(rad + abs(mid - rounded), _RADIUS_DIGITS)


def _rounded(value: Fraction, digits: int) -> Fraction:
    """`value` to the nearest number with `digits` significant digits."""
    if value == 0:
        return value
    unit = _power(decimal_exponent(value) - digits + 1)
    return round(value / unit) * unit


def _rounded_up(value: Fraction, digits: int) -> Fraction:
    """The least number with `digits` significant digits that is at least `value`."""
    if value == 0:
        return value
    unit = _power(decimal_exponent(value) - digits + 1)
    return -(-value // unit) * unit


def _written(value: Fraction, digits: int, *, padded: bool = False) -> str:
    """A decimal number of at most `digits` significant digits, all of them written when `padded`."""
    if value == 0:
        return "0"
    exponent = decimal_exponent(value)
    figures = str(fmpz(int(abs(value) / _power(exponent - digits + 1))))
    if not padded:
        figures = figures.rstrip("0")
    sign = "-" if value < 0 else ""
    if not -7 < exponent < max(digits, 21):
        head, tail = figures[0], figures[1:]
        return f"{sign}{head}{'.' + tail if tail else ''}e{exponent:+d}"
    if exponent < 0:
        return f"{sign}0.{'0' * (-exponent - 1)}{figures}"
    head, tail = figures[: exponent + 1].ljust(exponent + 1, "0"), figures[exponent + 1 :]
    return f"{sign}{head}{'.' + tail if tail else ''}"
