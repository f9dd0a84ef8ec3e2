"""Iterates in floating point, however precise, refute nothing; a limit that the map moves is refuted."""

from __future__ import annotations

import pytest
import sympy

from proofs_check.claim import Case
from proofs_check.evidence.verdict import Verdict
from proofs_check.registry import engine
from proofs_check.statements.limit_statement import LimitStatement
from theory.budget import Budget

X = sympy.Symbol("x", real=True)


def verdict(step, start, limit):
    statement = LimitStatement(
        variables=(X,), step=(sympy.sympify(step),), start=(start,), limit=(limit,), rate=None
    )
    return engine("iteration").check(Case(name="limit", statement=statement), Budget(seconds=20.0)).verdict


def test_a_slow_approach_to_the_true_limit_is_not_refuted():
    """x' = (1 − 10⁻⁷⁰) x tends to 0, though at 60 digits it seems to stand still."""
    step = X * (1 - sympy.Rational(1, 10**70))
    assert verdict(step, sympy.S.One, sympy.S.Zero) is Verdict.UNKNOWN


def test_iterates_that_settle_at_another_fixed_point_refute_nothing():
    assert verdict(X**2, sympy.Rational(1, 2), sympy.S.One) is Verdict.UNKNOWN
    assert verdict(X**2, sympy.Rational(1, 2), sympy.S.Zero) is Verdict.SUPPORTED


@pytest.mark.parametrize(
    "limit", [sympy.Rational(7, 5), sympy.sqrt(3), sympy.sqrt(2) + sympy.Rational(1, 10**50)]
)
def test_a_limit_that_the_map_moves_is_refuted(limit):
    assert verdict(X / 2 + 1 / X, sympy.Integer(3), limit) is Verdict.REFUTED
    assert verdict(X / 2 + 1 / X, sympy.Integer(3), sympy.sqrt(2)) is Verdict.SUPPORTED
