"""Conditions on models that can be any law on finitely many atoms."""

from __future__ import annotations

import sympy

from proofs_check.conditions.at_equilibrium import reached
from proofs_check.conditions.choosers import chooses_plainly
from proofs_check.conditions.ecosystem_condition import EcosystemCondition
from proofs_check.conditions.judgement import Fact, judged, not_applicable, without_equilibrium
from theory.analysis import Analysis
from theory.ecosystem import Model
from theory.expressions.polynomials import is_identically_zero

SATURATED = ("bernoulli", "categorical")


def saturated_with_real_data(claim: str, analysis: Analysis) -> EcosystemCondition:
    """One saturated model with real data and a curated stream of its own output."""
    models = analysis.ecosystem.models
    if len(models) != 1 or models[0].family.name not in SATURATED:
        return not_applicable(claim, "one model that can be any law on its support")
    if models[0].curation_share == 0:
        return not_applicable(claim, "a curated stream")
    place = reached(analysis)
    if place is None:
        return without_equilibrium(claim)
    return judged(claim, (), (place.slack("real share > 0", models[0].real_data_share),))


def curated_by_producers_from_neutral_data(claim: str, analysis: Analysis) -> EcosystemCondition:
    """All but real data is curated by producers, K = ∞, and a model's users are neutral to its real data."""
    ecosystem = analysis.ecosystem
    if any(m.family.name != "categorical" for m in ecosystem.models):
        return not_applicable(claim, "models that can be any law on their support")
    if any(
        s.curators is None or s.curators != ecosystem.model(s.producer).users for _, s in ecosystem.streams()
    ):
        return not_applicable(claim, "every stream curated by its producer's users")
    if not all(chooses_plainly(analysis, users) for users in ecosystem.users):
        return not_applicable(claim, "K = ∞, one taste, no noise and no adversary")
    place = reached(analysis)
    if place is None:
        return without_equilibrium(claim)
    curated = [m for m in ecosystem.models if m.users is not None and m.real is not None and m.reads]
    facts = [
        Fact(f"real data of {m.name} are neutral to its users", holds=_is_neutral(analysis, m) or None)
        for m in curated
    ]
    return judged(
        claim, facts, tuple(place.slack(f"curated share of {m.name} > 0", m.curation_share) for m in curated)
    )


def learned_without_choice(claim: str, analysis: Analysis) -> EcosystemCondition:
    """Laws on named atoms that are passed on as they are, with ρ(W) < 1."""
    ecosystem = analysis.ecosystem
    if any(m.family.name != "categorical" for m in ecosystem.models):
        return not_applicable(claim, "models that can be any law on their support")
    if any(s.curators is not None for _, s in ecosystem.streams()):
        return not_applicable(claim, "raw streams")
    if ecosystem.order is not None:
        return not_applicable(claim, "synchronous updates")
    place = reached(analysis)
    if place is None:
        return without_equilibrium(claim)
    return judged(claim, (), (place.stability(),))


def _is_neutral(analysis: Analysis, model: Model) -> bool:
    """Whether E_real r = 0, exactly."""
    if model.real is None:
        return False
    users = analysis.ecosystem.users_named(str(model.users))
    rewards = model.family.support_rewards(users.tastes[0].taste.reward)
    weights = model.family.support_probabilities(model.real.state)
    mean = sympy.Add(*(p * r for p, r in zip(weights, rewards, strict=True)))
    return is_identically_zero(analysis.update_map.at_values(mean))
