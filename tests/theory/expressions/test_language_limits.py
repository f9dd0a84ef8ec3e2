"""The expression language refuses what is hostile or undefined, before doing the work."""

from __future__ import annotations

import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

from theory.errors import InvalidInput
from theory.expressions import parse

A, B = (sympy.Symbol(name, real=True) for name in "ab")
NAMES = {"a": A, "b": B}
VALUES = {A: sympy.Integer(1000), B: sympy.Rational(-2, 5)}


def read(text):
    return parse(text, NAMES, "place", values=VALUES, source="file")


HOSTILE = {
    "import": ("__import__('os')", r"found \"'\" at column 12"),
    "attribute": ("a.__class__", r"found '\.' at column 2"),
    "call": ("open(1)", r"found 'open' at column 1; known: a, b, exp, log"),
    "lambda": ("lambda: 1", r"found ':' at column 7"),
    "string": ('"a"', r"found '\"' at column 1"),
    "index": ("a[0]", r"found '\['"),
    "statement": ("a; b", "found ';'"),
    "comparison": ("a == b", "found '='"),
    "caret": ("a^2", r"found '\^' at column 2 of 'a\^2'; write \*\* for powers"),
    "underscored number": ("1_000", "expected an operator or the end of the expression, found '_000'"),
    "hexadecimal": ("0x10", "found 'x10' at column 2"),
    "imaginary": ("2j", "found 'j' at column 2"),
    "nan": ("nan", "expected a declared parameter or a function of the language, found 'nan'"),
    "inf": ("inf", "found 'inf'"),
    "True": ("True", "found 'True'"),
    "zoo": ("zoo", "found 'zoo'"),
    "arabic digit": ("\u0661", r"found the character U\+0661 at column 1"),
    "full-width digit": ("\uff11", r"U\+FF11"),
    "no-break space": ("a\u00a0", r"U\+00A0"),
    "greek": ("\u03b2", r"U\+03B2"),
    "zero-width": ("a\u200b", r"U\+200B"),
    "NUL": ("a\x00", r"found '\\x00'"),
    "empty": ("", "found the end of the expression"),
    "blank": ("  \t", "found the end of the expression"),
    "unclosed": ("(1", "expected an operator or a closing parenthesis, found the end"),
    "unopened": ("1)", r"found '\)' at column 2"),
    "two numbers": ("1 2", "found '2' at column 3"),
    "two dots": ("1..2", r"found '\.2' at column 3"),
    "lone dot": (".", r"found '\.'"),
    "juxtaposition": ("2a", "found 'a' at column 2"),
    "comma": ("exp(1, 2)", "found ','"),
    "bare function": ("exp", "expected an opening parenthesis after exp"),
    "no argument": ("sqrt()", r"expected a number, a name or an opening parenthesis, found '\)'"),
    "misspelt": ("sqr(2)", "did you mean 'sqrt'"),
    "tower": ("10**10**10", "expected an exponent of size at most 1000, found 10000000000"),
    "tower of nines": ("9**9**9**9", "expected an exponent of size at most 1000"),
    "exponent": ("2**1001", "expected an exponent of size at most 1000, found 1001"),
    "negative exponent": ("2**-1001", "expected an exponent of size at most 1000, found -1001"),
    "exponent by a parameter": ("2**(a*a)", "expected an exponent of size at most 1000, found 1000000"),
    "power of a power": ("(7**1000)**1000", "expected exact results of at most 100000 bits"),
    "symbolic power of a power": ("(a**1000)**1000", "at most 100000 bits"),
    "power of a root": ("(10**300*sqrt(2))**1000", "at most 100000 bits"),
    "hidden power": ("exp(1000000000*log(2))", "at most 100000 bits"),
    "hidden power by a parameter": ("exp(a*1000*log(2))", "at most 100000 bits"),
    "hidden power near one": ("exp(1000*log(1+1e-1000))", "at most 100000 bits"),
    "exponential tower": ("exp(exp(exp(exp(100))))", "at most 100000 bits"),
    "product": ("*".join(["7**1000"] * 40), "at most 100000 bits"),
    "sum": ("+".join(f"1/{p}**400" for p in range(3, 700)), "at most 100000 bits"),
    "coefficients": ("+".join(f"b/{p}**999" for p in range(3, 700)), "at most 100000 bits"),
    "root of a long number": ("sqrt(7**999*11**999)", "at most 100000 bits"),
    "decimal exponent": ("1e1001", "expected a decimal exponent between -1000 and 1000"),
    "long decimal exponent": ("1e" + "9" * 5000, "expected a decimal exponent between"),
    "megabyte": ("1+" * 500_000 + "1", "expected an expression of at most 10000 characters, found 1000001"),
    "depth of parentheses": ("(" * 101 + "1" + ")" * 101, "expected an expression of depth at most 100"),
    "depth of powers": ("1**" * 101 + "1", "depth at most 100"),
    "depth of functions": ("sin(" * 101 + "1" + ")" * 101, "depth at most 100"),
    "nested functions": (
        "cos(" * 60 + "a" + ")" * 60,
        "expected an expression whose functions nest less deeply",
    ),
    "nested exponentials": (
        "exp(-" * 12 + "a" + ")" * 12,
        "expected an expression whose functions nest less",
    ),
    "zero divisor": ("1/0", "expected a divisor that is not zero, found 0"),
    "zero divisor at the value": ("1/(a - 1000)", "expected a divisor that is not zero, found 0"),
    "identically zero divisor": ("1/(a - a)", "expected a divisor that is not zero"),
    "undecidable divisor": ("1/(sin(1)**2 + cos(1)**2 - 1)", "expected a divisor that is not zero"),
    "zero to a negative power": ("0**-1", "expected a base that is not zero"),
    "log of zero": ("log(0)", "expected a positive number under log, found 0"),
    "log of a negative": ("log(b)", "expected a positive number under log, found -2/5"),
    "root of a negative": ("sqrt(b)", "expected a number that is not negative under a root, found -2/5"),
    "root of an irrational negative": ("sqrt(sqrt(2) - 2)", "under a root, found about -0.58578643"),
    "cube root of a negative": ("(-8)**(1/3)", "expected a number that is not negative under a root"),
    "negative base": ("b**sqrt(2)", "expected a positive base under this exponent"),
    "absolute value": ("sqrt(a**2)", "found Abs in .*write the quantity itself"),
}


@pytest.mark.parametrize(("text", "message"), HOSTILE.values(), ids=HOSTILE)
def test_hostile_expression_is_refused_at_its_place(text, message):
    with pytest.raises(InvalidInput, match=message) as refusal:
        read(text)
    assert (refusal.value.source, refusal.value.place) == ("file", "place")


WITHIN = {
    "depth": "(" * 100 + "1" + ")" * 100,
    "length": "1" * 10_000,
    "exponent": "2**1000",
    "fractional exponent": "2**(1999/2)",
    "decimal exponent": "1e-1000",
    "bits": "7**1000*11**1000*13**1000",
    "equal denominators": "+".join(["1e-1000"] * 1200),
    "deep functions": "sin(" * 50 + "a" + ")" * 50,
    "symbolic power": "(a + b + 1)**1000",
    "large angle": "sin(10**1000)",
    "signs": "-" * 5000 + "1",
    "leading zeros": "0" * 9000 + "1e+" + "0" * 900 + "1",
}


@pytest.mark.parametrize("text", WITHIN.values(), ids=WITHIN)
def test_expression_at_the_limits_is_read(text):
    assert isinstance(read(text), sympy.Expr)


@given(st.text(alphabet="ab0123456789.+-*/()e sqrtlogpinx^_'[]\u0661", max_size=60))
def test_any_text_is_read_or_refused(text):
    try:
        assert isinstance(read(text), sympy.Expr)
    except InvalidInput as problem:
        refusal = problem
    else:
        return
    assert refusal.place == "place"


@given(st.binary(max_size=40))
def test_any_bytes_are_read_or_refused(content):
    try:
        assert isinstance(read(content.decode("latin-1")), sympy.Expr)
    except InvalidInput as problem:
        refusal = problem
    else:
        return
    assert refusal.source == "file"
