"""Maker: what fills one part of a training set: a model's raw output, a chosen one, or the tilt."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import final

import numpy as np

from theory.exponential_family.family import AbstractFamily
from theory.exponential_family.sampling import Floats
from theory.reward import Taste
from theory.simulation.compiled import array_function
from theory.simulation.producer import AbstractProducer, Counts, Samples, producer_of, state_symbols


class AbstractMaker(ABC):
    """Draws what is kept of a model in given states.

    To implement: `make`; `prepared` where other laws are drawn from; `pool` where several samples are
    drawn for one that is kept.
    """

    producer: AbstractProducer
    pool: int = 1

    def prepared(self, states: Floats) -> tuple[Floats, Floats]:
        """States of the laws that are drawn from, and the conditions > 0 for them to exist.

        Shapes ``(k, seeds)`` and ``(conditions, seeds)``.
        """
        return states, np.empty((0, states.shape[1]))

    @abstractmethod
    def make(self, states: Floats, counts: Counts, generator: np.random.Generator) -> Samples:
        """Kept samples of each law, as many as counted; states are prepared ones."""


@final
class RawMaker(AbstractMaker):
    """The model's law itself."""

    def __init__(self, family: AbstractFamily) -> None:
        self.producer = producer_of(family)

    def make(self, states: Floats, counts: Counts, generator: np.random.Generator) -> Samples:
        return self.producer.draw(states, counts, generator)


@final
class ChosenMaker(AbstractMaker):
    """One of K candidates, kept with probability ∝ e^{βr} among them."""

    def __init__(self, family: AbstractFamily, taste: Taste, pool: int) -> None:
        self.producer = producer_of(family)
        self.pool = pool
        self._weights = self.producer.weights(taste)

    def make(self, states: Floats, counts: Counts, generator: np.random.Generator) -> Samples:
        candidates = self.producer.candidates(states, counts, self.pool, generator)
        weights = self._weights(candidates)
        return picked(candidates, weights, generator.random((weights.shape[1],)))


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

    def make(self, states: Floats, counts: Counts, generator: np.random.Generator) -> Samples:
        return self.producer.draw(states, counts, generator)


def picked(candidates: Samples, weights: Floats, heights: Floats) -> Samples:
    """One of K candidates in proportion to their weights.

    Parameters
    ----------
    candidates : array, shape ``(v, K, m)``
    weights : array, shape ``(K, m)``
    heights : array, shape ``(m,)``
        Uniform in [0, 1).

    Returns
    -------
    array, shape ``(v, m)``

    Examples
    --------
    >>> picked(np.array([[[7, 7], [8, 8]]]), np.array([[1.0, 1.0], [3.0, 3.0]]), np.array([0.2, 0.3]))
    array([[7, 8]])
    """
    kept: Samples = candidates[:, 0].copy()
    heights = heights * np.sum(weights, axis=0)
    reached = weights[0].copy()
    for candidate, weight in zip(np.moveaxis(candidates, 1, 0)[1:], weights[1:], strict=True):
        np.copyto(kept, candidate, where=reached <= heights)
        reached += weight
    return kept
