"""Objective and influences against covariances written out and finite differences."""

from __future__ import annotations

import numpy as np
import pytest

from theory.attack.objective import Objective
from theory.attack.preferences import drawn_preferences
from theory.attack.problem import AttackProblem
from theory.attack.reward_fit import fit
from theory.errors import InvalidInput


def problem(seed=0, *, pairs=12, budget=3, penalty=0.0, items=15, dimension=3):
    generator = np.random.default_rng(seed)
    features = generator.standard_normal((items, dimension))
    reward = features @ generator.standard_normal(dimension)
    preferences = drawn_preferences(features, reward, pairs, generator)
    return AttackProblem(preferences=preferences, budget=budget, penalty=penalty)


@pytest.fixture
def some():
    generator = np.random.default_rng(3)
    law = generator.random(9)
    return Objective(
        features=generator.standard_normal((9, 2)),
        law=law / law.sum(),
        untouched=np.array([1.0, -0.5]),
        penalty=0.7,
    )


def test_objective_is_the_covariance_of_the_weights_over_their_means(some):
    attacked = np.array([-0.4, 2.0])
    a, b = (np.exp(some.features @ theta) for theta in (some.untouched, attacked))
    mean = some.law @ a, some.law @ b
    covariance = some.law @ ((a - mean[0]) * (b - mean[1]))
    assert some.covariance(attacked) == pytest.approx(covariance / (mean[0] * mean[1]), rel=1e-12)
    assert some.covariance(some.untouched) > 0


def test_distance_is_a_standard_deviation_and_zero_where_nothing_changed(some):
    attacked = np.array([-0.4, 2.0])
    changed = some.features @ (attacked - some.untouched)
    variance = some.law @ changed**2 - (some.law @ changed) ** 2
    assert some.distance(attacked) == pytest.approx(np.sqrt(variance))
    assert some.distance(some.untouched) == 0


def test_a_shift_of_the_features_changes_nothing(some):
    moved = Objective(
        features=some.features + np.array([3.0, -7.0]),
        law=some.law,
        untouched=some.untouched,
        penalty=some.penalty,
    )
    attacked = np.array([-0.4, 2.0])
    assert moved.value(attacked) == pytest.approx(some.value(attacked), rel=1e-12)


def test_gradient_agrees_with_finite_differences(some):
    attacked, step = np.array([-0.4, 2.0]), 1e-6
    slope = [(some.value(attacked + e) - some.value(attacked - e)) / (2 * step) for e in step * np.eye(2)]
    np.testing.assert_allclose(some.gradient(attacked), slope, rtol=1e-7)


@pytest.mark.parametrize("penalty", [0.0, 0.5])
def test_influence_is_the_derivative_along_a_flip(penalty):
    attacked = problem(4, penalty=penalty)
    given, step = attacked.preferences.labels, 1e-5
    part = np.linspace(0.1, 0.6, len(given))
    around = given + part * (1 - 2 * given)
    influence = attacked.influence(around)
    for k in range(len(given)):
        moved = np.zeros(len(given))
        moved[k] = step * (1 - 2 * given[k])
        ends = (attacked.objective.value(attacked.fitted(around + sign * moved)) for sign in (1, -1))
        assert influence[k] == pytest.approx(np.subtract(*ends) / (2 * step), abs=1e-8)


def test_values_fit_the_reward_anew():
    attacked = problem(1)
    for flips in ((), (2,), (0, 5, 7)):
        theta = fit(attacked.differences, attacked.preferences.flipped(flips), attacked.ridge)
        np.testing.assert_allclose(attacked.attacked(flips), theta, atol=1e-9)
        assert attacked.values([flips])[0] == pytest.approx(attacked.objective.value(theta), abs=1e-9)


def test_a_flip_turns_its_own_pair_and_moves_the_fit_by_at_most_its_length_over_the_ridge():
    attacked = problem(2)
    for k, label in enumerate(attacked.preferences.labels):
        moved = attacked.attacked((k,)) - attacked.untouched
        z = attacked.differences[k]
        assert (1 - 2 * label) * (z @ moved) >= attacked.ridge * moved @ moved - 1e-12
        assert np.linalg.norm(moved) <= np.linalg.norm(z) / attacked.ridge + 1e-12


@pytest.mark.parametrize(
    ("changed", "place"),
    [
        ({"budget": 13}, "budget"),
        ({"budget": -1}, "budget"),
        ({"ridge": 0.0}, "ridge"),
        ({"ridge": float("nan")}, "ridge"),
        ({"penalty": -1.0}, "penalty"),
        ({"penalty": float("inf")}, "penalty"),
    ],
)
def test_numbers_outside_their_range_are_refused(changed, place):
    preferences = problem().preferences
    with pytest.raises(InvalidInput) as caught:
        AttackProblem(**{"preferences": preferences, "budget": 3} | changed)
    assert caught.value.place == place
