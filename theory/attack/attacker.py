"""AbstractAttacker: a way to choose which labels to flip."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import ClassVar, final

import numpy as np

from theory.attack.numbers import Flips, Floats
from theory.attack.problem import AttackProblem

Progress = Callable[[str], None]


class AbstractAttacker(ABC):
    """A rule that picks at most `budget` pairs of a problem.

    To implement: `name`, as users write it; `knowledge`, what the rule looks at, in words; `flips`.  A rule
    that takes too long on large problems also states `most_pairs`.
    """

    name: ClassVar[str]
    knowledge: ClassVar[str]
    most_pairs: ClassVar[int | None] = None

    @final
    def plays(self, pairs: int) -> bool:
        """Whether the rule is fit for so many pairs."""
        return self.most_pairs is None or pairs <= self.most_pairs

    @abstractmethod
    def flips(self, problem: AttackProblem, generator: np.random.Generator, progress: Progress) -> Flips:
        """The pairs whose labels are flipped.

        Parameters
        ----------
        problem : AttackProblem
        generator : numpy.random.Generator
            The only source of randomness.
        progress : callable
            Told what is being tried.

        Returns
        -------
        tuple of int
            Ascending, distinct, at most `problem.budget` of them.
        """


def largest(scores: Floats, count: int) -> Flips:
    """Indices of the `count` largest scores, ascending; of equal scores the first.

    Examples
    --------
    >>> largest(np.array([1.0, 3.0, 3.0, 2.0]), 2)
    (1, 2)
    """
    order = np.argsort(-scores, kind="stable")[:count]
    return tuple(sorted(int(k) for k in order))
