"""Labelled pairs: what is refused, flips, and how labels are drawn."""

from __future__ import annotations

import numpy as np
import pytest

from theory.attack.preferences import Preferences, drawn_preferences
from theory.errors import InvalidInput

FEATURES = np.array([[0.0, 1.0], [2.0, 0.0], [1.0, 1.0]])


@pytest.mark.parametrize(
    ("pairs", "labels"),
    [
        ([[0, 0]], [1]),
        ([[0, 3]], [1]),
        ([[-1, 1]], [1]),
        ([[0, 1]], [0.5]),
        ([[0, 1]], [1, 0]),
        (np.zeros((0, 2), dtype=int), []),
    ],
)
def test_broken_preferences_are_refused(pairs, labels):
    with pytest.raises(InvalidInput, match="preferences"):
        Preferences(features=FEATURES, pairs=np.array(pairs), labels=np.array(labels))


def test_features_must_be_finite():
    with pytest.raises(InvalidInput, match="finite features"):
        Preferences(features=FEATURES + np.inf, pairs=[[0, 1]], labels=[1])


def test_flips_turn_labels_round_and_back_and_leave_the_given_ones():
    preferences = Preferences(features=FEATURES, pairs=np.array([[0, 1], [1, 2]]), labels=np.array([1, 0]))
    assert preferences.flipped((1,)).tolist() == [1, 1]
    assert preferences.flipped((0, 1)).tolist() == [0, 1]
    assert preferences.flipped(()).tolist() == preferences.labels.tolist() == [1, 0]
    assert preferences.differences.tolist() == [[-2.0, 1.0], [1.0, -1.0]]
    with pytest.raises(ValueError, match="read-only"):
        preferences.labels[0] = 0


def test_labels_are_drawn_by_bradley_terry_from_different_items():
    reward = np.array([0.0, 1.0, -0.5])
    drawn = drawn_preferences(FEATURES, reward, 20_000, np.random.default_rng(1))
    first, second = drawn.pairs.T
    assert (first != second).all()
    for i, j in ((0, 1), (1, 2), (2, 0)):
        chosen = drawn.labels[(first == i) & (second == j)]
        assert len(chosen) > 3000
        assert chosen.mean() == pytest.approx(1 / (1 + np.exp(reward[j] - reward[i])), abs=0.035)


def test_one_item_makes_no_pairs():
    with pytest.raises(InvalidInput, match="at least two items"):
        drawn_preferences(FEATURES[:1], np.zeros(1), 3, np.random.default_rng(0))
