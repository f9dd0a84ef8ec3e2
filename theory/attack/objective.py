"""What the attacker lowers: how far choice by the attacked reward still serves what people like.

A model with law p on the items is retrained on what a reward r̂ picks (K = ∞): its law becomes the tilt
q ∝ p e^r̂.  With a = e^r the weight of the untouched reward, robust.one-step says by how much the expected
weight moves: Cov_p(a, e^r̂)/E_p e^r̂ = E_q a − E_p a.  Over E_p a this is the covariance of the two weights,
each over its mean, which the attacker lowers.  [WZ25]'s released code lowers Cov_p(e^r, e^r̂); that changes
when a constant is added to r̂, although no choice and no pair depends on it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from theory.attack.numbers import Floats, kept


@dataclass(frozen=True, kw_only=True, eq=False)
class Objective:
    """The covariance for θ̂ plus `penalty` times its squared distance from the untouched θ; to be lowered.

    Parameters
    ----------
    features : array, shape ``(n, d)``
    law : array, shape ``(n,)``
        p, the model's probabilities of the items.
    untouched : array, shape ``(d,)``
        θ, fitted to the labels that people gave.
    penalty : float
        ≥ 0; weight of the distance, which makes the attack harder to notice.
    """

    features: Floats
    law: Floats
    untouched: Floats
    penalty: float = 0.0

    def __post_init__(self) -> None:
        for name in ("features", "law", "untouched"):
            object.__setattr__(self, name, kept(getattr(self, name)))

    @property
    def weights(self) -> Floats:
        """a = e^r up to a constant factor, at most 1, shape ``(n,)``."""
        return weights_of(self.features @ self.untouched)

    def tilted(self, parameters: Floats) -> Floats:
        """q ∝ p e^r̂, shape ``(…, n)``, for parameters of shape ``(…, d)``."""
        drawn = self.law * weights_of(parameters @ self.features.T)
        found: Floats = drawn / np.sum(drawn, axis=-1, keepdims=True)
        return found

    def covariance(self, parameters: Floats) -> Floats:
        """Cov_p(a/E_p a, b/E_p b) = E_q a/E_p a − 1 with b = e^r̂, shape ``(…,)``."""
        mean = self.law @ self.weights
        found: Floats = (self.tilted(parameters) @ self.weights - mean) / mean
        return found

    def distance(self, parameters: Floats) -> Floats:
        """Standard deviation of r̂ − r under p, shape ``(…,)``: no constant counts."""
        changed = (parameters - self.untouched) @ self.features.T
        centred = changed - (changed @ self.law)[..., None]
        found: Floats = np.sqrt(centred**2 @ self.law)
        return found

    def value(self, parameters: Floats) -> Floats:
        """Covariance + penalty·distance², shape ``(…,)``."""
        return self.covariance(parameters) + self.penalty * self.distance(parameters) ** 2

    def gradient(self, parameters: Floats) -> Floats:
        """∂value/∂θ̂ = Cov_q(a, φ)/E_p a + 2·penalty·Cov_p(φ)(θ̂ − θ), shape ``(d,)``, for one vector."""
        drawn, a = self.tilted(parameters), self.weights
        centred = self.features - drawn @ self.features
        slope = (drawn * (a - drawn @ a)) @ centred / (self.law @ a)
        around = self.features - self.law @ self.features
        covariance = (self.law[:, None] * around).T @ around
        found: Floats = slope + 2 * self.penalty * covariance @ (parameters - self.untouched)
        return found


def weights_of(reward: Floats) -> Floats:
    """e^r over its largest value along the last axis.

    Examples
    --------
    >>> weights_of(np.array([1000.0, 1000.0])).tolist()
    [1.0, 1.0]
    """
    found: Floats = np.exp(reward - np.max(reward, axis=-1, keepdims=True))
    return found
