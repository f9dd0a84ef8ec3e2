"""Memory: which data a model's fit sees, by the regime of the ecosystem's data."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import final

import numpy as np

from theory.ecosystem import DataRegime
from theory.exponential_family.sampling import Floats
from theory.simulation.producer import Counts

_KEYS_AT_ONCE = 2**20


class AbstractMemory(ABC):
    """The statistic of what a model has read, seed by seed.

    To implement: `begin`, `take`, `mean`.

    Parameters
    ----------
    size : int
        Number of statistics.
    seeds : int
        Number of runs.
    samples : int
        n, how many samples a seed reads in a round.
    """

    def __init__(self, size: int, seeds: int, samples: int) -> None:
        self.shape = (size, seeds)
        self.samples = samples

    @abstractmethod
    def begin(self) -> None:
        """A round's data are about to be read."""

    @abstractmethod
    def take(self, seeds: Counts, values: Floats, counts: Counts, times: Counts | None) -> None:
        """Read statistics, shape ``(size, m)``.

        The first counts[0] belong to seeds[0], and so on (seeds ascend, counts are positive); each was
        drawn so many times, or once.
        """

    @abstractmethod
    def mean(self, generator: np.random.Generator) -> Floats:
        """Mean statistic of what the fit sees, shape ``(size, seeds)``."""


@final
class ReplacingMemory(AbstractMemory):
    """The data of the present round alone."""

    def begin(self) -> None:
        self._sums = np.zeros(self.shape)

    def take(self, seeds: Counts, values: Floats, counts: Counts, times: Counts | None) -> None:
        self._sums[:, seeds] += _sums(values, counts, times)

    def mean(self, generator: np.random.Generator) -> Floats:
        return self._sums / self.samples


@final
class AccumulatingMemory(AbstractMemory):
    """The data of all rounds, as sums of the statistic."""

    def __init__(self, size: int, seeds: int, samples: int) -> None:
        super().__init__(size, seeds, samples)
        self._sums = np.zeros(self.shape)
        self._rounds = 0

    def begin(self) -> None:
        self._rounds += 1

    def take(self, seeds: Counts, values: Floats, counts: Counts, times: Counts | None) -> None:
        self._sums[:, seeds] += _sums(values, counts, times)

    def mean(self, generator: np.random.Generator) -> Floats:
        return self._sums / (self.samples * self._rounds)


@final
class SubsamplingMemory(AbstractMemory):
    """As many samples as one round has, drawn without replacement from the data of all rounds."""

    def __init__(self, size: int, seeds: int, samples: int) -> None:
        super().__init__(size, seeds, samples)
        self._pool = np.zeros((size, seeds, 0))
        self._filled: Counts = np.zeros(seeds, dtype=np.int64)

    def begin(self) -> None:
        self._filled = np.full(self.shape[1], self._pool.shape[2])
        self._pool = np.concatenate([self._pool, np.zeros((*self.shape, self.samples))], axis=2)

    def take(self, seeds: Counts, values: Floats, counts: Counts, times: Counts | None) -> None:
        if times is not None:
            starts = np.cumsum(counts) - counts
            values, counts = np.repeat(values, times, axis=1), np.add.reduceat(times, starts)
        behind = np.cumsum(counts) - counts
        places = np.arange(values.shape[1]) + np.repeat(self._filled[seeds] - behind, counts)
        self._pool[:, np.repeat(seeds, counts), places] = values
        self._filled[seeds] += counts

    def mean(self, generator: np.random.Generator) -> Floats:
        total = self._pool.shape[2]
        found = np.empty(self.shape)
        step = max(1, _KEYS_AT_ONCE // total)
        for low in range(0, self.shape[1], step):
            rows = slice(low, min(low + step, self.shape[1]))
            keys = generator.random((rows.stop - low, total))
            chosen = np.argpartition(keys, self.samples - 1, axis=1)[None, :, : self.samples]
            found[:, rows] = np.take_along_axis(self._pool[:, rows], chosen, axis=2).mean(axis=2)
        return found


def _sums(values: Floats, counts: Counts, times: Counts | None) -> Floats:
    """Sum of the statistics of each seed, shape ``(size, seeds)``."""
    weighted = values if times is None else values * times
    found: Floats = np.add.reduceat(weighted, np.cumsum(counts) - counts, axis=1)
    return found


def memory_of(regime: DataRegime, size: int, seeds: int, samples: int) -> AbstractMemory:
    """An empty memory of the regime."""
    kinds: dict[DataRegime, type[AbstractMemory]] = {
        DataRegime.REPLACE: ReplacingMemory,
        DataRegime.ACCUMULATE: AccumulatingMemory,
        DataRegime.SUBSAMPLE: SubsamplingMemory,
    }
    return kinds[regime](size, seeds, samples)
