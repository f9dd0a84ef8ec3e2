"""Conditions on ecosystems whose models have one state each, all refitted at once."""

from __future__ import annotations

from proofs_check.conditions.at_equilibrium import AtEquilibrium, has_scalar_states, reached
from proofs_check.conditions.ecosystem_condition import EcosystemCondition
from proofs_check.conditions.judgement import Fact, Slack, judged, not_applicable, without_equilibrium
from theory.analysis import Analysis
from theory.expressions.polynomials import is_identically_zero


def two_scalar_models(claim: str, analysis: Analysis) -> EcosystemCondition:
    """Two models with one state each and ρ(J) < 1."""
    ecosystem = analysis.ecosystem
    if len(ecosystem.models) != 2 or not has_scalar_states(analysis):
        return not_applicable(claim, "two models with one state each")
    if ecosystem.order is not None:
        return not_applicable(claim, "synchronous updates")
    place = reached(analysis)
    if place is None:
        return without_equilibrium(claim)
    return judged(claim, (), (place.stability(),))


def cooperative_models(claim: str, analysis: Analysis) -> EcosystemCondition:
    """Models with one state each, J ≥ 0 entrywise and ρ(J) < 1."""
    if not has_scalar_states(analysis):
        return not_applicable(claim, "models with one state each")
    if analysis.ecosystem.order is not None:
        return not_applicable(claim, "synchronous updates")
    place = reached(analysis)
    if place is None:
        return without_equilibrium(claim)
    facts, slacks = _links(place)
    return judged(claim, facts, (*slacks, place.stability()))


def _links(place: AtEquilibrium) -> tuple[list[Fact], list[Slack]]:
    """Each link that is not identically zero is a slack; a link that is exactly zero is a fact."""
    update_map = place.analysis.update_map
    facts, slacks = [], []
    names = [s.name for s in update_map.coordinates]
    for k, entry in enumerate(update_map.jacobian):
        row, column = divmod(k, len(names))
        words = f"∂({names[row]})/∂({names[column]}) ≥ 0"
        if is_identically_zero(update_map.at_values(entry)):
            continue
        slack = place.slack(words, entry)
        if slack.value is not None and slack.value.lower == 0 and slack.value.upper == 0:
            facts.append(Fact(words, holds=True))
        else:
            slacks.append(slack)
    return facts, slacks
