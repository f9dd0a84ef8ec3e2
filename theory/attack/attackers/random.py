"""Random: flips of pairs drawn uniformly."""

from __future__ import annotations

from typing import ClassVar, final

import numpy as np

from theory.attack.attacker import AbstractAttacker, Progress
from theory.attack.numbers import Flips
from theory.attack.problem import AttackProblem


@final
class Random(AbstractAttacker):
    """Exactly `budget` pairs, each set of that size equally likely."""

    name: ClassVar[str] = "random"
    knowledge: ClassVar[str] = "how many pairs there are"

    def flips(self, problem: AttackProblem, generator: np.random.Generator, progress: Progress) -> Flips:
        drawn = generator.choice(len(problem.preferences), size=problem.budget, replace=False)
        return tuple(sorted(int(k) for k in drawn))
