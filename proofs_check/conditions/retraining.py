"""Conditions on retraining without choice, and on choice that is partly random."""

from __future__ import annotations

from proofs_check.conditions.at_equilibrium import reached
from proofs_check.conditions.choosers import in_the_span
from proofs_check.conditions.ecosystem_condition import EcosystemCondition
from proofs_check.conditions.judgement import (
    Fact,
    giving,
    judged,
    not_applicable,
    only_replaced,
    without_equilibrium,
)
from proofs_check.conditions.known_numbers import KnownNumbers
from theory.analysis import Analysis
from theory.ecosystem import Users


def raw_retraining(claim: str, analysis: Analysis) -> EcosystemCondition:
    """One model on real data and its own raw output; gives the rate λ/(1 + λ)."""
    if analysis.ecosystem.data.accumulates:
        return only_replaced(claim)
    models, numbers = analysis.ecosystem.models, KnownNumbers(analysis)
    if len(models) != 1 or models[0].real is None or numbers.is_zero(models[0].real.share):
        return not_applicable(claim, "one model with real data")
    (model,) = models
    if model.family.answers_prompts or any(s.curators or s.channel for s in model.reads):
        return not_applicable(claim, "its own output, unchosen and without channel")
    state = tuple(models[0].real.state)
    inside = [*model.family.state_domain(state), *model.family.nonnegative(state)]
    slacks = [numbers.slack("the real mean is one of a law of the family", e) for e in inside]
    share = numbers.slack("real share > 0", models[0].real.share)
    return giving(judged(claim, (), (share, *slacks)), ("rate", numbers.interval(1 - models[0].real.share)))


def random_picks(claim: str, analysis: Analysis) -> EcosystemCondition:
    """Known variances, linear rewards, K = ∞, noise ε; gives 1 − ε for each group with noise."""
    ecosystem, numbers = analysis.ecosystem, KnownNumbers(analysis)
    if any(m.family.name != "gaussian-location" for m in ecosystem.models):
        return not_applicable(claim, "Gaussians of known variance")
    if any(s.channel is not None for _, s in ecosystem.streams()):
        return not_applicable(claim, "no channel")
    groups = {s.curators for _, s in ecosystem.streams() if s.curators is not None}
    noisy = [u for u in ecosystem.users if u.name in groups and not numbers.is_zero(u.noise)]
    if not noisy:
        return not_applicable(claim, "curators with noise")
    if not all(_is_linear(analysis, u) for u in ecosystem.users if u.name in groups):
        return not_applicable(claim, "K = ∞, one linear reward a group and no adversary")
    place = reached(analysis)
    if place is None:
        return without_equilibrium(claim)
    factors = [(f"factor of {u.name}", numbers.interval(1 - u.noise)) for u in noisy]
    known = Fact("variances are known, rewards linear", holds=True)
    return giving(judged(claim, (known,), (place.stability(),)), *factors)


def _is_linear(analysis: Analysis, users: Users) -> bool:
    """One taste, linear on every model, and no adversary; K = ∞."""
    exact = KnownNumbers(analysis).is_zero(users.adversary_share)
    taste = users.single_taste
    if users.pool is not None or taste is None or not exact:
        return False
    return all(in_the_span(m, taste.reward) for m in analysis.ecosystem.models)
