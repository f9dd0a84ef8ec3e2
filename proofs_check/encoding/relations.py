"""Short names for the relations between exact expressions."""

from __future__ import annotations

from collections.abc import Mapping

import sympy

from proofs_check.encoding.symbols import Matrix
from proofs_check.statements.statement import Comparison, Condition, Relation, SchurStable


def equal(left: sympy.Expr, right: sympy.Expr | int = 0) -> Relation:
    """left = right."""
    return Relation(left, Comparison.EQUAL, sympy.Integer(0) + right)


def unequal(left: sympy.Expr, right: sympy.Expr | int = 0) -> Relation:
    """left ≠ right."""
    return Relation(left, Comparison.UNEQUAL, sympy.Integer(0) + right)


def less(left: sympy.Expr | int, right: sympy.Expr | int) -> Relation:
    """left < right."""
    return Relation(sympy.Integer(0) + left, Comparison.LESS, sympy.Integer(0) + right)


def positive(expression: sympy.Expr) -> Relation:
    """expression > 0."""
    return Relation(expression, Comparison.GREATER, sympy.Integer(0))


def negative(expression: sympy.Expr) -> Relation:
    """expression < 0."""
    return Relation(expression, Comparison.LESS, sympy.Integer(0))


def at_least(left: sympy.Expr | int, right: sympy.Expr | int = 0) -> Relation:
    """left ≥ right."""
    return Relation(sympy.Integer(0) + left, Comparison.GREATER_EQUAL, sympy.Integer(0) + right)


def within(value: sympy.Expr, size: sympy.Expr) -> tuple[Relation, Relation]:
    """|value| ≤ size."""
    return at_least(size, value), at_least(value, -size)


def all_equal(left: Matrix, right: Matrix) -> tuple[Relation, ...]:
    """left = right, entry by entry."""
    return tuple(equal(a, b) for a, b in zip(left, right, strict=True))


def all_nonnegative(generic: Matrix) -> tuple[Relation, ...]:
    """Every entry ≥ 0."""
    return tuple(at_least(entry) for entry in generic)


def with_values(condition: Condition, values: Mapping[sympy.Symbol, sympy.Expr]) -> Condition:
    """The condition with exact values for some of its symbols.

    Examples
    --------
    >>> x, y = sympy.Symbol("x", real=True), sympy.Symbol("y", real=True)
    >>> str(with_values(positive(x + y), {x: sympy.Integer(2)}))
    'y + 2 > 0'
    """
    if isinstance(condition, SchurStable):
        return SchurStable(condition.matrix.xreplace(dict(values)))
    left, right = (side.xreplace(dict(values)) for side in condition.expressions)
    return Relation(left, condition.comparison, right)
