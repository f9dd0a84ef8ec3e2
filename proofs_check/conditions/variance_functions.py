"""Conditions on one-parameter families of numbers and their variance functions."""

from __future__ import annotations

from collections.abc import Sequence

import sympy

from proofs_check.conditions.at_equilibrium import AtEquilibrium, has_scalar_states, reached
from proofs_check.conditions.choosers import NO_PROMPTS, any_answers_prompts
from proofs_check.conditions.ecosystem_condition import EcosystemCondition
from proofs_check.conditions.judgement import Fact, judged, not_applicable, without_equilibrium
from theory.analysis import Analysis
from theory.ecosystem import Model, Users
from theory.expressions.polynomials import is_identically_zero

MEAN = sympy.Symbol("mean", real=True)
_QUADRATIC = "families whose variance is a polynomial of degree at most two in the mean"


def concave_variance(claim: str, analysis: Analysis) -> EcosystemCondition:
    """One concave variance function for all models, a_i > 0 and V(m_i) > 0."""
    needs = tilted_streams(analysis)
    if needs:
        return not_applicable(claim, needs)
    models = analysis.ecosystem.models
    functions = _variance_functions(models)
    if functions is None:
        return not_applicable(claim, _QUADRATIC)
    place = reached(analysis)
    if place is None:
        return without_equilibrium(claim)
    at_values = analysis.update_map.at_values
    same = all(is_identically_zero(at_values(f - functions[0])) for f in functions)
    facts = [
        Fact("one variance function", holds=same or None),
        Fact("the variance function is concave", _is_concave(functions[0], place)),
    ]
    slacks = []
    for model, function in zip(models, functions, strict=True):
        slacks.append(place.slack(f"real share of {model.name} > 0", model.real_data_share))
        if model.real is not None:
            at_real = function.xreplace({MEAN: model.real.state[0]})
            slacks.append(place.slack(f"variance at {model.name}'s real data > 0", at_real))
    return judged(claim, facts, slacks)


def _variance_functions(models: Sequence[Model]) -> list[sympy.Expr] | None:
    """V of each model; None when one is not quadratic in the mean."""
    found = [variance_function(model) for model in models]
    known = [function for function in found if function is not None]
    return known if len(known) == len(found) else None


def quadratic_variance(claim: str, analysis: Analysis) -> EcosystemCondition:
    """Every variance function is quadratic in the mean, and the reached equilibrium is stable."""
    needs = tilted_streams(analysis)
    if needs:
        return not_applicable(claim, needs)
    if _variance_functions(analysis.ecosystem.models) is None:
        return not_applicable(claim, _QUADRATIC)
    place = reached(analysis)
    return without_equilibrium(claim) if place is None else judged(claim, (), (place.stability(),))


def variance_function(model: Model) -> sympy.Expr | None:
    """V in the mean when it is a polynomial of degree at most two in it, else None."""
    family = model.family
    if len(family.coordinates) != 1 or len(family.statistic) != 1:
        return None
    if not is_identically_zero(family.mean_parameter((MEAN,))[0] - MEAN):
        return None
    found = sympy.cancel(family.fisher_information(family.natural((MEAN,)))[0])
    if not found.is_polynomial(MEAN) or sympy.degree(found, MEAN) > 2:
        return None
    return sympy.expand(found)


def _is_concave(function: sympy.Expr, place: AtEquilibrium) -> bool | None:
    """The sign of the leading coefficient, where it is proved."""
    leading = place.analysis.update_map.at_values(function.coeff(MEAN, 2))
    if is_identically_zero(leading):
        return True
    ball = place.values([leading])[0]
    return True if ball < 0 else False if ball > 0 else None


def tilted_streams(analysis: Analysis) -> str:
    """What is missing for raw and tilted streams between models with one state; empty when nothing is."""
    ecosystem = analysis.ecosystem
    if not has_scalar_states(analysis):
        return "models with one state each"
    if ecosystem.order is not None:
        return "synchronous updates"
    if any_answers_prompts(analysis):
        return NO_PROMPTS
    for model, stream in ecosystem.streams():
        if stream.channel is not None:
            return "no channel"
        producer = ecosystem.model(stream.producer)
        if stream.curators is not None and not _tilts(ecosystem.users_named(stream.curators), producer):
            return "K = ∞ and rewards in the span of the statistic"
        if not is_identically_zero(model.family.statistic[0] - producer.family.statistic[0]):
            return "one statistic"
    return ""


def _tilts(users: Users, producer: Model) -> bool:
    """Whether the chosen law is a mixture of tilts θ + b: noise, tastes and adversaries mix, pools do not."""
    if users.pool is not None:
        return False
    return not any(producer.family.reward_parts(t.reward).bends for t in users.all_tastes)
