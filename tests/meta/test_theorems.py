"""docs/theorems.md agrees with the claims and with the shipped record."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from proofs_check.claim import Expectation
from proofs_check.evidence.verdict import Verdict
from proofs_check.registry import claim_ids, load
from proofs_check.report.citation import references
from proofs_check.statements.statement import Statement

ROOT = Path(__file__).parents[2]
LEDGER = ROOT / "proofs_check" / "ledger"
TEXT = (ROOT / "docs" / "theorems.md").read_text(encoding="utf-8")
ROWS = [
    tuple(cell.strip() for cell in line.strip("|").split(" | "))
    for line in TEXT.splitlines()
    if re.match(r"^\| .*`[a-z]+\.[a-z0-9-]+` \|", line)
]
OUTCOMES = ("proved", "sharpened", "extended", "sampled", "refuted", "repaired")


def named(rows):
    return [pytest.param(row, id=row[1].strip("`")) for row in rows]


def recorded_verdict(claim):
    """What the ledger's file says, by the rules of a check; None where it has nothing about some case."""
    path = LEDGER / f"{claim.id}.json"
    stored = json.loads(path.read_text(encoding="utf-8"))["cases"] if path.exists() else []
    found = {case["name"]: {item["verdict"] for item in case["evidence"]} for case in stored}
    if set(found) != {case.name for case in claim.cases} or not all(found.values()):
        return None
    order = (Verdict.REFUTED, Verdict.PROVED, Verdict.SUPPORTED)
    cases = {
        name: next((v for v in order if v.value in seen), Verdict.UNKNOWN) for name, seen in found.items()
    }
    if Verdict.REFUTED in cases.values():
        return Verdict.REFUTED
    provable = [case.name for case in claim.cases if isinstance(case.statement, Statement)]
    if provable and all(cases[name] is Verdict.PROVED for name in provable):
        return Verdict.SUPPORTED if claim.expected is Expectation.OPEN else Verdict.PROVED
    return Verdict.UNKNOWN if Verdict.UNKNOWN in cases.values() else Verdict.SUPPORTED


@pytest.mark.parametrize("row", named(ROWS))
def test_row_says_what_the_claim_and_the_record_say(row):
    _, claim_id, ours, verdict, outcome = row
    claim = load(claim_id.strip("`"))
    assert ours == claim.provenance.value
    recorded = recorded_verdict(claim)
    assert recorded is None or verdict == recorded.value
    assert outcome.startswith(OUTCOMES)
    settled = {"sampled": ("supported", "unknown"), "refuted": ("refuted",)}
    word = next(w for w in OUTCOMES if outcome.startswith(w))
    assert verdict in settled.get(word, ("proved",))


def test_every_claim_of_a_paper_has_a_row_in_that_paper_s_section():
    sections = re.split(r"^## ", TEXT, flags=re.MULTILINE)[1:]
    missing = []
    for claim_id in claim_ids():
        source = load(claim_id).source
        if source and not any(
            f"[{source}]" in s.partition("\n")[0] and f"`{claim_id}`" in s for s in sections
        ):
            missing.append((claim_id, source))
    assert not missing, "add a row to docs/theorems.md"


def test_every_paper_has_a_section():
    heads = re.findall(r"^## (.*)$", TEXT, re.MULTILINE)
    assert {key for head in heads for key in re.findall(r"\[(\w+)\]", head)} == set(references())


def test_no_claim_has_two_rows():
    ids = [row[1] for row in ROWS]
    assert len(ids) == len(set(ids)) > 30
    named_anywhere = set(re.findall(r"`((?:[a-z]+)\.[a-z0-9-]+)`", TEXT))
    assert named_anywhere <= set(claim_ids())
