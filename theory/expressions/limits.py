"""Limits of the expression language, checked before any work is done."""

from __future__ import annotations

import sympy

MAX_CHARACTERS = 10_000
MAX_DEPTH = 100
MAX_EXPONENT = 1_000
MAX_DECIMAL_EXPONENT = 1_000
MAX_BITS = 100_000
MAX_TERMS = 20_000
"""Terms that a polynomial may have while an identity is proved or a reward is expanded."""

MAX_NESTING = 50
"""Functions inside functions, an exponential counting five times."""

MAX_ROOT_BITS = 4_096
"""Bits of a number whose root is irrational (SymPy looks for square factors in it)."""


def rational_bits(number: sympy.Rational) -> int:
    """Bits of numerator and denominator together."""
    return int(number.p).bit_length() + int(number.q).bit_length()


def exact_bits(expression: sympy.Expr) -> int:
    """Bits that the exact numbers of a product of powers would fill once multiplied out.

    Examples
    --------
    >>> exact_bits(sympy.Integer(8) * sympy.sqrt(7))
    9
    """
    if isinstance(expression, sympy.Rational):
        return 0 if abs(expression) == 1 else rational_bits(expression)
    if isinstance(expression, sympy.Mul):
        return sum(exact_bits(factor) for factor in expression.args)
    if isinstance(expression, sympy.Pow) and isinstance(expression.exp, sympy.Rational):
        return exact_bits(expression.base) * abs(int(sympy.ceiling(abs(expression.exp))))
    return 0
