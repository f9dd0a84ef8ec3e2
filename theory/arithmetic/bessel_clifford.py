"""Bessel–Clifford functions: what is entire in a Bessel function."""

from __future__ import annotations

import sympy

from theory.arithmetic.program import AbstractSpecialFunction, Operation


class bessel_clifford(AbstractSpecialFunction):  # noqa: N801 -- SymPy prints functions by their class name
    """C_n(x) = Σ x^k / (k! (n + k)!), written ``bessel_clifford(n, x)``; its derivative is C_{n+1}.

    I_n(κ) = (κ/2)^n C_n(κ²/4), without the 0/0 of I_n(κ)/κ^n at κ = 0.

    Examples
    --------
    >>> x = sympy.Symbol("x", real=True)
    >>> bessel_clifford(0, x).diff(x)
    bessel_clifford(1, x)
    """

    @property
    def operands(self) -> tuple[sympy.Expr, ...]:
        return (self.args[1],)

    def fdiff(self, argindex: int = 2) -> sympy.Expr:
        if argindex != 2:
            raise sympy.ArgumentIndexError(self, argindex)
        order, x = self.args
        return self.func(order + 1, x)

    def operation(self) -> Operation:
        order = int(self.args[0])
        return lambda arithmetic, x: arithmetic.bessel_clifford(order, x[0])
