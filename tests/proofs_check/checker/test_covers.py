"""Covers by boxes: what balls may prove on a box, and what they must leave open."""

from __future__ import annotations

from fractions import Fraction

import pytest
import sympy
from flint import arb, ctx, fmpq
from hypothesis import given
from hypothesis import strategies as st
from strategies.statements import EQ, GE, GT, LE, LT, encoded, implication, real, relation

from proofs_check.checker.balls import Enclosure, span
from proofs_check.checker.boxes import OnBox, domain_of
from proofs_check.checker.terms import Refused
from proofs_check.statements.canonical import encode_expression

X, Y = real("x y")


def on_box(left, comparison, right=0):
    condition = encoded(implication([X, Y], [], [relation(left, comparison, right)]))["conclusions"][0]
    return OnBox(condition, ["x", "y"])


def box(a, b, c=0, d=1):
    return {"x": (Fraction(a), Fraction(b)), "y": (Fraction(c), Fraction(d))}


@given(
    st.fractions(-2, 2, max_denominator=9),
    st.fractions(0, 1, max_denominator=9),
    st.fractions(0, 1, max_denominator=9),
)
def test_value_and_gradient_contain_the_point_values(low, width, place):
    expression = sympy.exp(X) * sympy.sin(3 * X) + sympy.sqrt(X + 3) / (X**2 + 1) - sympy.log(X + 4) ** 2
    slope = sympy.diff(expression, X)
    inside = low + place * width
    with ctx.workprec(200):
        enclosure = Enclosure(encode_expression(expression), ["x"])
        value, (partial,) = enclosure.gradient([span(low, low + width)])
        exact = [
            arb(f"{sympy.N(e.subs(X, sympy.Rational(str(inside))), 50)} +/- 1e-45")
            for e in (expression, slope)
        ]
        for ball, point in zip((value, partial), exact, strict=True):
            assert ball.overlaps(point)
            if width == 0:
                assert ball.rad() < arb(10) ** -45


@pytest.mark.parametrize(
    ("condition", "where", "expected"),
    [
        (on_box(X, GT), box(1, 2), True),
        (on_box(X, GT), box(0, 2), False),
        (on_box(X, GE), box(0, 2), True),
        (on_box(X * (1 - X), GE), box(0, 1), False),
        (on_box(X - X**2 / 3, GE), box(0, 1), True),
        (on_box(1 / X, GT), box(-1, 1), False),
        (on_box(1 / X, GT), box(0, 1), False),
        (on_box(sympy.log(X), LT, 1), box(-1, 2), False),
        (on_box(sympy.sqrt(X), GE, -1), box(-1, 1), False),
        (on_box(sympy.exp(X + Y), LE, 8), box(0, 1), True),
        (on_box(X**2, LT, 2), box(-1, 1), True),
        (on_box(X**2, LT, 1), box(-1, 1), False),
        (on_box(X**3, GT, -2), box(-1, 1), True),
        (on_box(1 / X**2, GT), box(-1, 1), False),
        (on_box(X, EQ, X), box(0, 1), False),
        (on_box(sympy.exp(X) - sympy.exp(Y), GT), box(2, 3), True),
    ],
)
def test_what_is_proved_on_a_box(condition, where, expected):
    with ctx.workprec(128):
        assert condition.holds(where) is expected


def test_a_box_reaching_a_pole_proves_nothing_whatever_the_sign():
    with ctx.workprec(128):
        for comparison in (GT, GE, LT, LE):
            assert not on_box(1 / (X - Y), comparison).holds(box(0, 1))


def test_the_domain_is_read_from_bounds_and_closed():
    statement = implication(
        [X, Y],
        [
            relation(2 * X, GT, -3),
            relation(X, LT, 5),
            relation(1 - 3 * Y, GE),
            relation(Y, GE, -1),
            relation(Y + X, GE),
        ],
        [relation(X, GE, -2)],
    )
    assert domain_of(encoded(statement)) == {
        "x": (Fraction(-3, 2), Fraction(5)),
        "y": (Fraction(-1), Fraction(1, 3)),
    }


@pytest.mark.parametrize(
    "hypotheses",
    [
        [relation(X, GE)],
        [relation(X**2, LE, 1)],
        [relation(X, GE, Y), relation(X, LE, 1)],
        [relation(X, GE, 2), relation(X, LE, 1)],
        [relation(X, GE), relation(sympy.exp(X), LE, 2)],
    ],
)
def test_a_variable_without_rational_bounds_on_both_sides_is_refused(hypotheses):
    with pytest.raises(Refused):
        domain_of(
            encoded(
                implication(
                    [X],
                    [h for h in hypotheses if Y not in h.left.free_symbols | h.right.free_symbols],
                    [relation(X, GE)],
                )
            )
        )


def test_intervals_are_enclosed_whatever_the_precision():
    with ctx.workprec(32):
        ball = span(Fraction(1, 3), Fraction(2, 3))
    assert ball.lower() <= arb(fmpq(1, 3))
    assert ball.upper() >= arb(fmpq(2, 3))
