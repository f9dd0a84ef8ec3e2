"""Conditions on strengths in ecosystems whose models share one statistic and read without channels."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import networkx as nx
import sympy

from proofs_check.conditions.at_equilibrium import AtEquilibrium, has_scalar_states, reached
from proofs_check.conditions.choosers import (
    NO_PROMPTS,
    StrengthKnob,
    any_answers_prompts,
    in_the_span,
    inner_law,
    plain_taste,
    strength_knobs,
    varied_reward,
)
from proofs_check.conditions.ecosystem_condition import EcosystemCondition
from proofs_check.conditions.judgement import Fact, judged, not_applicable, without_equilibrium
from theory.analysis import Analysis
from theory.ecosystem import Ecosystem
from theory.expressions.polynomials import is_identically_zero


def scalar_cooperative(claim: str, analysis: Analysis) -> EcosystemCondition:
    """Models of one state each with a common statistic, no channels, rewards in its span; ρ(J) < 1."""
    shape = _common_shape(analysis) or _scalar_shape(analysis) or _plain_span(analysis)
    needs = shape or _one_taste_each(analysis)
    if needs:
        return not_applicable(claim, needs)
    place = reached(analysis)
    if place is None:
        return without_equilibrium(claim)
    return judged(claim, [inner_law(m, place) for m in analysis.ecosystem.models], (place.stability(),))


def commuting(claim: str, analysis: Analysis) -> EcosystemCondition:
    """Scalar models with a common statistic, or fixed covariances; an own, consumer or producer strength."""
    shape = _common_shape(analysis) or _plain_span(analysis)
    if not shape and not _fixed_covariances(analysis):
        shape = _scalar_shape(analysis) and "one state a model, or fixed covariances"
    return _with_knobs(claim, analysis, shape, lambda knob: knob.has_a_known_reach)


def fixed_covariance(claim: str, analysis: Analysis) -> EcosystemCondition:
    """Location models with fixed covariances, linear rewards, no channels; a strength of known reach."""
    fixed = "" if _fixed_covariances(analysis) else "location families with fixed covariances"
    shape = fixed or _common_shape(analysis) or _plain_span(analysis)
    return _with_knobs(claim, analysis, shape, lambda knob: knob.has_a_known_reach)


def weak_curation(claim: str, analysis: Analysis) -> EcosystemCondition:
    """A common statistic, no channels, every strength 0; an own or consumer strength with a share > 0."""
    shape = _common_shape(analysis) or _zero_strengths(analysis)
    knobs, place = _knobs(analysis, lambda knob: knob.is_own or knob.is_consumer), reached(analysis)
    if shape or not knobs:
        return not_applicable(claim, shape or "users who curate a model's own stream, or all that it reads")
    if place is None:
        return without_equilibrium(claim)
    shares = (
        place.slack(f"curated share of {k.model.name} > 0", sympy.Add(*(s.share for _, s in k.curated)))
        for k in knobs
    )
    return judged(claim, _varied(knobs, place), (*shares, place.stability()))


def only_one_curated(claim: str, analysis: Analysis) -> EcosystemCondition:
    """A common statistic, no channels, users who choose of a model's own output, and no other curators."""
    curators = {s.curators for _, s in analysis.ecosystem.streams() if s.curators is not None}
    shape = _common_shape(analysis)
    if not shape and len(curators) != 1:
        shape = "one group of curators"
    return _own_knobs(claim, analysis, shape, lambda knob: knob.is_own)


def own_no_feedback(claim: str, analysis: Analysis) -> EcosystemCondition:
    """A model whose users curate its own stream, alone on it, and that no chain of reading leads back to."""
    shape = "" if analysis.ecosystem.order is None else "synchronous updates"
    if any_answers_prompts(analysis):
        shape = NO_PROMPTS

    def apt(knob: StrengthKnob) -> bool:
        own = [s for s in knob.model.reads if s.producer == knob.model.name]
        alone = all(s.curators in (None, knob.users.name) and s.channel is None for s in own)
        return knob.is_own and alone and not _reaches_itself(analysis.ecosystem, knob.model.name)

    return _own_knobs(claim, analysis, shape, apt)


def _own_knobs(
    claim: str, analysis: Analysis, shape: str, apt: Callable[[StrengthKnob], bool]
) -> EcosystemCondition:
    """Own strengths: curated own share > 0, varied reward, ρ(J) < 1."""
    knobs, place = _knobs(analysis, apt), reached(analysis)
    if shape or not knobs:
        return not_applicable(claim, shape or _own_needs(analysis))
    if place is None:
        return without_equilibrium(claim)
    shares = [place.slack(f"curated own share of {k.model.name} > 0", k.own_share) for k in knobs]
    return judged(claim, _varied(knobs, place), (*shares, place.stability()))


def _own_needs(analysis: Analysis) -> str:
    """What keeps the users of an ecosystem from an own strength that is safe."""
    if not any(knob.is_own for knob in strength_knobs(analysis.ecosystem)):
        return "users who choose of one model's own output and of nothing else"
    return "K = ∞, one linear reward on the own stream, no channel there, no way back through others"


def _with_knobs(
    claim: str, analysis: Analysis, shape: str, apt: Callable[[StrengthKnob], bool]
) -> EcosystemCondition:
    """A shape, at least one strength of known reach, ρ(J) < 1."""
    place = reached(analysis)
    if shape or not _knobs(analysis, apt):
        return not_applicable(claim, shape or "an own, consumer or producer strength")
    if place is None:
        return without_equilibrium(claim)
    inner = [inner_law(m, place) for m in analysis.ecosystem.models]
    return judged(claim, inner, (place.stability(),))


def _knobs(analysis: Analysis, apt: Callable[[StrengthKnob], bool]) -> tuple[StrengthKnob, ...]:
    """Strengths of plain choosers with a reward in the span of T, of the kind that is asked for."""
    return tuple(knob for knob in strength_knobs(analysis.ecosystem) if apt(knob) and _spans(analysis, knob))


def _spans(analysis: Analysis, knob: StrengthKnob) -> bool:
    taste = plain_taste(analysis, knob.users)
    return taste is not None and all(in_the_span(model, taste.reward) for model in knob.affected)


def _varied(knobs: Iterable[StrengthKnob], place: AtEquilibrium) -> tuple[Fact, ...]:
    return tuple(varied_reward(k.model, k.users.tastes[0].taste.reward, place) for k in knobs)


def _common_shape(analysis: Analysis) -> str:
    """What is missing for synchronous models with one statistic and no channels; empty when nothing is."""
    ecosystem = analysis.ecosystem
    if ecosystem.order is not None:
        return "synchronous updates"
    if any(s.channel is not None for _, s in ecosystem.streams()):
        return "no channels"
    if any_answers_prompts(analysis):
        return NO_PROMPTS
    if len({m.family.statistic for m in ecosystem.models}) != 1:
        return "one statistic common to all models"
    return ""


def _scalar_shape(analysis: Analysis) -> str:
    return "" if has_scalar_states(analysis) else "models with one state each"


def _fixed_covariances(analysis: Analysis) -> bool:
    return all(m.family.name == "gaussian-location" for m in analysis.ecosystem.models)


def _plain_span(analysis: Analysis) -> str:
    """What is missing for K = ∞ and rewards in the span of T, of curators and of the models' own users."""
    ecosystem = analysis.ecosystem
    chosen = [(ecosystem.model(s.producer), s.curators) for _, s in ecosystem.streams()]
    judged_by = [(m, m.users) for m in ecosystem.models]
    for model, name in (*chosen, *judged_by):
        if name is None:
            continue
        users = ecosystem.users_named(name)
        if users.pool is not None:
            return "K = ∞"
        if not all(in_the_span(model, taste.reward) for taste in users.all_tastes):
            return "rewards in the span of the statistic"
    return ""


def _one_taste_each(analysis: Analysis) -> str:
    """What is missing for every model's own users to have one taste, which measures what they curate for."""
    ecosystem = analysis.ecosystem
    judges = (ecosystem.users_named(m.users) for m in ecosystem.models if m.users is not None)
    return "" if all(users.single_taste is not None for users in judges) else "users of one taste"


def _zero_strengths(analysis: Analysis) -> str:
    """What is missing for every curator's strength to be 0."""
    ecosystem = analysis.ecosystem
    curators = {s.curators for _, s in ecosystem.streams() if s.curators is not None}
    strengths = (t.strength for name in curators for t in ecosystem.users_named(name).all_tastes)
    known = map(analysis.update_map.at_values, strengths)
    return "" if all(map(is_identically_zero, known)) else "every strength 0"


def _reaches_itself(ecosystem: Ecosystem, model: str) -> bool:
    """Whether a chain of reading leads from a model through another one back to it."""
    graph = nx.DiGraph([(m.name, s.producer) for m, s in ecosystem.streams() if m.name != s.producer])
    return model in graph and any(
        model in group for group in nx.strongly_connected_components(graph) if len(group) > 1
    )
