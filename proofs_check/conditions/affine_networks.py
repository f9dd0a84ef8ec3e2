"""Conditions on location models with known variance that read each other: affine updates of the means."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import sympy

from proofs_check.conditions.at_equilibrium import AtEquilibrium, has_scalar_states, reached
from proofs_check.conditions.choosers import chooses_plainly, strength_knobs
from proofs_check.conditions.ecosystem_condition import EcosystemCondition
from proofs_check.conditions.judgement import (
    Fact,
    Slack,
    judged,
    not_applicable,
    only_replaced,
    without_equilibrium,
)
from theory.analysis import Analysis
from theory.ecosystem import Ecosystem
from theory.expressions.polynomials import is_identically_zero


def own_knob_between_baselines(claim: str, analysis: Analysis) -> EcosystemCondition:
    """Location models of one dimension without channels, an own knob, and real data for every model."""
    ecosystem = analysis.ecosystem
    if not _plain_locations(analysis):
        return not_applicable(claim, "location models of one dimension, no channels")
    knobs = [k for k in strength_knobs(ecosystem) if k.is_own]
    if not knobs or not all(chooses_plainly(analysis, u) for u in ecosystem.users):
        return not_applicable(claim, "users who curate their own model's output alone, K = ∞, no noise")
    place = reached(analysis)
    if place is None:
        return without_equilibrium(claim)
    return judged(claim, (), _real_shares(place))


def stable_by_shares(claim: str, analysis: Analysis) -> EcosystemCondition:
    """Location models of one dimension, raw streams: D = J is made of the shares, and λ finite; 1 − ρ(D)."""
    if not _plain_locations(analysis):
        return not_applicable(claim, "location models of one dimension, no channels")
    if any(s.curators is not None for _, s in analysis.ecosystem.streams()):
        return not_applicable(claim, "raw streams")
    place = reached(analysis)
    if place is None:
        return without_equilibrium(claim)
    if analysis.ecosystem.order is not None:
        return not_applicable(claim, "synchronous updates")
    return judged(claim, (), (*_real_shares(place), place.stability()))


def symmetric_sharing(claim: str, analysis: Analysis) -> EcosystemCondition:
    """Location models that share raw output in equal measure: a_i = a > 0, w_ij = w_ji, no curation."""
    ecosystem, at_values = analysis.ecosystem, analysis.update_map.at_values
    if not _plain_locations(analysis) or any(s.curators is not None for _, s in ecosystem.streams()):
        return not_applicable(claim, "location models of one dimension, raw streams, no channels")
    place = reached(analysis)
    if place is None:
        return without_equilibrium(claim)
    models = ecosystem.models
    uneven = [at_values(m.real_data_share - models[0].real_data_share) for m in models[1:]]
    skew = [
        at_values(_share(ecosystem, i.name, j.name) - _share(ecosystem, j.name, i.name))
        for i, j in combinations(models, 2)
    ]
    facts = (
        Fact("all models have one share of real data", _all_zero(uneven)),
        Fact("what i reads from j is what j reads from i", _all_zero(skew)),
    )
    return judged(claim, facts, _real_shares(place)[:1])


def two_without_self_streams(claim: str, analysis: Analysis) -> EcosystemCondition:
    """Two models with affine updates, neither of which reads itself."""
    if analysis.ecosystem.data.accumulates:
        return only_replaced(claim)
    if len(analysis.ecosystem.models) != 2:
        return not_applicable(claim, "two models")
    place = reached(analysis)
    if place is None:
        return without_equilibrium(claim)
    update_map = analysis.update_map
    jacobian = [update_map.at_values(entry) for entry in place.synchronous.jacobian]
    if any(entry.free_symbols & set(update_map.state) for entry in jacobian):
        return not_applicable(claim, "affine updates")
    itself = [m.name for m in analysis.ecosystem.models if any(s.producer == m.name for s in m.reads)]
    return judged(claim, (Fact("neither model reads itself", holds=not itself),), ())


def _plain_locations(analysis: Analysis) -> bool:
    return (
        all(m.family.name == "gaussian-location" for m in analysis.ecosystem.models)
        and has_scalar_states(analysis)
        and all(s.channel is None for _, s in analysis.ecosystem.streams())
    )


def _real_shares(place: AtEquilibrium) -> tuple[Slack, ...]:
    return tuple(
        place.slack(f"real share of {m.name} > 0", m.real_data_share) for m in place.analysis.ecosystem.models
    )


def _share(ecosystem: Ecosystem, reader: str, producer: str) -> sympy.Expr:
    return sympy.Add(*(s.share for s in ecosystem.model(reader).reads if s.producer == producer))


def _all_zero(differences: Sequence[sympy.Expr]) -> bool | None:
    """True when all are identically zero, False when one is a number other than 0."""
    if all(is_identically_zero(d) for d in differences):
        return True
    return False if any(d.is_Rational and d != 0 for d in differences) else None
