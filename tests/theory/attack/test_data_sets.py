"""Every data set gives items; the digits need their package, and say so."""

from __future__ import annotations

import sys

import numpy as np
import pytest

from theory.attack.data_sets.digits import principal_components
from theory.attack.data_sets.registry import data_sets
from theory.errors import InvalidInput

NAMES = tuple(data_sets())


def items_of(name, seed=0):
    if name == "digits":
        pytest.importorskip("sklearn")
    return data_sets()[name].items(np.random.default_rng(seed))


@pytest.mark.parametrize("name", NAMES)
def test_items_are_points_of_the_plane_with_a_reward(name):
    items = items_of(name)
    assert items.points.shape == (len(items.reward), 2)
    assert len(items.axes) == 2
    assert np.isfinite(items.points).all()
    assert items.reward.std() > 0
    assert items.features.shape == (len(items.points), 5)
    np.testing.assert_allclose(items.features.mean(axis=0), 0, atol=1e-12)
    np.testing.assert_allclose(items.features.std(axis=0), 1)
    np.testing.assert_array_equal(items.points, items_of(name).points)
    assert data_sets()[name].about


def test_eight_clusters_lie_on_a_ring_and_the_nearest_to_the_first_is_liked_best():
    items = items_of("eight-gaussians")
    centres = items.points.reshape(8, 30, 2).mean(axis=1)
    np.testing.assert_allclose(np.linalg.norm(centres, axis=1), 2, atol=0.2)
    assert np.argmax(items.reward) < 30


def test_digits_are_all_threes_and_eights_and_threes_are_liked():
    datasets = pytest.importorskip("sklearn.datasets")
    labels = datasets.load_digits().target
    items = items_of("digits")
    assert len(items.points) == np.isin(labels, (3, 8)).sum() == 357
    assert (items.reward > 0).sum() == (labels == 3).sum()


def test_components_are_those_of_scikit_learn():
    decomposition = pytest.importorskip("sklearn.decomposition")
    rows = np.random.default_rng(0).standard_normal((40, 6)) * [5, 3, 1, 1, 1, 1]
    theirs = decomposition.PCA(2).fit_transform(rows)
    ours = principal_components(rows) * theirs[:, 0].std()
    signs = np.sign((ours * theirs).sum(axis=0))
    np.testing.assert_allclose(ours, theirs * signs, atol=1e-10)
    np.testing.assert_allclose(principal_components(rows), principal_components(rows.copy()))


def test_a_missing_package_is_said_with_what_to_do(monkeypatch):
    monkeypatch.setitem(sys.modules, "sklearn", None)
    monkeypatch.setitem(sys.modules, "sklearn.datasets", None)
    with pytest.raises(InvalidInput, match=r'scikit-learn.*pip install "backfire\[attack\]"'):
        data_sets()["digits"].items(np.random.default_rng(0))
