"""Falsification finds what is false in a sliver only, makes it exact, and refutes nothing that is true."""

from __future__ import annotations

import numpy as np
import pytest
from strategies.slivers import SLIVERS, box
from strategies.statements import GE, GT, LE, LT, case, implication, motzkin, real, relation, stable

from proofs_check.evidence.evidence import audit
from proofs_check.evidence.verdict import Verdict
from proofs_check.refuting.exact_points import ExactPoints
from proofs_check.refuting.landscape import Landscape
from proofs_check.registry import engine
from proofs_check.statements.canonical import encode_statement
from theory.budget import Budget

pytestmark = pytest.mark.slow

A, B, C, D, X, Y, Z = real("a b c d x y z")
SAMPLE = 20_000


def found(about, seed=0, seconds=20.0):
    return audit(engine("falsification").check(about, Budget(seconds=seconds, seed=seed)), about)


@pytest.mark.parametrize("seed", [0, 7])
@pytest.mark.parametrize("sliver", SLIVERS, ids=lambda sliver: sliver.__name__)
def test_a_sliver_is_found(sliver, seed):
    evidence = found(sliver(), seed)
    assert evidence.verdict is Verdict.REFUTED
    assert not evidence.alarm


@pytest.mark.parametrize("sliver", SLIVERS, ids=lambda sliver: sliver.__name__)
def test_a_sliver_is_too_small_for_random_points(sliver):
    points = ExactPoints(encode_statement(sliver().statement))
    landscape = Landscape(points)
    sample = np.random.default_rng(1).uniform(-1, 2, (SAMPLE, landscape.size))
    heights = landscape.heights(0, sample)
    assert ((heights.infeasible == 0) & (heights.violation > 0)).sum() <= SAMPLE / 1000


TIGHT = {
    "middle of a simplex": case(
        implication(
            [X, Y],
            [relation(X, GE), relation(Y, GE), relation(X + Y, LE, 1)],
            [relation(4 * X * Y, LE, 1)],
        ),
        {X: 0, Y: 0},
    ),
    "Motzkin": case(implication([X, Y], [], [relation(motzkin(X, Y), GE)])),
    "critical gap": case(
        implication([A, B, C, D], [stable([[A, B], [C, D]])], [relation((1 - A) * (1 - D) - B * C, GT)]),
        dict.fromkeys((A, B, C, D), 0),
    ),
    "largest trace": case(
        implication([A, B, C, D], [stable([[A, B], [C, D]])], [relation(A + D, LT, 2)]),
        dict.fromkeys((A, B, C, D), 0),
    ),
    "corner": case(
        implication([X, Y, Z], box((X, Y, Z), 0, 1), [relation(X * Y * Z, LE, 1)]), {X: 0, Y: 0, Z: 0}
    ),
}


@pytest.mark.parametrize("name", TIGHT)
def test_a_tight_true_statement_is_supported_with_the_effort_told(name):
    evidence = found(TIGHT[name], seed=3)
    assert evidence.verdict is Verdict.SUPPORTED
    for part in ("directed search", "climbs", "seed 3", "satisfying the hypotheses", "least slack"):
        assert part in evidence.detail


def test_parameters_come_out_small():
    """Continued fractions stop at the first denominators that refute."""
    pocket = case(
        implication([X, Y], box((X, Y), -3, 3), [relation((X - Y) ** 2 + (Y - 1) ** 2, GT, 1)]), {X: -3, Y: 3}
    )
    detail = found(pocket).detail
    assert all(int(part.rpartition("=")[2]) in range(-3, 4) for part in detail.partition(": ")[2].split(","))


def test_the_boundary_itself_is_tried():
    closed = case(implication([X, Y], [*box((X, Y), 0, 2)], [relation(X + Y, LT, 4)]), {X: 0, Y: 0})
    assert found(closed).verdict is Verdict.REFUTED
