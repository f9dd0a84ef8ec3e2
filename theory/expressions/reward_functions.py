"""Reward functions: the functions of a sample, beside its powers, that rewards are built from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import sympy


def reward_functions(
    expression: sympy.Expr, variables: Sequence[sympy.Symbol]
) -> Mapping[sympy.Expr, sympy.Expr]:
    """Each log(x), log(1 − x), cos(x), sin(x), 1/x, 1/x², √x and |ax + b|, with how it is written everywhere.

    Examples
    --------
    >>> x, c = sympy.symbols("x c", real=True)
    >>> reward_functions(3 * sympy.log(x) + sympy.Abs(2 * c - 2 * x), [x])
    {log(x): log(x), Abs(2*c - 2*x): 2*Abs(c - x)}
    """
    plain = (
        f
        for v in variables
        for f in (sympy.log(v), sympy.log(1 - v), sympy.cos(v), sympy.sin(v), 1 / v, 1 / v**2, sympy.sqrt(v))
    )
    found = {f: f for f in plain if expression.has(f)}
    for node in sorted(expression.atoms(sympy.Abs), key=sympy.default_sort_key):
        for v in variables:
            slope = node.args[0].diff(v)
            if slope.is_Rational and slope != 0:
                found[node] = abs(slope) * distance(v, v - node.args[0] / slope)
    return found


def distance(variable: sympy.Symbol, location: sympy.Expr) -> sympy.Expr:
    """|x − c|, written alike wherever it comes from."""
    return sympy.Abs(sympy.expand(variable - location))
