"""Finite pools on infinite supports: what is kept of K candidates, where its means are integrated."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

import sympy

from theory.curation.chosen import chosen_law
from theory.curation.selected_normal import LARGEST_POOL, bent_normal, is_normal, pooled_normal
from theory.exponential_family.family import AbstractFamily, Exprs
from theory.exponential_family.features import features, no_closed_form
from theory.exponential_family.law import AbstractLaw, FamilyLaw
from theory.expressions.render import render
from theory.reward import REWARD_VARIABLE, Taste


@final
@dataclass(frozen=True)
class MeanLaw(AbstractLaw):
    """A law on the line of which the mean has a formula, and what else is known of it, if anything is."""

    family: AbstractFamily
    mean: sympy.Expr
    wider: AbstractLaw | None = None

    def expectations(self, functions: Exprs) -> Exprs:
        if self.wider is not None and any(f not in (sympy.S.One, REWARD_VARIABLE) for f in functions):
            return self.wider.expectations(functions)
        known = {sympy.S.One: sympy.S.One, REWARD_VARIABLE: self.mean}
        found = []
        for function in functions:
            terms = features(function, (REWARD_VARIABLE,))
            unknown = next((f for f in terms if f not in known), None)
            if unknown is not None:
                raise no_closed_form(unknown, self.family.name)
            found.append(sympy.Add(*(c * known[f] for f, c in terms.items())))
        return tuple(found)


def pooled_law(family: AbstractFamily, state: Exprs, taste: Taste, pool: int) -> AbstractLaw | None:
    """What a taste keeps of K candidates, or None where nothing is known of it.

    Parameters
    ----------
    family : AbstractFamily
        The producer's; of infinite support.
    state : tuple of Expr
        The producer's state.
    taste : Taste
        Whoever chooses.
    pool : int
        K.
    """
    if is_normal(family):
        normal = pooled_normal(family, state, taste, pool)
        if normal is not None:
            return normal
    if family.variables != (REWARD_VARIABLE,) or not 2 <= pool <= LARGEST_POOL:
        return None
    general = chosen_law(family, tuple(state), taste, pool) or bent_normal(family, tuple(state), taste, pool)
    return _pair_law(family, state, taste, general) if pool == 2 else general


def _pair_law(
    family: AbstractFamily, state: Exprs, taste: Taste, general: AbstractLaw | None
) -> AbstractLaw | None:
    """What is kept of two, by a formula where there is one."""
    terms = {} if taste.reward.polynomial is None else features(taste.reward.polynomial, (REWARD_VARIABLE,))
    slope = terms.pop(REWARD_VARIABLE, sympy.S.Zero)
    if any(f != 1 for f in terms) or not slope.is_Rational:
        return general
    if slope == 0:
        return FamilyLaw(family, state)
    gained = family.kept_of_two(state, taste.strength * abs(slope))
    if gained is None:
        return general
    mean = family.mean_parameter(state)[0]
    return MeanLaw(family, gained if slope > 0 else 2 * mean - gained, general)


def pool_words(family: AbstractFamily) -> str:
    """Which finite pools are integrated on a family, for messages."""
    state = tuple(sympy.Dummy(c, real=True) for c in family.coordinates)
    if is_normal(family):
        kind = "linear reward" if family.dimension > 1 else "reward of degree at most 2"
        return f"; for a {kind} also 2 to {LARGEST_POOL}"
    if family.integration(state) is not None:
        chosen_by, _ = family.widened(state) or (family, state)
        terms = " + ".join(f"{c}·{render(t)}" for c, t in zip("bcdefgh", chosen_by.statistic, strict=False))
        return f"; for a reward a + {terms} also 2 to {LARGEST_POOL}"
    known = family.kept_of_two(state, sympy.S.One) is not None
    return "; for a linear reward with numbers as coefficients also 2" if known else ""
