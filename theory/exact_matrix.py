"""Exact linear algebra on matrices of expressions, without fractions of fractions."""

from __future__ import annotations

from functools import lru_cache

import sympy
from sympy.polys.matrices import DomainMatrix

Matrix = sympy.ImmutableDenseMatrix


@lru_cache(maxsize=256)
def inverse(matrix: Matrix) -> Matrix:
    """Inverse M⁻¹, entries as reduced fractions.

    Raises
    ------
    sympy.polys.matrices.exceptions.DMNonInvertibleMatrixError
        When the matrix is singular as a matrix of expressions.
    """
    exact = DomainMatrix.from_Matrix(matrix, extension=True).to_field()
    return Matrix(exact.inv().to_Matrix())


def leading_minors(matrix: Matrix) -> tuple[sympy.Expr, ...]:
    """Determinants of the leading k × k blocks, k = 1 … d (all > 0 iff positive definite).

    Examples
    --------
    >>> leading_minors(Matrix([[2, 1], [1, 2]]))
    (2, 3)
    """
    exact = DomainMatrix.from_Matrix(matrix, extension=True)
    d = matrix.rows
    blocks = (exact.extract(list(range(k)), list(range(k))) for k in range(1, d + 1))
    return tuple(exact.domain.to_sympy(block.charpoly()[-1] * (-1) ** block.shape[0]) for block in blocks)
