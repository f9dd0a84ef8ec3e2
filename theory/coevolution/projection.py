"""Projection on the unit ball, where preferences live."""

from __future__ import annotations

import sympy

from theory.errors import InvalidInput
from theory.expressions.signs import NumberSign, sign_of

Exprs = tuple[sympy.Expr, ...]


def inner(left: Exprs, right: Exprs) -> sympy.Expr:
    """⟨left, right⟩.

    Examples
    --------
    >>> inner((sympy.S(1), sympy.S(2)), (sympy.S(3), sympy.S(4)))
    11
    """
    return sympy.Add(*(x * y for x, y in zip(left, right, strict=True)))


def on_unit_ball(vector: Exprs) -> Exprs:
    """The point of the unit ball closest to `vector`: itself inside, vector/|vector| outside.

    Parameters
    ----------
    vector : tuple of Expr, shape ``(m,)``
        Closed expressions.

    Raises
    ------
    InvalidInput
        When it is not decided on which side the vector lies.

    Examples
    --------
    >>> on_unit_ball((sympy.S(3), sympy.S(4)))
    (3/5, 4/5)
    >>> on_unit_ball((sympy.Rational(3, 5), sympy.Rational(4, 5)))
    (3/5, 4/5)
    """
    square = sympy.simplify(inner(vector, vector))
    if square.free_symbols:
        raise InvalidInput(expected="a vector of numbers", found=str(vector), place="vector")
    sign = sign_of(square - 1)
    if sign is NumberSign.UNDECIDED:
        raise InvalidInput(expected="a decided length", found=str(sympy.sqrt(square)), place="vector")
    if sign is not NumberSign.POSITIVE:
        return vector
    return tuple(x / sympy.sqrt(square) for x in vector)
