"""Exact zero tests: expressions proved to vanish identically."""

from __future__ import annotations

import sympy
from flint import arb, ctx, fmpq

from theory.arithmetic.program import Program
from theory.equilibrium.problem import ball_values

_TEST_BITS = 192
_LARGEST = 4000
"""Number of operations beyond which no normal form is attempted."""


def is_identically_zero(expression: sympy.Expr) -> bool:
    """Whether the expression is proved to be zero for all values of its symbols.

    False says only that no proof was found.  A ball away from zero at one point settles
    most cases; otherwise a normal form decides.  An expression with a pole is not zero.

    Examples
    --------
    >>> x = sympy.Symbol("x", real=True)
    >>> is_identically_zero((x + 1) ** 2 - x**2 - 2 * x - 1), is_identically_zero(x - 1)
    (True, False)
    """
    if expression == 0:
        return True
    if expression.is_Rational or has_pole(expression) or _differs_somewhere(expression):
        return False
    if expression.count_ops() > _LARGEST:
        return False
    expanded = sympy.expand(expression)
    return bool(expanded == 0) or bool(sympy.cancel(sympy.together(expanded)) == 0)


def has_pole(expression: sympy.Expr) -> bool:
    """Whether a division by zero was met when values were put into the expression."""
    return bool(expression.has(sympy.zoo, sympy.nan, sympy.oo, -sympy.oo))


def _differs_somewhere(expression: sympy.Expr) -> bool:
    symbols = sorted(expression.free_symbols, key=lambda s: s.name)
    program = Program.compile([expression], symbols)
    with ctx.workprec(_TEST_BITS):
        point = [arb(fmpq(2 * k + 3, 7 * k + 17)) for k in range(len(symbols))]
        value = ball_values(program, point, _TEST_BITS)[0]
        return value.is_finite() and not value.contains(0)
