"""Small changes to one condition."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import sympy

from proofs_check.statements.statement import Comparison, Condition, Relation, SchurStable

_OPPOSITE = {
    Comparison.EQUAL: Comparison.UNEQUAL,
    Comparison.UNEQUAL: Comparison.EQUAL,
    Comparison.LESS: Comparison.GREATER_EQUAL,
    Comparison.LESS_EQUAL: Comparison.GREATER,
    Comparison.GREATER: Comparison.LESS_EQUAL,
    Comparison.GREATER_EQUAL: Comparison.LESS,
}
_UPWARD = (Comparison.GREATER, Comparison.GREATER_EQUAL)
_PART = sympy.Rational(1, 100)


def flip(relation: Relation) -> Relation:
    """The relation's negation.

    Examples
    --------
    >>> x = sympy.Symbol("x", real=True)
    >>> str(flip(Relation(x, Comparison.GREATER, sympy.S.Zero)))
    'x <= 0'
    """
    return Relation(relation.left, _OPPOSITE[relation.comparison], relation.right)


def tighten(condition: Condition) -> Condition:
    """The condition with its right side, or its matrix, moved by one percent against it.

    Examples
    --------
    >>> x = sympy.Symbol("x", real=True)
    >>> str(tighten(Relation(x, Comparison.GREATER, sympy.S.Zero)))
    'x > 1/100'
    >>> str(tighten(Relation(x, Comparison.LESS, sympy.Integer(2))))
    'x < 99/50'
    """
    if isinstance(condition, SchurStable):
        return SchurStable(condition.matrix * (1 + _PART))
    right = condition.right
    if not right.is_Rational:
        moved = right + _PART if condition.comparison in _UPWARD else right - _PART
    else:
        size = abs(right) * _PART if right != 0 else _PART
        moved = right + size if condition.comparison in (*_UPWARD, Comparison.EQUAL) else right - size
    return Relation(condition.left, condition.comparison, moved)


def swap(condition: Condition, first: sympy.Symbol, second: sympy.Symbol) -> Condition:
    """The condition with two variables in each other's place; in an equation, on one side."""
    return _replaced(condition, {first: second, second: first})


def change_sign(condition: Condition, symbol: sympy.Symbol) -> Condition:
    """The condition with −x for x; in an equation, on one side."""
    return _replaced(condition, {symbol: -symbol})


def change_coefficient(condition: Condition) -> Iterator[Condition]:
    """The condition with one term of a sum, one side of an equation, or one entry doubled."""
    if isinstance(condition, SchurStable):
        for k, entry in enumerate(condition.matrix):
            if entry != 0:
                doubled = [2 * e if i == k else e for i, e in enumerate(condition.matrix)]
                yield SchurStable(sympy.ImmutableDenseMatrix(*condition.matrix.shape, doubled))
        return
    left, comparison, right = condition.left, condition.comparison, condition.right
    if comparison is Comparison.EQUAL and right != 0:
        yield Relation(left, comparison, 2 * right)
    for side in dict.fromkeys(_doubled_term(left)):
        yield Relation(side, comparison, right)
    for side in dict.fromkeys(_doubled_term(right)):
        yield Relation(left, comparison, side)


def _doubled_term(expression: sympy.Expr) -> Iterator[sympy.Expr]:
    """The expression with the first or the last term of its outermost sum doubled."""
    total = next((node for node in sympy.preorder_traversal(expression) if node.is_Add), None)
    if total is not None:
        terms = sorted(total.args, key=sympy.default_sort_key)
        for term in (terms[0], terms[-1]):
            yield expression.xreplace({total: total + term})


def new_divisors(mutated: Condition, original: Condition) -> tuple[sympy.Expr, ...]:
    """What a mutated condition divides by and its original does not."""
    known = _divisors(original)
    return tuple(sorted(_divisors(mutated) - known, key=sympy.default_sort_key))


def _divisors(condition: Condition) -> set[sympy.Expr]:
    powers = {power for side in condition.expressions for power in side.atoms(sympy.Pow)}
    return {power.base for power in powers if power.exp.is_negative and power.base.free_symbols}


def _replaced(condition: Condition, values: Mapping[sympy.Symbol, sympy.Expr]) -> Condition:
    if isinstance(condition, SchurStable):
        return SchurStable(condition.matrix.xreplace(dict(values)))
    left, right = (side.xreplace(dict(values)) for side in condition.expressions)
    if condition.comparison is not Comparison.EQUAL:
        return Relation(left, condition.comparison, right)
    if left != condition.left:
        return Relation(left, Comparison.EQUAL, condition.right)
    return Relation(left, Comparison.EQUAL, right)
