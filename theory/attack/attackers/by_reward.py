"""By reward: flips of the pairs that hold the items that people like best."""

from __future__ import annotations

from typing import ClassVar, final

import numpy as np

from theory.attack.attacker import AbstractAttacker, Progress, largest
from theory.attack.numbers import Flips
from theory.attack.problem import AttackProblem


@final
class ByReward(AbstractAttacker):
    """Exactly `budget` pairs, those whose better item people like most, as in [WZ25]'s released code."""

    name: ClassVar[str] = "by-reward"
    knowledge: ClassVar[str] = "the pairs and the untouched reward of their items"

    def flips(self, problem: AttackProblem, generator: np.random.Generator, progress: Progress) -> Flips:
        reward = problem.preferences.features @ problem.untouched
        return largest(reward[problem.preferences.pairs].max(axis=1), problem.budget)
