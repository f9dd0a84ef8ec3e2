"""Trainee: one model, compiled; it draws its training set and fits itself by maximum likelihood."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import sympy
from numpy.typing import NDArray

from theory.ecosystem import Ecosystem, Model
from theory.exponential_family.sampling import Floats
from theory.simulation.compiled import array_function
from theory.simulation.maker import RawMaker
from theory.simulation.memory import memory_of
from theory.simulation.producer import Counts, Points, state_symbols
from theory.simulation.training import Part, drawn, family_as_asked, parts_of, statistic_function

Mask = NDArray[np.bool_]
LARGEST = 1e15
"""Greatest size of a state that is drawn from."""


class Trainee:
    """A model of an ecosystem without parameters, in many runs side by side.

    Parameters
    ----------
    ecosystem : Ecosystem
    model : Model
    samples : int
        n, the size of its training set in a round.
    states : array, shape ``(k, seeds)``
        Where the runs start; accumulated data start with n samples of these laws, pairs
        asked as in later rounds.
    generator : numpy Generator
    """

    def __init__(
        self,
        ecosystem: Ecosystem,
        model: Model,
        samples: int,
        states: Floats,
        generator: np.random.Generator,
    ) -> None:
        family = model.family
        means = tuple(sympy.Symbol(f"t{k}", real=True) for k in range(len(family.fitted)))
        symbols = state_symbols(family)
        self._family, self._samples, self._keeps = family, samples, ecosystem.data.accumulates
        self._parts = parts_of(ecosystem, model)
        self._shares = np.array([part.share for part in self._parts])
        self._statistic = statistic_function(family)
        self._fit = array_function(family.fit(means), means)
        self._domain = array_function(family.state_domain(symbols), symbols)
        chances = family.support_probabilities(symbols) if family.finite_support else ()
        self._chances = array_function(chances, symbols)
        self._memory = memory_of(ecosystem.data, len(means), states.shape[1], samples)
        self._origin: Floats | None = None
        if self._keeps:
            asked = family_as_asked(ecosystem, model)
            first = Part(share=1.0, maker=RawMaker(asked), state=states[:, 0])
            everyone: Counts = np.full(states.shape[1], samples)
            self._read([(first, states, everyone)], generator)

    def refit(
        self, states: Mapping[str, Floats], alive: Mask, generator: np.random.Generator
    ) -> tuple[Floats, dict[int, str]]:
        """New states, shape ``(k, seeds)``, and why each run that ends here does."""
        laws, reasons = self._laws(states, alive)
        going = alive.copy()
        going[list(reasons)] = False
        shares = self._shares / self._shares.sum()
        counts: Counts = generator.multinomial(self._samples, shares, len(going))
        counts[~going] = 0
        self._read(list(zip(self._parts, laws, counts.T, strict=True)), generator)
        fitted = self._fit(self._memory.mean(generator))
        if self._origin is not None:
            fitted = self._family.translated(fitted, self._origin)
        sound = np.all(np.isfinite(fitted), axis=0) & np.all(self._domain(fitted) > 0, axis=0)
        sound &= np.all(np.isfinite(self._chances(fitted)), axis=0)
        beyond = np.any(np.isinf(fitted), axis=0)
        reasons |= {
            int(s): f"a state beyond {LARGEST:g}" if beyond[s] else "the fit is no law of the family"
            for s in np.flatnonzero(going & ~sound)
        }
        large = going & sound & np.any(np.abs(fitted) > LARGEST, axis=0)
        reasons |= {int(s): f"a state beyond {LARGEST:g}" for s in np.flatnonzero(large)}
        return fitted, reasons

    def _laws(self, states: Mapping[str, Floats], alive: Mask) -> tuple[list[Floats], dict[int, str]]:
        """States that each part is drawn from, and the runs in which some part has no law."""
        laws: list[Floats] = []
        reasons: dict[int, str] = {}
        for part in self._parts:
            law, domain = part.maker.prepared(part.law(states, len(alive)))
            sound = np.all(domain > 0, axis=0) & np.all(np.isfinite(law), axis=0)
            broken = np.flatnonzero(alive & ~sound)
            reasons |= {int(s): f"what is kept of {part.producer} has no law" for s in broken}
            laws.append(law)
        return laws, reasons

    def _read(self, sources: list[tuple[Part, Floats, Counts]], generator: np.random.Generator) -> None:
        """Draw from each part as many samples a seed as counted."""
        self._memory.begin()
        if self._family.is_translated and not (self._keeps and self._origin is not None):
            self._origin = np.full((self._family.dimension, len(sources[0][2])), np.nan)
        for part, law, count in sources:
            for seeds, seen in drawn(part, law, count, generator):
                values = self._statistic(self._relative(seeds, seen))
                self._memory.take(seeds, values, seen.counts, seen.times)

    def _relative(self, seeds: Counts, seen: Points) -> Floats:
        """Points less the first one of their seed, where the family is closed under translations.

        A variance far smaller than a mean's square would drown in rounding otherwise.
        """
        if self._origin is None:
            return seen.values
        origin = self._origin[:, seeds]
        if np.isnan(origin).any():
            first = np.cumsum(seen.counts) - seen.counts
            origin = np.where(np.isnan(origin), seen.values[:, first], origin)
            self._origin[:, seeds] = origin
        relative = seen.values
        relative -= np.repeat(origin, seen.counts, axis=1)
        return relative
