"""Exact matrices of expressions: products and solutions against SymPy's own."""

from __future__ import annotations

import sympy

from theory.expressions.exact_matrix import Matrix, inverse, inverse_of_raised_diagonal, product, solve

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


def test_inverse_of_a_raised_diagonal_is_the_inverse():
    a, b, c, d = sympy.symbols("a b c d", real=True)
    raised = Matrix(sympy.diag(a, b, c) + d * sympy.ones(3, 3))
    assert cancelled(raised * inverse_of_raised_diagonal(raised)) == sympy.eye(3)
    numbers = Matrix(sympy.diag(1, -2, 3, 4) - 2 * sympy.ones(4, 4))
    assert inverse_of_raised_diagonal(numbers) == numbers.inv()


def test_other_matrices_are_no_raised_diagonals():
    two_values = Matrix([[1, 2, 3], [2, 1, 2], [3, 2, 1]])
    no_diagonal = Matrix([[2, 1, 1], [1, 1, 1], [1, 1, 3]])
    for matrix in (Matrix([[2, 1], [1, 2]]), two_values, no_diagonal):
        assert inverse_of_raised_diagonal(matrix) is None
