"""The Pareto front: exact where all is tried, and never beaten by what it was told."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from theory.attack import pareto
from theory.attack.pareto import front, undominated
from theory.attack.small_sets import SmallSets, random_problem

POINTS = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), min_size=1, max_size=20)


def silent(_):
    return


def beaten(one, others):
    return any(o != one and o[0] <= one[0] and o[1] <= one[1] for o in others)


@settings(max_examples=40)
@given(POINTS)
def test_undominated_rows_are_those_that_no_other_row_beats(points):
    kept = [points[k] for k in undominated(np.array(points, dtype=float))]
    assert len(kept) == len(set(kept))
    assert set(kept) == {point for point in points if not beaten(point, points)}
    assert kept == sorted(kept, key=lambda point: point[1])


def test_exact_front_is_that_of_all_choices():
    problem = random_problem(SmallSets(pairs=7, budget=3), np.random.default_rng(2))
    choices = [flips for size in range(4) for flips in combinations(range(7), size)]
    costs = {}
    for flips in choices:
        theta = problem.attacked(flips)
        costs[flips] = (float(problem.objective.covariance(theta)), float(problem.objective.distance(theta)))
    found = front(problem, silent)
    assert found.exact
    assert found.points[0].flips == ()
    expected = {flips for flips, cost in costs.items() if not beaten(cost, costs.values())}
    assert {point.flips for point in found.points} == expected


def test_searched_front_is_undominated_and_uses_what_is_known(monkeypatch):
    monkeypatch.setattr(pareto, "_MOST_CHOICES", 10)
    problem = random_problem(SmallSets(pairs=9, budget=3), np.random.default_rng(4))
    everything = [flips for size in range(4) for flips in combinations(range(9), size)]
    searched, told = front(problem, silent), front(problem, silent, everything)
    assert not searched.exact
    costs = [(point.covariance, point.distance) for point in searched.points]
    assert not any(beaten(cost, costs) for cost in costs)
    monkeypatch.undo()
    exact = front(problem, silent)
    assert exact.exact
    assert [p.flips for p in told.points] == [p.flips for p in exact.points]
    assert min(costs)[0] == pytest.approx(exact.points[-1].covariance, abs=0.02)
