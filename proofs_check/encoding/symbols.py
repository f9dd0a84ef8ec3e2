"""Named real symbols, symbol matrices, and the variables and points of a statement."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeAlias

import sympy

from proofs_check.claim import Point
from proofs_check.statements.statement import Variable

Matrix: TypeAlias = sympy.ImmutableDenseMatrix
Rows: TypeAlias = Mapping[Matrix, Iterable[Iterable[int | str]]]
Range: TypeAlias = tuple[sympy.Rational, sympy.Rational]

UNIT: Range = (sympy.Rational(0), sympy.Rational(1))
"""Range worth sampling for a share."""


def real(name: str) -> sympy.Symbol:
    """A symbol that is real and nothing else."""
    return sympy.Symbol(name, real=True)


def reals(names: str) -> tuple[sympy.Symbol, ...]:
    """One real symbol a space-separated name.

    Examples
    --------
    >>> reals("a b")
    (a, b)
    """
    return tuple(real(name) for name in names.split())


def matrix(name: str, rows: int, columns: int) -> Matrix:
    """Generic matrix with entries ``name11 … name{rows}{columns}``.

    Examples
    --------
    >>> matrix("J", 2, 2)
    Matrix([
    [J11, J12],
    [J21, J22]])
    """
    return Matrix(rows, columns, lambda i, j: real(f"{name}{i + 1}{j + 1}"))


def column(name: str, rows: int) -> Matrix:
    """Generic column with entries ``name1 … name{rows}``."""
    return Matrix(rows, 1, lambda i, _: real(f"{name}{i + 1}"))


def variables(*items: sympy.Symbol | Matrix, typical: Range | None = None) -> tuple[Variable, ...]:
    """The variables of a statement, from symbols and symbol matrices in reading order."""
    symbols: list[sympy.Symbol] = []
    for item in items:
        symbols.extend([item] if isinstance(item, sympy.Symbol) else list(item))
    if typical is None:
        return tuple(Variable(symbol=s) for s in symbols)
    return tuple(Variable(symbol=s, typical=typical) for s in symbols)


def point(values: Mapping[sympy.Symbol, sympy.Expr | int | str]) -> Point:
    """An exact point, one rational a symbol (strings such as ``"1/3"`` are fractions).

    Examples
    --------
    >>> point({real("a"): "1/3"})
    (('a', 1/3),)
    """
    return tuple((symbol.name, sympy.Rational(value)) for symbol, value in values.items())


def entries(values: Rows) -> dict[sympy.Symbol, sympy.Expr]:
    """Values of symbol matrices, given row by row, as a mapping from symbols."""
    return {
        generic[i, j]: sympy.Rational(value)
        for generic, rows in values.items()
        for i, row in enumerate(rows)
        for j, value in enumerate(row)
    }
