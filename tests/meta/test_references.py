"""Every paper that is cited is in references.bib, and every entry there is cited by someone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from proofs_check.claim import Provenance
from proofs_check.registry import claim_ids, load
from proofs_check.report.citation import citation, references

ROOT = Path(__file__).parents[2]
_KEY = re.compile(r"\[([A-Z]+2[3-9][a-z]?)(?:[,\]])")


def cited():
    for package in ("theory", "proofs_check", "paper_figures", "backfire"):
        for path in (ROOT / package).rglob("*.py"):
            for key in _KEY.findall(path.read_text(encoding="utf-8")):
                yield key, str(path)


def test_every_cited_key_is_in_the_bibliography():
    assert not {(key, path) for key, path in cited() if key not in references()}


@pytest.mark.parametrize("key", references())
def test_every_entry_can_be_cited(key):
    assert re.fullmatch(rf"\[{key}\] .+\. arXiv:\d{{4}}\.\d{{5}}", citation(key))


@pytest.mark.parametrize("claim_id", claim_ids())
def test_claims_name_a_paper_exactly_when_they_attribute_themselves_to_one(claim_id):
    claim = load(claim_id)
    assert claim.source in references() or not claim.source
    assert bool(claim.source) or claim.provenance is Provenance.DERIVED
