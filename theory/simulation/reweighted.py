"""Reweighted laws: the tilt by a reward outside the span of T, drawn by rejection or as a gamma law."""

from __future__ import annotations

from collections.abc import Sequence
from typing import final

import numpy as np
import sympy
from flint import arb

from theory.curation.tilted import ShapedLaw, TiltedLaw, tilted_law
from theory.errors import InvalidInput
from theory.exponential_family.family import AbstractFamily, Exprs
from theory.exponential_family.sampling import Floats
from theory.reward import Taste
from theory.simulation.compiled import array_function
from theory.simulation.maker import AbstractMaker
from theory.simulation.producer import ContinuousProducer, Counts, Samples, state_symbols

MOST_TRIES = 2000
"""How often a sample is proposed; one that is never accepted is NaN, and ends its run."""
_SLACK = 1e-9


@final
class ReweightedMaker(AbstractMaker):
    """Proposals from the reference law, accepted with probability e^ρ over its proved upper bound."""

    def __init__(
        self, family: AbstractFamily, symbols: Sequence[sympy.Symbol], law: TiltedLaw, domain: Exprs
    ) -> None:
        self.producer = ContinuousProducer(family)
        self._base = law.integration.base
        self._count, self._kept = len(family.coordinates), len(symbols)
        self._prepared = array_function((*law.reference, *law.exponents, *symbols), symbols)
        self._domain = array_function(domain, symbols)
        self._logarithm = array_function((law.logarithm,), (*family.variables, *symbols))

    def prepared(self, states: Floats) -> tuple[Floats, Floats]:
        """Reference states, ceilings of ρ, and the states themselves."""
        found = self._prepared(states)
        exponents = found[self._count : len(found) - self._kept]
        ceilings = [self._ceiling(column) for column in exponents.T]
        rows = (found[: self._count], [ceilings], found[len(found) - self._kept :])
        return np.concatenate(rows), self._domain(states)

    def _ceiling(self, exponents: Floats) -> float:
        if not np.all(np.isfinite(exponents)):
            return np.nan
        found = float(self._base.ceiling(0.0, tuple(arb(float(s)) for s in exponents)))
        return found + _SLACK * (1 + abs(found))

    def make(self, states: Floats, counts: Counts, generator: np.random.Generator) -> Samples:
        laws = np.repeat(np.arange(len(counts)), counts)
        kept: Samples = np.full((1, len(laws)), np.nan)
        missing = np.arange(len(laws))
        reference, ceiling, here = states[: self._count], states[self._count], states[self._count + 1 :]
        for _ in range(MOST_TRIES):
            wanted = np.bincount(laws[missing], minlength=len(counts))
            present = np.flatnonzero(wanted)
            proposed = self.producer.draw(reference[:, present], wanted[present], generator)
            owner = laws[missing]
            chance = self._logarithm(np.concatenate([proposed, here[:, owner]]))[0] - ceiling[owner]
            accepted = -generator.standard_exponential(len(missing)) <= chance
            kept[:, missing[accepted]] = proposed[:, accepted]
            missing = missing[~accepted]
            if not len(missing):
                break
        return kept


@final
class ShapedMaker(AbstractMaker):
    """Samples x with T(x) = cG, G being gamma of a shape of its own and T a power of x."""

    def __init__(self, family: AbstractFamily, law: ShapedLaw, domain: Exprs) -> None:
        symbols = state_symbols(family)
        _, power = family.statistic[0].as_base_exp()
        self.producer = ContinuousProducer(family)
        self._exponent = 1 / float(power)
        (written,) = law.integration.statistic
        (scale,) = written.values()
        self._prepared = array_function((scale, law.shape), symbols)
        self._domain = array_function(domain, symbols)

    def prepared(self, states: Floats) -> tuple[Floats, Floats]:
        """Scales and shapes."""
        return self._prepared(states), self._domain(states)

    def make(self, states: Floats, counts: Counts, generator: np.random.Generator) -> Samples:
        scale, shape = np.repeat(states, counts, axis=1)
        kept: Samples = (scale * generator.standard_gamma(shape))[None, :] ** self._exponent
        return kept


def reweighted_maker(family: AbstractFamily, taste: Taste) -> AbstractMaker:
    """Draws what is kept by a taste of infinitely many candidates.

    Raises
    ------
    InvalidInput
        When the tilt is not integrated either.
    """
    symbols = state_symbols(family)
    chosen_from, state = family.widened(symbols) or (family, symbols)
    found = tilted_law(chosen_from, state, taste)
    if found is None:
        raise InvalidInput(expected="a reward by which choices can be drawn", found=str(taste.reward))
    law, domain = found
    if isinstance(law, ShapedLaw):
        return ShapedMaker(family, law, domain)
    if isinstance(law, TiltedLaw):
        return ReweightedMaker(chosen_from, symbols, law, domain)
    raise InvalidInput(expected="a law that can be drawn from", found=type(law).__name__)
