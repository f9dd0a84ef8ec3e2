"""Laws of all claims: they build, name themselves, cite what exists, and their witnesses are witnesses."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from oracles.exact_truth import holds, obvious_mutants, point_of

from proofs_check import registry
from proofs_check.claim import Expectation, Provenance
from proofs_check.statements.statement import Relation, Statement

ROOT = Path(__file__).parents[3]
IDS = registry.claim_ids()
TRANSCENDENTAL = {
    "coevolve.duplicates", "influence.conflict", "influence.conflict-consumers", "influence.conflict-raised",
    "influence.gaussian-mechanism",
}  # fmt: skip
RATIONAL_ONLY = tuple(claim_id for claim_id in IDS if claim_id not in TRANSCENDENTAL)


def implications(claim_id):
    return [case for case in registry.load(claim_id).cases if isinstance(case.statement, Statement)]


def test_the_first_claims_are_there():
    wanted = {
        "influence.self", "influence.cross", "influence.blocks", "influence.two-model-sign",
        "influence.cooperative", "influence.rotation-threshold", "ecosystem.linear-fixed-point",
        "ecosystem.grounded", "safe.one-interest", "gaussian.user-groups", "false.single-model-is-safe",
        "false.needs-feedback", "false.cycle-gains-suffice",
    }  # fmt: skip
    assert wanted <= set(IDS)


@pytest.mark.parametrize("claim_id", IDS)
def test_a_claim_says_what_it_says(claim_id):
    claim = registry.load(claim_id)
    assert claim.id == claim_id
    assert all((claim.title, claim.statement, claim.latex, claim.hypotheses, claim.scope))
    assert all(words.strip() for words in claim.hypotheses)


@pytest.mark.parametrize("claim_id", IDS)
def test_only_a_paper_s_claim_cites_a_paper(claim_id):
    claim = registry.load(claim_id)
    keys = set(re.findall(r"@\w+\{(\w+),", (ROOT / "references.bib").read_text(encoding="utf-8")))
    if claim.provenance is Provenance.DERIVED:
        assert claim.source == ""
    else:
        assert claim.source in keys


@pytest.mark.parametrize("claim_id", IDS)
def test_exactly_the_false_claims_are_to_be_refuted(claim_id):
    assert (registry.load(claim_id).expected is Expectation.REFUTED) == claim_id.startswith("false.")


@pytest.mark.parametrize("claim_id", RATIONAL_ONLY)
def test_witnesses_satisfy_every_hypothesis(claim_id):
    for case in implications(claim_id):
        if case.witness is not None:
            point = point_of(case.witness)
            assert [h for h in case.statement.hypotheses if not holds(h, point)] == []


@pytest.mark.parametrize("claim_id", [i for i in RATIONAL_ONLY if not i.startswith("false.")])
def test_conclusions_hold_at_witnesses_and_their_mutants_fail(claim_id):
    for case in implications(claim_id):
        if case.witness is None or case.witness in case.suspects:
            continue
        point = point_of(case.witness)
        for conclusion in case.statement.conclusions:
            assert holds(conclusion, point), (case.name, conclusion)
            if isinstance(conclusion, Relation):
                survivors = [m for m in obvious_mutants(conclusion) if holds(m, point)]
                assert survivors == [], (case.name, survivors)


@pytest.mark.parametrize("claim_id", [i for i in IDS if i.startswith("false.")])
def test_each_false_claim_has_an_exact_counterexample(claim_id):
    for case in implications(claim_id):
        refuting = [
            point
            for point in map(point_of, case.suspects)
            if all(holds(h, point) for h in case.statement.hypotheses)
            and not all(holds(c, point) for c in case.statement.conclusions)
        ]
        assert refuting, case.name


@pytest.mark.parametrize("claim_id", IDS)
def test_a_claim_s_docstring_argues_and_says_what_is_checked(claim_id):
    group, slug = claim_id.split(".")
    folder = ROOT / "proofs_check" / "claims" / (f"{group}_" if group == "false" else group)
    text = min(folder.glob(f"{slug.replace('-', '_')}*.py"), key=lambda f: len(f.name)).read_text("utf-8")
    assert text.startswith(f'"""{claim_id}:')
    needed = ("Refuted", "What the statement says.") if group == "false" else ("Statement.", "Argument.")
    assert [word for word in needed if word not in text] == []
