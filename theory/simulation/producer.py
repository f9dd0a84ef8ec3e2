"""Producer: draws samples of a family's laws, and says what they are worth to whoever chooses."""

from __future__ import annotations

from abc import ABC, abstractmethod
from functools import cached_property
from typing import Any, final

import numpy as np
import sympy
from numpy.typing import NDArray

from theory.exponential_family.family import AbstractFamily
from theory.exponential_family.sampling import Floats
from theory.reward import Taste, reward_variables
from theory.simulation.compiled import ArrayFunction, array_function, numbers

Samples = NDArray[Any]
"""Drawn samples, one a column: coordinates of points, or the positions of points in a finite support."""


class AbstractProducer(ABC):
    """Samples of one family's laws, in a form of the producer's own.

    To implement: `draw`, `points`, `attraction`, `width`.
    """

    def __init__(self, family: AbstractFamily) -> None:
        self.family = family

    @property
    @abstractmethod
    def width(self) -> int:
        """Numbers held while one sample is drawn."""

    @abstractmethod
    def draw(self, state: Floats, generator: np.random.Generator) -> Samples:
        """One sample of each law; states have shape ``(k, m)``, samples ``(v, m)``."""

    @abstractmethod
    def points(self, samples: Samples) -> Floats:
        """Values of the sample's symbols, `sample_symbols` of the family, shape ``(d, m)``."""

    @abstractmethod
    def attraction(self, taste: Taste) -> ArrayFunction:
        """βr as a function from samples, shape ``(v, …)``, to shape ``(1, …)``."""


def producer_of(family: AbstractFamily) -> AbstractProducer:
    """The producer of a family's samples."""
    return FiniteProducer(family) if family.finite_support else ContinuousProducer(family)


def sample_symbols(family: AbstractFamily) -> tuple[sympy.Symbol, ...]:
    """Symbols over which the family's statistic is written: coordinates, or the atoms' indicators."""
    return tuple(family.statistic) if family.atoms else reward_variables(family.dimension)


def state_symbols(family: AbstractFamily) -> tuple[sympy.Symbol, ...]:
    """Generic symbols for a state."""
    return tuple(sympy.Symbol(f"s{k}", real=True) for k in range(len(family.coordinates)))


@final
class ContinuousProducer(AbstractProducer):
    """Draws by the family's own sampler."""

    @property
    def width(self) -> int:
        return self.family.dimension

    def draw(self, state: Floats, generator: np.random.Generator) -> Samples:
        return self.family.sample(state, generator)

    def points(self, samples: Samples) -> Floats:
        return samples

    def attraction(self, taste: Taste) -> ArrayFunction:
        return array_function([taste.strength * taste.reward.polynomial], sample_symbols(self.family))


@final
class FiniteProducer(AbstractProducer):
    """Draws positions in a finite support by the inverse of the distribution function."""

    @property
    def width(self) -> int:
        return len(self._support)

    @cached_property
    def _support(self) -> Floats:
        """Points of the support, shape ``(points, d)``."""
        symbols = sample_symbols(self.family)
        rows = [[point[s] for s in symbols] for point in self.family.support_points()]
        return np.array([numbers(row) for row in rows])

    @cached_property
    def _probabilities(self) -> ArrayFunction:
        symbols = state_symbols(self.family)
        return array_function(self.family.support_probabilities(symbols), symbols)

    def draw(self, state: Floats, generator: np.random.Generator) -> Samples:
        cumulative = np.cumsum(self._probabilities(state), axis=0)
        height = generator.random(state.shape[1]) * cumulative[-1]
        positions: Samples = np.count_nonzero(cumulative[:-1] <= height, axis=0, keepdims=True)
        return positions

    def points(self, samples: Samples) -> Floats:
        found: Floats = self._support[samples[0]].T
        return found

    def attraction(self, taste: Taste) -> ArrayFunction:
        table = numbers([taste.strength * r for r in self.family.support_rewards(taste.reward)])
        return lambda samples: table[samples]
