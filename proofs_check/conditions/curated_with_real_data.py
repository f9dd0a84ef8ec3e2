"""Conditions on one saturated model that reads real data and what is chosen of its own output."""

from __future__ import annotations

import sympy
from flint import arb, ctx

from proofs_check.conditions.alone_and_saturated import (
    AloneAndSaturated,
    alone_and_saturated,
    covariance,
    expectation,
)
from proofs_check.conditions.at_equilibrium import AtEquilibrium, reached
from proofs_check.conditions.choosers import state_of
from proofs_check.conditions.ecosystem_condition import EcosystemCondition
from proofs_check.conditions.judgement import (
    Slack,
    giving,
    judged,
    not_applicable,
    only_replaced,
    without_equilibrium,
)
from theory.analysis import Analysis
from theory.equilibrium.result import Interval

_SHAPE = "one model that can be any law on its atoms, with real data and its own output, chosen by one group"
_PLAIN = "K = ∞, one taste, no noise and no adversary"
_ALL_CURATED = "all but real data chosen"


def isolated_curation(claim: str, analysis: Analysis) -> EcosystemCondition:
    """0 < α < 1, p_ref of full support, part of the own output chosen by one reward, K = ∞; gives c."""
    alone = _with_real_data(analysis)
    if alone is None:
        return not_applicable(claim, _SHAPE)
    taste = alone.plain_taste
    if taste is None:
        return not_applicable(claim, _PLAIN)
    place = reached(analysis)
    if place is None:
        return without_equilibrium(claim)
    slacks = (
        alone.real_data(),
        alone.full_support(),
        alone.numbers.slack("curated share > 0", alone.curated_share),
    )
    law = alone.model.family.support_probabilities(state_of(place, alone.model))
    total = alone.real_share + alone.curated_share
    level = expectation(law, alone.weights(taste)) * total / alone.curated_share
    return giving(
        judged(claim, (alone.prefers_something(taste),), slacks),
        ("c", place.interval(place.values([level])[0])),
    )


def closed_form(claim: str, analysis: Analysis) -> EcosystemCondition:
    """0 < η < 1, all own output chosen by one reward, K = ∞, p_ref of full support; gives Z."""
    found = _tilted_with_real_data(claim, analysis)
    if isinstance(found, EcosystemCondition):
        return found
    place, taste = reached(analysis), found.plain_taste
    if place is None or taste is None:
        return without_equilibrium(claim)
    slacks = (*_grounded(found), found.numbers.slack("synthetic share > 0", found.curated_share))
    law = found.model.family.support_probabilities(state_of(place, found.model))
    level = place.values([expectation(law, found.weights(taste))])[0]
    return giving(judged(claim, (), slacks), ("Z", place.interval(level)))


def projective_contraction(claim: str, analysis: Analysis) -> EcosystemCondition:
    """α > 0, p_ref > 0, all else the tilt of its own output; gives the factor m/(1 + m)."""
    if analysis.ecosystem.data.accumulates:
        return only_replaced(claim)
    found = _tilted_with_real_data(claim, analysis)
    if isinstance(found, EcosystemCondition):
        return found
    with ctx.workprec(found.numbers.bits):
        ratio = _ratio(found) / found.numbers.least(found.real_law)
        factor = ratio / (1 + ratio)
    return giving(judged(claim, (), _grounded(found)), ("factor", found.numbers.ends(factor)))


def reward_stability(claim: str, analysis: Analysis) -> EcosystemCondition:
    """The same ecosystems; gives the constant (1 − α)/(2α min p_ref)."""
    found = _tilted_with_real_data(claim, analysis)
    if isinstance(found, EcosystemCondition):
        return found
    with ctx.workprec(found.numbers.bits):
        constant = _ratio(found) / (2 * found.numbers.least(found.real_law))
    return giving(judged(claim, (), _grounded(found)), ("constant", found.numbers.ends(constant)))


def ceiling(claim: str, analysis: Analysis) -> EcosystemCondition:
    """K finite, λ(K − 1) < 1, p_0 = p_ref; gives the ceiling 1/(1 − λ(K − 1)) and its logarithm."""
    found = _chosen_with_real_data(claim, analysis)
    if isinstance(found, EcosystemCondition):
        return found
    pool = found.users.pool
    if pool is None:
        return not_applicable(claim, "finite K")
    room = 1 - found.curated_share / found.real_share * (pool - 1)
    slacks = (found.real_data(), found.numbers.slack("λ(K − 1) < 1", room))
    with ctx.workprec(found.numbers.bits):
        divergence = -found.numbers.ball(room).log()
    return giving(
        judged(claim, (found.starts_at_real_data(),), slacks),
        ("ceiling", found.numbers.interval(1 / room)),
        ("KL at most", found.numbers.ends(divergence)),
    )


def reward_floor(claim: str, analysis: Analysis) -> EcosystemCondition:
    """One reward, K ≥ 2, p_0 = p_ref; gives the floor under E_t[e^{βr}], t ≥ 1."""
    found = _chosen_with_real_data(claim, analysis)
    if isinstance(found, EcosystemCondition):
        return found
    taste = found.only_taste
    if taste is None:
        return not_applicable(claim, "one taste, no noise and no adversary")
    weights, numbers = found.weights(taste), found.numbers
    pool = found.users.pool
    spread = covariance(found.real_law, weights, weights)
    if pool is not None:
        spread *= sympy.Rational(pool - 1, pool)
    mean = numbers.ball(expectation(found.real_law, weights))
    with ctx.workprec(numbers.bits):
        lift = numbers.ball(found.curated_share * spread) / numbers.largest(weights)
        floor = mean + lift
    return giving(
        judged(claim, (found.starts_at_real_data(),), (found.real_data(),)),
        ("E_ref[a]", numbers.ends(mean)),
        ("floor", numbers.ends(floor)),
    )


def adversarial_floor(claim: str, analysis: Analysis) -> EcosystemCondition:
    """Real data and chosen own output, whoever chooses; gives (E_ref[a] + λ min a)/(1 + λ)."""
    found = _chosen_with_real_data(claim, analysis)
    if isinstance(found, EcosystemCondition):
        return found
    users = None if found.model.users is None else analysis.ecosystem.users_named(found.model.users)
    if users is None or users.single_taste is None:
        return not_applicable(claim, "a model whose users have one taste")
    weights, numbers = found.weights(users.single_taste), found.numbers
    mean = numbers.ball(found.real_share * expectation(found.real_law, weights))
    with ctx.workprec(numbers.bits):
        floor = mean + numbers.ball(found.curated_share) * numbers.least(weights)
    slacks = (found.real_data(), numbers.slack("λ > 0", found.curated_share))
    return giving(judged(claim, (), slacks), ("floor of E[a], t ≥ 1", numbers.ends(floor)))


def crowd_potential(claim: str, analysis: Analysis) -> EcosystemCondition:
    """K = ∞, any tastes, noise and raw output (a constant reward); α > 0 and p_ref of full support."""
    if analysis.ecosystem.data.accumulates:
        return only_replaced(claim)
    alone = _with_real_data(analysis)
    if alone is None:
        return not_applicable(claim, _SHAPE)
    if alone.users.pool is not None:
        return not_applicable(claim, "K = ∞")
    place = reached(analysis)
    found = judged(claim, (), _grounded(alone))
    return giving(found, ("F at the equilibrium", None if place is None else _potential(alone, place)))


def _potential(alone: AloneAndSaturated, place: AtEquilibrium) -> Interval | None:
    """αE_ref log p + Σ w_R log E_p e^R at the equilibrium."""
    law = alone.model.family.support_probabilities(state_of(place, alone.model))
    value = alone.real_share * expectation(alone.real_law, tuple(sympy.log(p) for p in law))
    for share, taste in alone.users.choices():
        if taste is not None:
            value += alone.curated_share * share * sympy.log(expectation(law, alone.weights(taste)))
    return place.interval(place.values([value])[0])


def _ratio(found: AloneAndSaturated) -> arb:
    return found.numbers.ball(found.curated_share / found.real_share)


def _grounded(found: AloneAndSaturated) -> tuple[Slack, Slack]:
    return found.real_data(), found.full_support()


def _with_real_data(analysis: Analysis) -> AloneAndSaturated | None:
    found = alone_and_saturated(analysis)
    return found if found is not None and found.has_real_data else None


def _chosen_with_real_data(claim: str, analysis: Analysis) -> AloneAndSaturated | EcosystemCondition:
    """Real data and chosen own output only, in rounds that replace their data."""
    if analysis.ecosystem.data.accumulates:
        return only_replaced(claim)
    found = _with_real_data(analysis)
    if found is None:
        return not_applicable(claim, _SHAPE)
    return found if found.is_all_curated else not_applicable(claim, _ALL_CURATED)


def _tilted_with_real_data(claim: str, analysis: Analysis) -> AloneAndSaturated | EcosystemCondition:
    """Real data and the tilt of its own output by one reward."""
    found = _with_real_data(analysis)
    if found is None:
        return not_applicable(claim, _SHAPE)
    if found.plain_taste is None:
        return not_applicable(claim, _PLAIN)
    return found if found.is_all_curated else not_applicable(claim, _ALL_CURATED)
