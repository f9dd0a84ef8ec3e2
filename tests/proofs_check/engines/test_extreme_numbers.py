"""Engines answer on numbers that no float holds, and on witnesses and known traps of real provers."""

from __future__ import annotations

import pytest
import sympy
from strategies.statements import GE, GT, LE, LT, case, implication, real, relation

from proofs_check.evidence.evidence import audit
from proofs_check.evidence.verdict import Verdict
from proofs_check.registry import engine, engines
from theory.budget import Budget

(X,) = real("x")
HUGE = sympy.Integer(10) ** 400


def verdict(name, about):
    return audit(engine(name).check(about, Budget(seconds=10.0)), about).verdict


@pytest.mark.parametrize("bound", [HUGE, 1 / HUGE])
@pytest.mark.parametrize(
    "name", [item.name for item in engines() if item.name not in ("identity", "iteration")]
)
def test_numbers_beyond_floats_break_no_engine(name, bound):
    if engine(name).missing():
        pytest.skip(engine(name).missing())
    hypotheses = [relation(X, GE, -bound), relation(X, LE, bound)]
    true = case(implication([X], hypotheses, [relation(X / 2, LT, bound)]), {X: 0}, name="true")
    false = case(implication([X], hypotheses, [relation(3 * X, LT, 2 * bound)]), {X: 0}, name="false")
    assert verdict(name, true) is not Verdict.REFUTED
    assert verdict(name, false) is not Verdict.PROVED


def test_the_witness_itself_is_tried_exactly():
    point = sympy.Rational(1, 2**40)
    hypotheses = [relation(X, GE, point), relation(X, LE, point)]
    false = case(implication([X], hypotheses, [relation(X, GT, point)]), {X: point}, name="false")
    assert verdict("falsification", false) is Verdict.REFUTED


def test_an_exponential_that_is_hard_to_round_is_not_misplaced():
    """exp at x = 3893924827815215 / 2⁵⁰, which mpmath (issue 1181) once rounded to the wrong side."""
    point = sympy.Rational(3893924827815215, 2**50)
    low = sympy.Rational(sympy.floor(sympy.exp(point).evalf(60) * 10**36), 10**36)
    high = low + sympy.Rational(1, 10**36)
    for comparison, bound, expected in (
        (GT, low, Verdict.PROVED),
        (LT, high, Verdict.PROVED),
        (LT, low, Verdict.REFUTED),
        (GT, high, Verdict.REFUTED),
    ):
        hypotheses = [relation(X, GE, point), relation(X, LE, point)]
        about = case(
            implication([X], hypotheses, [relation(sympy.exp(X), comparison, bound)]), {X: point}, name="exp"
        )
        assert verdict("balls", about) is expected
