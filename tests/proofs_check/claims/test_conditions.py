"""Conditions of claims on ecosystems: the shipped examples and small ones written here."""

from __future__ import annotations

import json
from functools import cache

import pytest
import sympy
from flint import arb, ctx, fmpq

from proofs_check import registry
from proofs_check.conditions.ecosystem_condition import Holds
from proofs_check.conditions.judgement import Fact, Slack, judged
from theory import examples
from theory.analysis import analyze
from theory.budget import Budget
from theory.ecosystem_file import from_text
from theory.ecosystem_file.documents import FileFormat
from theory.equilibrium.result import Interval

CONDITIONED = [claim_id for claim_id in registry.claim_ids() if registry.condition(claim_id) is not None]


@cache
def shipped(name):
    return analyze(from_text(examples.text(name)).ecosystem, Budget())


def written(**document):
    file = from_text(json.dumps({"name": "test", **document}), FileFormat.JSON)
    return analyze(file.ecosystem, Budget())


def at(claim_id, analysis):
    found = registry.condition(claim_id)(analysis)
    assert found.claim == claim_id
    return found


def encloses(interval, number):
    """Whether both ends lie within 1e-20 of the number, one on each side as far as balls can tell."""
    with ctx.workprec(400):
        exact = arb(fmpq(int(sympy.Rational(number).p), int(sympy.Rational(number).q)))
        near = all(abs(exact - end) < arb("1e-20") for end in (interval.lower, interval.upper))
        return near and not exact < interval.lower and not exact > interval.upper


def test_the_claims_that_speak_of_ecosystems_have_conditions():
    assert {
        "influence.self", "influence.cross", "influence.two-model-sign", "influence.cooperative",
        "ecosystem.linear-fixed-point", "ecosystem.grounded", "safe.one-interest", "gaussian.user-groups",
    } <= set(CONDITIONED)  # fmt: skip


def test_user_groups_meet_the_backfire_criterion_by_one_54th():
    found = at("gaussian.user-groups", shipped("user-groups"))
    assert found.holds is Holds.YES
    assert encloses(found.margin, "1/54")


def test_one_interest_holds_at_the_stable_end_of_the_fold():
    found = at("safe.one-interest", shipped("exponential-fold"))
    assert found.holds is Holds.YES
    assert encloses(found.margin, "1/9")


@pytest.mark.parametrize("name", ["user-groups", "two-targets", "feed-forward", "conflict-atoms"])
def test_one_interest_is_strict_about_its_shape(name):
    assert at("safe.one-interest", shipped(name)).holds is Holds.NOT_APPLICABLE


def test_cooperative_holds_for_one_exponential_model():
    found = at("influence.cooperative", shipped("exponential-fold"))
    assert found.holds is Holds.YES
    assert encloses(found.margin, "1/9")


@pytest.mark.parametrize("name", examples.names())
def test_every_condition_answers_on_every_example(name):
    analysis = shipped(name)
    for claim_id in CONDITIONED:
        found = at(claim_id, analysis)
        if found.margin is not None:
            assert found.margin.lower <= found.margin.upper
        if found.holds is Holds.YES and found.margin is not None:
            assert found.margin.lower > 0
    assert at("ecosystem.grounded", analysis).holds is Holds.YES
    assert at("ecosystem.grounded", analysis).margin is None


def location(**models):
    return written(
        models={
            name: {"family": "gaussian-location", "variance": 1, **settings}
            for name, settings in models.items()
        }
    )


def test_affine_ecosystem_has_the_margin_one_minus_its_spectral_radius():
    analysis = location(
        p={"real": {"share": "1/2", "mean": 0}, "reads": [{"from": "q", "share": "1/2"}]},
        q={"real": {"share": "1/2", "mean": 1}, "reads": [{"from": "p", "share": "1/2"}]},
    )
    linear = at("ecosystem.linear-fixed-point", analysis)
    assert linear.holds is Holds.YES
    assert encloses(linear.margin, "1/2")
    assert at("influence.two-model-sign", analysis).holds is Holds.YES
    assert at("influence.cooperative", analysis).holds is Holds.YES
    assert at("influence.self", analysis).holds is Holds.NOT_APPLICABLE


def test_a_negative_channel_is_not_cooperative():
    back = {"from": "q", "share": "1/2", "channel": {"matrix": [["-1"]], "shift": [0]}}
    analysis = location(
        p={"real": {"share": "1/2", "mean": 0}, "reads": [back]},
        q={"real": {"share": "1/2", "mean": 1}, "reads": [{"from": "p", "share": "1/2"}]},
    )
    found = at("influence.cooperative", analysis)
    assert found.holds is Holds.NO
    assert encloses(found.margin, "-1/2")
    assert at("influence.two-model-sign", analysis).holds is Holds.YES


def test_models_without_real_data_are_not_called_grounded():
    loop = {
        "p": {"start": {"mean": 0}, "reads": [{"from": "q", "share": 1}]},
        "q": {"start": {"mean": 0}, "reads": [{"from": "p", "share": 1}]},
    }
    found = at("ecosystem.grounded", location(**loop))
    assert found.holds in (Holds.NO, Holds.UNDECIDED)


def test_judgement_is_no_only_when_something_is_proved_to_fail():
    unclear = Slack("x > 0", Interval(arb(-1), arb(1)))
    bad, good = Slack("y > 0", Interval(arb(-2), arb(-1))), Slack("z > 0", Interval(arb(1), arb(2)))
    true, open_, false = Fact("t", holds=True), Fact("o", holds=None), Fact("f", holds=False)
    assert judged("a.b", (true,), (good,)).holds is Holds.YES
    assert judged("a.b", (true,), (good, unclear)).holds is Holds.UNDECIDED
    assert judged("a.b", (open_,), (good,)).holds is Holds.UNDECIDED
    assert judged("a.b", (open_,), (bad,)).holds is Holds.NO
    assert judged("a.b", (false,), (good,)).holds is Holds.NO
    margin = judged("a.b", (), (good, unclear)).margin
    assert (margin.lower, margin.upper) == (-1, 1)
    assert judged("a.b", (), (Slack("w > 0", None),)).holds is Holds.UNDECIDED
