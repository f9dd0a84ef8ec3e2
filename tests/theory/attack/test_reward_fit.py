"""The reward model: peers, derivatives by finite differences, batches."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import minimize

from theory.attack import reward_fit
from theory.attack.reward_fit import NotFitted, fit, gradient, hessian, loss

RANDOM = np.random.default_rng(5)
DIFFERENCES = RANDOM.standard_normal((30, 3))
LABELS = (RANDOM.random(30) < 0.6).astype(float)


def central(function, point, step=1e-6):
    axes = np.eye(len(point)) * step
    return np.array([(function(point + axis) - function(point - axis)) / (2 * step) for axis in axes])


@pytest.mark.parametrize("ridge", [0.01, 1.0, 50.0])
def test_fit_agrees_with_scikit_learn(ridge):
    linear_model = pytest.importorskip("sklearn.linear_model")
    peer = linear_model.LogisticRegression(C=1 / ridge, fit_intercept=False, tol=1e-12, max_iter=10_000)
    theirs = peer.fit(DIFFERENCES, LABELS).coef_[0]
    np.testing.assert_allclose(fit(DIFFERENCES, LABELS, ridge), theirs, atol=1e-5)


@pytest.mark.parametrize("labels", [LABELS, np.full(30, 0.3), RANDOM.random(30)])
def test_fit_agrees_with_scipy_also_for_labels_in_part(labels):
    found = minimize(
        lambda theta: loss(DIFFERENCES, labels, 0.5, theta),
        np.zeros(3),
        jac=lambda theta: gradient(DIFFERENCES, labels, 0.5, theta),
        method="BFGS",
        options={"gtol": 1e-10},
    )
    np.testing.assert_allclose(fit(DIFFERENCES, labels, 0.5), found.x, atol=1e-8)


def test_derivatives_agree_with_finite_differences():
    theta = np.array([0.3, -1.0, 0.2])
    slope = central(lambda x: loss(DIFFERENCES, LABELS, 0.5, x), theta)
    np.testing.assert_allclose(gradient(DIFFERENCES, LABELS, 0.5, theta), slope, atol=1e-7)
    curvature = central(lambda x: gradient(DIFFERENCES, LABELS, 0.5, x), theta)
    np.testing.assert_allclose(hessian(DIFFERENCES, 0.5, theta), curvature, atol=1e-7)


def test_many_fits_are_the_single_ones_whatever_the_start():
    labels = (RANDOM.random((4, 5, 30)) < 0.5).astype(float)
    together = fit(DIFFERENCES, labels, 1.0, np.array([3.0, -3.0, 0.0]))
    assert together.shape == (4, 5, 3)
    np.testing.assert_allclose(together[2, 3], fit(DIFFERENCES, labels[2, 3], 1.0), atol=1e-10)


@pytest.mark.parametrize("scale", [1e-3, 1e3])
def test_separable_labels_are_fitted_from_far_away(scale):
    differences = scale * np.array([[1.0], [2.0], [0.5]])
    found = fit(differences, np.ones(3), 1e-4, np.array([40.0 / scale]))
    assert abs(gradient(differences, np.ones(3), 1e-4, found)[0]) < 1e-10 * (1 + scale)


def test_what_cannot_be_fitted_is_said(monkeypatch):
    monkeypatch.setattr(reward_fit, "_ITERATIONS", 2)
    with pytest.raises(NotFitted, match="the gradient of 1 of 2 fits does not vanish"):
        fit(np.array([[30.0], [-1.0]]), np.array([[0.5, 0.5], [1.0, 0.0]]), 1.0)
