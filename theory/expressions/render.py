"""Renderer: SymPy expressions back in the file's own language."""

from __future__ import annotations

from typing import Any

import sympy
from flint import fmpz
from sympy.printing.str import StrPrinter


class _Renderer(StrPrinter):
    """SymPy's string form with exact integers of any length and no name outside the language."""

    def _print_Integer(self, expr: Any) -> str:
        return str(fmpz(int(expr.p)))

    def _print_Rational(self, expr: Any) -> str:
        return f"{fmpz(int(expr.p))}/{fmpz(int(expr.q))}"

    _print_Half = _print_Rational
    _print_NegativeOne = _print_Integer
    _print_One = _print_Integer
    _print_Zero = _print_Integer

    def _print_Exp1(self, expr: Any) -> str:
        return "exp(1)"

    def _print_Abs(self, expr: Any) -> str:
        return f"abs({self._print(expr.args[0])})"


def render(expression: sympy.Expr) -> str:
    """The expression in the language that `parse` reads.

    Rationals print as ``3/4``, powers with ``**``, roots as ``sqrt``; symbols print as they
    are named (``p.mean``, ``m.covariance[0,1]``) and special functions as ``name(args)``.

    Examples
    --------
    >>> lam = sympy.Symbol("lam", real=True)
    >>> mean = sympy.Symbol("p.mean", real=True)
    >>> render(sympy.Rational(3, 4) * mean + sympy.exp(1) * lam**2)
    'exp(1)*lam**2 + 3*p.mean/4'
    """
    return str(_Renderer({"order": None}).doprint(expression))
