"""Roots and powers on boxes that touch or straddle zero: enclosed where defined, no information elsewhere."""

from __future__ import annotations

from fractions import Fraction

import mpmath
import pytest
import sympy
from flint import arb, ctx
from hypothesis import given
from hypothesis import strategies as st
from strategies.statements import GE, GT, LE, LT, case, implication, real, relation

from proofs_check.checker.balls import Enclosure, exact, span
from proofs_check.evidence.evidence import audit
from proofs_check.evidence.verdict import Verdict
from proofs_check.registry import engine
from theory.budget import Budget

X, Y = real("x y")
ENDS = st.fractions(min_value=0, max_value=50, max_denominator=60)


def enclosed(tree, *bounds):
    with ctx.workprec(128):
        return Enclosure(tree, ["x", "y"][: len(bounds)]).value([span(*bound) for bound in bounds])


@given(ENDS.filter(bool))
def test_a_span_from_zero_holds_nothing_negative(high):
    with ctx.workprec(64):
        ball = span(Fraction(0), high)
        assert ball >= 0
        assert ball.contains(exact(high))
        assert ball.contains(0)
        assert ball.upper() < exact(high) * arb(1.000001)


ROOTS = {
    "x": (["sqrt", "x"], lambda x, y: mpmath.sqrt(x)),
    "xy": (["sqrt", ["*", "x", "y"]], lambda x, y: mpmath.sqrt(x * y)),
    "x + xy²": (["sqrt", ["+", "x", ["*", "x", ["^", "y", 2]]]], lambda x, y: mpmath.sqrt(x + x * y * y)),
    "(x − y)²": (["sqrt", ["^", ["+", "x", ["*", "-1", "y"]], 2]], lambda x, y: abs(x - y)),
    "x√y": (["sqrt", ["*", "x", ["sqrt", "y"]]], lambda x, y: mpmath.sqrt(x * mpmath.sqrt(y))),
}


@pytest.mark.parametrize("name", ROOTS)
@given(high=st.tuples(ENDS.filter(bool), ENDS.filter(bool)), part=st.tuples(ENDS, ENDS))
def test_roots_are_enclosed_on_boxes_from_zero(name, high, part):
    tree, function = ROOTS[name]
    ball = enclosed(tree, (Fraction(0), high[0]), (Fraction(0), high[1]))
    assert ball.is_finite()
    point = [mpmath.mpf(h.numerator) / h.denominator * float(p) / 50 for h, p in zip(high, part, strict=True)]
    value = function(*point)
    low, top = (float(end) for end in (ball.lower(), ball.upper()))
    assert low - 1e-9 <= value <= top + 1e-9


@pytest.mark.parametrize(
    "tree",
    [
        ["sqrt", ["+", "x", ["*", "-1", "y"]]],
        ["sqrt", ["+", "x", "-1"]],
        ["sqrt", ["*", "-1", "x"]],
        ["sqrt", ["^", ["+", "x", "-1"], 3]],
        ["sqrt", ["sin", "x"]],
    ],
    ids=str,
)
def test_a_root_that_may_be_undefined_carries_no_information(tree):
    assert not enclosed(tree, (Fraction(0), Fraction(4)), (Fraction(0), Fraction(4))).is_finite()


@pytest.mark.parametrize("exponent", [2, 3, 4, 5])
def test_powers_of_a_ball_around_zero_are_finite(exponent):
    ball = enclosed(["^", "x", exponent], (Fraction(-2), Fraction(2)))
    assert ball.is_finite()
    assert ball.contains(arb(2) ** exponent)


def verdict(conclusion, hypotheses):
    about = case(implication([X, Y], hypotheses, [conclusion]), {X: 1, Y: 1})
    found = audit(engine("balls").check(about, Budget(seconds=20.0)), about)
    assert not found.alarm
    return found.verdict


UNIT = [relation(X, GE), relation(X, LE, 1), relation(Y, GE), relation(Y, LE, 1)]


@pytest.mark.parametrize(
    "conclusion",
    [
        relation(sympy.sqrt(X), LE, X + sympy.Rational(3, 10)),
        relation(sympy.sqrt(X * Y), LT, (X + Y) / 2 + sympy.Rational(1, 10)),
        relation(sympy.sqrt(X) * sympy.exp(Y), LT, 3),
        relation(sympy.sqrt(X**2 + Y**2) + 1, GT, X),
    ],
    ids=str,
)
def test_the_engine_proves_with_roots_on_boxes_that_touch_zero(conclusion):
    assert verdict(conclusion, UNIT) is Verdict.PROVED


@pytest.mark.parametrize(
    "conclusion",
    [
        relation(sympy.sqrt(X), LE, X + sympy.Rational(2, 10)),
        relation(sympy.sqrt(X - Y), LT, 2),
        relation(sympy.sqrt(X), GT),
    ],
    ids=str,
)
def test_it_does_not_prove_what_fails_or_is_undefined(conclusion):
    assert verdict(conclusion, UNIT) is not Verdict.PROVED
