"""Signs of exact numbers, decided in rationals or in balls."""

from __future__ import annotations

from enum import Enum

import sympy
from flint import arb

from theory.arithmetic.ball import BallArithmetic
from theory.arithmetic.program import Program

PRECISIONS = (128, 1024, 4096)
"""Working precisions (bits) tried in turn."""


class NumberSign(Enum):
    """Sign of a number; UNDECIDED when the last precision still leaves zero in the ball."""

    NEGATIVE = "< 0"
    ZERO = "= 0"
    POSITIVE = "> 0"
    UNDECIDED = "undecided"


def sign_of(number: sympy.Expr) -> NumberSign:
    """Proved sign of a closed expression.

    Zero is only found for rational numbers: a ball never proves equality.

    Examples
    --------
    >>> sign_of(sympy.sqrt(2) - sympy.Rational(7, 5))
    <NumberSign.POSITIVE: '> 0'>
    """
    if isinstance(number, sympy.Rational):
        return _sign_of_rational(number)
    program = Program.compile([number], ())
    for bits in PRECISIONS:
        sign = sign_of_ball(program.evaluate(BallArithmetic(bits), ())[0])
        if sign is not NumberSign.UNDECIDED:
            return sign
    return NumberSign.UNDECIDED


def sign_of_ball(ball: arb) -> NumberSign:
    """The sign that all numbers in the ball share, else UNDECIDED."""
    if ball > 0:
        return NumberSign.POSITIVE
    if ball < 0:
        return NumberSign.NEGATIVE
    return NumberSign.UNDECIDED


def _sign_of_rational(number: sympy.Rational) -> NumberSign:
    numerator = int(number.p)
    if numerator == 0:
        return NumberSign.ZERO
    return NumberSign.POSITIVE if numerator > 0 else NumberSign.NEGATIVE
