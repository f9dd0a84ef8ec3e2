"""Rejection: the tilt by a reward outside the span of T, drawn from a law nearby and thinned."""

from __future__ import annotations

from typing import final

import numpy as np
import sympy

from theory.exponential_family.family import AbstractFamily
from theory.exponential_family.features import features
from theory.exponential_family.sampling import Floats
from theory.reward import REWARD_VARIABLE, Reward, Taste
from theory.simulation.compiled import array_function, numbers
from theory.simulation.maker import AbstractMaker, RawMaker, TiltedMaker
from theory.simulation.producer import Counts, Samples

MOST_TRIES = 2000
"""How often a sample is proposed; one that is never accepted is NaN, and ends its run."""


@final
class RejectionMaker(AbstractMaker):
    """The law on the line reweighted by e^{βr}, r a polynomial plus waves (products of cosines and sines).

    A polynomial of degree ≤ 2 tilts the proposals; one of higher degree has a greatest value, and is
    accepted by with the waves, each of which is at most 1 in size.
    """

    def __init__(self, family: AbstractFamily, taste: Taste) -> None:
        terms = features(taste.reward.polynomial, (REWARD_VARIABLE,))
        powers = {f: c for f, c in terms.items() if f.is_polynomial(REWARD_VARIABLE)}
        waves = {f: c for f, c in terms.items() if f not in powers}
        bounded = any(sympy.degree(f, REWARD_VARIABLE) > 2 for f in powers)
        polynomial = sympy.Add(*(c * f for f, c in powers.items()))
        wave = sympy.Add(*(c * f for f, c in waves.items()))
        proposal = Taste(reward=Reward(polynomial=polynomial), strength=taste.strength)
        self._proposal: AbstractMaker = RawMaker(family) if bounded else TiltedMaker(family, proposal)
        self.producer = self._proposal.producer
        judged = taste.strength * (polynomial + wave if bounded else wave)
        self._log_chance = array_function([judged], (REWARD_VARIABLE,))
        size = float(taste.strength) * float(np.sum(np.abs(numbers(tuple(waves.values())))))
        self._ceiling = size + (greatest(taste.strength * polynomial) if bounded else 0.0)

    def prepared(self, states: Floats) -> tuple[Floats, Floats]:
        return self._proposal.prepared(states)

    def make(self, states: Floats, counts: Counts, generator: np.random.Generator) -> Samples:
        laws = np.repeat(np.arange(len(counts)), counts)
        kept: Samples = np.full((1, len(laws)), np.nan)
        missing = np.arange(len(laws))
        for _ in range(MOST_TRIES):
            wanted = np.bincount(laws[missing], minlength=len(counts))
            present = np.flatnonzero(wanted)
            proposed = self._proposal.make(states[:, present], wanted[present], generator)
            chance = self._log_chance(proposed)[0] - self._ceiling
            accepted = -generator.standard_exponential(len(missing)) <= chance
            kept[:, missing[accepted]] = proposed[:, accepted]
            missing = missing[~accepted]
            if not len(missing):
                break
        return kept


def greatest(polynomial: sympy.Expr) -> float:
    """The greatest value of a polynomial in x that tends to −∞ on both sides, rounded up a little.

    Examples
    --------
    >>> round(greatest(2 * REWARD_VARIABLE**2 - REWARD_VARIABLE**4), 6)
    1.0
    """
    coefficients = numbers(sympy.Poly(polynomial, REWARD_VARIABLE).all_coeffs())
    turning = np.roots(np.polyder(coefficients))
    values = np.polyval(coefficients, turning.real)
    top = float(np.max(values))
    return top + 1e-9 * (1 + abs(top))
