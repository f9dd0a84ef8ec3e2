"""Conditions on one Gaussian, mean and variance fitted, whose own output is chosen by linear rewards."""

from __future__ import annotations

import sympy

from proofs_check.conditions.choosers import linear_tilt, plain_taste
from proofs_check.conditions.ecosystem_condition import EcosystemCondition
from proofs_check.conditions.judgement import Fact, giving, judged, not_applicable, only_replaced
from proofs_check.conditions.known_numbers import KnownNumbers
from theory.analysis import Analysis
from theory.ecosystem import Model, Users
from theory.reward import Taste

_FITTED = ("gaussian", "gaussian-covariance")


def disagreement(claim: str, analysis: Analysis) -> EcosystemCondition:
    """No real data, K = ∞, users and adversaries with linear rewards u·x and v·x; gives uᵀΣv at the start.

    In one dimension it also gives how far the first round moves the mean and raises the variance.
    """
    if analysis.ecosystem.data.accumulates:
        return only_replaced(claim)
    numbers = KnownNumbers(analysis)
    found = _alone(analysis, _FITTED)
    if found is None or not numbers.is_zero(1 - found[0].curation_share):
        return not_applicable(
            claim, "one Gaussian with mean and covariance that reads only its chosen output"
        )
    model, users = found
    if users.pool is not None or users.single_taste is None or users.adversary is None:
        return not_applicable(claim, "K = ∞, one taste and an adversary")
    if not numbers.is_zero(users.noise):
        return not_applicable(claim, "no noise")
    tilts = [_linear(model, taste, numbers) for taste in users.all_tastes]
    own, other = tilts
    normal = model.family.normal_form(tuple(model.start))
    if own is None or other is None or normal is None:
        return not_applicable(claim, "linear rewards")
    _, covariance = normal
    agreement = (own.T * covariance * other)[0, 0]
    gives = [("uᵀΣv", numbers.interval(agreement))]
    if model.family.dimension == 1:
        share, variance = users.adversary_share, covariance[0, 0]
        gap = own[0] - other[0]
        moved = variance * ((1 - share) * own[0] + share * other[0])
        gives.append(("mean moves by", numbers.interval(moved)))
        gives.append(("variance grows by", numbers.interval(share * (1 - share) * (variance * gap) ** 2)))
    alone = Fact("it reads only what is chosen of its own output", holds=True)
    return giving(judged(claim, (alone,), ()), *gives)


def blow_up(claim: str, analysis: Analysis) -> EcosystemCondition:
    """Real share in (0, 1), all else chosen by one linear reward, K = ∞; gives the critical strength."""
    numbers, found = KnownNumbers(analysis), _alone(analysis, _FITTED[:1])
    if found is None or found[0].real is None or numbers.is_zero(found[0].real.share):
        return not_applicable(
            claim, "one Gaussian with mean and variance, its real data and its chosen output"
        )
    model, users = found
    taste = plain_taste(analysis, users)
    if taste is None or _linear(model, taste, numbers) is None:
        return not_applicable(claim, "K = ∞, one linear reward, no noise and no adversary")
    if model.real is None or not numbers.is_zero(1 - model.real.share - model.curation_share):
        return not_applicable(claim, "all but real data chosen")
    tilt, share, rest = linear_tilt(model, taste), model.real.share, model.curation_share
    variance = model.real.state[1]
    slacks = (
        numbers.slack("a > 0", share),
        numbers.slack("w > 0", rest),
        numbers.slack("4κV < 1", 1 - 4 * rest * tilt**2 * variance / share**2),
        numbers.slack("c ≠ 0", tilt**2),
    )
    critical = share * taste.strength / (2 * sympy.Abs(tilt) * sympy.sqrt(rest * variance))
    return giving(judged(claim, (), slacks), ("critical strength", numbers.interval(critical)))


def _alone(analysis: Analysis, families: tuple[str, ...]) -> tuple[Model, Users] | None:
    """The only model, of one of the families, and the one group that chooses among what it makes."""
    models = analysis.ecosystem.models
    if len(models) != 1 or models[0].family.name not in families:
        return None
    (model,) = models
    groups = {s.curators for s in model.reads if s.curators is not None}
    if len(groups) != 1 or any(s.channel is not None for s in model.reads):
        return None
    return model, analysis.ecosystem.users_named(groups.pop())


def _linear(model: Model, taste: Taste, numbers: KnownNumbers) -> sympy.Matrix | None:
    """u in the tilt e^{u·x}; None for another reward."""
    parts, d = model.family.reward_parts(taste.reward), model.family.dimension
    if parts.bends or not all(numbers.is_zero(c) for c in parts.linear[d:]):
        return None
    return sympy.Matrix([taste.strength * c for c in parts.linear[:d]])
