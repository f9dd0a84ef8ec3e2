"""The reward model: regularised Bradley–Terry, which is a logistic regression on differences of features.

For labels o in [0, 1] and differences z it minimises Σ (log(1 + e^u) − o u) + (ridge/2)|θ|², u = zᵀθ, which
is strictly convex.  Everything is in double precision; `fit` ends where the gradient is zero up to rounding.
"""

from __future__ import annotations

import numpy as np
from scipy.special import expit

from theory.attack.numbers import Floats
from theory.errors import BackfireError

_TOLERANCE = 1e-11
_ITERATIONS = 100
_HALVINGS = 40


class NotFitted(BackfireError, ArithmeticError):
    """The reward model could not be fitted to full precision."""


def loss(differences: Floats, labels: Floats, ridge: float, parameters: Floats) -> Floats:
    """The loss of each parameter vector, shape ``(…,)``, for labels ``(…, m)`` and parameters ``(…, d)``."""
    margin = parameters @ differences.T
    penalty = ridge / 2 * np.sum(parameters**2, axis=-1)
    total: Floats = np.sum(np.logaddexp(0, margin) - labels * margin, axis=-1) + penalty
    return total


def gradient(differences: Floats, labels: Floats, ridge: float, parameters: Floats) -> Floats:
    """∂loss/∂θ = Σ (σ(u) − o) z + ridge·θ, shape ``(…, d)``."""
    found: Floats = (expit(parameters @ differences.T) - labels) @ differences + ridge * parameters
    return found


def hessian(differences: Floats, ridge: float, parameters: Floats) -> Floats:
    """∂²loss/∂θ² = Σ σ(u)σ(−u) z zᵀ + ridge·I, shape ``(…, d, d)``; no label enters it."""
    margin = parameters @ differences.T
    curvature = expit(margin) * expit(-margin)
    outer = differences[:, :, None] * differences[:, None, :]
    found: Floats = np.tensordot(curvature, outer, axes=1) + ridge * np.eye(differences.shape[1])
    return found


def fit(differences: Floats, labels: Floats, ridge: float, start: Floats | None = None) -> Floats:
    """The fitted parameters of one or many sets of labels, by Newton's method with halved steps.

    Parameters
    ----------
    differences : array, shape ``(m, d)``
    labels : array, shape ``(…, m)``
        In [0, 1]; fractions are labels that only a part of the people turned round.
    ridge : float
        > 0.
    start : array, shape ``(d,)`` or ``(…, d)``, or None
        Where to begin; default: zero.

    Returns
    -------
    array, shape ``(…, d)``

    Raises
    ------
    NotFitted
        When the gradient does not vanish up to rounding.

    Examples
    --------
    >>> one = fit(np.array([[1.0]]), np.array([1.0]), 1.0)
    >>> bool(abs(one[0] - 1 / (1 + np.exp(one[0]))) < 1e-12)
    True
    """
    flat = labels.reshape(-1, labels.shape[-1])
    size = differences.shape[1]
    begin = np.zeros(size) if start is None else start
    theta = np.array(np.broadcast_to(begin, (*labels.shape[:-1], size)).reshape(-1, size), dtype=np.float64)
    limit = _TOLERANCE * (1 + np.sum(np.abs(differences)))
    open_ = np.arange(len(theta))
    for _ in range(_ITERATIONS):
        slope = gradient(differences, flat[open_], ridge, theta[open_])
        going = ~(np.linalg.norm(slope, axis=1) <= limit)  # not a number goes on, too
        open_, slope = open_[going], slope[going]
        if not len(open_):
            return theta.reshape(*labels.shape[:-1], size)
        curvature = hessian(differences, ridge, theta[open_])
        step = -np.linalg.solve(curvature, slope[:, :, None])[:, :, 0]
        theta[open_] = _advanced(differences, flat[open_], ridge, theta[open_], (slope, step))
    raise NotFitted(f"the gradient of {len(open_)} of {len(theta)} fits does not vanish")


def _advanced(
    differences: Floats, labels: Floats, ridge: float, theta: Floats, direction: tuple[Floats, Floats]
) -> Floats:
    """One Newton step each, halved until the loss does not rise (up to its rounding)."""
    slope, step = direction
    before = loss(differences, labels, ridge, theta)
    expected = 1e-4 * np.sum(slope * step, axis=1)
    slack = 1e-13 * (1 + np.abs(before))
    size = np.ones(len(theta))
    for _ in range(_HALVINGS):
        after = loss(differences, labels, ridge, theta + size[:, None] * step)
        rises = after > before + size * expected + slack
        if not rises.any():
            break
        size[rises] /= 2
    return theta + size[:, None] * step
