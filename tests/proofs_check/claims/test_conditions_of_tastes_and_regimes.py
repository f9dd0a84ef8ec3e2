"""Claims about one reward do not hold of users with several, nor claims about replaced data of piles."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache

import pytest
import sympy

from proofs_check.conditions.ecosystem_condition import Holds
from proofs_check.report.conditions import conditions
from theory import examples
from theory.analysis import analyze
from theory.budget import Budget
from theory.ecosystem import DataRegime, WeightedTaste
from theory.ecosystem_file import FileFormat, from_text
from theory.reward import Taste

ONE_REWARD = ("safe.", "gaussian.", "robust.sigmoid-threshold", "scalar.folds", "influence.conflict")
ABOUT_ROUNDS = tuple(
    f"ecosystem.{name}" for name in ("contraction", "tv-contraction", "linear-fixed-point", "update-order")
)
HALF = sympy.Rational(1, 2)


def of(name):
    return from_text(examples.text(name)).ecosystem


def cooperative():
    """Two Poisson models that read each other's curated output."""
    reads = [{"from": m, "share": "1/4", "curated": True} for m in ("p", "q")]
    models = {
        name: {"family": "poisson", "users": name, "real": {"share": "1/2", "mean": mean}, "reads": reads}
        for name, mean in (("p", 1), ("q", 3))
    }
    users = {"p": {"reward": "x", "strength": "1/4"}, "q": {"reward": "-x", "strength": "1/3"}}
    return from_text(json.dumps({"name": "c", "users": users, "models": models}), FileFormat.JSON).ecosystem


def alone(real="1/2"):
    reads = [{"from": "m", "share": f"1 - {real}", "curated": True}]
    model = {"family": "gaussian-location", "variance": 1, "users": "u", "real": {"share": real, "mean": 1}}
    document = {"name": "a", "users": {"u": {"reward": "x"}}, "models": {"m": {**model, "reads": reads}}}
    return from_text(json.dumps(document), FileFormat.JSON).ecosystem


def opposite(taste):
    reward = taste.reward
    if reward.table is not None:
        return Taste(reward=replace(reward, table=tuple(-r for r in reward.table)), strength=taste.strength)
    return Taste(reward=replace(reward, polynomial=-reward.polynomial), strength=taste.strength)


def divided(ecosystem):
    """The same ecosystem with a tenth of all users preferring the opposite, at a strength of their own."""

    def split(users):
        (one,) = users.tastes
        tenth = sympy.Rational(1, 10)
        other = WeightedTaste(probability=tenth, taste=opposite(one.taste), has_own_strength=True)
        return replace(users, tastes=(replace(one, probability=1 - tenth), other))

    return replace(ecosystem, users=tuple(map(split, ecosystem.users)))


ECOSYSTEMS = {
    **{name: of(name) for name in ("user-groups", "conflict-atoms", "exponential-fold")},
    "cooperative": cooperative(),
    "alone": alone(),
}


@cache
def judged(name, *, tastes=1, data=DataRegime.REPLACE):
    ecosystem = replace(ECOSYSTEMS[name], data=data)
    analysis = analyze(ecosystem if tastes == 1 else divided(ecosystem), Budget())
    assert analysis.reached is not None
    return {row.claim: row.holds for row in conditions(analysis)}


def test_the_examples_meet_conditions_about_one_reward():
    met = {claim for name in ECOSYSTEMS for claim, holds in judged(name).items() if holds is Holds.YES}
    for claim in ONE_REWARD:
        if claim != "robust.sigmoid-threshold":
            assert any(found.startswith(claim) for found in met), claim


@pytest.mark.parametrize("name", ECOSYSTEMS)
def test_no_claim_about_one_reward_is_met_by_a_divided_crowd(name):
    found = judged(name, tastes=2)
    assert all(found[c] is Holds.NOT_APPLICABLE for c in found if c.startswith(ONE_REWARD))


@pytest.mark.parametrize("name", ECOSYSTEMS)
def test_mixtures_of_tastes_meet_what_mixtures_of_choosers_meet(name):
    before, after = judged(name), judged(name, tastes=2)
    for claim in ("scalar.concave-variance", "scalar.quadratic-variance", "robust.equilibrium-identity"):
        assert after[claim] is before[claim]


@pytest.mark.parametrize("name", ["alone", "cooperative", "user-groups"])
def test_claims_about_rounds_of_replaced_data_do_not_apply_to_accumulated_ones(name):
    before, after = judged(name), judged(name, data=DataRegime.ACCUMULATE)
    for claim, holds in after.items():
        expected = Holds.NOT_APPLICABLE if claim in ABOUT_ROUNDS else before[claim]
        assert holds is expected, claim
    assert name != "alone" or before["ecosystem.linear-fixed-point"] is Holds.YES
