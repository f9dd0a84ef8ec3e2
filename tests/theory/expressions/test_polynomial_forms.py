"""Polynomial normal form: identities are found, others are not, and nothing grows without bound."""

from __future__ import annotations

import itertools

import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

from theory.expressions import parse
from theory.expressions.polynomials import (
    NotPolynomial,
    TooManyTerms,
    as_polynomial,
    coefficients,
    is_identically_zero,
)

A, B, C, X, Y = sympy.symbols("a b c x y", real=True)
NAMES = {s.name: s for s in (A, B, C, X, Y)}
IDENTITIES = [
    "(a + 1)**1000 - (1 + a)**1000",
    "(a + b)**60*(a - b)**60 - (a**2 - b**2)**60",
    "1/(1 + a) + a/(1 + a) - 1",
    "a/(a + b) + b/(b + a) - 1",
    "sin(a)**2 + cos(a)**2 - 1",
    "cos(a)**4 - sin(a)**4 - cos(a)**2 + sin(a)**2",
    "exp(a)*exp(-a) - 1",
    "exp(a)/(exp(a) + exp(b)) + 1/(1 + exp(a - b)) - 1",
    "(sqrt(2) - 1)*(sqrt(2) + 1) - 1",
    "2/5 - a + a + 1/5 + 2/5 - 1",
]
NOT_IDENTITIES = ["a", "a**2 - a", "exp(a) - 1 - a", "sin(a)**2 - cos(a)**2", "1/(1 + a) - 1 + a", "a - b"]


@pytest.mark.parametrize("text", IDENTITIES)
def test_identity_is_found(text):
    assert is_identically_zero(parse(text, NAMES))


@pytest.mark.parametrize("text", NOT_IDENTITIES)
def test_equation_that_fails_somewhere_is_no_identity(text):
    assert not is_identically_zero(parse(text, NAMES))


@pytest.mark.parametrize("text", ["(a + b + c + 1)**1000 - 1", "((a + b)**30 + (b + c)**30)**20 - a"])
def test_large_expansion_is_refused(text):
    with pytest.raises(TooManyTerms):
        is_identically_zero(parse(text, NAMES))


@given(
    st.dictionaries(
        st.tuples(st.integers(0, 4), st.integers(0, 4)), st.fractions(max_denominator=9), max_size=6
    )
)
def test_coefficients_rebuild_the_polynomial(terms):
    parts = {key: sympy.Rational(c.numerator, c.denominator) for key, c in terms.items()}
    polynomial = as_polynomial(parts, (X, Y))
    found = coefficients(polynomial, (X, Y))
    assert found == {key: c for key, c in parts.items() if c != 0}


@pytest.mark.parametrize(("n", "m"), [(0, 2), (2, 0), (2, 2), (3, 1), (1, 3)])
def test_coefficients_agree_with_derivatives_at_zero(n, m):
    polynomial = (X - A) ** n * (B * X * Y + sympy.exp(A)) ** m
    found = coefficients(polynomial, (X, Y))
    for i, j in itertools.product(range(n + m + 1), range(m + 1)):
        derivative = polynomial.diff(X, i, Y, j) / (sympy.factorial(i) * sympy.factorial(j))
        expected = derivative.xreplace({X: sympy.S.Zero, Y: sympy.S.Zero})
        assert sympy.expand(expected - found.get((i, j), 0)) == 0


@pytest.mark.parametrize("text", ["1/x", "x**a", "sin(x)", "exp(x)", "sqrt(1 + x)", "x/(x + 1)", "2**x"])
def test_what_is_no_polynomial_is_refused(text):
    with pytest.raises(NotPolynomial):
        coefficients(parse(text, NAMES), (X,))


def test_coefficients_may_divide_by_parameters():
    found = coefficients(parse("x/(1 + a) + x", NAMES), (X,))
    assert sympy.simplify(found[(1,)] - (2 + A) / (1 + A)) == 0
