"""Polygamma functions at rational numbers, which SymPy rewrites in other constants."""

from __future__ import annotations

import mpmath
import pytest
import sympy
from flint import arb, ctx

from theory.arithmetic.ball import BallArithmetic
from theory.arithmetic.program import evaluate


@pytest.mark.parametrize("order", [0, 1, 2, 3, 4])
@pytest.mark.parametrize("at", ["1", "2", "1/2", "1/4", "3/4", "1/3", "5/2", "7/5"])
def test_polygamma_at_a_rational_number_is_enclosed(order, at):
    place = sympy.Rational(at)
    (found,) = evaluate([sympy.polygamma(order, place)], {}, BallArithmetic(160))
    with mpmath.workdps(60), ctx.workprec(220):
        exact = arb(mpmath.nstr(mpmath.psi(order, mpmath.mpf(place.p) / place.q), 55))
        assert abs(found - exact) < arb("1e-40")
        assert found.rad() < arb("1e-40")
