"""Exhaustive: every set of flips within the budget is tried."""

from __future__ import annotations

from typing import ClassVar, final

import numpy as np

from theory.attack.attacker import AbstractAttacker, Progress
from theory.attack.choices import fitted_choices
from theory.attack.numbers import Flips
from theory.attack.problem import AttackProblem
from theory.errors import InvalidInput


@final
class Exhaustive(AbstractAttacker):
    """The optimum: of all sets of at most `budget` flips the one with the lowest objective."""

    name: ClassVar[str] = "exhaustive"
    knowledge: ClassVar[str] = "all that the victim knows; a fit a set of flips"
    most_pairs: ClassVar[int | None] = 20

    def flips(self, problem: AttackProblem, generator: np.random.Generator, progress: Progress) -> Flips:
        """As stated.

        Raises
        ------
        InvalidInput
            When there are more pairs than `most_pairs`.
        """
        pairs = len(problem.preferences)
        if not self.plays(pairs):
            raise InvalidInput(expected=f"at most {self.most_pairs} pairs for {self.name}", found=str(pairs))
        best: tuple[float, Flips] = (np.inf, ())
        for some, parameters in fitted_choices(problem, progress):
            values = problem.objective.value(parameters)
            lowest = int(np.argmin(values))
            best = min(best, (float(values[lowest]), some[lowest]))
        return best[1]
