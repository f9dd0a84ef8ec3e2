"""Verdicts combine honestly: the checker has the last word, disagreement is loud, unknown never passes."""

from __future__ import annotations

from dataclasses import replace

import pytest
from strategies.statements import GE, GT, case, implication, real, relation

from proofs_check.claim import Claim, Expectation, Provenance
from proofs_check.engine import AbstractEngine, Finding
from proofs_check.evidence.evidence import CaseReport, audit, combine_case, combine_claim
from proofs_check.evidence.verdict import Verdict
from proofs_check.registry import engine
from proofs_check.statements.experiment import Experiment
from theory.budget import Budget

(X,) = real("x")
BUDGET = Budget(seconds=20.0)
TRUE = case(implication([X], [relation(X, GE, 1)], [relation(X, GT)]), {X: 2})
FALSE = case(implication([X], [relation(X, GE)], [relation(X, GE, 1)]), {X: 2})
GOOD_PROOF = engine("bernstein").check(TRUE, BUDGET)
GOOD_POINT = engine("falsification").check(FALSE, BUDGET)


def integers():
    from hypothesis import strategies

    return strategies.integers(0, 1000)


def below_forty(n):
    return None if n < 40 else f"n = {n}"


def never(_):
    return None


SAMPLED = case(Experiment(name="all", strategy=integers, predicate=never))


class Liar(AbstractEngine):
    """Says whatever it was told to say."""

    name = "liar"
    ceiling = Verdict.PROVED

    def __init__(self, verdict, certificate):
        self._finding = Finding(verdict=verdict, detail="believe me", certificate=certificate)

    def refusal(self, statement):
        return None

    def attempt(self, case, budget):
        return self._finding

    def canaries(self):
        raise NotImplementedError("Expected no use of a liar's canaries")


def claim(expected=Expectation.NOT_REFUTED, cases=(TRUE,)):
    return Claim(
        id="test.claim",
        title="",
        provenance=Provenance.DERIVED,
        source="",
        statement="",
        latex="",
        hypotheses=(),
        cases=tuple(replace(c, name=f"case {k}") for k, c in enumerate(cases)),
        scope="",
        expected=expected,
    )


def test_the_fixtures_are_what_they_seem():
    assert audit(GOOD_PROOF, TRUE).verdict is Verdict.PROVED
    assert audit(GOOD_POINT, FALSE).verdict is Verdict.REFUTED


@pytest.mark.parametrize("verdict", [Verdict.PROVED, Verdict.REFUTED])
@pytest.mark.parametrize("certificate", [None, {}, {"kind": "positivstellensatz", "steps": []}])
def test_a_lie_about_a_true_or_false_statement_raises_the_alarm(verdict, certificate):
    for told in (TRUE, FALSE):
        evidence = audit(Liar(verdict, certificate).check(told, BUDGET), told)
        assert evidence.verdict is Verdict.UNKNOWN
        assert evidence.certificate is None
        assert "liar said" in evidence.alarm
        report = combine_case("case", [evidence])
        assert report.alarm
        assert report.verdict is Verdict.UNKNOWN


def test_a_true_certificate_with_the_wrong_verdict_raises_the_alarm():
    evidence = audit(replace(GOOD_PROOF, verdict=Verdict.REFUTED), TRUE)
    assert "shows that the statement is proved" in evidence.alarm
    evidence = audit(replace(GOOD_POINT, verdict=Verdict.PROVED), FALSE)
    assert "shows that the statement is refuted" in evidence.alarm


def test_a_certificate_of_another_statement_raises_the_alarm():
    assert "another statement" in audit(GOOD_PROOF, FALSE).alarm
    assert "another statement" in audit(GOOD_POINT, TRUE).alarm


def test_a_certificate_that_is_no_json_raises_the_alarm():
    assert "cannot be read" in audit(replace(GOOD_PROOF, certificate='{"a": NaN}'), TRUE).alarm


def test_proved_and_refuted_is_a_disagreement_and_neither_counts():
    refuting = replace(GOOD_PROOF, engine="other", verdict=Verdict.REFUTED)
    report = combine_case("case", [GOOD_PROOF, refuting])
    assert "disagree: proved by bernstein, refuted by other" in report.alarm
    assert report.verdict is Verdict.UNKNOWN
    whole = combine_claim(claim(), [report])
    assert whole.verdict is Verdict.UNKNOWN
    assert "disagree" in whole.unexpected


def case_reports(verdicts):
    return [
        CaseReport(case=f"case {k}", verdict=verdict, evidence=(), alarm="")
        for k, verdict in enumerate(verdicts)
    ]


@pytest.mark.parametrize(
    ("cases", "expected"),
    [
        ([Verdict.PROVED, Verdict.PROVED], Verdict.PROVED),
        ([Verdict.PROVED, Verdict.SUPPORTED], Verdict.SUPPORTED),
        ([Verdict.PROVED, Verdict.UNKNOWN], Verdict.UNKNOWN),
        ([Verdict.SUPPORTED, Verdict.UNKNOWN], Verdict.UNKNOWN),
        ([Verdict.UNKNOWN, Verdict.REFUTED], Verdict.REFUTED),
        ([Verdict.PROVED, Verdict.REFUTED], Verdict.REFUTED),
        ([Verdict.PROVED], Verdict.UNKNOWN),
        ([], Verdict.UNKNOWN),
    ],
)
def test_a_claim_is_as_weak_as_its_weakest_case(cases, expected):
    report = combine_claim(claim(cases=(TRUE, TRUE)), case_reports(cases))
    assert report.verdict is expected


@pytest.mark.parametrize(
    ("implication_verdict", "sampled_verdict", "expected"),
    [
        (Verdict.PROVED, Verdict.SUPPORTED, Verdict.PROVED),
        (Verdict.PROVED, Verdict.UNKNOWN, Verdict.PROVED),
        (Verdict.PROVED, Verdict.REFUTED, Verdict.REFUTED),
        (Verdict.SUPPORTED, Verdict.SUPPORTED, Verdict.SUPPORTED),
        (Verdict.UNKNOWN, Verdict.SUPPORTED, Verdict.UNKNOWN),
    ],
)
def test_a_sampled_case_can_only_refute(implication_verdict, sampled_verdict, expected):
    whole = claim(cases=(TRUE, SAMPLED))
    report = combine_claim(whole, case_reports([implication_verdict, sampled_verdict]))
    assert report.verdict is expected


def test_proofs_for_part_of_its_scope_do_not_settle_an_open_question():
    report = combine_claim(claim(Expectation.OPEN), case_reports([Verdict.PROVED]))
    assert report.verdict is Verdict.SUPPORTED
    report = combine_claim(claim(Expectation.OPEN), case_reports([Verdict.REFUTED]))
    assert report.verdict is Verdict.REFUTED


def test_samples_alone_never_prove():
    report = combine_claim(claim(cases=(SAMPLED,)), case_reports([Verdict.SUPPORTED]))
    assert report.verdict is Verdict.SUPPORTED


@pytest.mark.parametrize("ignored", [Verdict.UNSUPPORTED, Verdict.NOT_RUN])
def test_what_did_not_run_never_counts(ignored):
    report = combine_case("case", [replace(GOOD_PROOF, verdict=ignored)])
    assert report.verdict is Verdict.UNKNOWN
    assert not ignored.counts


@pytest.mark.parametrize(
    ("expected", "verdict", "opposes"),
    [
        (Expectation.NOT_REFUTED, Verdict.REFUTED, True),
        (Expectation.NOT_REFUTED, Verdict.UNKNOWN, False),
        (Expectation.REFUTED, Verdict.PROVED, True),
        (Expectation.REFUTED, Verdict.SUPPORTED, False),
        (Expectation.OPEN, Verdict.REFUTED, False),
        (Expectation.OPEN, Verdict.PROVED, False),
    ],
)
def test_only_a_verdict_against_the_expectation_is_unexpected(expected, verdict, opposes):
    report = combine_claim(claim(expected), case_reports([verdict]))
    assert bool(report.unexpected) is opposes


def test_an_experiment_refutes_with_the_simplest_instance_and_never_proves():
    falsification = engine("falsification")
    wrong = case(Experiment(name="below 40", strategy=integers, predicate=below_forty))
    evidence = audit(falsification.check(wrong, BUDGET), wrong)
    assert evidence.verdict is Verdict.REFUTED
    assert "n = 40" in evidence.detail
    right = case(Experiment(name="all", strategy=integers, predicate=never, samples=50))
    assert falsification.check(right, BUDGET).verdict is Verdict.SUPPORTED


def test_no_proving_engine_takes_an_experiment():
    statement = Experiment(name="all", strategy=integers, predicate=never)
    for name in ("identity", "sign-product", "bernstein", "balls", "smt", "iteration"):
        assert engine(name).accepts(statement)
