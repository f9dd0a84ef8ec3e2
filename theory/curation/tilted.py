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
        return _shaped(family, state, taste, parts, integration.base)
    found = paces(integration.base, outside)
    if found is None:
        return None
    if Pace.FASTER in found.values():
        static = family.static_tilt_domain(taste.reward, taste.strength)
        along = tuple(taste.strength * slope for slope in parts.linear)
        return _reweighted(family, state, along, taste, parts), static
    reference, domain = _moved(family, state, taste, parts)
    along = tuple(sympy.S.Zero for _ in parts.linear)
    if Pace.SLOWER in found.values():
        along = tuple(theta / 2 for theta in family.natural(reference))
        reference = family.at_natural(along)
    return _reweighted(family, reference, along, taste, parts), domain


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
) -> TiltedLaw:
    """The law with the reference state reweighted by e^{⟨along, T⟩ + βs}, s what lies outside the span."""
    integration = family.integration(reference)
    if integration is None or parts.outside is None:
        raise AssertionError("a law without nodes")
    terms = dict(integration.combined(features(taste.strength * parts.outside, (REWARD_VARIABLE,))) or {})
    for slope, written in zip(along, integration.statistic, strict=True):
        for feature, value in written.items():
            terms[feature] = terms.get(feature, sympy.S.Zero) + slope * value
    rewards = tuple(f for f in sorted(terms) if terms[f] != 0 and f != integration.base.constant)
    judged = [*zip(along, family.statistic, strict=True), (taste.strength, parts.outside)]
    return TiltedLaw(
        name=family.name,
        reference=tuple(reference),
        logarithm=sympy.Add(*(slope * function for slope, function in judged)),
        integration=replace(integration, base=integration.base.choosing_by(rewards)),
        exponents=tuple(terms[f] for f in rewards),
    )


def _shaped(
    family: AbstractFamily, state: Exprs, taste: Taste, parts: RewardParts, base: GammaBase
) -> Tilted:
    """The tilt by a + bT + c·log G, which is gamma again, of shape κ + βc > 0."""
    moved, domain = _moved(family, state, taste, parts)
    integration = family.integration(moved)
    if integration is None or parts.outside is None:
        raise AssertionError("a law without nodes")
    terms = integration.combined(features(taste.strength * parts.outside, (REWARD_VARIABLE,))) or {}
    shape = base.shape + terms[_LOGARITHM]
    return ShapedLaw(name=family.name, integration=integration, shape=shape), (*domain, shape)
