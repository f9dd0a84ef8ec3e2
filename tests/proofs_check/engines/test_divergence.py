"""Predicted divergence: seen where it is, refuted by exact cycles, and unknown where rounds cannot tell."""

from __future__ import annotations

import pytest
import sympy

from proofs_check.claim import Case
from proofs_check.evidence.verdict import Verdict
from proofs_check.registry import engine
from proofs_check.statements.canonical import encode_statement, statement_hash
from proofs_check.statements.limit_statement import Behaviour, LimitStatement
from theory.budget import Budget

X, Y = sympy.symbols("x y", real=True)
LEAVES, WANDERS, CONVERGES = Behaviour.LEAVES, Behaviour.WANDERS, Behaviour.CONVERGES
ONE, HALF = sympy.S.One, sympy.Rational(1, 2)


def found(step, start, behaviour, limit=(), variables=(X,), rate=None):
    statement = LimitStatement(
        variables=variables, step=step, start=start, limit=limit, rate=rate, behaviour=behaviour
    )
    return engine("iteration").check(Case(name="orbit", statement=statement), Budget(seconds=30.0)).verdict


@pytest.mark.parametrize(
    ("step", "start"),
    [
        ((2 * X,), (ONE,)),
        ((-3 * X,), (ONE,)),
        ((X**2,), (sympy.Integer(2),)),
        ((X + 1,), (ONE,)),
        ((sympy.sqrt(X**2 + X),), (ONE,)),
        ((sympy.Rational(101, 100) * X,), (ONE,)),
        ((sympy.exp(X),), (ONE,)),
    ],
    ids=str,
)
def test_what_leaves_is_seen_and_never_proved(step, start):
    assert found(step, start, LEAVES) is Verdict.SUPPORTED
    assert found(step, start, WANDERS) is Verdict.SUPPORTED


def test_a_spiral_in_the_plane_leaves():
    step = (X - Y, X + Y)
    assert found(step, (ONE, ONE), LEAVES, variables=(X, Y)) is Verdict.SUPPORTED


@pytest.mark.parametrize(
    ("step", "start"),
    [
        ((1 - X,), (sympy.Rational(1, 3),)),
        ((-X / X**2,), (sympy.Integer(3),)),
        ((sympy.Rational(16, 5) * X * (1 - X),), (sympy.Rational(1, 3),)),
        ((4 * X * (1 - X),), (sympy.Rational(1, 3),)),
    ],
    ids=str,
)
def test_what_does_not_settle_is_seen(step, start):
    assert found(step, start, WANDERS) is Verdict.SUPPORTED
    assert found(step, start, LEAVES) in (Verdict.UNKNOWN, Verdict.REFUTED)


@pytest.mark.parametrize(
    ("step", "start"),
    [((X / 2,), (ONE,)), ((X - X**2,), (HALF,)), ((X + (1 - X) ** 2,), (HALF,)), ((sympy.cos(X),), (ONE,))],
    ids=str,
)
@pytest.mark.parametrize("behaviour", [LEAVES, WANDERS])
def test_what_converges_is_not_said_to_diverge(step, start, behaviour):
    assert found(step, start, behaviour) is Verdict.UNKNOWN


def test_slow_alternation_is_unknown():
    """x' = −(1 − 10⁻⁷⁰) x tends to 0, though 60 digits show a cycle of two rounds."""
    slow = -X * (1 - sympy.Rational(1, 10**70))
    assert found((slow,), (ONE,), WANDERS) is not Verdict.REFUTED
    shrinking = -X / sympy.sqrt(1 + X**2)
    assert found((shrinking,), (ONE,), WANDERS) is Verdict.UNKNOWN


def test_slow_growth_is_unknown():
    """x' = x + e^(−x) grows like a logarithm."""
    assert found((X + sympy.exp(-X),), (ONE,), LEAVES) is Verdict.UNKNOWN


def test_exact_cycles_refute():
    third = (sympy.Rational(1, 3),)
    assert found((1 - X,), third, LEAVES) is Verdict.REFUTED
    assert found((1 - X,), third, CONVERGES, limit=(HALF,)) is Verdict.REFUTED
    assert found((1 - X,), (HALF,), WANDERS) is Verdict.REFUTED
    assert found((X**2 - 1,), (sympy.S.Zero,), CONVERGES, limit=((1 - sympy.sqrt(5)) / 2,)) is Verdict.REFUTED
    assert found((X**2 - 1,), (sympy.S.Zero,), WANDERS) is Verdict.SUPPORTED


def test_a_sublinear_approach_shows_no_rate():
    assert found((X - X**2,), (HALF,), CONVERGES, (sympy.S.Zero,), rate=sympy.Rational(99, 100)) is (
        Verdict.UNKNOWN
    )


def test_a_rate_that_is_reached_slowly_is_unknown():
    """The Jordan block [[1/2, 1], [0, 1/2]]: errors go like t 2⁻ᵗ, whose ratios tend to 1/2 like 1/t."""
    step = (X / 2 + Y, Y / 2)
    zero = (sympy.S.Zero, sympy.S.Zero)
    assert found(step, (ONE, ONE), CONVERGES, zero, (X, Y)) is Verdict.SUPPORTED
    assert found(step, (ONE, ONE), CONVERGES, zero, (X, Y), rate=HALF) is Verdict.UNKNOWN


def test_the_prediction_is_part_of_the_statement():
    plain = LimitStatement(variables=(X,), step=(2 * X,), start=(ONE,), limit=(sympy.S.Zero,))
    assert "behaviour" not in encode_statement(plain)
    leaving = LimitStatement(variables=(X,), step=(2 * X,), start=(ONE,), behaviour=LEAVES)
    wandering = LimitStatement(variables=(X,), step=(2 * X,), start=(ONE,), behaviour=WANDERS)
    assert len({statement_hash(s) for s in (plain, leaving, wandering)}) == 3
    with pytest.raises(ValueError, match="no limit and no rate"):
        LimitStatement(variables=(X,), step=(2 * X,), start=(ONE,), limit=(ONE,), behaviour=LEAVES)
    with pytest.raises(ValueError, match="1 coordinates in limit"):
        LimitStatement(variables=(X,), step=(2 * X,), start=(ONE,))
