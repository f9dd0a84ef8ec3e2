"""Sign of a closed exact expression, proved."""

from __future__ import annotations

import sympy
from flint import arb

from theory.arithmetic.ball import BallArithmetic
from theory.arithmetic.program import evaluate


def exact_sign(expression: sympy.Expr, *, bits: int = 4096) -> int | None:
    """1, −1 or 0 when proved, None when balls of `bits` bits do not separate it from 0.

    Examples
    --------
    >>> exact_sign(sympy.exp(1) - sympy.Rational(19, 7)), exact_sign(sympy.S.Zero)
    (1, 0)
    """
    if isinstance(expression, sympy.Rational):
        return int(sympy.sign(expression))
    precision = 64
    while precision <= bits:
        (value,) = evaluate([expression], {}, BallArithmetic(precision))
        if value > arb(0):
            return 1
        if value < arb(0):
            return -1
        precision *= 4
    return 0 if sympy.simplify(expression) == 0 else None
