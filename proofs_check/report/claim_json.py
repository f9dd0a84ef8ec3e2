"""One claim as plain objects for JSON."""

from __future__ import annotations

from collections.abc import Iterable

from proofs_check.claim import Claim
from proofs_check.report.check_document import EvidenceDocument
from proofs_check.report.citation import citation
from proofs_check.report.needed_json import recorded_mutants, sharpness_documents
from theory.version import VERSION


def claim_document(claim: Claim, evidence: Iterable[EvidenceDocument]) -> dict[str, object]:
    """What `backfire explain --json` prints of a claim.

    Parameters
    ----------
    claim : Claim
    evidence : iterable of EvidenceDocument
        What is on record.

    Returns
    -------
    dict
        Schema ``backfire.claim/1``.
    """
    mutants = recorded_mutants(claim)
    return {
        "schema": "backfire.claim/1",
        "id": claim.id,
        "title": claim.title,
        "statement": claim.statement,
        "latex": claim.latex,
        "hypotheses": list(claim.hypotheses),
        "provenance": claim.provenance.value,
        "citation": citation(claim.source) if claim.source else None,
        "scope": claim.scope,
        "expected": claim.expected.value,
        "cases": [case.name for case in claim.cases],
        "evidence": [item.model_dump() for item in evidence],
        "sharpness": [item.model_dump() for item in sharpness_documents(claim)],
        "mutants": None if mutants is None else mutants.model_dump(),
        "version": VERSION,
    }
