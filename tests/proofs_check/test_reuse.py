"""A check takes from the ledger what its engines would only find again, and nothing that was changed."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from strategies.statements import GE, GT, case, implication, real, relation

from proofs_check.claim import Case, Claim, Provenance
from proofs_check.evidence import ledger
from proofs_check.evidence.evidence import Evidence, audit, combine_case, combine_claim
from proofs_check.evidence.origin import Origin
from proofs_check.evidence.verdict import Verdict
from proofs_check.registry import engine, engines
from proofs_check.running import runner
from proofs_check.running.reuse import reusable
from proofs_check.statements.canonical import statement_hash
from proofs_check.statements.limit_statement import LimitStatement
from theory.budget import Budget

(X,) = real("x")
BUDGET = Budget(seconds=20.0)
HERE = Origin.of(engines(), BUDGET)
PROVED = case(implication([X], [relation(X, GE, 1)], [relation(X, GT)]), {X: 2}, name="proved")
SUPPORTED = case(implication([X], [relation(X, GE, 3)], [relation(X, GT)]), {X: 4}, name="supported")
LIMIT = Case(
    name="limit", statement=LimitStatement(variables=(X,), step=(X / 2,), start=(X / X,), limit=(X - X,))
)


def claim(*cases):
    return Claim(
        id="test.reuse",
        title="",
        provenance=Provenance.DERIVED,
        source="",
        statement="",
        latex="",
        hypotheses=(),
        cases=cases or (PROVED, SUPPORTED),
        scope="",
    )


def observed(checked, verdict, name="falsification"):
    return Evidence(
        claim="test.reuse",
        case=checked.name,
        engine=name,
        verdict=verdict,
        scope=checked.name,
        certificate=None,
        seconds=0.25,
        detail="seen",
        versions=(),
        statement_hash=statement_hash(checked.statement),
    )


@pytest.fixture
def stored(tmp_path, monkeypatch):
    """The file of a ledger with a proof of one case and support for another."""
    monkeypatch.setattr(ledger, "FOLDER", tmp_path)
    proof = audit(engine("bernstein").check(PROVED, BUDGET, "test.reuse"), PROVED)
    assert proof.verdict is Verdict.PROVED
    found = {"proved": proof, "supported": observed(SUPPORTED, Verdict.SUPPORTED)}
    cases = [combine_case(name, [item]) for name, item in found.items()]
    return ledger.write(combine_claim(claim(), cases), HERE, tmp_path)


def cases(reuse):
    return [item.case for item in reuse.evidence]


def changed(file, change):
    data = json.loads(file.read_text(encoding="utf-8"))
    change(data)
    file.write_text(json.dumps(data), encoding="utf-8")


@pytest.mark.usefixtures("stored")
def test_what_is_on_record_is_not_run_again():
    reuse = reusable(claim(), HERE)
    assert (cases(reuse), reuse.faults) == (["proved", "supported"], ())
    (report,) = runner.check_claims([claim()], BUDGET, engines=engines(), on_record=reuse.evidence)
    assert [item.verdict for item in report.cases] == [Verdict.PROVED, Verdict.SUPPORTED]
    ran = {e.verdict for e in report.evidence if not e.on_record}
    assert ran <= {Verdict.UNSUPPORTED, Verdict.NOT_RUN}
    assert {e.engine for e in report.evidence} == {e.name for e in engines()}


@pytest.mark.usefixtures("stored")
@pytest.mark.parametrize(
    "other", [{"seed": 1}, {"digits": 50}, {"seconds": "5"}], ids=lambda change: next(iter(change))
)
def test_other_settings_keep_proofs_and_nothing_that_is_less(other):
    reuse = reusable(claim(), replace(HERE, **other))
    assert (cases(reuse), reuse.faults) == (["proved"], ())


@pytest.mark.usefixtures("stored")
@pytest.mark.parametrize(
    "other",
    [{"version": "9"}, {"engines": ("bernstein",)}, {"packages": (("sympy", "0"),)}],
    ids=lambda change: next(iter(change)),
)
def test_other_engines_keep_nothing_without_alarm(other):
    reuse = reusable(claim(), replace(HERE, **other))
    assert (cases(reuse), reuse.faults) == ([], ())


@pytest.mark.usefixtures("stored")
def test_a_changed_claim_keeps_its_other_cases_without_alarm():
    harder = case(implication([X], [relation(X, GE, 2)], [relation(X, GT)]), {X: 2}, name="proved")
    reuse = reusable(claim(harder, SUPPORTED), HERE)
    assert (cases(reuse), reuse.faults) == (["supported"], ())


def test_no_ledger_and_one_that_does_not_tell_its_origin_keep_nothing(stored):
    changed(stored, lambda data: data.pop("found_with"))
    assert reusable(claim(), HERE) == reusable(replace(claim(), id="test.other"), HERE)


def first(data):
    return data["cases"][0]


def proof(data):
    return first(data)["evidence"][0]


TAMPERED = {
    "statement": lambda d: first(d)["statement"]["hypotheses"][0].update(right="0"),
    "hash": lambda d: first(d).update(statement_hash="0" * 64),
    "certificate dropped": lambda d: proof(d).update(certificate=None),
    "certificate changed": lambda d: proof(d)["certificate"].update(statement="0" * 64),
    "proof turned round": lambda d: proof(d).update(verdict="refuted"),
    "scope widened": lambda d: proof(d).update(scope="everything"),
    "seconds no number": lambda d: proof(d).update(seconds="nan"),
    "verdict invented": lambda d: proof(d).update(verdict="certain"),
    "versions a list": lambda d: proof(d).update(versions=["1"]),
    "field added": lambda d: proof(d).update(note="trust me"),
    "evidence an object": lambda d: first(d).update(evidence={}),
    "field missing": lambda d: first(d).pop("evidence"),
}


@pytest.mark.parametrize("name", TAMPERED)
def test_a_tampered_case_is_not_reused_and_said_so(stored, name):
    changed(stored, TAMPERED[name])
    reuse = reusable(claim(), HERE)
    assert cases(reuse) == ["supported"]
    assert any(stored.name in fault for fault in reuse.faults)


CORRUPT = [
    "",
    "{",
    "[]",
    "null",
    "7",
    '{"schema": "backfire.ledger/1"}',
    "[" * 100_000,
    "\ud800",
    '{"a": NaN}',
]


@pytest.mark.parametrize("text", CORRUPT, ids=range(len(CORRUPT)))
def test_a_corrupt_file_is_not_reused_and_never_fails(stored, text):
    stored.write_bytes(text.encode("utf-8", errors="surrogatepass"))
    reuse = reusable(claim(), HERE)
    assert reuse.evidence == ()
    assert len(reuse.faults) == 1


@pytest.mark.parametrize("origin", [None, [], {}, {"engines": 5}, "x", {**HERE.data, "packages": []}])
def test_a_malformed_origin_keeps_nothing_and_never_fails(stored, origin):
    changed(stored, lambda data: data.update(found_with=origin))
    assert reusable(claim(), HERE).evidence == ()


def test_engines_that_disagree_on_record_are_run_again(stored):
    def disagree(data):
        data["cases"][1]["evidence"].append({**proof(data), "scope": "supported"})

    changed(stored, disagree)
    reuse = reusable(claim(), HERE)
    assert cases(reuse) == ["proved"]
    assert reuse.faults


@pytest.mark.parametrize(
    ("verdict", "kept"), [(Verdict.SUPPORTED, 1), (Verdict.UNKNOWN, 1), (Verdict.REFUTED, 0)]
)
def test_an_observed_refutation_is_observed_again(stored, verdict, kept):
    report = combine_claim(claim(LIMIT), [combine_case("limit", [observed(LIMIT, verdict, "iteration")])])
    ledger.write(report, HERE, stored.parent)
    assert len(reusable(claim(LIMIT), HERE).evidence) == kept
    assert not reusable(claim(LIMIT), replace(HERE, seed=1)).evidence
