"""Integrand: a factor f and an exponent Q, both functions of u and of parameters, compiled."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import sympy
from flint import arb, arb_poly

from theory.arithmetic.ball import BallArithmetic
from theory.arithmetic.program import Program
from theory.quadrature.growth import UNKNOWN, VARIABLE, Growth, GrowthArithmetic, constant

Balls = tuple[arb, ...]


@dataclass(frozen=True, kw_only=True, eq=False)
class Integrand:
    """f(u; θ) and Q(u; θ) of a mean ∫ f e^Q / ∫ e^Q.

    Parameters
    ----------
    program : Program
        f and Q over u and θ.
    rest : Program
        What of Q is no polynomial in u, over u and θ.
    coefficients : Program
        Coefficients of the polynomial part of Q, constant term first, over θ.
    even : bool
        Whether f and Q are even in u, by their form.
    """

    program: Program
    rest: Program
    coefficients: Program
    even: bool

    def growths(self, values: Balls) -> tuple[Growth, Growth]:
        """Bounds of f, and of what of Q is no polynomial, on the whole line for every θ in the balls."""
        arithmetic = GrowthArithmetic()
        inputs = [VARIABLE, *(constant(v) for v in values)]
        factor, _ = _tolerant(self.program, arithmetic, inputs)
        (rest,) = _tolerant(self.rest, arithmetic, inputs)
        return factor, rest

    def polynomial(self, values: Balls) -> arb_poly:
        """The polynomial part of Q, with balls as coefficients."""
        return arb_poly(list(self.coefficients.bind(BallArithmetic(64))(values)))


def _tolerant(program: Program, arithmetic: GrowthArithmetic, inputs: list[Growth]) -> tuple[Any, ...]:
    """The outputs as growths, unknown where an operation has no rule."""
    try:
        return program.bind(arithmetic)(inputs)
    except (TypeError, ZeroDivisionError):
        return (UNKNOWN,) * len(program.outputs)


@lru_cache(maxsize=1024)
def integrand_of(function: sympy.Lambda) -> Integrand:
    """The compiled integrand of a ``Lambda`` from (u, θ_1 … θ_n) to (f, Q)."""
    variable, *parameters = function.variables
    factor, exponent = function.expr
    terms = sympy.Add.make_args(sympy.expand(exponent))
    smooth = sympy.Add(*(t for t in terms if t.is_polynomial(variable)))
    rest = sympy.Add(*(t for t in terms if not t.is_polynomial(variable)))
    coefficients = sympy.Poly(smooth, variable).all_coeffs()[::-1] if smooth.has(variable) else [smooth]
    mirrored = {variable: -variable}
    return Integrand(
        program=Program.compile([factor, exponent], function.variables),
        rest=Program.compile([rest], function.variables),
        coefficients=Program.compile(coefficients, parameters),
        even=all((e.xreplace(mirrored) - e) == 0 for e in (factor, exponent)),
    )
