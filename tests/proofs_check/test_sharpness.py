"""Sharpness: the independent checker accepts each declared counterexample, and refuses what is none."""

from __future__ import annotations

from dataclasses import replace

import pytest
from strategies.statements import GT, LT, case, implication, real, relation

from proofs_check import registry
from proofs_check.checker.certificate_check import check_certificate
from proofs_check.claim import Expectation
from proofs_check.encoding.symbols import point
from proofs_check.report.needed_json import sharpness_documents
from proofs_check.sharpness import Sharpness, dropping
from proofs_check.statements.canonical import encode_statement

X, Y = real("x y")
POSITIVE, SMALL, PRODUCT = relation(X, GT), relation(Y, LT, 1), relation(X * (2 - Y), GT)
CASE = case(implication([X, Y], [POSITIVE, SMALL], [PRODUCT]), {X: 1, Y: 0}, name="product")
TRUE = tuple(i for i in registry.claim_ids() if registry.load(i).expected is Expectation.NOT_REFUTED)


@pytest.mark.parametrize("claim_id", TRUE)
def test_the_checker_accepts_each_declared_witness(claim_id):
    for item in registry.load(claim_id).sharpness:
        outcome = check_certificate(encode_statement(item.weakened), item.certificate)
        assert (outcome.accepted, outcome.shows) == (True, "refuted"), outcome.reason


@pytest.mark.parametrize("claim_id", TRUE)
def test_every_hypothesis_is_reported_in_order(claim_id):
    claim = registry.load(claim_id)
    documents = sharpness_documents(claim)
    assert list(dict.fromkeys(d.hypothesis for d in documents)) == list(claim.hypotheses)
    necessary = {claim.hypotheses.index(d.hypothesis) for d in documents if d.status == "necessary"}
    assert necessary == {item.hypothesis for item in claim.sharpness}
    assert all((d.witness is None) == (d.status == "not shown necessary") for d in documents)


def test_most_hypotheses_of_the_core_claims_are_known_to_be_needed():
    core = ("influence.self", "influence.cross", "influence.two-model-sign", "influence.cooperative")
    documents = [d for i in core for d in sharpness_documents(registry.load(i))]
    assert all(d.status == "necessary" for d in documents)


def test_dropping_a_hypothesis_leaves_the_others():
    found = dropping(CASE, POSITIVE, hypothesis=0, point=point({X: -1, Y: 0}))
    assert found.weakened.hypotheses == (SMALL,)
    assert found.shown == {"x": "-1", "y": "0"}


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({X: 1, Y: 0}, "no conclusion is seen to fail"),
        ({X: 0, Y: 3}, "hypothesis 0 is not shown to hold"),
        ({X: -1}, "a value for each"),
    ],
    ids=["conclusion holds", "violates another hypothesis", "incomplete"],
)
def test_a_wrong_witness_is_refused(values, why):
    with pytest.raises(ValueError, match=why):
        dropping(CASE, POSITIVE, hypothesis=0, point=point(values))


def test_a_counterexample_to_the_whole_statement_does_not_show_a_hypothesis_needed():
    wrong = case(implication([X, Y], [POSITIVE, SMALL], [relation(X, GT, 1)]), {X: 1, Y: 0}, name="wrong")
    with pytest.raises(ValueError, match="violates what is dropped"):
        dropping(wrong, SMALL, hypothesis=1, point=point({X: "1/2", Y: 0}))


def test_only_the_case_s_own_conditions_can_be_dropped():
    with pytest.raises(ValueError, match="hypotheses of product"):
        dropping(CASE, relation(X, GT, 5), hypothesis=0, point=point({X: -1, Y: 0}))


def test_a_point_where_the_conclusion_is_undefined_shows_nothing():
    with pytest.raises(ValueError, match="no conclusion is seen to fail"):
        Sharpness(hypothesis=0, weakened=implication([X], [], [relation(1 / X, GT)]), point=point({X: 0}))


@pytest.mark.parametrize("place", [-1, 99])
def test_a_claim_refuses_sharpness_of_a_hypothesis_it_does_not_have(place):
    claim = registry.load("influence.two-model-sign")
    with pytest.raises(ValueError, match="sharpness of one of"):
        replace(claim, sharpness=(replace(claim.sharpness[0], hypothesis=place),))


@pytest.mark.parametrize("claim_id", ["false.needs-feedback"])
def test_what_is_false_has_no_sharpness(claim_id):
    assert sharpness_documents(registry.load(claim_id)) == ()
