"""Evidence on record for one claim, as the shipped ledger holds it."""

from __future__ import annotations

from proofs_check.claim import Claim
from proofs_check.evidence import ledger
from proofs_check.report.check_document import EvidenceDocument
from proofs_check.report.check_json import evidence_document


def recorded_evidence(claim: Claim) -> tuple[EvidenceDocument, ...]:
    """The ledger's entries for a claim, case by case; evidence for a changed statement is left out."""
    stored = ledger.read(claim)
    return tuple(evidence_document(item) for entries in stored.values() for item in entries)
