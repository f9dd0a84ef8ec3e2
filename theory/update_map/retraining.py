"""Retraining: one model's maximum-likelihood refit to what it reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import sympy

from theory.curation.choice import Output, curated_output, raw_output
from theory.ecosystem import Ecosystem, Model, Stream
from theory.exponential_family.family import Exprs
from theory.exponential_family.law import AbstractLaw, ChanneledLaw, MixedLaw
from theory.expressions.signs import NumberSign, sign_of


@dataclass(frozen=True)
class Refit:
    """A model's new state, and what must be > 0 for its training set to exist."""

    state: Exprs
    domain: Exprs


def strength_offset(users: str) -> sympy.Symbol:
    """Symbol added to the strength of the users of that name."""
    return sympy.Symbol(f"users.{users}.strength", real=True)


def curation_offset(model: str) -> sympy.Symbol:
    """Symbol added to the total curated share of the model of that name."""
    return sympy.Symbol(f"models.{model}.curation", real=True)


def curation_is_a_knob(ecosystem: Ecosystem, model: Model) -> bool:
    """Whether the model's total curated share λ is proved to lie in (0, 1) at the parameters' values."""
    share = model.curation_share.xreplace(ecosystem.parameter_values())
    return sign_of(share) is NumberSign.POSITIVE and sign_of(1 - share) is NumberSign.POSITIVE


@dataclass(frozen=True)
class TrainingSet:
    """The law of what a model reads, and what must be > 0 for it to exist."""

    law: MixedLaw
    domain: Exprs


def retrain(ecosystem: Ecosystem, model: Model, states: Mapping[str, Exprs]) -> Refit:
    """The model's refit when each producer is in the given state.

    The expressions hold the knob offsets of `strength_offset` and `curation_offset`.
    """
    read = training_set(ecosystem, model, states)
    return Refit(model.family.fit(read.law.expectations(model.family.fitted)), read.domain)


def training_set(ecosystem: Ecosystem, model: Model, states: Mapping[str, Exprs]) -> TrainingSet:
    """The mixture that the model reads when each producer is in the given state.

    The expressions hold the knob offsets of `strength_offset` and `curation_offset`.
    """
    curated_scale, other_scale = _scales(ecosystem, model)
    parts: list[tuple[sympy.Expr, AbstractLaw]] = []
    domain: list[sympy.Expr] = []
    if model.real is not None and model.real.share != 0:
        real = raw_output(model.real.source or model.family, model.real.state)
        parts.append((model.real.share * other_scale, real.law))
    for stream in model.reads:
        if stream.share == 0:
            continue
        output = _stream_output(ecosystem, stream, states[stream.producer])
        scale = other_scale if stream.curators is None else curated_scale
        parts.append((stream.share * scale, output.law))
        domain.extend(output.domain)
    return TrainingSet(MixedLaw(tuple(parts)), tuple(dict.fromkeys(domain)))


def _scales(ecosystem: Ecosystem, model: Model) -> tuple[sympy.Expr, sympy.Expr]:
    """Factors on curated shares and on all others: 1 + δ/λ and 1 − δ/(1 − λ)."""
    if not curation_is_a_knob(ecosystem, model):
        return sympy.S.One, sympy.S.One
    share, offset = model.curation_share, curation_offset(model.name)
    return 1 + offset / share, 1 - offset / (1 - share)


def _stream_output(ecosystem: Ecosystem, stream: Stream, state: Exprs) -> Output:
    """What the stream's reader sees: curated first, then through the channel."""
    family = ecosystem.model(stream.producer).family
    if stream.curators is None:
        output = raw_output(family, state)
    else:
        users = ecosystem.users_named(stream.curators)
        output = curated_output(family, state, users, strength_offset(users.name))
    if stream.channel is None:
        return output
    return Output(ChanneledLaw(output.law, stream.channel), output.domain)
