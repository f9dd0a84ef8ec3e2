"""Laws that are stationary but for a little: decimals of an irrational equilibrium are such laws."""

from __future__ import annotations

from collections.abc import Sequence

import sympy

from proofs_check.claim import Point
from theory.arithmetic.high_precision import HighPrecisionArithmetic
from theory.arithmetic.program import Program

NEARLY = sympy.Rational(1, 10**9)
_PLACES = 16
_ROUNDS = 400


def settled_decimals(
    free: Sequence[sympy.Symbol], steps: Sequence[sympy.Expr], start: Sequence[sympy.Expr]
) -> Point:
    """Where iteration settles, to 16 decimals; nothing is proved by it.

    Examples
    --------
    >>> x = sympy.Symbol("x", real=True)
    >>> settled_decimals([x], [x / 2 + sympy.Rational(1, 6)], [sympy.S.Zero])
    (('x', 3333333333333333/10000000000000000),)
    """
    arithmetic = HighPrecisionArithmetic(2 * _PLACES)
    step = Program.compile(tuple(steps), tuple(free)).bind(arithmetic)
    place = Program.compile(tuple(start), ()).evaluate(arithmetic, ())
    for _ in range(_ROUNDS):
        place = step(place)
    ten = arithmetic.context.mpf(10) ** _PLACES
    parts = [int(arithmetic.context.nint(value * ten)) for value in place]
    return tuple(
        (symbol.name, sympy.Rational(part, 10**_PLACES)) for symbol, part in zip(free, parts, strict=True)
    )
