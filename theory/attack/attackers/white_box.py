"""White-box: influence functions followed along labels that are turned round by degrees."""

from __future__ import annotations

from typing import ClassVar, final

import numpy as np

from theory.attack.attacker import AbstractAttacker, Progress, largest
from theory.attack.numbers import Flips, Floats
from theory.attack.problem import AttackProblem

_EPOCHS = 25


@final
class WhiteBox(AbstractAttacker):
    """Influences at labels flipped in part, refitted every epoch, then the best whole flips seen on the way.

    Labels o + t(1 − 2o) with Σ t ≤ budget, 0 ≤ t ≤ 1, relax the choice of flips.  In each epoch the reward is
    fitted to them, the pairs with the most negative influence there are a candidate, and t moves a part
    2/(epoch + 2) of the way to it (Frank–Wolfe).  Candidates are judged by the reward fitted anew.  The
    released code of [WZ25] averages normalised steps instead, and flips the pairs with the largest ones.
    """

    name: ClassVar[str] = "white-box"
    knowledge: ClassVar[str] = "all that the victim knows; a few dozen fits"

    def flips(self, problem: AttackProblem, generator: np.random.Generator, progress: Progress) -> Flips:
        given = problem.preferences.labels
        part = np.zeros(len(given))
        candidates: list[Flips] = [()]
        for epoch in range(_EPOCHS):
            influence = problem.influence(given + part * (1 - 2 * given))
            candidates.append(_vertex(influence, problem.budget))
            aim = np.zeros(len(given))
            aim[list(candidates[-1])] = 1
            part += 2 / (epoch + 2) * (aim - part)
        candidates.append(largest(part, min(problem.budget, int(np.sum(part > 0)))))
        distinct = list(dict.fromkeys(candidates))
        return distinct[int(np.argmin(problem.values(distinct)))]


def _vertex(influence: Floats, budget: int) -> Flips:
    """The flips that lower the linearised objective most."""
    return largest(-influence, min(budget, int(np.sum(influence < 0))))
