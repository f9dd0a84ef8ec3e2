"""Bernstein's method: divisors of either sign, margins on faces, coordinates that survive lemmas, limits."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from strategies.statements import EQ, GE, GT, LE, LT, NE, case, implication, real, relation
from sympy import Rational

from proofs_check.evidence.evidence import audit
from proofs_check.evidence.verdict import Verdict
from proofs_check.registry import engine
from theory.budget import Budget

X, Y, G = real("x y g")
MANY = real("x1 x2 x3 x4 x5 x6 x7 x8")
UNIT = [relation(X, GE), relation(X, LE, 1), relation(Y, GE), relation(Y, LE, 1)]


def checked(conclusions, hypotheses=UNIT, symbols=(X, Y), witness=None, name="bernstein", seconds=10.0):
    given = dict.fromkeys(symbols, 0) if witness is None else witness
    about = case(implication(symbols, hypotheses, conclusions), given)
    return audit(engine(name).check(about, Budget(seconds=seconds)), about)


NEGATIVE = X * Y - 2
OTHER = X + Y - 3


@pytest.mark.parametrize(
    "conclusion",
    [
        relation(1 / NEGATIVE, LT),
        relation(1 / NEGATIVE**2, GT),
        relation(X / NEGATIVE**3, LE),
        relation(X / (NEGATIVE * OTHER), GE),
        relation(X / (NEGATIVE**2 * OTHER), LE),
        relation(1 / (NEGATIVE**2 * OTHER**3), LT),
        relation(X * Y, NE, 2),
        relation(1 / (2 - X * Y) + 1 / OTHER, GT, Rational(-1, 2)),
    ],
    ids=str,
)
def test_divisors_of_either_sign_are_shown_nonzero(conclusion):
    found = checked([conclusion])
    assert found.verdict is Verdict.PROVED
    assert not found.alarm


@pytest.mark.parametrize("sign", [1, -1])
def test_an_identity_may_divide_by_what_is_seen_to_keep_off_zero(sign):
    quotient = (X**2 * Y**2 - 4) / (sign * NEGATIVE)
    assert checked([relation(quotient, EQ, sign * (X * Y + 2))], name="identity").verdict is Verdict.PROVED
    cancelled = relation((X**2 * Y**2 - Y**2) / (X * Y - Y), EQ, Y * (X + 1))
    assert checked([cancelled], name="identity").verdict is Verdict.UNKNOWN


@pytest.mark.parametrize(
    ("conclusion", "bounds"),
    [
        (relation(1 - X * Y, GT), [relation(X, LT, 1)]),
        (relation(1 - X * Y * G, GT), [relation(X, LT, 1)]),
        (relation((1 - X * Y) * (2 - X * Y), GT), [relation(Y, LT, 1)]),
        (relation(1 - X**2 * Y**3, GT), [relation(X, LT, 1)]),
    ],
    ids=str,
)
def test_a_margin_that_vanishes_on_the_boundary_only_is_found(conclusion, bounds):
    hypotheses = [*UNIT, relation(G, GE), relation(G, LE, 1), *bounds]
    found = checked([conclusion], hypotheses, (X, Y, G))
    assert found.verdict is Verdict.PROVED
    closed = checked([conclusion], hypotheses[:-1], (X, Y, G))
    assert closed.verdict is not Verdict.PROVED


def test_a_shown_bound_that_is_weaker_does_not_blur_the_box():
    """x + y < 3 is shown on the way; the box x, y ≤ 1 must still be what is used."""
    found = checked([relation(X + Y, LT, 3), relation(X * Y, LT, 2), relation(X**2 * Y + X, LE, 2)])
    assert found.verdict is Verdict.PROVED


def test_the_sign_of_a_product_gives_its_factor():
    hypotheses = [*UNIT, relation((2 - X * Y) * G, GT)]
    found = checked([relation(G, GT)], hypotheses, (X, Y, G), {X: 0, Y: 0, G: 1})
    assert found.verdict is Verdict.PROVED


def steep():
    """Positive on a simplex of seven dimensions, though only raises by hundreds would show it."""
    hypotheses = [*(relation(x, GE) for x in MANY), relation(sum(MANY), LE, 1)]
    gap = sum((a - b) ** 2 for a, b in pairwise(MANY))
    bump = (sum(MANY) - Rational(1, 2)) ** 2
    return hypotheses, relation(gap + bump + Rational(1, 10**4), GT)


def test_a_raise_that_would_not_end_is_given_up_with_its_reason():
    hypotheses, conclusion = steep()
    began = time.process_time()
    found = checked([conclusion], hypotheses, MANY, seconds=30.0)
    assert time.process_time() - began < 25.0
    assert found.verdict is Verdict.UNKNOWN
    assert "raises of the degree" in found.detail
    assert "terms were to come" in found.detail


def test_the_end_of_the_time_is_a_reason():
    hypotheses, conclusion = steep()
    found = checked([conclusion], hypotheses, MANY, seconds=0.0)
    assert found.verdict is Verdict.UNKNOWN
    assert "the time was over" in found.detail
