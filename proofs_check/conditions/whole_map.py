"""Conditions on the Jacobian of the whole update map: stable, or I − J invertible."""

from __future__ import annotations

from flint import arb_mat

from proofs_check.conditions.at_equilibrium import AtEquilibrium, coordinates_of, has_scalar_states, reached
from proofs_check.conditions.ecosystem_condition import EcosystemCondition
from proofs_check.conditions.judgement import Fact, judged, not_applicable, without_equilibrium
from theory.analysis import Analysis


def stable_scalar_models(claim: str, analysis: Analysis) -> EcosystemCondition:
    """Models with one state each, refitted at once, and ρ(J) < 1."""
    if not has_scalar_states(analysis):
        return not_applicable(claim, "models with one state each")
    if analysis.ecosystem.order is not None:
        return not_applicable(claim, "synchronous updates")
    place = reached(analysis)
    if place is None:
        return without_equilibrium(claim)
    return judged(claim, (), (place.stability(),))


def regular_scalar_models(claim: str, analysis: Analysis) -> EcosystemCondition:
    """Models with one state each, and I − J invertible."""
    if not has_scalar_states(analysis):
        return not_applicable(claim, "models with one state each")
    place = reached(analysis)
    if place is None:
        return without_equilibrium(claim)
    return judged(claim, (Fact("I − J is invertible", place.is_invertible(place.field())),), ())


def regular_blocks(claim: str, analysis: Analysis) -> EcosystemCondition:
    """Two or more models; I − J is invertible, and so is what is left of it without each model."""
    models = [m.name for m in analysis.ecosystem.models]
    if len(models) < 2:
        return not_applicable(claim, "two or more models")
    place = reached(analysis)
    if place is None:
        return without_equilibrium(claim)
    field = place.field()
    facts = [Fact("I − J is invertible", place.is_invertible(field))]
    for name in models:
        rest = _without(place, field, name)
        facts.append(Fact(f"I − J without {name} is invertible", place.is_invertible(rest)))
    return judged(claim, facts, ())


def _without(place: AtEquilibrium, field: arb_mat, model: str) -> arb_mat:
    """The field without the rows and columns of one model."""
    own = coordinates_of(place.analysis.update_map, model)
    kept = [k for k in range(field.nrows()) if k not in own]
    return arb_mat(len(kept), len(kept), [field[i, j] for i in kept for j in kept])
