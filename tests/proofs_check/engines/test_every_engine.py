"""Laws over the registry of engines: canaries, fragments, ceilings, certificates."""

from __future__ import annotations

import json

import pytest

from proofs_check.checker.certificate_check import check_certificate
from proofs_check.claim import Case
from proofs_check.engine import AbstractEngine, Finding
from proofs_check.evidence.evidence import audit
from proofs_check.evidence.verdict import Verdict
from proofs_check.registry import engine, engines
from proofs_check.statements.canonical import encode_statement
from proofs_check.statements.statement import Statement
from theory.budget import Budget
from theory.errors import InvalidInput

BUDGET = Budget(seconds=60.0)
ALL = pytest.mark.parametrize("tested", engines(), ids=lambda item: item.name)
ALL_SLOWLY = pytest.mark.parametrize(
    "tested",
    [
        pytest.param(item, marks=pytest.mark.slow if item.name == "falsification" else (), id=item.name)
        for item in engines()
    ],
)
"""All of them; the one that takes its time by sampling is among the slow tests."""


def checked(tested, case):
    if tested.missing():
        pytest.skip(tested.missing())
    return audit(tested.check(case, BUDGET), case)


@ALL
def test_it_reaches_its_ceiling_on_a_true_statement(tested):
    case = tested.canaries().affirms
    evidence = checked(tested, case)
    assert evidence.verdict is tested.ceiling
    assert not evidence.alarm


@ALL
def test_it_never_affirms_a_false_statement(tested):
    for other in engines():
        case = other.canaries().refutes
        if case is not None and tested.accepts(case.statement) is None:
            found = checked(tested, case).verdict
            assert found is not Verdict.PROVED
            if other is tested:
                assert found is Verdict.REFUTED


@ALL_SLOWLY
def test_it_never_refutes_a_true_statement(tested):
    for other in engines():
        case = other.canaries().affirms
        if case is not None and tested.accepts(case.statement) is None:
            assert checked(tested, case).verdict is not Verdict.REFUTED


@ALL
def test_it_says_why_a_statement_is_outside_its_fragment(tested):
    case = tested.canaries().unsupported
    assert tested.accepts(case.statement)
    evidence = tested.check(case, BUDGET)
    assert evidence.verdict is Verdict.UNSUPPORTED
    assert evidence.detail == tested.accepts(case.statement)


@ALL
def test_its_certificates_are_accepted_as_text(tested):
    for case in (tested.canaries().affirms, tested.canaries().refutes):
        evidence = None if case is None else checked(tested, case)
        if evidence is not None and evidence.certificate is not None:
            data = encode_statement(case.statement)
            outcome = check_certificate(data, json.loads(evidence.certificate))
            assert (outcome.accepted, outcome.shows) == (True, evidence.verdict.value)


@ALL
def test_a_proof_or_refutation_of_an_implication_brings_a_certificate(tested):
    for case in (tested.canaries().affirms, tested.canaries().refutes):
        if case is not None and isinstance(case.statement, Statement):
            evidence = checked(tested, case)
            decided = evidence.verdict in (Verdict.PROVED, Verdict.REFUTED)
            assert decided is (evidence.certificate is not None)


@ALL_SLOWLY
def test_two_runs_agree(tested):
    for case in (tested.canaries().affirms, tested.canaries().refutes):
        if case is not None:
            first, second = checked(tested, case), checked(tested, case)
            assert (first.verdict, first.certificate) == (second.verdict, second.certificate)


def test_names_are_distinct_and_found():
    names = [item.name for item in engines()]
    assert len(set(names)) == len(names) >= 7
    assert all(engine(name).name == name for name in names)
    with pytest.raises(InvalidInput, match="an engine among"):
        engine("oracle")


def test_an_engine_that_may_not_prove_cannot():
    class Boaster(AbstractEngine):
        name = "boaster"
        ceiling = Verdict.SUPPORTED

        def refusal(self, statement):
            return None

        def attempt(self, case, budget):
            return Finding(verdict=Verdict.PROVED, detail="sampling proved it", certificate={})

        def canaries(self):
            raise NotImplementedError("Expected no use of this engine's canaries")

    case = engines()[0].canaries().unsupported
    evidence = Boaster().check(Case(name="any", statement=case.statement, witness=case.witness), BUDGET)
    assert evidence.verdict is Verdict.UNKNOWN
    assert "cannot prove" in evidence.detail
