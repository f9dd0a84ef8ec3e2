"""What attack.flips is about is what the attack computes, and its experiment can fail."""

from __future__ import annotations

import numpy as np
import pytest

from proofs_check.encoding import sampled_attacks
from proofs_check.encoding.label_attack import LabelAttack, TiltedItems
from proofs_check.encoding.sampled_attacks import why_the_attack_is_weak
from theory.attack.objective import Objective
from theory.attack.preferences import Preferences
from theory.attack.problem import AttackProblem
from theory.attack.reward_fit import hessian
from theory.attack.small_sets import SmallSetComparison, SmallSets

PROBLEM = AttackProblem(
    preferences=Preferences(
        features=np.array([[0.0, 1.0], [2.0, 0.5], [1.0, -1.0]]),
        pairs=np.array([[0, 1], [1, 2], [2, 0]]),
        labels=np.array([1, 1, 0]),
    ),
    budget=1,
    ridge=0.5,
)


def values_of(attack, theta, velocity):
    chances = 1 / (1 + np.exp(-PROBLEM.differences @ theta))
    given = [
        *zip(attack.differences, PROBLEM.differences.ravel(), strict=True),
        *zip(attack.velocity, velocity, strict=True),
        *zip(attack.chances, chances, strict=True),
        (attack.ridge, PROBLEM.ridge),
    ]
    return {symbol: float(value) for symbol, value in given}


def test_the_claim_s_hessian_is_the_attack_s_and_its_drift_vanishes_along_the_moving_fit():
    attack = LabelAttack(3, 2)
    theta, step = PROBLEM.untouched, np.array([1e-5, 0.0, 0.0])
    ends = (PROBLEM.fitted(PROBLEM.preferences.labels + sign * step) for sign in (1, -1))
    velocity = np.subtract(*ends) / 2e-5
    values = values_of(attack, theta, velocity)
    found = np.array(attack.hessian.xreplace(values), dtype=float)
    np.testing.assert_allclose(found, hessian(PROBLEM.differences, PROBLEM.ridge, theta), rtol=1e-12)
    assert [float(x.xreplace(values)) for x in attack.drift] == pytest.approx([0, 0], abs=1e-8)


def test_the_claim_s_slope_is_the_attack_s_gradient():
    items = TiltedItems(3)
    feature = np.array([[0.5], [-1.0], [2.0]])
    objective = Objective(features=feature, law=np.array([0.2, 0.5, 0.3]), untouched=np.array([0.7]))
    attacked = np.array([-0.4])
    values = {
        symbol: float(value)
        for column, numbers in (
            (items.law, objective.law),
            (items.honest, objective.weights),
            (items.tilt, np.exp(feature @ attacked)),
            (items.feature, feature[:, 0]),
        )
        for symbol, value in zip(column, numbers, strict=True)
    }
    mean = objective.law @ objective.weights
    assert float(items.slope.xreplace(values)) / mean == pytest.approx(objective.gradient(attacked)[0])


@pytest.mark.parametrize(
    ("white_box", "far", "random", "reason"),
    [
        ((0.9, 1.0, 1.0), (0.9, 1.0, 1.0), (0.1, 0.4, 0.9), None),
        ((0.7, 0.75, 1.0), (0.7, 0.7, 0.7), (0.1, 0.4, 0.9), "reaches 0.750 of the optimum in the median"),
        ((0.9, 0.9, 1.0), (0.9, 0.9, 0.9), (0.9, 0.95, 1.0), "random reaches 0.950"),
        ((0.9, 0.9, 1.0), (0.9, 0.95, 1.0), (0.1, 0.4, 0.9), "by-distance reaches 0.950"),
        ((0.9, 1.0, 1.1), (0.9, 0.9, 0.9), (0.1, 0.4, 0.9), "beats the optimum"),
    ],
)
def test_the_experiment_tells_strong_attacks_from_weak_ones(monkeypatch, white_box, far, random, reason):
    compared = SmallSetComparison(
        drawn=SmallSets(),
        seed=1,
        reached=(("white-box", white_box), ("by-distance", far), ("random", random)),
    )
    monkeypatch.setattr(sampled_attacks, "compare", lambda *_: compared)
    found = why_the_attack_is_weak(1)
    assert found is None if reason is None else reason in found
