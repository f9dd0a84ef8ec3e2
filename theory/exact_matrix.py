"""Exact linear algebra on matrices of expressions, entries kept as reduced fractions."""

from __future__ import annotations

from functools import lru_cache
from typing import TypeAlias

import sympy
from sympy.polys.matrices import DomainMatrix

Matrix: TypeAlias = sympy.ImmutableDenseMatrix


@lru_cache(maxsize=256)
def inverse(matrix: Matrix) -> Matrix:
    """Inverse M⁻¹.

    Raises
    ------
    sympy.polys.matrices.exceptions.DMNonInvertibleMatrixError
        When the matrix is singular as a matrix of expressions.
    """
    return solve(matrix, Matrix(sympy.eye(matrix.rows)))


@lru_cache(maxsize=256)
def solve(matrix: Matrix, right: Matrix) -> Matrix:
    """M⁻¹R, without a fraction inside a fraction.

    Raises
    ------
    sympy.polys.matrices.exceptions.DMNonInvertibleMatrixError
        When M is singular as a matrix of expressions.

    Examples
    --------
    >>> b = sympy.Symbol("b", real=True)
    >>> solve(Matrix([[1 + 1 / b]]), Matrix([[2]]))
    Matrix([[2*b/(b + 1)]])
    """
    left, known = _exact(matrix).to_field().unify(_exact(right).to_field())
    return Matrix((left.inv() * known).to_Matrix())


def leading_minors(matrix: Matrix) -> tuple[sympy.Expr, ...]:
    """Determinants of the leading k × k blocks, k = 1 … d (all > 0 iff positive definite).

    Examples
    --------
    >>> leading_minors(Matrix([[2, 1], [1, 2]]))
    (2, 3)
    """
    exact = _exact(matrix)
    blocks = (exact.extract(list(range(k)), list(range(k))) for k in range(1, matrix.rows + 1))
    return tuple(exact.domain.to_sympy(_determinant(block)) for block in blocks)


def _determinant(block: DomainMatrix) -> object:
    return block.charpoly()[-1] * (-1) ** block.shape[0]


def _exact(matrix: Matrix) -> DomainMatrix:
    return DomainMatrix.from_Matrix(matrix, extension=True)
