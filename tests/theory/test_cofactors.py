"""Cofactors: laws of the adjugate over several rings, SymPy as an independent source, counts of terms."""

from __future__ import annotations

from fractions import Fraction
from math import comb, factorial

import pytest
import sympy
from flint import fmpq, fmpz_mat
from hypothesis import given
from hypothesis import strategies as st

from theory.expressions.cofactors import cofactors, polynomial_rows
from theory.expressions.exact_matrix import Matrix

SQUARES = st.integers(1, 5).flatmap(
    lambda n: st.lists(st.lists(st.integers(-9, 9), min_size=n, max_size=n), min_size=n, max_size=n)
)


def product(left, right):
    columns = list(zip(*right, strict=True))
    return [[sum(a * b for a, b in zip(row, c, strict=True)) for c in columns] for row in left]


def scaled_identity(size, value):
    return [[value if i == j else 0 for j in range(size)] for i in range(size)]


def field(size):
    """I − J with a symbol for each entry of J."""
    return Matrix(sympy.eye(size)) - Matrix(size, size, lambda i, j: sympy.Symbol(f"j{i}_{j}", real=True))


@given(SQUARES)
def test_a_matrix_times_its_adjugate_is_the_determinant(rows):
    found = cofactors(rows)
    assert product(rows, found.adjugate) == scaled_identity(len(rows), found.determinant)
    assert product(found.adjugate, rows) == scaled_identity(len(rows), found.determinant)
    assert found.determinant == int(fmpz_mat(rows).det())


@given(SQUARES)
def test_the_adjugate_of_a_transpose_is_the_transpose(rows):
    turned = cofactors([list(column) for column in zip(*rows, strict=True)])
    assert [list(row) for row in zip(*turned.adjugate, strict=True)] == [
        list(row) for row in cofactors(rows).adjugate
    ]


def test_singular_matrices_and_fractions():
    assert cofactors([[1, 2], [2, 4]]).determinant == 0
    third = Fraction(1, 3)
    assert cofactors([[third, 0], [0, 3]]).adjugate == ((3, 0), (0, third))
    assert cofactors([[5]]).adjugate == ((1,),)


@pytest.mark.parametrize("size", [2, 3])
def test_symbolic_cofactors_are_those_of_sympy(size):
    matrix = field(size)
    found = cofactors(matrix.tolist())
    assert sympy.expand(found.determinant - matrix.det(method="berkowitz")) == 0
    difference = sympy.Matrix(found.adjugate) - matrix.adjugate(method="berkowitz")
    assert difference.expand() == sympy.zeros(size)


@pytest.mark.parametrize("size", [3, 5, 7])
def test_a_generic_determinant_has_a_term_for_each_partial_permutation(size):
    """det(I − J) sums over the permutations of every subset of the indices."""
    names, rows = polynomial_rows(field(size))
    found = cofactors(rows)
    assert len(names) == size**2
    assert len(found.determinant) == sum(comb(size, k) * factorial(k) for k in range(size + 1))
    assert product(rows, [[row[0]] for row in found.adjugate])[0][0] == found.determinant
    assert all(line[0] == 0 for line in product(rows, [[row[0]] for row in found.adjugate])[1:])


def test_an_entry_that_is_no_polynomial_is_refused():
    x = sympy.Symbol("x", real=True)
    with pytest.raises(sympy.PolynomialError):
        polynomial_rows(Matrix([[1 / x]]))
    assert polynomial_rows(Matrix([[sympy.Rational(2, 3)]]))[1][0][0] == fmpq(2, 3)
