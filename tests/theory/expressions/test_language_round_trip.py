"""The expression language: what is written is what is meant, and what is printed reads back."""

from __future__ import annotations

import ast
import operator
from fractions import Fraction

import pytest
import sympy
from hypothesis import assume, example, given
from hypothesis import strategies as st

from theory.errors import InvalidInput
from theory.expressions import parse, render

A, B = (sympy.Symbol(name, real=True) for name in "ab")
NAMES = {"a": A, "b": B}
VALUES = {A: sympy.Rational(3, 7), B: sympy.Rational(5, 2)}
NUMBERS = st.one_of(
    st.integers(0, 99).map(str),
    st.decimals(0, 9, places=2, allow_nan=False, allow_infinity=False).map(str),
    st.sampled_from(["1e-3", "2.5E+2", ".5", "7.", "0.1e1"]),
)
OPERATIONS = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
}


def signed(inner):
    return st.tuples(st.sampled_from(["-", "+", "--"]), inner).map("".join)


def operation(inner):
    spaced = st.sampled_from(["+", "-", "*", "/", " + ", " - ", " * ", " / "])
    return st.tuples(inner, spaced, inner).map("".join)


def power(inner):
    return st.tuples(inner, st.sampled_from(["**2", " ** 3", "**-1", "**(-2)", "**1"])).map("".join)


def enclosed(inner):
    return inner.map("({})".format)


def applied(inner):
    positive = inner.map("exp({})".format)
    return st.one_of(
        positive,
        positive.map("log({})".format),
        positive.map("sqrt(1 + {})".format),
        inner.map("sin({})".format),
        inner.map("cos({} * pi)".format),
    )


RATIONAL_TEXTS = st.recursive(
    st.one_of(NUMBERS, st.sampled_from(["a", "b"])),
    lambda inner: st.one_of(signed(inner), operation(inner), power(inner), enclosed(inner)),
    max_leaves=12,
)
TEXTS = st.recursive(
    st.one_of(NUMBERS, st.sampled_from(["a", "b", "pi", "sqrt(2)"])),
    lambda inner: st.one_of(signed(inner), operation(inner), power(inner), enclosed(inner), applied(inner)),
    max_leaves=10,
)


def rational_value(text):
    """Value by Python's own parser and `fractions`; None where it is undefined or too large."""

    def value(node):
        if isinstance(node, ast.Constant):
            return Fraction(ast.get_source_segment(text, node))
        if isinstance(node, ast.Name):
            number = VALUES[NAMES[node.id]]
            return Fraction(int(number.p), int(number.q))
        if isinstance(node, ast.UnaryOp):
            return -value(node.operand) if isinstance(node.op, ast.USub) else value(node.operand)
        left, right = value(node.left), value(node.right)
        if isinstance(node.op, ast.Pow) and (right.denominator != 1 or abs(right) > 40):
            raise OverflowError
        return OPERATIONS[type(node.op)](left, right)

    try:
        return value(ast.parse(text.strip(), mode="eval").body)
    except (ZeroDivisionError, OverflowError):
        return None


@given(RATIONAL_TEXTS)
@example("-2**2")
@example("2**-3**2")
@example("8/2*3")
@example("1 - -1")
def test_parser_agrees_with_fractions(text):
    expected = rational_value(text)
    assume(expected is not None)
    value = parse(text, NAMES, values=VALUES).xreplace(VALUES)
    assert (int(value.p), int(value.q)) == (expected.numerator, expected.denominator)


@given(TEXTS)
@example("2*(a + b)/3")
@example("exp(1)**2 * a")
@example("-(a - b)**3/2")
@example("sqrt(8)*a**(1/3)")
def test_rendering_reads_back(text):
    try:
        expression = parse(text, NAMES, values=VALUES)
        rendered = render(expression)
        back = parse(rendered, NAMES, values=VALUES)
    except InvalidInput:
        assume(False)
    assert back == expression


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1/3", sympy.Rational(1, 3)),
        ("0.2", sympy.Rational(1, 5)),
        ("1e-3", sympy.Rational(1, 1000)),
        ("1e1000", sympy.Integer(10) ** 1000),
        ("\t2 *\n 3 ", sympy.Integer(6)),
        ("a**2 - 2*a*b", A**2 - 2 * A * B),
        ("exp(a)*log(2)", sympy.exp(A) * sympy.log(2)),
        ("sin(pi/6)", sympy.Rational(1, 2)),
        ("2**(1/2)", sympy.sqrt(2)),
        ("a**b", A**B),
        ("log(exp(a))", A),
        ("0**0", sympy.Integer(1)),
        ("+-+-5", sympy.Integer(5)),
    ],
)
def test_language_means_its_mathematics(text, expected):
    assert parse(text, NAMES, values=VALUES) == expected


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        (sympy.Rational(3, 4), "3/4"),
        (-A / 2, "-a/2"),
        (sympy.sqrt(A) + sympy.E, "sqrt(a) + exp(1)"),
        (sympy.Symbol("p.mean", real=True) ** 2, "p.mean**2"),
        (3 * sympy.Symbol("m.covariance[0,1]", real=True), "3*m.covariance[0,1]"),
        (sympy.Function("pool")(sympy.Symbol("p.warm"), 4), "pool(p.warm, 4)"),
        (A ** sympy.Rational(-3, 2), "a**(-3/2)"),
    ],
)
def test_rendering_uses_the_files_own_words(expression, text):
    assert render(expression) == text


@given(st.integers(15_000, 90_000))
def test_integers_of_any_length_render(bits):
    rendered = render(sympy.Rational(2**bits + 1, 3) * A)
    assert rendered.startswith(("(", "a", "2", "1", "3", "4", "5", "6", "7", "8", "9"))
    assert len(rendered) > bits * 0.3
