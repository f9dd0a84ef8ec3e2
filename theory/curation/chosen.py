"""Chosen laws: what is kept of K candidates of a law that is integrated by nodes."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass, replace
from typing import final

import sympy

from theory.errors import InvalidInput
from theory.exponential_family.family import AbstractFamily, Exprs
from theory.exponential_family.features import features, no_closed_form
from theory.exponential_family.integration import Integration
from theory.exponential_family.law import AbstractLaw, FamilyLaw
from theory.exponential_family.reward_parts import RewardParts
from theory.quadrature.base.abstract import Feature
from theory.quadrature.chosen_mean import kept_mean
from theory.reward import REWARD_VARIABLE, Taste


@dataclass(frozen=True, kw_only=True)
class AbstractIntegratedLaw(AbstractLaw):
    """A law whose means are integrals over a base; `kept` is to implement.

    Parameters
    ----------
    name : str
        Of the family, for messages.
    integration : Integration
        Of the candidates' law, with the rewards ρ_k in its base.
    exponents : tuple of Expr
        s_k of the weights e^{Σ s_k ρ_k}.
    """

    name: str
    integration: Integration
    exponents: Exprs

    @abstractmethod
    def kept(self, feature: Feature, values: Exprs) -> sympy.Expr:
        """Mean of a feature of the base, given its parameters and the exponents."""

    @final
    def expectations(self, functions: Exprs) -> Exprs:
        return tuple(self._expectation(function) for function in functions)

    def _expectation(self, function: sympy.Expr) -> sympy.Expr:
        parts = features(function, (REWARD_VARIABLE,))
        values = (*self.integration.natural, *self.exponents)
        total = sympy.S.Zero
        for feature, coefficient in parts.items():
            terms = self.integration.combined({feature: coefficient})
            if terms is None:
                raise no_closed_form(feature, self.name)
            total += sympy.Add(*(c * self.kept(f, values) for f, c in terms.items()))
        return total


@final
@dataclass(frozen=True, kw_only=True)
class ChosenLaw(AbstractIntegratedLaw):
    """What is kept of K candidates with weights e^{Σ s_k ρ_k}.

    Parameters
    ----------
    pool : int
        K.
    """

    pool: int

    def kept(self, feature: Feature, values: Exprs) -> sympy.Expr:
        return kept_mean(self.integration.base, feature, self.pool, values)


def chosen_law(family: AbstractFamily, state: Exprs, taste: Taste, pool: int) -> AbstractLaw | None:
    """The law that a taste keeps of K candidates, or None where its choices cannot be integrated."""
    parts = _parts(family, taste)
    wider = None if parts is None or parts.outside is None else family.widened(state)
    if wider is not None:
        return chosen_law(*wider, taste, pool)
    integration = family.integration(state)
    if integration is None or parts is None:
        return None
    if parts.outside is not None and not integration.determined:
        return None
    outside = {} if parts.outside is None else features(parts.outside, (REWARD_VARIABLE,))
    terms = integration.combined(outside)
    if terms is None:
        return None
    for slope, written in zip(parts.linear, integration.statistic, strict=True):
        for feature, value in written.items():
            terms[feature] = terms.get(feature, sympy.S.Zero) + slope * value
    rewards = tuple(f for f in sorted(terms) if terms[f] != 0 and f != integration.base.constant)
    if not all(integration.base.accepts(feature) for feature in rewards):
        return None
    if not rewards:
        return FamilyLaw(family, state)
    return ChosenLaw(
        name=family.name,
        integration=replace(integration, base=integration.base.choosing_by(rewards)),
        exponents=tuple(taste.strength * terms[feature] for feature in rewards),
        pool=pool,
    )


def _parts(family: AbstractFamily, taste: Taste) -> RewardParts | None:
    """The reward along T, and what of it lies outside; None where the family does not choose so."""
    try:
        parts = family.reward_parts(taste.reward)
    except InvalidInput:
        return None
    bent = parts.curvature is not None or parts.values is not None
    return None if bent else parts
