"""The check document counts verdicts, keeps evidence, and names what opposes its expectation."""

from __future__ import annotations

import json

import pytest
import sympy
from jsonschema import Draft202012Validator

from proofs_check.claim import Case, Claim, Expectation, Provenance
from proofs_check.evidence.evidence import CaseReport, ClaimReport, Evidence
from proofs_check.evidence.verdict import Verdict
from proofs_check.report.check_json import check_document
from proofs_check.report.check_text import check_parts
from proofs_check.report.schemas import shipped
from proofs_check.report.terminal import to_text
from proofs_check.statements.statement import Comparison, Relation, Statement, Variable
from theory.budget import Budget

X = sympy.Symbol("x", real=True)
SQUARE = Statement(
    variables=(Variable(symbol=X),),
    hypotheses=(),
    conclusions=(Relation(X**2, Comparison.GREATER_EQUAL, sympy.S.Zero),),
)


def claim(slug="square", expected=Expectation.NOT_REFUTED):
    return Claim(
        id=f"test.{slug}",
        title="A square",
        provenance=Provenance.DERIVED,
        source="",
        statement="x² ≥ 0",
        latex="x^2 \\ge 0",
        hypotheses=(),
        cases=(Case(name="all x", statement=SQUARE),),
        scope="all real x",
        expected=expected,
    )


def evidence(verdict, engine="identity", detail="how"):
    return Evidence(
        claim="test.square",
        case="all x",
        engine=engine,
        verdict=verdict,
        scope="all x",
        certificate='{"kind": "identity"}' if verdict is Verdict.PROVED else None,
        seconds=0.25,
        detail=detail,
        versions=(),
        statement_hash="0",
    )


def report(verdict, *found, slug="square", expected=Expectation.NOT_REFUTED, alarm=""):
    cases = (CaseReport(case="all x", verdict=verdict, evidence=found or (evidence(verdict),), alarm=alarm),)
    return ClaimReport(claim=claim(slug, expected), cases=cases, verdict=verdict)


def document(*reports, **more):
    made = check_document(reports, Budget(), **more)
    Draft202012Validator(shipped("check.json")).validate(json.loads(made.model_dump_json(by_alias=True)))
    return made


def test_summary_counts_every_claim_once():
    verdicts = [Verdict.PROVED, Verdict.PROVED, Verdict.SUPPORTED, Verdict.UNKNOWN]
    summary = document(*(report(v, slug=f"c{i}") for i, v in enumerate(verdicts))).summary
    assert summary.model_dump() == {"proved": 2, "supported": 1, "unknown": 1, "refuted": 0, "unexpected": 0}


@pytest.mark.parametrize(
    ("expected", "verdict", "unexpected"),
    [
        (Expectation.NOT_REFUTED, Verdict.REFUTED, 1),
        (Expectation.NOT_REFUTED, Verdict.UNKNOWN, 0),
        (Expectation.REFUTED, Verdict.PROVED, 1),
        (Expectation.REFUTED, Verdict.REFUTED, 0),
        (Expectation.REFUTED, Verdict.SUPPORTED, 0),
        (Expectation.OPEN, Verdict.PROVED, 0),
        (Expectation.OPEN, Verdict.REFUTED, 0),
    ],
)
def test_a_verdict_opposes_its_expectation(expected, verdict, unexpected):
    assert document(report(verdict, expected=expected)).summary.unexpected == unexpected


def test_disagreeing_engines_are_unexpected_and_both_are_shown():
    both = (evidence(Verdict.PROVED), evidence(Verdict.REFUTED, engine="smt"))
    made = document(report(Verdict.UNKNOWN, *both, alarm="engines disagree"))
    assert made.summary.unexpected == 1
    assert [item.verdict for item in made.claims[0].evidence] == ["proved", "refuted"]
    assert "engines disagree" in to_text(check_parts(made, brief=True), width=100, colour=False)


@pytest.mark.parametrize("silent", [Verdict.UNSUPPORTED, Verdict.NOT_RUN])
def test_what_does_not_count_is_unknown_but_on_record(silent):
    made = document(report(silent, evidence(silent, engine="smt", detail="z3 is not installed")))
    assert made.claims[0].verdict == "unknown"
    assert made.claims[0].evidence[0].verdict == silent.value


def test_engine_that_did_not_run_is_listed_with_its_reason():
    made = document(
        report(Verdict.PROVED, evidence(Verdict.PROVED), evidence(Verdict.NOT_RUN, "smt", "no z3"))
    )
    assert "Not run: smt: no z3" in to_text(check_parts(made), width=100, colour=False)


def test_undecided_claims_are_those_neither_proved_nor_refuted_and_not_open():
    made = document(
        report(Verdict.SUPPORTED, slug="a"),
        report(Verdict.UNKNOWN, slug="b"),
        report(Verdict.UNKNOWN, slug="c", expected=Expectation.OPEN),
        report(Verdict.PROVED, slug="d"),
        report(Verdict.REFUTED, slug="e", expected=Expectation.REFUTED),
    )
    assert made.undecided() == ("test.a", "test.b")


def test_certificates_are_kept_and_interruption_is_said():
    made = document(report(Verdict.PROVED), interrupted=True)
    assert made.claims[0].evidence[0].certificate == '{"kind": "identity"}'
    assert made.interrupted
    assert "interrupted" in to_text(check_parts(made), width=100, colour=False)


@pytest.mark.parametrize("verdict", [Verdict.PROVED, Verdict.SUPPORTED, Verdict.UNKNOWN, Verdict.REFUTED])
def test_every_claim_has_a_line_of_its_own(verdict):
    text = to_text(check_parts(document(report(verdict))), width=120, colour=False)
    assert f"test.square: {verdict.value} – " in text


def test_long_verdicts_stay_on_one_line():
    made = document(report(Verdict.REFUTED, evidence(Verdict.REFUTED, detail="x = 1, " * 50)))
    (line,) = [
        line
        for line in to_text(check_parts(made), width=80, colour=False).splitlines()
        if line.startswith("test.square: refuted")
    ]
    assert line.endswith("…")
    assert len(line) == 80
