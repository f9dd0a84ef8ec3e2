"""Crossings are enclosed by proved signs, or not at all."""

from __future__ import annotations

import mpmath
import pytest
import sympy

from theory.budget import Budget
from theory.gaussian_mechanism.constants import CURATION
from theory.gaussian_mechanism.crossing import enclose_crossing
from theory.gaussian_mechanism.curves import COUPLING, CURATION_SHARE, mechanism

X = sympy.Symbol("x", real=True)
WHOLE = (sympy.Rational(1, 20), sympy.Integer(1))


def at_paper_share(expression):
    return expression.xreplace({CURATION_SHARE: CURATION})


@pytest.mark.parametrize(
    ("name", "digits_of_the_paper"), [("q_zero", "0.86215275208239"), ("p_even", "0.62884484")]
)
def test_crossings_of_the_mechanism(name, digits_of_the_paper):
    curves = mechanism()
    curve = curves.q_influence if name == "q_zero" else curves.p_influence - curves.p_direct
    found = enclose_crossing(at_paper_share(curve), COUPLING, WHOLE, Budget(digits=30))
    assert found.width <= sympy.Rational(1, 10**20)
    assert found.monotone
    printed = sympy.Rational(digits_of_the_paper)
    last_place = sympy.Rational(1, 10 ** len(digits_of_the_paper.partition(".")[2]))
    assert printed <= found.lower < found.upper <= printed + last_place
    with mpmath.workdps(50):
        root = mpmath.findroot(
            sympy.lambdify(COUPLING, at_paper_share(curve), "mpmath"), mpmath.mpf(digits_of_the_paper)
        )
        assert mpmath.mpf(found.lower.p) / found.lower.q < root < mpmath.mpf(found.upper.p) / found.upper.q


@pytest.mark.parametrize("digits", [10, 30, 60])
def test_width_follows_the_digits(digits):
    found = enclose_crossing(X**3 - 2, X, (sympy.Integer(1), sympy.Integer(2)), Budget(digits=digits))
    assert bool(found.lower**3 < 2 < found.upper**3)
    assert found.width <= 2 * sympy.Rational(1, 10**digits)


def test_falling_curves_cross_too():
    found = enclose_crossing(sympy.cos(X), X, (sympy.Integer(1), sympy.Integer(2)), Budget(digits=20))
    assert bool(found.lower < sympy.pi / 2)
    assert bool(sympy.pi / 2 < found.upper)
    assert found.monotone


def test_no_sign_change_is_no_crossing():
    assert enclose_crossing(X**2 + 1, X, (sympy.Integer(-1), sympy.Integer(1)), Budget()) is None
    assert enclose_crossing(X**2, X, (sympy.Integer(-1), sympy.Integer(1)), Budget()) is None


def test_a_zero_at_an_end_is_not_decided():
    assert enclose_crossing(X, X, (sympy.Integer(0), sympy.Integer(1)), Budget()) is None


def test_a_flat_crossing_is_not_called_monotone():
    found = enclose_crossing(X**3, X, (sympy.Integer(-1), sympy.Rational(3, 2)), Budget(digits=20))
    assert found.lower < 0 < found.upper
    assert not found.monotone


def test_a_rational_zero_met_by_bisection_ends_it_honestly():
    found = enclose_crossing(X, X, (sympy.Integer(-1), sympy.Integer(1)), Budget(digits=20))
    assert found.lower < 0 < found.upper
