"""Conditions on mean–variance Gaussians that are all trained on one pool."""

from __future__ import annotations

from collections.abc import Sequence

import sympy

from proofs_check.conditions.at_equilibrium import AtEquilibrium, reached
from proofs_check.conditions.choosers import is_linear, plain_taste
from proofs_check.conditions.ecosystem_condition import EcosystemCondition, Holds
from proofs_check.conditions.judgement import judged, not_applicable, without_equilibrium
from proofs_check.conditions.own_curators import tilt_of
from theory.analysis import Analysis
from theory.ecosystem import Ecosystem, Model
from theory.expressions.polynomials import is_identically_zero

_RANK = {Holds.YES: 0, Holds.UNDECIDED: 1, Holds.NO: 2}


def shared_pool(claim: str, analysis: Analysis) -> EcosystemCondition:
    """2v Σ_j w_j t_j (t_j − t_i) > a for the users of some model i, on a pool that all models share."""
    needs = _shape(analysis)
    if needs:
        return not_applicable(claim, needs)
    place = reached(analysis)
    if place is None:
        return without_equilibrium(claim)
    ecosystem = analysis.ecosystem
    found = [_criterion(claim, place, m) for m in ecosystem.models if _makes_curated(ecosystem, m)]
    return min(found, key=lambda condition: _RANK[condition.holds])


def _criterion(claim: str, place: AtEquilibrium, model: Model) -> EcosystemCondition:
    ecosystem = place.analysis.ecosystem
    variance = place.analysis.update_map.state[1]
    own = tilt_of(model, ecosystem.users_named(str(model.users)))
    pool = ecosystem.models[0].reads
    tilts = [_tilt(ecosystem, s.curators) for s in pool]
    discord = sympy.Add(*(s.share * t * (t - own) for s, t in zip(pool, tilts, strict=True)))
    share = sympy.Add(*(s.share for s in pool if s.producer == model.name))
    real_share = model.real_data_share
    words = f"2v Σ_j w_j t_j (t_j − t_{model.name}) > a"
    return judged(
        claim,
        (),
        (
            place.slack(words, 2 * variance * discord - real_share),
            place.slack(f"share of {model.name} > 0", share),
            place.slack("a > 0", real_share),
            place.stability(),
        ),
    )


def _shape(analysis: Analysis) -> str:
    """What is missing for several Gaussians on one pool; empty when nothing is."""
    ecosystem = analysis.ecosystem
    models = ecosystem.models
    if len(models) < 2 or any(m.family.name != "gaussian" for m in models):
        return "two or more Gaussians with mean and variance"
    if ecosystem.order is not None:
        return "synchronous updates"
    if not all(_same_row(analysis, models[0], m) for m in models[1:]):
        return "one pool: the same real data and the same streams for each model"
    if any(s.channel is not None for s in models[0].reads):
        return "no channel"
    return _users(analysis) or _producers_only(ecosystem)


def _same_row(analysis: Analysis, first: Model, other: Model) -> bool:
    """Whether both are trained on the same mixture, stream by stream."""
    if first.real is None or other.real is None:
        return False
    rows = [_row(analysis, m) for m in (first, other)]
    real = zip((first.real.share, *first.real.state), (other.real.share, *other.real.state), strict=True)
    at_values = analysis.update_map.at_values
    return all(is_identically_zero(at_values(a - b)) for a, b in real) and rows[0] == rows[1]


def _row(analysis: Analysis, model: Model) -> Sequence[tuple[str, str, str]]:
    at_values = analysis.update_map.at_values
    return sorted((s.producer, str(s.curators), str(at_values(s.share))) for s in model.reads)


def _users(analysis: Analysis) -> str:
    ecosystem, at_values = analysis.ecosystem, analysis.update_map.at_values
    for users in ecosystem.users:
        taste = plain_taste(analysis, users)
        if taste is None:
            return "K = ∞, one taste, no noise and no adversary"
        if not is_linear(ecosystem.models[0], taste.reward, at_values):
            return "linear rewards"
    return ""


def _producers_only(ecosystem: Ecosystem) -> str:
    """Each stream raw or chosen by its producer's users, who belong to that model alone; some is chosen."""
    owners = [m.users for m in ecosystem.models if m.users is not None]
    foreign = any(
        s.curators is not None and s.curators != ecosystem.model(s.producer).users
        for _, s in ecosystem.streams()
    )
    if foreign or len(owners) != len(set(owners)):
        return "each producer's output curated by its own users alone"
    if not any(_makes_curated(ecosystem, m) for m in ecosystem.models):
        return "a model whose whole output is curated"
    return ""


def _makes_curated(ecosystem: Ecosystem, model: Model) -> bool:
    made = [s for s in ecosystem.models[0].reads if s.producer == model.name]
    return bool(made) and all(s.curators == model.users for s in made) and model.users is not None


def _tilt(ecosystem: Ecosystem, curators: str | None) -> sympy.Expr:
    if curators is None:
        return sympy.S.Zero
    return tilt_of(ecosystem.models[0], ecosystem.users_named(curators))
