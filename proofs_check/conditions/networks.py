"""Conditions on what reads what, and on affine updates."""

from __future__ import annotations

import sympy
from flint import arb_mat

from proofs_check.conditions.at_equilibrium import AtEquilibrium, coordinates_of, reached
from proofs_check.conditions.ecosystem_condition import EcosystemCondition
from proofs_check.conditions.judgement import (
    Fact,
    Slack,
    judged,
    not_applicable,
    only_replaced,
    without_equilibrium,
)
from proofs_check.encoding.networks import is_grounded
from theory.analysis import Analysis
from theory.ecosystem import Ecosystem
from theory.expressions.polynomials import is_identically_zero


def affine_and_stable(claim: str, analysis: Analysis) -> EcosystemCondition:
    """Location families, hence an affine update of the means, with ρ < 1."""
    if analysis.ecosystem.data.accumulates:
        return only_replaced(claim)
    if any(m.family.name != "gaussian-location" for m in analysis.ecosystem.models):
        return not_applicable(claim, "location families only")
    place = reached(analysis)
    if place is None:
        return without_equilibrium(claim)
    update_map = analysis.update_map
    states = set(update_map.state)
    affine = all(not update_map.at_values(e).free_symbols & states for e in update_map.jacobian)
    return judged(claim, (Fact("the update is affine", holds=affine or None),), (place.stability(),))


def shares_only(claim: str, analysis: Analysis) -> EcosystemCondition:
    """Location families of one dimension whose links are plain shares, J = W ⊗ I, with ρ < 1."""
    models = analysis.ecosystem.models
    blocks = {m.name: coordinates_of(analysis.update_map, m.name) for m in models}
    if any(m.family.name != "gaussian-location" for m in models) or len({*map(len, blocks.values())}) != 1:
        return not_applicable(claim, "location families of one dimension")
    place = reached(analysis)
    if place is None:
        return without_equilibrium(claim)
    jacobian, at_values = place.synchronous.jacobian, analysis.update_map.at_values
    differences = [
        at_values(jacobian[a, b] - (_share(analysis.ecosystem, i, j) if k == m else 0))
        for i in blocks
        for j in blocks
        for k, a in enumerate(blocks[i])
        for m, b in enumerate(blocks[j])
    ]
    plain = all(is_identically_zero(difference) for difference in differences)
    return judged(claim, (Fact("every link is a plain share", holds=plain or None),), (place.stability(),))


def grounded(claim: str, analysis: Analysis) -> EcosystemCondition:
    """Every closed strongly connected component of the reading graph contains real data."""
    place = reached(analysis)
    if place is None:
        return without_equilibrium(claim)
    found = _is_grounded(analysis.ecosystem, place)
    return judged(claim, (Fact("real data in every closed group of models", found),), ())


def _is_grounded(ecosystem: Ecosystem, place: AtEquilibrium) -> bool | None:
    """The graph test; None when some share is neither proved zero nor proved positive."""
    names = [m.name for m in ecosystem.models]
    links = [[_is_positive(_share(ecosystem, i, j), place) for j in names] for i in names]
    real = [_is_positive(m.real_data_share, place) for m in ecosystem.models]
    if any(entry is None for row in (*links, real) for entry in row):
        return None
    return is_grounded([[int(bool(e)) for e in row] for row in links], [int(bool(e)) for e in real])


def _share(ecosystem: Ecosystem, reader: str, producer: str) -> sympy.Expr:
    streams = ecosystem.model(reader).reads
    return sympy.Add(*(s.share for s in streams if s.producer == producer))


def _is_positive(share: sympy.Expr, place: AtEquilibrium) -> bool | None:
    """Whether a non-negative share is positive."""
    exact = place.analysis.update_map.at_values(share)
    if is_identically_zero(exact):
        return False
    return True if place.values([exact])[0] > 0 else None


def curation_share_of_two(claim: str, analysis: Analysis, *, block: str) -> EcosystemCondition:
    """Two models, a curation share λ in (0, 1), I − J invertible, and one diagonal block of it invertible.

    Parameters
    ----------
    claim : str
        Id of the claim.
    analysis : Analysis
    block : str
        ``partner``: the block of the model whose share is not moved; ``own``: of the one whose share is.
    """
    models = analysis.ecosystem.models
    knobs = [k.owner for k in analysis.update_map.knobs if k.kind.value == "curation"]
    if len(models) != 2 or not knobs:
        return not_applicable(claim, "two models, one of them with a curation share in (0, 1)")
    place = reached(analysis)
    if place is None:
        return without_equilibrium(claim)
    field = place.field()
    facts = [Fact("I − J is invertible", place.is_invertible(field))]
    slacks: list[Slack] = []
    for owner in knobs:
        inverted = next(m.name for m in models if (m.name == owner) == (block == "own"))
        facts.append(
            Fact(f"I − J of {inverted} alone is invertible", _block_invertible(place, field, inverted))
        )
        share = analysis.ecosystem.model(owner).curation_share
        slacks.append(place.slack(f"curation share of {owner} > 0", share))
        slacks.append(place.slack(f"curation share of {owner} < 1", 1 - share))
    return judged(claim, facts, slacks)


def _block_invertible(place: AtEquilibrium, field: arb_mat, model: str) -> bool | None:
    rows = coordinates_of(place.analysis.update_map, model)
    block = arb_mat(len(rows), len(rows), [field[i, j] for i in rows for j in rows])
    return place.is_invertible(block)
