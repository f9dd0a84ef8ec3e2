"""Decimal text of exact intervals, rounded outward."""

from __future__ import annotations

import sympy


def outward(lower: sympy.Rational, upper: sympy.Rational, places: int) -> tuple[str, str]:
    """`lower` rounded down and `upper` rounded up to `places` decimals.

    Examples
    --------
    >>> outward(sympy.Rational(1, 3), sympy.Rational(2, 3), 4)
    ('0.3333', '0.6667')
    >>> outward(sympy.Rational(-1, 3), sympy.Integer(2), 2)
    ('-0.34', '2.00')
    """
    scale = 10**places
    return _point(int(sympy.floor(lower * scale)), places), _point(int(sympy.ceiling(upper * scale)), places)


def _point(value: int, places: int) -> str:
    whole, part = divmod(abs(value), 10**places)
    sign = "-" if value < 0 else ""
    return f"{sign}{whole}.{part:0{places}d}" if places else f"{sign}{whole}"
