"""Greedy: one flip after the other, each the best one given those before."""

from __future__ import annotations

from typing import ClassVar, final

import numpy as np

from theory.attack.attacker import AbstractAttacker, Progress
from theory.attack.numbers import Flips
from theory.attack.problem import AttackProblem


@final
class Greedy(AbstractAttacker):
    """Every further flip is tried with the reward fitted anew; it ends when none lowers the objective."""

    name: ClassVar[str] = "greedy"
    knowledge: ClassVar[str] = "all that the victim knows; budget × pairs fits"
    most_pairs: ClassVar[int | None] = 500

    def flips(self, problem: AttackProblem, generator: np.random.Generator, progress: Progress) -> Flips:
        return tuple(sorted(greedy_path(problem, progress)))


def greedy_path(problem: AttackProblem, progress: Progress) -> Flips:
    """The pairs in the order in which they are flipped."""
    chosen: Flips = ()
    reached = float(problem.values([chosen])[0])
    for _ in range(problem.budget):
        progress(f"greedy: flip {len(chosen) + 1} of {problem.budget}")
        further = [(*chosen, k) for k in range(len(problem.preferences)) if k not in chosen]
        values = problem.values(further)
        best = int(np.argmin(values))
        if values[best] >= reached:
            break
        chosen, reached = further[best], float(values[best])
    return chosen
