"""The truth of every planted statement, by means that share no code with checker or engines."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest
import sympy
from oracles.exact_truth import as_fmpq_mat, holds, point_of
from oracles.sampled_truth import CONTEXT, condition_holds, sampled_points

from proofs_check.gate.registry import group, group_names, planted
from proofs_check.statements.statement import SchurStable, Statement

ITEMS = planted()
IMPLICATIONS = {key: item for key, item in ITEMS.items() if isinstance(item.case.statement, Statement)}
FALSE = [pytest.param(item, id=key) for key, item in IMPLICATIONS.items() if not item.truth]
TRUE = [pytest.param(item, id=key) for key, item in IMPLICATIONS.items() if item.truth]
SLIVERS = [pytest.param(item, id=key) for key, item in IMPLICATIONS.items() if item.sliver]


def holds_at(condition, point):
    """Exactly where the values are rational; an eigenvalue 1 is unstable; else at 60 digits."""
    try:
        return holds(condition, point)
    except ValueError:
        if isinstance(condition, SchurStable):
            size = condition.matrix.rows
            field = sympy.eye(size) - condition.matrix
            return False if as_fmpq_mat(field, point).det() == 0 else None
        return condition_holds(condition, {s: CONTEXT.mpf(int(v.p)) / int(v.q) for s, v in point.items()})


def test_the_set_is_as_large_as_promised():
    items = ITEMS.values()
    assert sum(not item.truth for item in items) >= 70
    assert sum(item.sliver for item in items) >= 15
    assert sum(item.truth for item in items) >= 50


def test_every_group_says_something_true_and_something_false():
    for name in group_names():
        assert {item.truth for item in group(name)} == {True, False}, name


def test_no_statement_is_planted_twice():
    shapes = [str((i.case.statement.hypotheses, i.case.statement.conclusions)) for i in IMPLICATIONS.values()]
    assert len(set(shapes)) == len(shapes)


@pytest.mark.parametrize("item", FALSE)
def test_false_statement_fails_at_its_point(item):
    point = point_of(item.fails_at)
    assert point.keys() == set(item.case.statement.symbols)
    assert all(holds_at(condition, point) is True for condition in item.case.statement.hypotheses)
    assert any(holds_at(condition, point) is False for condition in item.case.statement.conclusions)


@pytest.mark.parametrize("item", [*FALSE, *TRUE])
def test_witness_is_no_counterexample(item):
    if item.case.witness is not None:
        point = point_of(item.case.witness)
        assert all(holds_at(condition, point) is not False for condition in item.case.statement.conclusions)


@pytest.mark.parametrize("item", TRUE)
def test_true_statement_holds_at_sampled_points(item):
    points = sampled_points(item.case, random.Random(1), 30)
    assert len(points) >= 10
    for values in points:
        for condition in item.case.statement.conclusions:
            assert condition_holds(condition, values) is not False, values


@pytest.mark.slow
@pytest.mark.parametrize("item", SLIVERS)
def test_sliver_is_missed_by_sampling(item):
    """Points drawn from the whole domain, not near the witness, seldom meet the sliver."""
    points = sampled_points(item.case, random.Random(2), 40, near=False)
    bad = [v for v in points if any(condition_holds(c, v) is False for c in item.case.statement.conclusions)]
    assert len(bad) <= 1, Fraction(len(bad), len(points))
