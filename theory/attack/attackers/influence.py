"""Influence: flips of the pairs whose label moves the objective most, to first order."""

from __future__ import annotations

from typing import ClassVar, final

import numpy as np

from theory.attack.attacker import AbstractAttacker, Progress, largest
from theory.attack.numbers import Flips
from theory.attack.problem import AttackProblem


@final
class Influence(AbstractAttacker):
    """At most `budget` pairs, those with the most negative influence at the untouched fit."""

    name: ClassVar[str] = "influence"
    knowledge: ClassVar[str] = "all that the victim knows; one fit"

    def flips(self, problem: AttackProblem, generator: np.random.Generator, progress: Progress) -> Flips:
        influence = problem.influence(problem.preferences.labels)
        harmful = int(np.sum(influence < 0))
        return largest(-influence, min(problem.budget, harmful))
