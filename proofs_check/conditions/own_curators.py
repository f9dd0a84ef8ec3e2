"""Conditions on one model whose users curate what it makes."""

from __future__ import annotations

import sympy

from proofs_check.conditions.at_equilibrium import reached
from proofs_check.conditions.choosers import (
    NO_PROMPTS,
    any_answers_prompts,
    in_the_span,
    is_linear,
    linear_tilt,
    plain_taste,
    varied_reward,
)
from proofs_check.conditions.ecosystem_condition import EcosystemCondition
from proofs_check.conditions.judgement import judged, not_applicable, without_equilibrium
from theory.analysis import Analysis
from theory.ecosystem import Ecosystem, Model, Stream, Users


def one_interest(claim: str, analysis: Analysis) -> EcosystemCondition:
    """One model, one reward in the span of T, K = ∞, curated own share > 0, at a stable equilibrium."""
    needs = _one_interest_shape(analysis)
    if needs:
        return not_applicable(claim, needs)
    place = reached(analysis)
    if place is None:
        return without_equilibrium(claim)
    model = analysis.ecosystem.models[0]
    taste = analysis.ecosystem.users_named(str(model.users)).tastes[0].taste
    return judged(
        claim,
        (varied_reward(model, taste.reward, place),),
        (place.slack("curated own share > 0", model.curation_share), place.stability()),
    )


def _one_interest_shape(analysis: Analysis) -> str:
    """What is missing for one model with one interest; empty when nothing is."""
    ecosystem = analysis.ecosystem
    if len(ecosystem.models) != 1 or ecosystem.models[0].users is None:
        return "one model with users"
    if any_answers_prompts(analysis):
        return NO_PROMPTS
    model = ecosystem.models[0]
    users = ecosystem.users_named(str(model.users))
    curators = {s.curators for s in model.reads if s.curators is not None}
    if curators != {users.name}:
        return "its own output curated by its own users and nobody else"
    taste = plain_taste(analysis, users)
    if taste is None:
        return "K = ∞, one taste, no noise and no adversary"
    if any(s.channel is not None for s in model.reads):
        return "no channel"
    if not in_the_span(model, taste.reward):
        return "a reward in the span of the family's statistic"
    return ""


def user_groups(claim: str, analysis: Analysis) -> EcosystemCondition:
    """The criterion 2v* Σ_j w_j t_j (t_j − t_1) > a for the model's own users as group 1, with 2Γv* < 1."""
    needs = _user_groups_shape(analysis)
    if needs:
        return not_applicable(claim, needs)
    place = reached(analysis)
    if place is None:
        return without_equilibrium(claim)
    ecosystem = analysis.ecosystem
    model = ecosystem.models[0]
    variance = analysis.update_map.state[1]
    groups = [(s.share, _tilt(ecosystem, model, s)) for s in model.reads]
    first = tilt_of(model, ecosystem.users_named(str(model.users)))
    discord = sympy.Add(*(w * t * (t - first) for w, t in groups))
    own = sympy.Add(*(s.share for s in model.reads if s.curators == model.users))
    return judged(
        claim,
        (),
        (
            place.slack("2v Σ w_j t_j (t_j − t_1) > a", 2 * variance * discord - model.real_data_share),
            place.slack("own users' share > 0", own),
            place.slack("a > 0", model.real_data_share),
            place.stability(),
        ),
    )


def _user_groups_shape(analysis: Analysis) -> str:
    """What is missing for one Gaussian with several groups of linear curators; empty when nothing is."""
    ecosystem, at_values = analysis.ecosystem, analysis.update_map.at_values
    if len(ecosystem.models) != 1 or ecosystem.models[0].family.name != "gaussian":
        return "one Gaussian with mean and variance"
    model = ecosystem.models[0]
    if model.users is None or all(s.curators != model.users for s in model.reads):
        return "users who curate the model's own output"
    if any(s.channel is not None for s in model.reads):
        return "no channel"
    curators = {s.curators for s in model.reads if s.curators is not None}
    for name in curators:
        users = ecosystem.users_named(name)
        taste = plain_taste(analysis, users)
        if taste is None:
            return "K = ∞, one taste, no noise and no adversary"
        if not is_linear(model, taste.reward, at_values):
            return "linear rewards"
    return ""


def _tilt(ecosystem: Ecosystem, model: Model, stream: Stream) -> sympy.Expr:
    if stream.curators is None:
        return sympy.S.Zero
    return tilt_of(model, ecosystem.users_named(stream.curators))


def tilt_of(model: Model, users: Users) -> sympy.Expr:
    """t in the tilt e^{tx} of users of one taste: strength times the reward's slope."""
    return linear_tilt(model, users.tastes[0].taste)
