"""Every attacker keeps the rules, and the exhaustive one is the optimum."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from theory.attack.attackers.exhaustive import Exhaustive
from theory.attack.attackers.registry import attackers
from theory.attack.choices import count_choices, fitted_choices
from theory.attack.preferences import drawn_preferences
from theory.attack.problem import AttackProblem
from theory.attack.small_sets import SmallSets, random_problem
from theory.errors import InvalidInput

NAMES = tuple(attackers())


def silent(_):
    return


def problem(seed, **changed):
    return random_problem(SmallSets(**{"pairs": 8, "budget": 3} | changed), np.random.default_rng(seed))


def flips_of(name, posed, seed=0):
    return attackers()[name].flips(posed, np.random.default_rng(seed), silent)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("budget", [0, 1, 3, 8])
def test_flips_are_distinct_ascending_and_within_the_budget(name, budget):
    posed = problem(1, budget=budget)
    flips = flips_of(name, posed)
    assert len(flips) <= budget
    assert list(flips) == sorted(set(flips))
    assert set(flips) <= set(range(8))
    assert flips == flips_of(name, posed)
    assert attackers()[name].knowledge


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("penalty", [0.0, 0.3])
def test_nobody_beats_the_exhaustive_attacker(seed, penalty):
    posed = problem(seed).penalised(penalty)
    choices = [flips for size in range(4) for flips in combinations(range(8), size)]
    values = np.array([posed.objective.value(posed.attacked(flips)) for flips in choices])
    best = posed.values([flips_of("exhaustive", posed)])[0]
    assert best == pytest.approx(values.min(), abs=1e-12)
    assert all(posed.values([flips_of(name, posed)])[0] >= best - 1e-12 for name in NAMES)


@pytest.mark.parametrize("name", ["white-box", "greedy", "exhaustive"])
def test_who_may_refit_never_helps_the_victim(name):
    for seed in range(6):
        posed = problem(seed).penalised(5.0)
        untouched, reached = posed.values([(), flips_of(name, posed)])
        assert reached <= untouched + 1e-12


def test_one_flip_by_greedy_is_the_best_one():
    posed = problem(3, budget=1)
    assert flips_of("greedy", posed) == flips_of("exhaustive", posed)


def test_random_flips_depend_on_the_generator_alone():
    posed = problem(2)
    assert len({flips_of("random", posed, seed) for seed in range(20)}) > 10


def test_all_choices_are_tried_once():
    posed = problem(0)
    choices = [flips for some, _ in fitted_choices(posed, silent) for flips in some]
    assert len(choices) == len(set(choices)) == count_choices(8, 3) == 93


def test_too_many_pairs_for_trying_all_are_refused():
    generator = np.random.default_rng(0)
    preferences = drawn_preferences(generator.standard_normal((9, 2)), np.zeros(9), 21, generator)
    with pytest.raises(InvalidInput, match="at most 20 pairs for exhaustive, found 21"):
        Exhaustive().flips(AttackProblem(preferences=preferences, budget=1), generator, silent)
