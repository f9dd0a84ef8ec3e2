"""Conditions that bound how strongly an ecosystem's models answer each other: ρ(B) < 1 for a B ≥ 0."""

from __future__ import annotations

from collections.abc import Sequence

from flint import arb, arb_mat, ctx

from proofs_check.conditions.at_equilibrium import AtEquilibrium, has_scalar_states, reached
from proofs_check.conditions.ecosystem_condition import EcosystemCondition
from proofs_check.conditions.judgement import (
    Slack,
    judged,
    not_applicable,
    only_replaced,
    without_equilibrium,
)
from theory.analysis import Analysis
from theory.ecosystem import Ecosystem, Model, Stream
from theory.expressions.polynomials import is_identically_zero
from theory.reward import Taste
from theory.stability import spectral_radius

_SATURATED = ("bernoulli", "categorical")


def affine_scalar_contraction(claim: str, analysis: Analysis) -> EcosystemCondition:
    """ρ(|J|) < 1 where every model has one state and the update is affine: there M = |J| is exact."""
    if analysis.ecosystem.data.accumulates:
        return only_replaced(claim)
    if not has_scalar_states(analysis):
        return not_applicable(claim, "models with one state each")
    update_map = analysis.update_map
    place = reached(analysis)
    if place is None:
        return without_equilibrium(claim)
    jacobian = [update_map.at_values(entry) for entry in place.synchronous.jacobian]
    if any(entry.free_symbols & set(update_map.state) for entry in jacobian):
        return not_applicable(claim, "affine updates")
    sizes = [abs(ball) for ball in place.values(jacobian)]
    return judged(claim, (), _contracts(place, sizes, "|J|"))


def total_variation_contraction(claim: str, analysis: Analysis) -> EcosystemCondition:
    """ρ(B) < 1 for B_ij = Σ share · (1, or e^{osc(βr)} for a curated stream); finite supports, K = ∞."""
    if analysis.ecosystem.data.accumulates:
        return only_replaced(claim)
    ecosystem = analysis.ecosystem
    if any(model.family.name not in _SATURATED for model in ecosystem.models):
        return not_applicable(claim, "models that can be any law on finitely many atoms")
    if any(users.pool is not None for users in ecosystem.users):
        return not_applicable(claim, "K = ∞")
    place = reached(analysis)
    if place is None:
        return without_equilibrium(claim)
    sizes = [
        _total([_bound(place, ecosystem, s) for s in i.reads if s.producer == j.name], place.bits)
        for i in ecosystem.models
        for j in ecosystem.models
    ]
    return judged(claim, (), _contracts(place, sizes, "B"))


def _total(parts: Sequence[arb], bits: int) -> arb:
    with ctx.workprec(bits):
        return sum(parts, arb(0))


def _bound(place: AtEquilibrium, ecosystem: Ecosystem, stream: Stream) -> arb:
    """The share of a stream times the total-variation bound of its curation."""
    share = place.values([stream.share])[0]
    if stream.curators is None:
        return share
    users = ecosystem.users_named(stream.curators)
    producer = ecosystem.model(stream.producer)
    choices = users.choices()
    weights = place.values([weight for weight, _ in choices])
    bounds = [arb(1) if taste is None else _tilt_bound(place, producer, taste) for _, taste in choices]
    with ctx.workprec(place.bits):
        return share * sum((w * b for w, b in zip(weights, bounds, strict=True)), arb(0))


def _tilt_bound(place: AtEquilibrium, producer: Model, taste: Taste) -> arb:
    """e^{osc(βr)} over the atoms."""
    rewards = [taste.strength * r for r in producer.family.support_rewards(taste.reward)]
    gaps = [a - b for a in rewards for b in rewards if a != b]
    known = [gap for gap in gaps if not is_identically_zero(place.analysis.update_map.at_values(gap))]
    balls = place.values(known)
    with ctx.workprec(place.bits):
        widest = arb(0)
        for ball in balls:
            widest = widest.max(ball)
        return widest.exp()


def _contracts(place: AtEquilibrium, sizes: Sequence[arb], what: str) -> tuple[Slack, ...]:
    """1 − ρ, for the matrix with these entries."""
    n = len(place.analysis.ecosystem.models)
    budget = place.analysis.budget.started()
    radius = spectral_radius(arb_mat(n, n, list(sizes)), bits=place.bits, budget=budget)
    return (place.below_one(f"ρ({what}) < 1", radius),)
