"""Where retraining by two rewards leads in the long run, without iterating.

By robust.long-run the limit maximises L = (1 − φ) log E_p a + φ log E_p b, which depends on p through the
point (E_p a, E_p b) of the convex hull of the items' (a, b) alone.  L rises in both, so a maximiser lies on
the hull's upper right border: on one item, or between two that do not beat each other.  On an edge the
maximum has a formula.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import xlogy

from theory.attack.numbers import Floats, Integers
from theory.attack.pareto import undominated
from theory.attack.retraining import TwoRewards


@dataclass(frozen=True, kw_only=True)
class LongRun:
    """A maximiser of the potential.

    Parameters
    ----------
    items : tuple of int
        One item, or the two between which it lies.
    chances : tuple of float
        Their probabilities.
    weight : float
        E[a] there.
    potential : float
    """

    items: tuple[int, ...]
    chances: tuple[float, ...]
    weight: float
    potential: float


def long_run(rewards: TwoRewards) -> LongRun:
    """A maximiser of (1 − φ) log E a + φ log E b over all laws on the items.

    E a and E b are the same at every maximiser when 0 < φ < 1.

    Examples
    --------
    >>> found = long_run(TwoRewards(honest=np.array([2.0, 1.0]), attacked=np.array([1.0, 2.0]), share=0.5))
    >>> found.items, found.chances
    ((1, 0), (0.5, 0.5))
    """
    a, b = rewards.honest, rewards.attacked
    border = undominated(-np.stack([a, b], axis=1))
    first, second = (index.ravel() for index in np.meshgrid(border, border, indexing="ij"))
    chance = _best_chance(rewards, first, second)
    mean = chance * a[first] + (1 - chance) * a[second]
    rival = chance * b[first] + (1 - chance) * b[second]
    potential = xlogy(1 - rewards.share, mean) + xlogy(rewards.share, rival)
    best = int(np.argmax(potential))
    parts = ((int(first[best]), float(chance[best])), (int(second[best]), float(1 - chance[best])))
    held = tuple(part for part in parts if part[1] > 0)
    return LongRun(
        items=tuple(item for item, _ in held),
        chances=tuple(chance for _, chance in held),
        weight=float(mean[best]),
        potential=float(potential[best]),
    )


def _best_chance(rewards: TwoRewards, first: Integers, second: Integers) -> Floats:
    """The probability of `first` that maximises L between two items, clipped to [0, 1].

    With Δ first less second, (1 − φ) Δa/(a₂ + xΔa) + φ Δb/(b₂ + xΔb) = 0 at
    x = −((1 − φ) b₂/Δb + φ a₂/Δa).
    """
    a, b, share = rewards.honest, rewards.attacked, rewards.share
    more, less = a[first] - a[second], b[first] - b[second]
    apart = more * less < 0
    with np.errstate(divide="ignore", invalid="ignore"):
        inside = -((1 - share) * b[second] / less + share * a[second] / more)
    found: Floats = np.clip(np.where(apart, inside, 1.0), 0, 1)
    return found
