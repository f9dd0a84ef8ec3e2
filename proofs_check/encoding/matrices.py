"""Division-free determinants and adjugates, and inverses as adjugate over determinant."""

from __future__ import annotations

from functools import cache

import sympy

from proofs_check.encoding.symbols import Matrix


def determinant(square: Matrix) -> sympy.Expr:
    """det M by subset dynamic programming, without a division.

    Examples
    --------
    >>> determinant(Matrix([[1, 2], [3, 4]]))
    -2
    """
    n = square.rows

    @cache
    def minor(columns: tuple[int, ...]) -> sympy.Expr:
        row = n - len(columns)
        if not columns:
            return sympy.Integer(1)
        terms = []
        for place, column in enumerate(columns):
            rest = columns[:place] + columns[place + 1 :]
            terms.append((-1) ** place * square[row, column] * minor(rest))
        return sympy.Add(*terms)

    return minor(tuple(range(n)))


def without(square: Matrix, row: int, column: int) -> Matrix:
    """M with one row and one column deleted (counted from 0)."""
    rows = [i for i in range(square.rows) if i != row]
    columns = [j for j in range(square.cols) if j != column]
    return Matrix(len(rows), len(columns), [square[i, j] for i in rows for j in columns])


def adjugate(square: Matrix) -> Matrix:
    """adj M, so that M · adj M = det M · I."""
    n = square.rows
    return Matrix(n, n, lambda i, j: (-1) ** (i + j) * determinant(without(square, j, i)))


def inverse(square: Matrix) -> Matrix:
    """M⁻¹ = adj M / det M; its divisor det M must be nonzero by a hypothesis."""
    divisor = determinant(square)
    return Matrix(square.rows, square.rows, [entry / divisor for entry in adjugate(square)])


def identity_minus(square: Matrix) -> Matrix:
    """I − M."""
    return Matrix(sympy.eye(square.rows) - square)
