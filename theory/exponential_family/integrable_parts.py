"""Integrable parts: rewards outside the span of T by which choices are integrated with proved errors."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import sympy

from theory.errors import InvalidInput
from theory.exponential_family.features import features
from theory.exponential_family.reward_parts import RewardParts
from theory.quadrature.base.abstract import AbstractBase, Feature, Pace
from theory.reward import REWARD_VARIABLE, Reward

if TYPE_CHECKING:
    from theory.exponential_family.family import AbstractFamily

Exprs = tuple[sympy.Expr, ...]


def spanned_or_integrable(
    family: AbstractFamily, reward: Reward, spanned: Callable[[], RewardParts]
) -> RewardParts:
    """The parts of a reward in the span of T as `spanned` finds them, or those of one that is integrated.

    Raises
    ------
    InvalidInput
        As `spanned` does, where the reward is neither.
    """
    try:
        return spanned()
    except InvalidInput:
        parts = integrable_parts(family, reward)
        if parts is None:
            raise
        return parts


def integrable_parts(family: AbstractFamily, reward: Reward) -> RewardParts | None:
    """A reward along T with a rest by which choices of some pool can be integrated; None for others."""
    integration = family.integration(tuple(sympy.Dummy(real=True) for _ in family.coordinates))
    if reward.polynomial is None or integration is None or not integration.determined:
        return None
    terms = features(reward.polynomial, (REWARD_VARIABLE,))
    constant = terms.pop(sympy.S.One, sympy.S.Zero)
    linear = tuple(terms.pop(statistic, sympy.S.Zero) for statistic in family.statistic)
    base = integration.base
    for feature in terms:
        written = integration.terms(feature)
        if written is None or not all(_is_known(base, f) for f in written):
            return None
    outside = sympy.Add(*(c * f for f, c in terms.items()))
    return RewardParts(constant=constant, linear=linear, outside=None if outside == 0 else outside)


def _is_known(base: AbstractBase, feature: Feature) -> bool:
    return feature == base.constant or base.accepts(feature) or base.pace(feature) is not None


def paces(base: AbstractBase, terms: Iterable[Feature]) -> dict[Feature, Pace] | None:
    """The pace of each feature but 1; None where the laws are not reweighted by all of them."""
    found: dict[Feature, Pace] = {}
    for feature in terms:
        pace = base.pace(feature)
        if pace is not None:
            found[feature] = pace
        elif feature != base.constant:
            return None
    return found


def falling_conditions(family: AbstractFamily, outside: sympy.Expr | None, strength: sympy.Expr) -> Exprs:
    """Conditions > 0 for e^{βr} to fall off where it outgrows T: −β times what grows fastest."""
    state = tuple(sympy.Dummy(positive=True) for _ in family.coordinates)
    integration = family.integration(state)
    if outside is None or integration is None or strength == 0:
        return ()
    terms = integration.combined(features(outside, (REWARD_VARIABLE,))) or {}
    fast = [f for f, pace in (paces(integration.base, terms) or {}).items() if pace is Pace.FASTER]
    scales = dict.fromkeys(state, sympy.S.One)
    return tuple(-strength * terms[f].xreplace(scales) for f in integration.base.ruling(fast))
