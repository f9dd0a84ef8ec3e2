"""Retraining on finitely many items, chosen by the untouched reward and, for a share φ, by the attacked one.

One round at K = ∞ is p' = (1 − φ) a p/E_p a + φ b p/E_p b, a = e^r, b = e^r̂: what robust.one-step,
robust.threshold and robust.long-run are about.  Every round is compared with them, in double precision.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import xlogy

from theory.attack.numbers import Floats, kept


@dataclass(frozen=True, kw_only=True, eq=False)
class TwoRewards:
    """Two weights on the same items and the share that chooses by the second.

    Parameters
    ----------
    honest : array, shape ``(n,)``
        a ≥ 0, positive somewhere; 0 is too small for double precision.
    attacked : array, shape ``(n,)``
        b, likewise.
    share : float
        φ in [0, 1].
    """

    honest: Floats
    attacked: Floats
    share: float

    def __post_init__(self) -> None:
        object.__setattr__(self, "honest", kept(self.honest))
        object.__setattr__(self, "attacked", kept(self.attacked))

    def ratios(self, law: Floats) -> Floats:
        """p'/p, item by item; also the gradient of the potential."""
        a, b = self.honest, self.attacked
        found: Floats = (1 - self.share) * a / (law @ a) + self.share * b / (law @ b)
        return found

    def potential(self, law: Floats) -> float:
        """(1 − φ) log E_p a + φ log E_p b, which robust.long-run says retraining maximises."""
        return float(xlogy(1 - self.share, law @ self.honest) + xlogy(self.share, law @ self.attacked))

    def predicted_gain(self, law: Floats) -> float:
        """(1 − φ) Var(a)/E a + φ Cov(a, b)/E b, the gain of E a in one round by robust.one-step."""
        own, rival = self._pulls(law)
        return (1 - self.share) * own + self.share * rival

    def threshold(self, law: Floats) -> float | None:
        """The share past which E a falls in one round by robust.threshold; None if it falls at no share."""
        own, rival = self._pulls(law)
        return own / (own - rival) if rival < 0 else None

    def _pulls(self, law: Floats) -> tuple[float, float]:
        a, b = self.honest, self.attacked
        mean, rival = law @ a, law @ b
        around = law * (a - mean)
        return float(around @ (a - mean) / mean), float(around @ (b - rival) / rival)


@dataclass(frozen=True, kw_only=True, eq=False)
class Course:
    """What retraining did, round by round from the start on.

    Parameters
    ----------
    weight : tuple of float
        E_t[a]/E_0[a] after each round, 1 first.
    potential : tuple of float
        (1 − φ) log E_t[a] + φ log E_t[b].
    predicted : tuple of float
        Gain of E[a]/E_0[a] in each round by robust.one-step, one fewer.
    gap : tuple of float
        max p'/p − 1 ≥ what the potential can still rise, as it is concave.
    slack : tuple of float
        Rise of the potential less KL(p' ‖ p) in each round, ≥ 0 by robust.long-run, one fewer.
    law : array, shape ``(n,)``
        After the last round.
    """

    weight: tuple[float, ...]
    potential: tuple[float, ...]
    predicted: tuple[float, ...]
    gap: tuple[float, ...]
    slack: tuple[float, ...]
    law: Floats

    @property
    def identity_error(self) -> float:
        """Largest difference between a round's gain and robust.one-step, over E[a] before the round."""
        pairs = zip(self.weight, self.weight[1:], self.predicted, strict=False)
        return max((abs(after - before - gain) / before for before, after, gain in pairs), default=0.0)


def retrain(rewards: TwoRewards, law: Floats, rounds: int) -> Course:
    """Play some rounds from a law on the items.

    Parameters
    ----------
    rewards : TwoRewards
    law : array, shape ``(n,)``
    rounds : int
        ≥ 0.

    Returns
    -------
    Course

    Examples
    --------
    >>> rewards = TwoRewards(honest=np.array([2.0, 1.0]), attacked=np.array([1.0, 2.0]), share=0.5)
    >>> course = retrain(rewards, np.array([0.25, 0.75]), 300)
    >>> course.law.round(6).tolist(), course.identity_error < 1e-15
    ([0.5, 0.5], True)
    """
    start = float(law @ rewards.honest)
    weight, potential, gap = [1.0], [rewards.potential(law)], [_gap(rewards, law)]
    predicted: list[float] = []
    slack: list[float] = []
    for _ in range(rounds):
        predicted.append(rewards.predicted_gain(law) / start)
        after = law * rewards.ratios(law)
        after /= np.sum(after)
        divergence = _divergence(after, law)
        law = after
        weight.append(float(law @ rewards.honest) / start)
        potential.append(rewards.potential(law))
        gap.append(_gap(rewards, law))
        slack.append(potential[-1] - potential[-2] - divergence)
    return Course(
        weight=tuple(weight),
        potential=tuple(potential),
        predicted=tuple(predicted),
        gap=tuple(gap),
        slack=tuple(slack),
        law=kept(law),
    )


def _gap(rewards: TwoRewards, law: Floats) -> float:
    return float(np.max(rewards.ratios(law))) - 1


def _divergence(after: Floats, before: Floats) -> float:
    """KL(after ‖ before); a probability too small for double precision counts as 0."""
    there = after > 0
    return float(after[there] @ np.log(after[there] / before[there]))
