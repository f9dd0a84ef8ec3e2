"""Exact input: what counts as a number, a vector, a matrix, a name, and how relations are decided."""

from __future__ import annotations

from datetime import date

import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

from theory.errors import InvalidInput
from theory.exact_input import DecimalLiteral, ExactInput
from theory.parameter import Parameter

LAM = Parameter(name="lam", value=sympy.Rational(2, 5))
ROOT = Parameter(name="root", value=sympy.sqrt(2))
READ = ExactInput((LAM, ROOT), "file")
X, X1, X2 = (sympy.Symbol(name, real=True) for name in ("x", "x1", "x2"))


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9, places=6))
def test_decimal_literals_are_exact(value):
    numerator, denominator = value.as_integer_ratio()
    assert READ.number(DecimalLiteral(str(value)), "a") == sympy.Rational(numerator, denominator)


@pytest.mark.parametrize(
    ("literal", "expected"),
    [
        ("0.2", (1, 5)),
        ("1e-3", (1, 1000)),
        ("-2.50", (-5, 2)),
        ("+1.5", (3, 2)),
        ("1_000.5", (2001, 2)),
        ("-0.0", (0, 1)),
    ],
)
def test_file_literals_are_exact(literal, expected):
    assert READ.number(DecimalLiteral(literal), "a") == sympy.Rational(*expected)


@given(st.integers())
def test_integers_are_exact(value):
    assert READ.number(value, "a") == value


@pytest.mark.parametrize(
    "value",
    [True, False, None, 0.5, [], {}, b"1", date(2026, 1, 1), DecimalLiteral("nan"), DecimalLiteral("-inf"),
     DecimalLiteral("Infinity")],
)  # fmt: skip
def test_what_is_no_number_is_refused(value):
    with pytest.raises(InvalidInput, match=r"^file: a\.b: expected an integer"):
        READ.number(value, "a.b")


def test_integer_of_too_many_bits_is_refused():
    assert READ.number(2**99_999, "a") == 2**99_999
    with pytest.raises(InvalidInput, match="at most 100000 bits, found an integer of 100002 bits"):
        READ.number(2**100_001, "a")


def test_vector_takes_a_bare_number_only_in_one_dimension():
    assert READ.vector("lam/2", "a", length=1) == (LAM.symbol / 2,)
    assert READ.vector([1, "1/2"], "a") == (1, sympy.Rational(1, 2))
    with pytest.raises(InvalidInput, match="a: expected a list of 2 numbers, found 1"):
        READ.vector(1, "a", length=2)
    with pytest.raises(InvalidInput, match=r"a\[1\]: .*the boolean true"):
        READ.vector([1, True], "a")


def test_matrix_has_its_shape():
    matrix = READ.matrix([[1, "lam"], [0, DecimalLiteral("0.5")]], "a")
    assert matrix == sympy.ImmutableDenseMatrix([[1, LAM.symbol], [0, sympy.Rational(1, 2)]])
    assert READ.matrix([[1, 2, 3]], "a", shape=(1, 3)).shape == (1, 3)
    for value in (3, [], [[]], [1, 2], [[1], [1, 2]], "lam"):
        with pytest.raises(InvalidInput, match="expected a list of rows"):
            READ.matrix(value, "a")
    with pytest.raises(InvalidInput, match="a: expected 2 rows of 1 numbers, found 1 rows"):
        READ.matrix([[1]], "a", shape=(2, 1))


def test_polynomial_is_expanded_over_the_parameters():
    polynomial = READ.polynomial("-(x - lam)**2/2", "a", (X,))
    assert polynomial == -(X**2) / 2 + LAM.symbol * X - LAM.symbol**2 / 2
    assert READ.polynomial("(x1 + x2)**2", "a", (X1, X2)) == X1**2 + 2 * X1 * X2 + X2**2
    assert READ.polynomial(3, "a", (X,)) == 3
    assert READ.polynomial("exp(lam)", "a", (X,)) == sympy.exp(LAM.symbol)


def test_polynomial_vanishes_where_its_terms_cancel():
    assert READ.polynomial("(x + 1)**2 - x**2 - 2*x - 1", "a", (X,)) == 0


@pytest.mark.parametrize("value", ["sqrt(x)", "x/(1 + x)", "x**lam", "cos(x)"])
def test_what_is_no_polynomial_is_refused(value):
    with pytest.raises(InvalidInput, match="a: expected a polynomial in x, found"):
        READ.polynomial(value, "a", (X,))


def test_names_are_distinct_words():
    assert READ.names(["warm", "_a1", "X"], "a") == ("warm", "_a1", "X")
    for bad in (
        ["x"],
        ["x12"],
        ["pi"],
        ["sqrt"],
        [""],
        ["1a"],
        ["é"],
        [1],
        ["a", "a"],
        ["covariance"],
        [],
        "a",
    ):
        with pytest.raises(InvalidInput, match=r"^file: a"):
            READ.names(bad, "a")


@pytest.mark.parametrize(
    ("text", "relation", "holds"),
    [
        ("lam", "> 0", True),
        ("lam - 2/5", ">= 0", True),
        ("lam - 2/5", "> 0", False),
        ("root - 1.41421356237309504880168872420969807856967187537694", "> 0", True),
        ("1.41421356237309504880168872420969807856967187537694 - root", ">= 0", False),
        ("root**2 - 2", ">= 0", True),
        ("-lam", ">= 0", False),
    ],
)
def test_relations_are_decided_exactly_at_the_values(text, relation, holds):
    expression = READ.number(text, "a")
    if holds:
        READ.require(expression, relation, "a", "what is expected")
        return
    with pytest.raises(InvalidInput, match="file: a: expected what is expected, found"):
        READ.require(expression, relation, "a", "what is expected")


def test_undecidable_relation_is_refused():
    hidden_zero = READ.number("sin(1)**2 + cos(1)**2 - 1", "a")
    with pytest.raises(InvalidInput, match="whose sign could not be decided"):
        READ.require(hidden_zero, ">= 0", "a", "a share")


def test_unknown_relation_is_a_mistake_of_the_caller():
    with pytest.raises(ValueError, match="Expected one of"):
        READ.require(LAM.symbol, "< 0", "a", "a share")


def test_identity_must_hold_for_all_values():
    READ.require_zero(READ.number("(1 - lam) + lam - 1", "a"), "a", "nothing")
    with pytest.raises(InvalidInput, match="a: expected nothing, found 0 at the parameters' values"):
        READ.require_zero(READ.number("lam - 2/5", "a"), "a", "nothing")
