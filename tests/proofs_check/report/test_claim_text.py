"""What `explain` shows of a claim is all of it."""

from __future__ import annotations

import pytest

from proofs_check import registry
from proofs_check.report.claim_text import claim_parts
from proofs_check.report.terminal import to_text


@pytest.mark.slow
@pytest.mark.parametrize("claim_id", registry.claim_ids())
def test_latex_is_printed_whole_on_a_narrow_terminal(claim_id):
    claim = registry.load(claim_id)
    text = to_text(claim_parts(claim, (), latex=True), width=40, colour=False)
    assert claim.latex in text


@pytest.mark.parametrize("claim_id", registry.claim_ids())
def test_every_hypothesis_and_case_is_shown(claim_id):
    claim = registry.load(claim_id)
    shown = " ".join(to_text(claim_parts(claim, ()), width=100, colour=False).split())
    for words in (claim.title, claim.statement, *claim.hypotheses, *(c.name for c in claim.cases)):
        assert " ".join(words.split()) in shown
