"""Conditions on linear-Gaussian models that are trained on pairs of prompts and answers."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import sympy

from proofs_check.conditions.at_equilibrium import AtEquilibrium, reached
from proofs_check.conditions.choosers import (
    StrengthKnob,
    in_the_span,
    plain_taste,
    strength_knobs,
    varied_reward,
)
from proofs_check.conditions.ecosystem_condition import EcosystemCondition
from proofs_check.conditions.judgement import Fact, judged, not_applicable, without_equilibrium
from theory.analysis import Analysis
from theory.ecosystem import Model
from theory.expressions.exact_matrix import Matrix, inverse
from theory.expressions.polynomials import is_identically_zero
from theory.families.linear_gaussian import LinearGaussian


def matched_prompts(
    claim: str, analysis: Analysis, *, one_basis: bool, models: int | None = None
) -> EcosystemCondition:
    """Pair-trained models, own knobs, matched prompts, every a_i > 0.

    Parameters
    ----------
    claim : str
        Id of the claim.
    analysis : Analysis
    one_basis : bool
        Whether the second moments must be diagonal in one basis by congruence; else stability is asked for.
    models : int or None
        The number of models that the claim is about; None for any.
    """
    needs = _shape(analysis, models)
    knobs = tuple(k for k in strength_knobs(analysis.ecosystem) if k.is_own and _shifts(analysis, k))
    if needs or not knobs:
        return not_applicable(claim, needs or "users who choose of one model's own output, K = ∞, no noise")
    place = reached(analysis)
    if place is None:
        return without_equilibrium(claim)
    facts = [
        Fact(f"real prompts of {m.name} are its own", _matches(place, m)) for m in analysis.ecosystem.models
    ]
    for knob in knobs:
        facts.append(varied_reward(knob.model, knob.users.tastes[0].taste.reward, place))
        words = f"{knob.model.name} is judged on its own prompts"
        facts.append(Fact(words, _equal(place, _moments(knob.model), _linear(knob.model).judged.moments)))
    slacks = [
        place.slack(f"real share of {m.name} > 0", m.real_data_share) for m in analysis.ecosystem.models
    ]
    slacks += [place.slack(f"curated own share of {k.model.name} > 0", k.own_share) for k in knobs]
    if one_basis:
        facts.append(Fact("prompts are diagonal in one basis by congruence", _one_basis(place)))
    else:
        slacks.append(place.stability())
    return judged(claim, facts, slacks)


def _shape(analysis: Analysis, models: int | None) -> str:
    """What is missing for linear-Gaussian models that curators shift; empty when nothing is."""
    ecosystem = analysis.ecosystem
    if not all(isinstance(m.family, LinearGaussian) for m in ecosystem.models):
        return "linear-Gaussian models of pairs"
    if models is not None and len(ecosystem.models) != models:
        return f"{models} models"
    if ecosystem.order is not None:
        return "synchronous updates"
    for _, stream in ecosystem.streams():
        if stream.curators is None:
            continue
        producer = ecosystem.model(stream.producer)
        tastes = ecosystem.users_named(stream.curators).all_tastes
        if not all(in_the_span(producer, taste.reward) for taste in tastes):
            return "rewards in x·y"
    return ""


def _shifts(analysis: Analysis, knob: StrengthKnob) -> bool:
    return plain_taste(analysis, knob.users) is not None


def _linear(model: Model) -> LinearGaussian:
    """The model's family, known to be linear-Gaussian.  Raises `TypeError` when it is another."""
    if not isinstance(model.family, LinearGaussian):
        raise TypeError(f"Expected a linear-Gaussian model, got {model.family.name!r}")
    return model.family


def _moments(model: Model) -> Matrix:
    return _linear(model).moments


def _matches(place: AtEquilibrium, model: Model) -> bool | None:
    """Whether the model's real data have its own prompts' second moments."""
    source = None if model.real is None else model.real.source
    if not isinstance(source, LinearGaussian):
        return True
    return _equal(place, _moments(model), source.moments)


def _one_basis(place: AtEquilibrium) -> bool | None:
    """Whether S_j S_1⁻¹ S_k is symmetric for all j, k: the S_1⁻¹S_j commute."""
    known = [_moments(m).xreplace(_values(place)) for m in place.analysis.ecosystem.models]
    first = inverse(known[0])
    skew = [entry for a, b in combinations(known[1:], 2) for entry in a * first * b - b * first * a]
    return _all_zero(skew)


def _equal(place: AtEquilibrium, left: Matrix, right: Matrix) -> bool | None:
    return _all_zero([entry.xreplace(_values(place)) for entry in left - right])


def _values(place: AtEquilibrium) -> dict[sympy.Expr, sympy.Expr]:
    return dict(place.analysis.update_map.values)


def _all_zero(differences: Sequence[sympy.Expr]) -> bool | None:
    """True when all are identically zero, False when one is a rational number other than 0."""
    if all(is_identically_zero(d) for d in differences):
        return True
    return False if any(d.is_Rational and d != 0 for d in differences) else None
