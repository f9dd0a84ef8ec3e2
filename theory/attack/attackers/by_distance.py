"""By distance: flips of the pairs that the untouched reward tells apart most clearly."""

from __future__ import annotations

from typing import ClassVar, final

import numpy as np

from theory.attack.attacker import AbstractAttacker, Progress, largest
from theory.attack.numbers import Flips
from theory.attack.problem import AttackProblem


@final
class ByDistance(AbstractAttacker):
    """Exactly `budget` pairs, those with the largest |r(first) − r(second)|, as in [WZ25]'s released code."""

    name: ClassVar[str] = "by-distance"
    knowledge: ClassVar[str] = "the pairs and the untouched reward of their items"

    def flips(self, problem: AttackProblem, generator: np.random.Generator, progress: Progress) -> Flips:
        return largest(np.abs(problem.differences @ problem.untouched), problem.budget)
