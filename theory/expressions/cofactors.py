"""Cofactors: the determinant and the whole adjugate of a matrix over a ring, without a division."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sympy
from flint import fmpq, fmpq_mpoly, fmpq_mpoly_ctx

from theory.expressions.exact_matrix import Matrix

Rows = Sequence[Sequence[Any]]


@dataclass(frozen=True, kw_only=True)
class Cofactors:
    """det M and adj M of a square matrix M: M · adj M = det M · I."""

    determinant: Any
    adjugate: tuple[tuple[Any, ...], ...]


def cofactors(rows: Rows) -> Cofactors:
    """Determinant and adjugate by the minors of the first and of the last rows.

    Entries may be elements of any commutative ring with ``+``, ``-``, ``*`` and integers: polynomials,
    fractions, balls.  Every minor of the first k rows, and of the last k, is made once from those of one
    row less; a cofactor joins minors above its row with minors below it [Laplace].

    Examples
    --------
    >>> cofactors([[1, 2], [3, 4]])
    Cofactors(determinant=-2, adjugate=((4, -2), (-3, 1)))
    """
    size = len(rows)
    whole = (1 << size) - 1
    above = _minors(rows, last=True)
    below = _minors(rows[::-1], last=False)
    table = [
        [_cofactor(i, j, above, below, whole) for i in range(size)]
        for j in range(size)  # transposed: adj M
    ]
    return Cofactors(determinant=above[whole], adjugate=tuple(tuple(row) for row in table))


def polynomial_rows(matrix: Matrix) -> tuple[tuple[str, ...], tuple[tuple[fmpq_mpoly, ...], ...]]:
    """(names of the generators, entries as polynomials in them) of a matrix of polynomial expressions.

    Raises
    ------
    sympy.polys.polyerrors.PolynomialError
        When an entry is no polynomial with rational coefficients.

    Examples
    --------
    >>> x = sympy.Symbol("x", real=True)
    >>> polynomial_rows(Matrix([[1 - x]]))
    (('x',), ((-x + 1,),))
    """
    symbols = sorted(matrix.free_symbols, key=str)
    names = tuple(str(symbol) for symbol in symbols)
    context = fmpq_mpoly_ctx.get(list(names) or ["x"], "degrevlex")
    return names, tuple(
        tuple(_polynomial(entry, symbols, context) for entry in row) for row in matrix.tolist()
    )


def _polynomial(entry: sympy.Expr, symbols: list[sympy.Basic], context: fmpq_mpoly_ctx) -> fmpq_mpoly:
    if not symbols:
        number = sympy.Rational(entry)
        return context.constant(fmpq(int(number.p), int(number.q)))
    terms = sympy.Poly(entry, *symbols, domain="QQ").terms()
    return context.from_dict({exponents: fmpq(int(c.p), int(c.q)) for exponents, c in terms})


def _minors(rows: Rows, *, last: bool) -> dict[int, Any]:
    """Minors of the first k rows for all sets of k columns (bit masks), k = 0 … n.

    With ``last=False`` each row goes on top of those before it, else below.
    """
    found: dict[int, Any] = {0: 1}
    layer = {0}
    for row in rows:
        layer = {mask | (1 << j) for mask in layer for j in range(len(row)) if not mask >> j & 1}
        for mask in layer:
            total: Any = 0
            for j in _columns(mask):
                rest = mask & ~(1 << j)
                passed = (rest >> j if last else rest & ((1 << j) - 1)).bit_count()
                term = row[j] * found[rest]
                total = total - term if passed % 2 else total + term
            found[mask] = total
    return found


def _cofactor(i: int, j: int, above: dict[int, Any], below: dict[int, Any], whole: int) -> Any:
    """(−1)^(i+j) times the minor without row i and column j."""
    columns = whole & ~(1 << j)
    total: Any = 0
    for upper in _subsets(columns, i):
        lower = columns & ~upper
        passed = sum((lower & ((1 << k) - 1)).bit_count() for k in _columns(upper))
        term = above[upper] * below[lower]
        total = total - term if (passed + i + j) % 2 else total + term
    return total


def _columns(mask: int) -> list[int]:
    return [k for k in range(mask.bit_length()) if mask >> k & 1]


def _subsets(mask: int, size: int) -> list[int]:
    """All subsets of `size` columns of a bit mask."""
    found = [0]
    for k in _columns(mask):
        found += [subset | (1 << k) for subset in found]
    return [subset for subset in found if subset.bit_count() == size]
