"""One-pass derivatives against SymPy's own, symbol by symbol."""

from __future__ import annotations

import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

from theory.curation.pool import pool
from theory.expressions.differentiation import jacobian, partial_derivatives

X, Y, Z = sympy.symbols("x y z", real=True)


def leaves():
    numbers = st.fractions(-3, 3, max_denominator=4).map(lambda f: sympy.Rational(f.numerator, f.denominator))
    return st.one_of(st.sampled_from([X, Y, Z]), numbers)


def branches(inner):
    return st.one_of(
        st.tuples(inner, inner).map(lambda p: p[0] + p[1]),
        st.tuples(inner, inner).map(lambda p: p[0] * p[1]),
        st.tuples(inner, st.integers(2, 4)).map(lambda p: p[0] ** p[1]),
        inner.map(lambda e: sympy.exp(e / 5)),
        inner.map(lambda e: 1 / (1 + e**2)),
        inner.map(lambda e: sympy.sqrt(2 + e**2)),
        inner.map(sympy.sin),
        inner.map(lambda e: sympy.log(2 + sympy.cos(e))),
    )


@settings(max_examples=60)
@given(expression=st.recursive(leaves(), branches, max_leaves=6))
def test_partial_derivatives_equal_those_of_sympy(expression):
    found = partial_derivatives(expression, (X, Y, Z))
    point = {X: sympy.Rational(1, 3), Y: sympy.Rational(-2, 5), Z: sympy.Rational(7, 4)}
    for symbol in (X, Y, Z):
        difference = found.get(symbol, sympy.S.Zero) - expression.diff(symbol)
        assert abs(sympy.N(difference.xreplace(point), 30)) < sympy.Float(10) ** -20


def test_exponent_that_varies():
    assert sympy.simplify(partial_derivatives(2**X, [X])[X] - 2**X * sympy.log(2)) == 0
    assert sympy.simplify(partial_derivatives(Y**X, [X])[X] - Y**X * sympy.log(Y)) == 0


def test_only_symbols_that_occur_are_listed():
    assert set(partial_derivatives(X * sympy.exp(Y) + 3, (X, Z))) == {X}
    assert partial_derivatives(sympy.Integer(3), (X,)) == {}


def test_jacobian_has_one_row_an_expression():
    assert jacobian([X * Y, Z], (X, Y, Z)) == sympy.ImmutableDenseMatrix([[Y, X, 0], [0, 0, 1]])


def test_special_functions_bring_their_own_rule():
    node = pool(3, 1, X, Y, 1 - Y, 2, Z)
    for symbol in (X, Y, Z):
        assert partial_derivatives(node, (X, Y, Z))[symbol] == node.diff(symbol)


def test_what_has_no_rule_is_refused():
    with pytest.raises(TypeError, match="Expected a sum, product, power or function"):
        partial_derivatives(sympy.Tuple(X, Y), (X,))
