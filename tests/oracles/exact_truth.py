"""Truth of a statement's conditions at a rational point, by SymPy substitution and flint's exact roots.

It shares no code with the checker or the engines.
"""

from __future__ import annotations

import sympy
from flint import fmpq, fmpq_mat

from proofs_check.statements.statement import Comparison, Relation, SchurStable

_COMPARE = {
    Comparison.EQUAL: lambda a, b: a == b,
    Comparison.UNEQUAL: lambda a, b: a != b,
    Comparison.LESS: lambda a, b: a < b,
    Comparison.LESS_EQUAL: lambda a, b: a <= b,
    Comparison.GREATER: lambda a, b: a > b,
    Comparison.GREATER_EQUAL: lambda a, b: a >= b,
}


def value(expression, point):
    """A rational value; refuses anything irrational or undefined."""
    found = sympy.sympify(expression).xreplace(point)
    if not found.is_Rational:
        found = sympy.nsimplify(found) if found.is_Rational is None and found.is_number else found
    if not found.is_Rational:
        raise ValueError(f"no rational value: {found}")
    return found


def as_fmpq_mat(matrix, point):
    """The matrix of rational values."""
    rows = [[value(e, point) for e in matrix.row(i)] for i in range(matrix.rows)]
    return fmpq_mat([[fmpq(int(e.p), int(e.q)) for e in row] for row in rows])


def is_stable(matrix):
    """ρ < 1 from enclosed roots of the characteristic polynomial; a root of modulus 1 raises."""
    sizes = [abs(root) for root, _ in matrix.charpoly().complex_roots()]
    if all(size < 1 for size in sizes):
        return True
    if any(size > 1 for size in sizes):
        return False
    raise ValueError("an eigenvalue may lie on the unit circle")


def holds(condition, point):
    """Whether a relation or a stability condition holds at a rational point."""
    if isinstance(condition, SchurStable):
        return is_stable(as_fmpq_mat(condition.matrix, point))
    return bool(_COMPARE[condition.comparison](value(condition.left, point), value(condition.right, point)))


def point_of(pairs):
    """A claim's exact point as a substitution."""
    return {sympy.Symbol(name, real=True): sympy.Rational(number) for name, number in pairs}


def obvious_mutants(relation):
    """The relation turned round, or with a constant changed."""
    turned = {
        Comparison.LESS: Comparison.GREATER_EQUAL,
        Comparison.LESS_EQUAL: Comparison.GREATER,
        Comparison.GREATER: Comparison.LESS_EQUAL,
        Comparison.GREATER_EQUAL: Comparison.LESS,
        Comparison.EQUAL: Comparison.UNEQUAL,
        Comparison.UNEQUAL: Comparison.EQUAL,
    }
    yield Relation(relation.left, turned[relation.comparison], relation.right)
    if relation.comparison is Comparison.EQUAL:
        yield Relation(relation.left, Comparison.EQUAL, relation.right + sympy.Rational(1, 1000))
