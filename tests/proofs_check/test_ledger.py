"""Stored evidence: readable, tied to its statement, rechecked without the programs that found it."""

from __future__ import annotations

import json

import pytest
from strategies.statements import GE, GT, LT, case, implication, real, relation

from proofs_check.checker.recheck import recheck
from proofs_check.checker.terms import digest
from proofs_check.claim import Claim, Provenance
from proofs_check.evidence import ledger
from proofs_check.evidence.evidence import audit, combine_case, combine_claim
from proofs_check.evidence.origin import Origin
from proofs_check.evidence.verdict import Verdict
from proofs_check.registry import claim_ids, engine, load
from proofs_check.statements.canonical import statement_hash
from theory.budget import Budget

X, Y = real("x y")
BUDGET = Budget(seconds=20.0)


def claim(bound=1):
    return Claim(
        id="test.ledger",
        title="",
        provenance=Provenance.DERIVED,
        source="",
        statement="",
        latex="",
        hypotheses=(),
        cases=(
            case(implication([X], [relation(X, GE, bound)], [relation(X, GT)]), {X: 2}, name="true"),
            case(implication([X, Y], [], [relation(X + Y, LT, 7)]), name="false"),
        ),
        scope="",
    )


def report(made):
    engines = [engine(name) for name in ("bernstein", "falsification", "iteration")]
    cases = [
        combine_case(c.name, [audit(e.check(c, BUDGET, made.id), c) for e in engines]) for c in made.cases
    ]
    return combine_claim(made, cases)


@pytest.fixture(scope="module")
def stored(tmp_path_factory):
    return ledger.write(report(claim()), Origin.of((), BUDGET), tmp_path_factory.mktemp("ledger"))


def test_what_was_stored_is_accepted(stored):
    results = recheck(stored)
    assert all(result.accepted for result in results)
    shown = {(result.case, result.engine): result.shows for result in results}
    assert shown[("true", "bernstein")] == "proved"
    assert shown[("false", "falsification")] == "refuted"
    assert shown[("true", "falsification")] == ""
    assert not any(result.engine == "iteration" for result in results)
    assert recheck(stored.parent) == results


def test_what_was_stored_is_read_back(stored):
    found = ledger.read(claim(), stored.parent)
    assert {e.verdict for e in found["true"]} == {Verdict.PROVED, Verdict.SUPPORTED}
    assert all(audit(e, c) == e for c in claim().cases for e in found[c.name])


def test_a_changed_claim_loses_its_evidence(stored):
    found = ledger.read(claim(bound=2), stored.parent)
    assert set(found) == {"false"}


@pytest.mark.parametrize("change", ["support called proof", "certificate dropped", "certificate swapped"])
def test_a_proof_that_the_checker_refuses_is_not_read_back_as_one(stored, tmp_path, change):
    data = json.loads(stored.read_text(encoding="utf-8"))
    CHANGES[change](data)
    (tmp_path / stored.name).write_text(json.dumps(data), encoding="utf-8")
    found = ledger.read(claim(), tmp_path)["true"]
    proofs = sum(item["verdict"] == "proved" for item in data["cases"][0]["evidence"])
    assert sum(e.verdict is Verdict.PROVED for e in found) == proofs - 1
    assert any("certificate" in e.alarm for e in found)


def test_no_file_and_a_broken_file_are_no_evidence(tmp_path):
    assert ledger.read(claim(), tmp_path) == {}
    (tmp_path / "test.ledger.json").write_text("{", encoding="utf-8")
    assert ledger.read(claim(), tmp_path) == {}


def tampered(stored, tmp_path, change):
    data = json.loads(stored.read_text(encoding="utf-8"))
    change(data)
    file = tmp_path / "changed.json"
    file.write_text(json.dumps(data), encoding="utf-8")
    return recheck(file)


def proof(data):
    return next(item for item in data["cases"][0]["evidence"] if item["verdict"] == "proved")


def refute_something_unheard_of(data):
    other = {"schema": "backfire.other/1"}
    data["cases"][0].update(statement=other, statement_hash=digest(other))
    proof(data).update(verdict="refuted", certificate=None)


CHANGES = {
    "an unknown kind of statement": refute_something_unheard_of,
    "verdict turned round": lambda d: proof(d).update(verdict="refuted"),
    "verdict invented": lambda d: proof(d).update(verdict="certain"),
    "support called proof": lambda d: next(
        item for item in d["cases"][0]["evidence"] if item["verdict"] == "supported"
    ).update(verdict="proved"),
    "certificate dropped": lambda d: proof(d).update(certificate=None),
    "certificate swapped": lambda d: proof(d).update(
        certificate=d["cases"][1]["evidence"][-1]["certificate"]
    ),
    "statement changed": lambda d: d["cases"][0]["statement"]["hypotheses"][0].update(right="-1"),
    "hash changed": lambda d: d["cases"][0].update(statement_hash="0" * 64),
    "statement and hash swapped": lambda d: d["cases"][0].update(
        statement=d["cases"][1]["statement"], statement_hash=d["cases"][1]["statement_hash"]
    ),
    "unknown field": lambda d: proof(d).update(note="trust me"),
    "missing field": lambda d: proof(d).pop("engine"),
    "schema changed": lambda d: d.update(schema="backfire.ledger/9"),
    "seconds as a float": lambda d: proof(d).update(seconds=0.5),
    "cases as an object": lambda d: d.update(cases={}),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_tampered_ledger_is_refused_with_a_reason(stored, tmp_path, name):
    refused = [result for result in tampered(stored, tmp_path, CHANGES[name]) if not result.accepted]
    assert refused
    assert all(result.reason for result in refused)


def test_no_ledger_is_an_error(tmp_path):
    with pytest.raises(FileNotFoundError, match="Expected a ledger"):
        recheck(tmp_path / "nothing")


def test_keys_are_sorted_and_lines_are_short_where_they_can_be(stored):
    text = stored.read_text(encoding="utf-8")
    data = json.loads(text)
    assert list(data) == sorted(data)
    assert ledger.readable(data) + "\n" == text
    assert max(map(len, text.splitlines())) < 200


@pytest.mark.parametrize("claim_id", claim_ids())
def test_the_shipped_ledger_is_about_the_claims_as_they_are(claim_id):
    file = ledger.FOLDER / f"{claim_id}.json"
    if not file.exists():
        pytest.skip("no evidence ships for this claim yet")
    data = json.loads(file.read_text(encoding="utf-8"))
    current = {c.name: statement_hash(c.statement) for c in load(claim_id).cases}
    assert {c["name"]: c["statement_hash"] for c in data["cases"]} == current


@pytest.mark.slow
def test_every_certificate_of_the_shipped_ledger_stands():
    if not ledger.FOLDER.exists():
        pytest.skip("no evidence ships yet")
    refused = [result for result in recheck() if not result.accepted]
    assert not refused
