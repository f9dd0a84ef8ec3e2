"""AbstractDataSet: items that a model makes, and a reward by which people compare them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from theory.attack.numbers import Floats, kept


@dataclass(frozen=True, kw_only=True, eq=False)
class Items:
    """Points of the plane with what people think of them.

    Parameters
    ----------
    points : array, shape ``(n, 2)``
    reward : array, shape ``(n,)``
        What people's labels are drawn from; the reward model sees only the labels.
    axes : tuple of two str
        What the coordinates are.
    """

    points: Floats
    reward: Floats
    axes: tuple[str, str]

    def __post_init__(self) -> None:
        object.__setattr__(self, "points", kept(self.points))
        object.__setattr__(self, "reward", kept(self.reward))

    @property
    def features(self) -> Floats:
        """φ: x₁, x₂, x₁², x₁x₂, x₂², each of mean 0 and deviation 1 over the items, shape ``(n, 5)``."""
        first, second = self.points.T
        raw = np.stack([first, second, first**2, first * second, second**2], axis=1)
        found: Floats = (raw - raw.mean(axis=0)) / raw.std(axis=0)
        return found


class AbstractDataSet(ABC):
    """A source of items.

    To implement: `name`, as users write it; `about`, a line on what people like; `items`.
    """

    name: ClassVar[str]
    about: ClassVar[str]

    @abstractmethod
    def items(self, generator: np.random.Generator) -> Items:
        """The items.

        Parameters
        ----------
        generator : numpy.random.Generator
            The only source of randomness.

        Raises
        ------
        InvalidInput
            When a package that holds the data is not installed.
        """
