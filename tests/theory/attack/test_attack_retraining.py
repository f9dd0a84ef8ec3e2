"""Retraining by two rewards against robust.one-step, robust.threshold and robust.long-run."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from scipy.optimize import minimize

from theory.attack.long_run import long_run
from theory.attack.retraining import TwoRewards, retrain


def crowds(seed, share, items=7):
    generator = np.random.default_rng(seed)
    honest, attacked = np.exp(generator.standard_normal((2, items)))
    law = generator.random(items)
    return TwoRewards(honest=honest, attacked=attacked, share=share), law / law.sum()


@pytest.mark.parametrize("share", [0.0, 0.3, 0.8, 1.0])
def test_every_round_gains_what_theory_says(share):
    rewards, law = crowds(1, share)
    course = retrain(rewards, law, 25)
    assert course.identity_error < 1e-14
    assert min(course.slack) > -1e-14
    assert course.weight[0] == 1
    a, b = rewards.honest, rewards.attacked
    after = (1 - share) * law * a / (law @ a) + share * law * b / (law @ b)
    assert course.weight[1] == pytest.approx(after @ a / (law @ a), rel=1e-14)


@pytest.mark.parametrize("seed", range(6))
def test_the_first_round_does_harm_exactly_past_the_threshold(seed):
    for items in (3, 7):
        rewards, law = crowds(seed, 0.0, items)
        threshold = rewards.threshold(law)
        for share in (
            0.02,
            0.5,
            0.9,
            1.0,
            *(() if threshold is None else (threshold - 1e-6, threshold + 1e-6)),
        ):
            at = TwoRewards(honest=rewards.honest, attacked=rewards.attacked, share=min(share, 1.0))
            falls = retrain(at, law, 1).weight[1] < 1
            assert falls == (threshold is not None and at.share > threshold)


@pytest.mark.parametrize("tenth", range(11))
def test_two_items_settle_on_the_clipped_line(tenth):
    share = Fraction(tenth, 10)
    rewards = TwoRewards(honest=np.array([2.0, 1.0]), attacked=np.array([1.0, 2.0]), share=float(share))
    expected = float(min(max(2 - 3 * share, Fraction(0)), Fraction(1)))
    found = long_run(rewards)
    chances = dict(zip(found.items, found.chances, strict=True))
    assert chances.get(0, 0.0) == pytest.approx(expected, abs=1e-12)
    course = retrain(rewards, np.array([2 / 7, 5 / 7]), 2000)
    assert course.law[0] == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("seed", range(5))
def test_the_long_run_maximises_the_potential(seed):
    rewards, law = crowds(seed, 0.2 + 0.15 * seed)
    found = long_run(rewards)

    def negative(free):
        weights = np.exp(free - free.max())
        return -rewards.potential(weights / weights.sum())

    best = min(minimize(negative, start, method="BFGS").fun for start in np.eye(7) * 3)
    assert found.potential == pytest.approx(-best, abs=1e-4)
    assert found.potential >= -best - 1e-12
    held = np.zeros(7)
    held[list(found.items)] = found.chances
    assert rewards.potential(held) == pytest.approx(found.potential, abs=1e-12)
    assert np.max(rewards.ratios(held)) <= 1 + 1e-12
    course = retrain(rewards, law, 4000)
    assert 0 <= found.potential - course.potential[-1] + 1e-12 <= course.gap[-1] + 2e-12
    assert course.potential[-1] == pytest.approx(found.potential, abs=1e-3)


@pytest.mark.parametrize(("share", "best"), [(0.0, "honest"), (1.0, "attacked")])
def test_one_crowd_alone_gets_its_favourite(share, best):
    rewards, _ = crowds(8, share)
    assert long_run(rewards).items == (int(np.argmax(getattr(rewards, best))),)


@pytest.mark.parametrize("share", [0.0, 0.4, 1.0])
def test_weights_too_small_for_double_precision_count_as_zero(share):
    rewards = TwoRewards(honest=np.array([1.0, 0.5, 0.0]), attacked=np.array([0.0, 0.2, 1.0]), share=share)
    found = long_run(rewards)
    assert np.isfinite(found.potential)
    course = retrain(rewards, np.full(3, 1 / 3), 400)
    assert course.potential[-1] == pytest.approx(found.potential, abs=1e-2)
    assert course.identity_error < 1e-14


def test_no_rounds_are_no_error():
    rewards, law = crowds(0, 0.5)
    course = retrain(rewards, law, 0)
    assert (course.weight, course.identity_error, course.slack) == ((1.0,), 0.0, ())
