"""Tilted laws: what is kept of infinitely many candidates by a reward outside the span of T."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import final

import sympy

from theory.curation.chosen import AbstractIntegratedLaw
from theory.exponential_family.family import AbstractFamily, Exprs
from theory.exponential_family.features import features, no_closed_form
from theory.exponential_family.integrable_parts import paces
from theory.exponential_family.integration import Integration
from theory.exponential_family.law import AbstractLaw
from theory.exponential_family.reward_parts import RewardParts
from theory.quadrature.base.abstract import Feature, Pace
from theory.quadrature.base.gamma import GammaBase
from theory.quadrature.tilted_mean import reweighted_mean
from theory.reward import REWARD_VARIABLE, Reward, Taste

Tilted = tuple[AbstractLaw, Exprs]
"""A law, and its conditions > 0."""


@final
@dataclass(frozen=True, kw_only=True)
class TiltedLaw(AbstractIntegratedLaw):
    """The law with a reference state reweighted by e^{Σ s_k ρ_k}.

    Parameters
    ----------
    reference : tuple of Expr
        Its state.
    logarithm : Expr
        Σ s_k ρ_k of a sample, up to a constant.
    """

    reference: Exprs
    logarithm: sympy.Expr

    def kept(self, feature: Feature, values: Exprs) -> sympy.Expr:
        return reweighted_mean(self.integration.base, feature, values)


@final
@dataclass(frozen=True, kw_only=True)
class ShapedLaw(AbstractLaw):
    """A law of G^p and log G, G being gamma of a shape of its own; closed forms throughout.

    Parameters
    ----------
    name : str
        Of the family, for messages.
    integration : Integration
        Over a gamma base, which says what a sample is of G.
    shape : Expr
        Of G.
    """

    name: str
    integration: Integration
    shape: sympy.Expr

    def expectations(self, functions: Exprs) -> Exprs:
        found = []
        for function in functions:
            parts = features(function, (REWARD_VARIABLE,))
            terms = self.integration.combined(parts)
            if terms is None:
                raise no_closed_form(function, self.name)
            found.append(sympy.Add(*(c * self._moment(*f) for f, c in terms.items())))
        return tuple(found)

    def _moment(self, power: sympy.Rational, logarithms: sympy.Rational) -> sympy.Expr:
        """E[G^q] = Γ(κ + q)/Γ(κ), and E[log G] = ψ(κ)."""
        if power.is_Integer and power >= 0:
            moment = sympy.Mul(*(self.shape + k for k in range(int(power))))
        else:
            moment = sympy.exp(sympy.loggamma(self.shape + power) - sympy.loggamma(self.shape))
        return moment * sympy.polygamma(0, self.shape + power) if logarithms else moment


def tilted_law(family: AbstractFamily, state: Exprs, taste: Taste) -> Tilted | None:
    """The law reweighted by e^{βr}, r outside the span of T; None where it cannot be integrated.

    The state is moved along T first: all the way where the rest of the reward is bounded, half of the way
    back to θ = 0 where it grows more slowly than T, and not at all where it outgrows T.
    """
    parts, integration = family.reward_parts(taste.reward), family.integration(state)
    if parts.outside is None or integration is None or not integration.determined:
        return None
    outside = integration.combined(features(parts.outside, (REWARD_VARIABLE,)))
    if outside is None:
        return None
    if isinstance(integration.base, GammaBase) and set(outside) <= {_LOGARITHM, integration.base.constant}:
        return _shaped(family, state, taste, parts)
    found = paces(integration.base, outside)
    if found is None:
        return None
    along: Exprs
    if Pace.FASTER in found.values():
        reference, domain = tuple(state), family.static_tilt_domain(taste.reward, taste.strength)
        along = tuple(taste.strength * slope for slope in parts.linear)
    else:
        reference, domain = _moved(family, state, taste, parts)
        along = (sympy.S.Zero,) * len(parts.linear)
    if Pace.SLOWER in found.values() and Pace.FASTER not in found.values():
        along = tuple(theta / 2 for theta in family.natural(reference))
        reference = family.at_natural(along)
    law = _reweighted(family, reference, along, taste, parts)
    return None if law is None else (law, domain)


_LOGARITHM: Feature = (sympy.S.Zero, sympy.S.One)


def _moved(family: AbstractFamily, state: Exprs, taste: Taste, parts: RewardParts) -> tuple[Exprs, Exprs]:
    """The tilt by what lies in the span of T."""
    inside = sympy.Add(*(c * t for c, t in zip(parts.linear, family.statistic, strict=True)))
    if inside == 0:
        return tuple(state), ()
    _, moved, domain = family.tilted(state, Taste(reward=Reward(polynomial=inside), strength=taste.strength))
    return moved, domain


def _reweighted(
    family: AbstractFamily, reference: Exprs, along: Exprs, taste: Taste, parts: RewardParts
) -> TiltedLaw | None:
    """The law with the reference state reweighted by e^{⟨along, T⟩ + βs}, s what lies outside the span."""
    integration, outside = family.integration(reference), _judged(taste, parts)
    written = None if integration is None else integration.combined(features(outside, (REWARD_VARIABLE,)))
    if integration is None or written is None:
        return None
    for slope, statistic in zip(along, integration.statistic, strict=True):
        for feature, value in statistic.items():
            written[feature] = written.get(feature, sympy.S.Zero) + slope * value
    rewards = tuple(f for f in sorted(written) if written[f] != 0 and f != integration.base.constant)
    inside = sympy.Add(*(slope * function for slope, function in zip(along, family.statistic, strict=True)))
    return TiltedLaw(
        name=family.name,
        reference=tuple(reference),
        logarithm=inside + outside,
        integration=replace(integration, base=integration.base.choosing_by(rewards)),
        exponents=tuple(written[f] for f in rewards),
    )


def _shaped(family: AbstractFamily, state: Exprs, taste: Taste, parts: RewardParts) -> Tilted | None:
    """The tilt by a + bT + c·log G, which is gamma again, of shape κ + βc > 0."""
    moved, domain = _moved(family, state, taste, parts)
    integration = family.integration(moved)
    if integration is None:
        return None
    written = integration.combined(features(_judged(taste, parts), (REWARD_VARIABLE,))) or {}
    (shape,) = integration.base.settings
    shape += written.get(_LOGARITHM, sympy.S.Zero)
    return ShapedLaw(name=family.name, integration=integration, shape=shape), (*domain, shape)


def _judged(taste: Taste, parts: RewardParts) -> sympy.Expr:
    """βs, s what of the reward lies outside the span."""
    return sympy.S.Zero if parts.outside is None else taste.strength * parts.outside
