"""Maker: what fills one part of a training set: a model's raw output, a chosen one, or the tilt."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import final

import numpy as np

from theory.exponential_family.family import AbstractFamily
from theory.exponential_family.sampling import Floats
from theory.reward import Taste
from theory.simulation.compiled import array_function
from theory.simulation.producer import AbstractProducer, Samples, producer_of, state_symbols


class AbstractMaker(ABC):
    """Draws what is kept of a model in given states.

    To implement: `prepared`, `make`; `candidates` where several samples are drawn for one kept.
    """

    producer: AbstractProducer
    candidates: int = 1

    @abstractmethod
    def prepared(self, states: Floats) -> tuple[Floats, Floats]:
        """States of the laws that are drawn from, and the conditions > 0 for them to exist.

        Shapes ``(k, seeds)`` and ``(conditions, seeds)``.
        """

    @abstractmethod
    def make(self, states: Floats, generator: np.random.Generator) -> Samples:
        """One kept sample for each column of prepared states."""


@final
class RawMaker(AbstractMaker):
    """The model's law itself."""

    def __init__(self, family: AbstractFamily) -> None:
        self.producer = producer_of(family)

    def prepared(self, states: Floats) -> tuple[Floats, Floats]:
        return states, np.empty((0, states.shape[1]))

    def make(self, states: Floats, generator: np.random.Generator) -> Samples:
        return self.producer.draw(states, generator)


@final
class ChosenMaker(AbstractMaker):
    """One of K candidates, kept with probability ∝ e^{βr} among them (Gumbel's trick)."""

    def __init__(self, family: AbstractFamily, taste: Taste, pool: int) -> None:
        self.producer = producer_of(family)
        self.candidates = pool
        self._attraction = self.producer.attraction(taste)

    def prepared(self, states: Floats) -> tuple[Floats, Floats]:
        return states, np.empty((0, states.shape[1]))

    def make(self, states: Floats, generator: np.random.Generator) -> Samples:
        size = states.shape[1]
        drawn = self.producer.draw(np.tile(states, self.candidates), generator)
        candidates = drawn.reshape(len(drawn), self.candidates, size)
        appeal = self._attraction(candidates)[0]
        chosen = np.argmax(appeal + generator.gumbel(size=appeal.shape), axis=0)
        kept: Samples = np.take_along_axis(candidates, chosen[None, None, :], axis=1)[:, 0]
        return kept


@final
class TiltedMaker(AbstractMaker):
    """The law reweighted by e^{βr}: a choice among infinitely many candidates."""

    def __init__(self, family: AbstractFamily, taste: Taste) -> None:
        symbols = state_symbols(family)
        base, tilted, domain = family.tilted(symbols, taste)
        self.producer = producer_of(base)
        self._tilted = array_function(tilted, symbols)
        self._domain = array_function(domain, symbols)

    def prepared(self, states: Floats) -> tuple[Floats, Floats]:
        return self._tilted(states), self._domain(states)

    def make(self, states: Floats, generator: np.random.Generator) -> Samples:
        return self.producer.draw(states, generator)


def maker_of(family: AbstractFamily, taste: Taste | None, pool: int | None) -> AbstractMaker:
    """What is kept by a taste of K candidates (None is K = ∞), or the raw law without a taste."""
    if taste is None:
        return RawMaker(family)
    return TiltedMaker(family, taste) if pool is None else ChosenMaker(family, taste, pool)
