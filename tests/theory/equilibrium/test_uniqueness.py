"""Uniqueness in a box is told only of boxes that are proved to hold one equilibrium."""

from __future__ import annotations

import pytest
from flint import arb
from strategies.small_ecosystems import one_exponential, one_gaussian

from theory.equilibrium.closed_forms import Solution, solve
from theory.equilibrium.describe import uniqueness_in
from theory.equilibrium.problem import problem_of
from theory.equilibrium.result import Uniqueness
from theory.update_map import derive

BITS = 256


@pytest.mark.parametrize("made", [one_gaussian(strength="1/3"), one_exponential(strength="1/7")])
def test_a_box_around_two_equilibria_is_not_called_unique_though_newton_finds_one(made):
    problem = problem_of(derive(made))
    first, second = solve(problem, BITS).solutions
    both = Solution(point=tuple(a.union(b) for a, b in zip(first.point, second.point, strict=True)))
    assert uniqueness_in(problem, both, None, BITS) is Uniqueness.UNRESOLVED
    assert uniqueness_in(problem, first, None, BITS) is Uniqueness.IN_BOX


def test_a_box_in_which_the_map_has_a_pole_is_unresolved():
    problem = problem_of(derive(one_exponential(strength="1/7")))
    across = Solution(point=(arb(7, "0.1"),))
    assert uniqueness_in(problem, across, None, BITS) is Uniqueness.UNRESOLVED
