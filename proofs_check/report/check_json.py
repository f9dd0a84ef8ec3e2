"""From reports on claims to their document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from proofs_check.evidence import ClaimReport, Evidence
from proofs_check.report.check_document import (
    CheckDocument,
    ClaimDocument,
    EvidenceDocument,
    SummaryDocument,
)
from proofs_check.report.decimals import decimal_number
from proofs_check.verdict import Verdict
from theory.budget import Budget
from theory.version import VERSION


def check_document(
    reports: Iterable[ClaimReport], budget: Budget, *, interrupted: bool = False
) -> CheckDocument:
    """The document of a check.

    Parameters
    ----------
    reports : iterable of ClaimReport
        In the order in which they are listed.
    budget : Budget
    interrupted : bool
        Whether claims that were asked for are missing.

    Returns
    -------
    CheckDocument
    """
    claims = tuple(_claim(report) for report in reports)
    verdicts = Counter(claim.verdict for claim in claims)
    return CheckDocument(
        claims=claims,
        summary=SummaryDocument(
            proved=verdicts["proved"],
            supported=verdicts["supported"],
            unknown=verdicts["unknown"],
            refuted=verdicts["refuted"],
            unexpected=sum(bool(claim.unexpected) for claim in claims),
        ),
        interrupted=interrupted,
        version=VERSION,
        digits=budget.digits,
        seed=budget.seed,
        time_limit=decimal_number(budget.seconds),
    )


def evidence_document(evidence: Evidence) -> EvidenceDocument:
    """The document of one engine's verdict on one case."""
    return EvidenceDocument(
        engine=evidence.engine,
        verdict=evidence.verdict.value,
        seconds=evidence.seconds,
        scope=evidence.scope,
        detail=evidence.detail,
        certificate=evidence.certificate,
    )


def _claim(report: ClaimReport) -> ClaimDocument:
    claim = report.claim
    return ClaimDocument(
        id=claim.id,
        provenance=claim.provenance.value,
        scope=claim.scope,
        expected=claim.expected.value,
        verdict=_named(report.verdict),
        evidence=tuple(map(evidence_document, report.evidence)),
        sharpness=(),
        mutants=None,
        unexpected=report.unexpected,
    )


def _named(verdict: Verdict) -> str:
    """The verdict's name; a claim on which nothing counted is unknown."""
    return verdict.value if verdict.counts else Verdict.UNKNOWN.value
