"""Entries of an inverse matrix as functions of the matrix's entries, where a formula would be too long."""

from __future__ import annotations

from typing import Any

import sympy
from mpmath.libmp import prec_to_dps

from theory.arithmetic.high_precision import HighPrecisionArithmetic
from theory.arithmetic.program import AbstractSpecialFunction, Operation, Program

GUARD_DIGITS = 15


class inverse_entry(AbstractSpecialFunction):  # noqa: N801 -- SymPy prints functions by their class name
    """(M⁻¹)_{jk}, written ``inverse_entry(j, k, n, M_11, M_12 … M_nn)``, row by row.

    ∂(M⁻¹)_{jk}/∂M_{ab} = −(M⁻¹)_{ja} (M⁻¹)_{bk}.

    Examples
    --------
    >>> a, b, c = sympy.symbols("a b c", real=True)
    >>> inverse_entry(0, 1, 2, a, b, b, c).diff(a)
    -inverse_entry(0, 0, 2, a, b, b, c)*inverse_entry(0, 1, 2, a, b, b, c)
    """

    @property
    def operands(self) -> tuple[sympy.Expr, ...]:
        return (_Inverse(*self.args[2:]),)

    def fdiff(self, argindex: int = 4) -> sympy.Expr:
        if argindex < 4:
            raise sympy.ArgumentIndexError(self, argindex)
        j, k, n, *entries = self.args
        row, column = divmod(argindex - 4, int(n))
        return -self.func(j, row, n, *entries) * self.func(column, k, n, *entries)

    def operation(self) -> Operation:
        j, k, n = (int(a) for a in self.args[:3])
        return lambda _, inverses: inverses[0][j * n + k]

    def _eval_derivative(self, symbol: sympy.Symbol) -> sympy.Expr:
        slopes = ((at, entry.diff(symbol)) for at, entry in enumerate(self.args[3:], start=4))
        return sympy.Add(*(self.fdiff(at) * slope for at, slope in slopes if slope != 0))

    def _eval_evalf(self, prec: int) -> sympy.Expr | None:
        if self.free_symbols:
            return None
        arithmetic = HighPrecisionArithmetic(prec_to_dps(prec) + GUARD_DIGITS)
        value: Any = Program.compile((self,), ()).evaluate(arithmetic, ())[0]
        return sympy.Float(value, precision=prec)


class _Inverse(AbstractSpecialFunction):
    """All entries at once, so that they are solved for only once."""

    @property
    def operands(self) -> tuple[sympy.Expr, ...]:
        return tuple(self.args[1:])

    def operation(self) -> Operation:
        size = int(self.args[0])
        return lambda arithmetic, entries: arithmetic.inverse(size, entries)


def inverse_entries(matrix: sympy.ImmutableDenseMatrix) -> sympy.ImmutableDenseMatrix:
    """M⁻¹, each entry one function of all entries of M.

    Examples
    --------
    >>> inverse_entries(sympy.ImmutableDenseMatrix([[2, 1], [1, 2]]))[0, 0].evalf(3)
    0.667
    """
    n = matrix.rows
    entries = tuple(matrix)
    return sympy.ImmutableDenseMatrix(
        n, n, lambda j, k: inverse_entry(sympy.Integer(j), sympy.Integer(k), sympy.Integer(n), *entries)
    )
