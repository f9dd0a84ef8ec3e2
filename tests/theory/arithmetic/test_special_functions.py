"""log Γ, polygamma and Bessel–Clifford functions in every arithmetic, against mpmath's own."""

from __future__ import annotations

import mpmath
import numpy as np
import pytest
import sympy
from flint import arb, fmpq

from theory.arithmetic.arrays import ArrayArithmetic
from theory.arithmetic.ball import BallArithmetic
from theory.arithmetic.bessel_clifford import bessel_clifford
from theory.arithmetic.high_precision import HighPrecisionArithmetic
from theory.arithmetic.program import Program
from theory.arithmetic.rational import RationalArithmetic
from theory.errors import OutsideArithmetic
from theory.expressions.differentiation import partial_derivatives

X = sympy.Symbol("x", real=True)
FUNCTIONS = {
    "log gamma": (sympy.loggamma(X), mpmath.loggamma),
    "digamma": (sympy.polygamma(0, X), mpmath.digamma),
    "trigamma": (sympy.polygamma(1, X), lambda x: mpmath.psi(1, x)),
    "order 3": (sympy.polygamma(3, X), lambda x: mpmath.psi(3, x)),
    "I_0": (bessel_clifford(0, X**2 / 4), lambda x: mpmath.besseli(0, x)),
    "I_2": (X**2 / 4 * bessel_clifford(2, X**2 / 4), lambda x: mpmath.besseli(2, x)),
}
each = pytest.mark.parametrize(("expression", "independent"), FUNCTIONS.values(), ids=FUNCTIONS)
POINTS = (fmpq(1, 3), fmpq(1), fmpq(7, 2), fmpq(40))


@each
@pytest.mark.parametrize("x", POINTS, ids=str)
def test_balls_contain_the_value_and_are_narrow(expression, independent, x):
    arithmetic = BallArithmetic(200)
    with arithmetic.precision():
        (ball,) = Program.compile((expression,), (X,)).bind(arithmetic)([arb(x)])
        with mpmath.workdps(70):
            value = independent(mpmath.mpf(int(x.p)) / int(x.q))
            exact = arb(mpmath.nstr(value, 65))
        assert abs(ball - exact) < arb(10) ** -50 * (1 + abs(exact))
        assert ball.rad() < arb(10) ** -45 * (1 + abs(exact))


@each
def test_high_precision_and_arrays_agree(expression, independent):
    program = Program.compile((expression,), (X,))
    grid = np.array([0.3, 1.0, 2.5, 11.0])
    precise, rough = HighPrecisionArithmetic(40), program.evaluate(ArrayArithmetic(), [grid])[0]
    for x, value in zip(grid, rough, strict=True):
        exact = independent(mpmath.mpf(float(x)))
        assert abs(value - float(exact)) <= 1e-11 * (1 + abs(float(exact)))
        (fine,) = program.evaluate(precise, [precise.context.mpf(float(x))])
        with mpmath.workdps(40):
            assert abs(fine - independent(mpmath.mpf(float(x)))) < mpmath.mpf(10) ** -30 * (1 + abs(fine))


@each
def test_derivatives_are_derivatives(expression, independent):
    slope = partial_derivatives(expression, (X,))[X]
    with mpmath.workdps(40):
        arithmetic = HighPrecisionArithmetic(60)
        (found,) = Program.compile((slope,), (X,)).evaluate(arithmetic, [arithmetic.context.mpf(5) / 2])
        expected = mpmath.diff(independent, mpmath.mpf(5) / 2)
        assert abs(found - expected) < mpmath.mpf(10) ** -15


def test_rational_values_only_where_they_are_rational():
    rational = RationalArithmetic()
    assert rational.log_gamma(fmpq(2)) == 0
    assert rational.bessel_clifford(3, fmpq(0)) == fmpq(1, 6)
    for call in (
        lambda: rational.log_gamma(fmpq(3)),
        lambda: rational.polygamma(0, fmpq(1)),
        lambda: rational.bessel_clifford(0, fmpq(1)),
    ):
        with pytest.raises(OutsideArithmetic):
            call()


def test_a_ball_around_a_pole_carries_no_information():
    arithmetic = BallArithmetic(100)
    with arithmetic.precision():
        assert not arithmetic.polygamma(0, arb(0, 0.1)).is_finite()
        assert not arithmetic.log_gamma(arb(0, 0.1)).is_finite()
