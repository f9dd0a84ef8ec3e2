"""Zero of a curve, enclosed: the curve has proved opposite signs at two rational points."""

from __future__ import annotations

from dataclasses import dataclass

import sympy
from flint import arb, fmpq

from theory.arithmetic.ball import BallArithmetic
from theory.arithmetic.program import Program
from theory.budget import Budget
from theory.expressions.differentiation import partial_derivatives


@dataclass(frozen=True, kw_only=True)
class Crossing:
    """A zero of a continuous curve in the open interval (lower, upper), proved by its signs.

    Parameters
    ----------
    lower, upper : Rational
    monotone : bool
        Whether the derivative is proved to keep one sign on the interval, so that the zero
        is the only one in it.  It says nothing about zeros elsewhere.
    """

    lower: sympy.Rational
    upper: sympy.Rational
    monotone: bool

    @property
    def width(self) -> sympy.Rational:
        """Length of the interval."""
        return self.upper - self.lower


def enclose_crossing(
    curve: sympy.Expr,
    variable: sympy.Symbol,
    bracket: tuple[sympy.Rational, sympy.Rational],
    budget: Budget,
) -> Crossing | None:
    """Enclosure of a zero of `curve` in `bracket`, about 10^−D wide at D digits.

    Parameters
    ----------
    curve : Expr
        Continuous on the bracket, with no free symbol but `variable`.
    variable : Symbol
    bracket : (lower, upper)
        Where the curve changes sign.
    budget : Budget

    Returns
    -------
    Crossing or None
        None when balls do not show opposite signs (no zero, or too near to one to tell).

    Examples
    --------
    >>> x = sympy.Symbol("x", real=True)
    >>> root = enclose_crossing(x**2 - 2, x, (sympy.Integer(1), sympy.Integer(2)), Budget(digits=12))
    >>> bool(root.lower**2 < 2 < root.upper**2), root.width < 10**-10, root.monotone
    (True, True, True)
    """
    arithmetic = BallArithmetic(bits=4 * budget.digits + 64)
    slope = partial_derivatives(curve, [variable]).get(variable, sympy.S.Zero)
    program = Program.compile([curve, slope], [variable])
    with arithmetic.precision():
        run = program.bind(arithmetic)
        low, high = (fmpq(int(end.p), int(end.q)) for end in bracket)
        rising = _sign(run([arb(high)])[0])
        if rising == 0 or _sign(run([arb(low)])[0]) != -rising:
            return None
        while high - low > fmpq(1, 10**budget.digits):
            middle = _dyadic((low + high) / 2, budget.digits)
            sign = _sign(run([arb(middle)])[0])
            if sign == 0:
                break
            low, high = (low, middle) if sign == rising else (middle, high)
        steepness = run([arb(low).union(arb(high))])[1]
    return Crossing(lower=_rational(low), upper=_rational(high), monotone=_sign(steepness) == rising)


def _sign(value: arb) -> int:
    """The proved sign of a ball, 0 when it does not decide."""
    if value > 0:
        return 1
    return -1 if value < 0 else 0


def _dyadic(value: fmpq, digits: int) -> fmpq:
    """`value` on a grid far finer than 10^−digits, so that numerators stay short."""
    grid = 2 ** (4 * digits + 8)
    return fmpq(int((value * grid).floor()), grid)


def _rational(value: fmpq) -> sympy.Rational:
    return sympy.Rational(int(value.p), int(value.q))
