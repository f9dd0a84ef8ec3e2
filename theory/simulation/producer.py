"""Producer: draws samples of a family's laws, and says what they are worth to whoever chooses.

Laws come as states, one a column, with the number of samples wanted of each; samples come in the order
of their laws.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from functools import cached_property
from typing import Any, final

import numpy as np
import sympy
from numpy.typing import NDArray

from theory.exponential_family.family import AbstractFamily
from theory.exponential_family.sampling import Floats
from theory.reward import Taste
from theory.simulation.compiled import ArrayFunction, array_function, numbers

Samples = NDArray[Any]
"""Drawn samples, one a column: coordinates of points, or the positions of points in a finite support."""
Counts = NDArray[np.int64]
WIDEST_TABLE = 500
"""Largest range of βr over a finite support for which all weights are held against the greatest one."""
LONGEST_SCAN = 8
"""Largest finite support that is scanned point by point rather than searched."""


@dataclass(frozen=True)
class Points:
    """Points, shape ``(d, m)``: how many belong to each law, and how often each was drawn (None: once)."""

    values: Floats
    counts: Counts
    times: Counts | None = None


class AbstractProducer(ABC):
    """Samples of one family's laws, in a form of the producer's own.

    To implement: `draw`, `candidates`, `points`, `weights`, `width`.
    """

    def __init__(self, family: AbstractFamily) -> None:
        self.family = family

    @property
    @abstractmethod
    def width(self) -> int:
        """Numbers held while one sample is drawn."""

    @abstractmethod
    def draw(self, states: Floats, counts: Counts, generator: np.random.Generator) -> Samples:
        """Independent samples of each law, in any order within a law; shape ``(v, m)``."""

    @abstractmethod
    def candidates(
        self, states: Floats, counts: Counts, pool: int, generator: np.random.Generator
    ) -> Samples:
        """For each sample wanted K candidates, all independent; shape ``(v, K, m)``."""

    @abstractmethod
    def points(self, samples: Samples, counts: Counts) -> Points:
        """The points that were drawn, over the family's `variables`."""

    @abstractmethod
    def weights(self, taste: Taste) -> ArrayFunction:
        """e^{βr} up to a factor within a choice, as a function from candidates to shape ``(K, m)``."""


def producer_of(family: AbstractFamily) -> AbstractProducer:
    """The producer of a family's samples."""
    return FiniteProducer(family) if family.finite_support else ContinuousProducer(family)


def state_symbols(family: AbstractFamily) -> tuple[sympy.Symbol, ...]:
    """Generic symbols for a state."""
    return tuple(sympy.Symbol(f"s{k}", real=True) for k in range(len(family.coordinates)))


@final
class ContinuousProducer(AbstractProducer):
    """Draws by the family's own sampler."""

    @property
    def width(self) -> int:
        return len(self.family.variables)

    @cached_property
    def _parameters(self) -> ArrayFunction:
        symbols = state_symbols(self.family)
        return array_function(self.family.sampling_parameters(symbols), symbols)

    def draw(self, states: Floats, counts: Counts, generator: np.random.Generator) -> Samples:
        return self._sample(np.repeat(self._parameters(states), counts, axis=1), generator)

    def candidates(
        self, states: Floats, counts: Counts, pool: int, generator: np.random.Generator
    ) -> Samples:
        repeated = np.tile(np.repeat(self._parameters(states), counts, axis=1), pool)
        drawn = self._sample(repeated, generator)
        return drawn.reshape(len(drawn), pool, -1)

    def points(self, samples: Samples, counts: Counts) -> Points:
        return Points(samples, counts)

    def weights(self, taste: Taste) -> ArrayFunction:
        run = array_function([taste.strength * taste.reward.polynomial], self.family.variables)
        return lambda candidates: _exponentials(run(candidates)[0])

    def _sample(self, parameters: Floats, generator: np.random.Generator) -> Floats:
        """Samples; infinite where a heavy tail leaves the numbers, which ends the fit to them."""
        with np.errstate(over="ignore"):
            return self.family.sample(parameters, generator)


@final
class FiniteProducer(AbstractProducer):
    """Draws positions in a finite support; candidates for one choice answer the same prompt."""

    @property
    def width(self) -> int:
        return 1

    @cached_property
    def _support(self) -> Floats:
        """Points of the support, shape ``(d, points)``."""
        symbols = self.family.variables
        columns = [[point[s] for s in symbols] for point in self.family.support_points()]
        return np.stack([numbers(column) for column in columns], axis=1)

    @cached_property
    def _probabilities(self) -> ArrayFunction:
        symbols = state_symbols(self.family)
        return array_function(self.family.support_probabilities(symbols), symbols)

    @cached_property
    def _menus(self) -> tuple[Floats, Floats]:
        """How often each prompt is asked, shape ``(prompts,)``; 1 for its answers, ``(points, prompts)``."""
        menus = self.family.menus(state_symbols(self.family))
        answers = np.zeros((self._support.shape[1], len(menus)))
        for k, (_, menu) in enumerate(menus):
            answers[menu, k] = 1.0
        return numbers([share for share, _ in menus]), answers

    def draw(self, states: Floats, counts: Counts, generator: np.random.Generator) -> Samples:
        asked, answers = self._menus
        chances = np.maximum(self._probabilities(states), 0.0).T * (answers @ asked)
        seen = generator.multinomial(counts, chances / chances.sum(axis=1, keepdims=True))
        positions: Samples = np.repeat(np.tile(np.arange(seen.shape[1]), len(seen)), seen.ravel())
        return positions[None, :]

    def candidates(
        self, states: Floats, counts: Counts, pool: int, generator: np.random.Generator
    ) -> Samples:
        chances, (asked, answers) = self._probabilities(states), self._menus
        if len(asked) > 1:
            chances = np.repeat(chances, len(asked), axis=1) * np.tile(answers, states.shape[1])
            counts = generator.multinomial(counts, asked / asked.sum()).ravel()
        cumulative = np.cumsum(chances, axis=0)
        cumulative /= cumulative[-1]
        heights = generator.random((pool, int(counts.sum())))
        if len(cumulative) <= LONGEST_SCAN:
            positions: Samples = np.zeros(heights.shape, dtype=np.int8)
            for step in cumulative[:-1]:
                positions += (np.repeat(step, counts) <= heights).view(np.int8)
            return positions[None]
        rows = np.repeat(np.arange(len(counts)), counts)
        steps = (cumulative[:-1] + np.arange(len(counts))).T.ravel()
        found: Samples = np.searchsorted(steps, heights + rows, side="right") - rows * (len(cumulative) - 1)
        return found[None]

    def points(self, samples: Samples, counts: Counts) -> Points:
        size, laws = self._support.shape[1], len(counts)
        places = np.repeat(np.arange(laws) * size, counts) + samples[0]
        times = np.bincount(places, minlength=laws * size)
        return Points(np.tile(self._support, laws), np.full(laws, size), times)

    def weights(self, taste: Taste) -> ArrayFunction:
        table = numbers([taste.strength * r for r in self.family.support_rewards(taste.reward)])
        if np.ptp(table) > WIDEST_TABLE:
            return lambda candidates: _exponentials(table[candidates[0]])
        chosen = _exponentials(table)
        return lambda candidates: chosen.take(candidates[0])


def _exponentials(attraction: Floats) -> Floats:
    """e^{βr} divided by the greatest within each choice."""
    found: Floats = np.exp(attraction - np.max(attraction, axis=0))
    return found
