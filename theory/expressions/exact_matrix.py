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


def inverse_of_raised_diagonal(matrix: Matrix) -> Matrix | None:
    """Inverse of D + c11ᵀ with D diagonal: D⁻¹ − cD⁻¹11ᵀD⁻¹/(1 + c·tr D⁻¹); None for other matrices.

    Sums of fractions, for matrices with three rows or more: reduced fractions would have n! terms each.

    Examples
    --------
    >>> a, b, c = sympy.symbols("a b c", real=True)
    >>> inverse_of_raised_diagonal(Matrix([[a + 1, 1, 1], [1, b + 1, 1], [1, 1, c + 1]]))[0, 1]
    -1/(a*b*(1 + 1/c + 1/b + 1/a))
    """
    n = matrix.rows
    others = {matrix[j, k] for j in range(n) for k in range(n) if j != k}
    if n < 3 or len(others) > 1:
        return None
    (constant,) = others
    diagonal = [matrix[k, k] - constant for k in range(n)]
    if any(entry == 0 for entry in diagonal):
        return None
    scale = constant / (1 + constant * sympy.Add(*(1 / entry for entry in diagonal)))
    return Matrix(n, n, lambda j, k: int(j == k) / diagonal[j] - scale / (diagonal[j] * diagonal[k]))


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
    scale, left = _cleared(_exact(matrix))
    other, known = _cleared(_exact(right))
    left, known = left.unify(known)
    numerators, denominator = left.inv_den()
    ratio = left.domain.to_sympy(denominator) * other / scale
    return _divided(numerators * known, ratio)


@lru_cache(maxsize=256)
def product(left: Matrix, right: Matrix) -> Matrix:
    """The product LR, each entry one reduced fraction."""
    scale, first = _cleared(_exact(left))
    other, second = _cleared(_exact(right))
    first, second = first.unify(second)
    return _divided(first * second, scale * other)


def leading_minors(matrix: Matrix) -> tuple[sympy.Expr, ...]:
    """Determinants of the leading k × k blocks, k = 1 … d (all > 0 iff positive definite).

    Examples
    --------
    >>> leading_minors(Matrix([[2, 1], [1, 2]]))
    (2, 3)
    """
    exact = _exact(matrix)
    blocks = (exact.extract(list(range(k)), list(range(k))) for k in range(1, matrix.rows + 1))
    return tuple(exact.domain.to_sympy(block.charpoly()[-1] * (-1) ** block.shape[0]) for block in blocks)


def _exact(matrix: Matrix) -> DomainMatrix:
    return DomainMatrix.from_Matrix(matrix, extension=True)


def _cleared(exact: DomainMatrix) -> tuple[sympy.Expr, DomainMatrix]:
    """A common denominator, and the matrix of polynomials (or numbers) above it."""
    if not exact.domain.is_FractionField:
        return sympy.S.One, exact
    denominator, cleared = exact.clear_denoms(convert=True)
    return denominator.domain.to_sympy(denominator.element), cleared


def _divided(numerators: DomainMatrix, denominator: sympy.Expr) -> Matrix:
    """Each entry over the denominator, common factors cancelled."""
    above, below = (_exact(Matrix([[part]])) for part in sympy.fraction(sympy.together(1 / denominator)))
    numerators, above, below = numerators.unify(above, below)
    scaled = numerators.scalarmul(above[0, 0].element)
    tops, bottoms = scaled.cancel_denom_elementwise(below[0, 0].element)
    pairs = zip(tops.to_Matrix(), bottoms.to_Matrix(), strict=True)
    return Matrix(*numerators.shape, [top / bottom if top != 0 else top for top, bottom in pairs])
