"""Conditions on curators among whom adversaries prefer the opposite."""

from __future__ import annotations

import sympy

from proofs_check.conditions.at_equilibrium import reached
from proofs_check.conditions.choosers import in_the_span
from proofs_check.conditions.ecosystem_condition import EcosystemCondition
from proofs_check.conditions.judgement import Fact, Slack, judged, not_applicable, without_equilibrium
from theory.analysis import Analysis
from theory.ecosystem import Model
from theory.expressions.polynomials import is_identically_zero
from theory.reward import Taste


def opposed_adversaries(claim: str, analysis: Analysis) -> EcosystemCondition:
    """Mean–variance Gaussians chosen from by a linear reward, K = ∞, and by adversaries with its negative."""
    ecosystem = analysis.ecosystem
    chosen = [
        (ecosystem.model(s.producer), ecosystem.users_named(s.curators))
        for _, s in ecosystem.streams()
        if s.curators is not None
    ]
    attacked = [(m, u) for m, u in chosen if u.adversary is not None]
    if not attacked or any(m.family.name != "gaussian" or u.pool is not None for m, u in attacked):
        return not_applicable(claim, "Gaussians whose curators include adversaries, K = ∞")
    if any(u.single_taste is None for _, u in attacked):
        return not_applicable(claim, "curators of one taste beside their adversaries")
    place = reached(analysis)
    if place is None:
        return without_equilibrium(claim)
    facts: list[Fact] = []
    slacks: list[Slack] = []
    for model, users in attacked:
        tilts, adverse = (_tilts(model, taste) for taste in users.all_tastes)
        exact = [
            analysis.update_map.at_values(e)
            for e in (tilts[1], adverse[1], tilts[0] + adverse[0], users.noise)
        ]
        opposed = all(is_identically_zero(e) for e in exact)
        opposed = opposed and all(in_the_span(model, taste.reward) for taste in users.all_tastes)
        facts.append(
            Fact(f"adversaries of {users.name} prefer the negative of its linear reward", opposed or None)
        )
        variance = next(s for s in analysis.update_map.state if s.name == f"{model.name}.variance")
        slacks.append(place.slack(f"z > 0 ({model.name})", tilts[0] ** 2 * variance))
    return judged(claim, facts, slacks)


def _tilts(model: Model, taste: Taste) -> tuple[sympy.Expr, ...]:
    """Strength times the coefficients of x and x²."""
    return tuple(taste.strength * c for c in model.family.reward_parts(taste.reward).linear)
