"""Mutants: enough of them, the same ones each time, and told from the truth by certificates."""

from __future__ import annotations

import pytest
import sympy
from strategies.statements import EQ, GE, GT, LT, case, implication, real, relation

from proofs_check import registry
from proofs_check.checker.recheck import recheck
from proofs_check.claim import Claim, Expectation, Provenance
from proofs_check.evidence import ledger
from proofs_check.evidence.origin import Origin
from proofs_check.mutation.conditions import change_coefficient, change_sign, flip, swap, tighten
from proofs_check.mutation.examination import FOLDER, examine, recorded, tally
from proofs_check.mutation.mutants import ENOUGH, has_mutants, planted
from proofs_check.report.needed_json import mutants_document
from proofs_check.statements.canonical import statement_hash
from proofs_check.statements.statement import SchurStable
from theory.budget import Budget

X, Y = real("x y")
IDS = registry.claim_ids()
TRUE = tuple(i for i in IDS if registry.load(i).expected is Expectation.NOT_REFUTED)
ON_RECORD = tuple(i for i in TRUE if (FOLDER / f"{i}.json").exists())


def claim(*cases):
    return Claim(
        id="test.mutants",
        title="",
        provenance=Provenance.DERIVED,
        source="",
        statement="",
        latex="",
        hypotheses=(),
        cases=cases,
        scope="",
    )


SMALL = claim(
    case(
        implication([X, Y], [relation(X, GT, 1), relation(Y, GE, 2)], [relation(X * Y, GT, 2)]), {X: 2, Y: 2}
    )
)


@pytest.mark.parametrize("claim_id", TRUE)
def test_each_claim_has_mutants_and_none_is_a_statement_of_its_own(claim_id):
    own = {statement_hash(c.statement) for c in registry.load(claim_id).cases}
    mutants = [statement_hash(c.statement) for c in planted(registry.load(claim_id)).cases]
    assert len(mutants) >= ENOUGH
    assert len(set(mutants)) == len(mutants)
    assert not own & set(mutants)


@pytest.mark.parametrize("claim_id", TRUE)
def test_mutants_are_the_same_each_time(claim_id):
    first, second = (planted(registry.load(claim_id)).cases for _ in range(2))
    assert [(c.name, statement_hash(c.statement)) for c in first] == [
        (c.name, statement_hash(c.statement)) for c in second
    ]


def test_what_is_false_or_open_has_no_mutants():
    others = [i for i in IDS if i not in TRUE]
    assert others
    assert not any(has_mutants(registry.load(i)) for i in others)


@pytest.mark.parametrize("claim_id", ON_RECORD)
def test_the_record_stands_before_the_checker(claim_id):
    results = recheck(FOLDER / f"{claim_id}.json")
    assert [r for r in results if not r.accepted] == []
    refuted = {r.case for r in results if r.shows == "refuted"}
    proved = {r.case for r in results if r.shows == "proved"}
    assert not refuted & proved
    found = recorded(registry.load(claim_id))
    if found is not None:
        assert found.refuted == len(refuted)
        assert len(found.explained) == len(proved)
        assert found.planted == found.refuted + len(found.explained) + len(found.survivors)


def test_a_record_of_other_mutants_counts_as_none(tmp_path, monkeypatch):
    claim_id = "influence.self"
    text = (FOLDER / f"{claim_id}.json").read_text(encoding="utf-8")
    monkeypatch.setattr("proofs_check.mutation.examination.FOLDER", tmp_path)
    assert recorded(registry.load(claim_id)) is None
    (tmp_path / f"{claim_id}.json").write_text(text, encoding="utf-8")
    before = recorded(registry.load(claim_id))
    changed = text.replace('"statement_hash": "', '"statement_hash": "0', 1)
    (tmp_path / f"{claim_id}.json").write_text(changed, encoding="utf-8")
    assert before is not None
    assert recorded(registry.load(claim_id)) is None


@pytest.fixture(scope="module")
def examined():
    engines = [registry.engine(name) for name in ("falsification", "products", "identity")]
    return examine(SMALL, Budget(seconds=8.0), engines=engines, jobs=1)


def test_false_mutants_are_refuted_and_true_ones_proved(examined):
    found = tally(examined)
    fate = {c.case.split(": ", 2)[-1]: c.verdict.value for c in examined.cases}
    assert fate["conclusion 1, > becomes <="] == "refuted"
    assert fate["conclusion 1, a bound tightened by 1/100"] == "refuted"
    assert fate["hypothesis 1 dropped"] == "refuted"
    assert fate["conclusion 1, -x for x"] == "refuted"
    assert found.planted == found.refuted + len(found.explained) + len(found.survivors)
    assert found.alarms == ()


def test_a_true_mutant_is_explained_by_its_proof():
    weak = claim(case(implication([X], [relation(X, GT, 0)], [relation(2 * X + 1, GT, 0)]), {X: 1}))
    engines = [registry.engine(name) for name in ("falsification", "products", "bernstein")]
    report = examine(weak, Budget(seconds=8.0), engines=engines, jobs=1)
    explained = [text for text in tally(report).explained if "a coefficient doubled" in text]
    assert explained
    assert all("true, proved by" in text for text in explained)


def test_what_no_engine_decides_survives_by_name():
    report = examine(SMALL, Budget(seconds=1.0), engines=(), jobs=1)
    found = tally(report)
    undecided = [c.name for c in planted(SMALL).cases if c.name in found.survivors]
    assert list(found.survivors) == undecided
    assert mutants_document(found).planted == len(planted(SMALL).cases)


def test_an_examination_survives_the_ledger(examined, tmp_path):
    file = ledger.write(examined, Origin.of((), Budget()), tmp_path)
    assert all(result.accepted for result in recheck(file))
    assert len(ledger.read(planted(SMALL), tmp_path)) == len(planted(SMALL).cases)


def test_flips_negate():
    assert str(flip(relation(X, GE, 2))) == "x < 2"
    assert str(flip(relation(X, EQ, 2))) == "x != 2"
    assert flip(flip(relation(X, LT, 2))) == relation(X, LT, 2)


def test_tightening_moves_against_the_claim():
    assert str(tighten(relation(X, GT, -1))) == "x > -99/100"
    assert str(tighten(relation(X, LT, -1))) == "x < -101/100"
    assert tighten(SchurStable(sympy.ImmutableDenseMatrix([[X]]))).matrix[0, 0] == X * sympy.Rational(
        101, 100
    )


def test_an_equation_is_changed_on_one_side_only():
    assert str(swap(relation(X - 2 * Y, EQ, X), X, Y)) == "-2*x + y = x"
    assert str(change_sign(relation(Y, EQ, X), X)) == "y = -x"


def test_coefficients_are_doubled_term_by_term():
    assert {str(c) for c in change_coefficient(relation(X + Y, GT))} == {"2*x + y > 0", "x + 2*y > 0"}
