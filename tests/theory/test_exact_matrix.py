"""Exact matrices of expressions: products and solutions against SymPy's own."""

from __future__ import annotations

import sympy

from theory.expressions.exact_matrix import Matrix, inverse, product, solve

D = sympy.Symbol("d", real=True)
BENT = Matrix(
    [[64 / (-48 * D**2 + 40 * D + 77), 48 / (84 - 48 * D)], [48 / (84 - 48 * D), 96 / (84 - 48 * D)]]
)
PRECISION = Matrix([[4, -2], [-2, 4]]) / 3


def cancelled(matrix):
    return matrix.applyfunc(sympy.cancel)


def test_a_vanishing_entry_of_a_product_is_zero():
    found = product(BENT, PRECISION)
    assert found[1, 0] == 0
    assert cancelled(found - BENT * PRECISION) == sympy.zeros(2, 2)


def test_solutions_satisfy_their_equations():
    assert cancelled(BENT * inverse(BENT)) == sympy.eye(2)
    assert cancelled(BENT * solve(BENT, PRECISION)) == PRECISION
