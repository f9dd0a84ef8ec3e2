"""From reports on claims to their document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from proofs_check.claim import Expectation, Provenance
from proofs_check.evidence.evidence import ClaimReport, Evidence
from proofs_check.evidence.verdict import Verdict
from proofs_check.mutation.examination import MutantTally
from proofs_check.registry import BrokenClaim
from proofs_check.report.check_document import (
    CheckDocument,
    ClaimDocument,
    EvidenceDocument,
    SummaryDocument,
)
from proofs_check.report.decimals import decimal_number
from proofs_check.report.needed_json import mutants_document, recorded_mutants, sharpness_documents
from theory.budget import Budget
from theory.version import VERSION


def check_document(
    reports: Iterable[ClaimReport],
    budget: Budget,
    *,
    mutants: Mapping[str, MutantTally] | None = None,
    broken: Iterable[BrokenClaim] = (),
    interrupted: bool = False,
) -> CheckDocument:
    """The document of a check.

    Parameters
    ----------
    reports : iterable of ClaimReport
        They are listed by id.
    budget : Budget
    mutants : mapping of claim id to MutantTally, optional
        What became of mutants; for the other claims the record is read.
    broken : iterable of BrokenClaim
        Claims that could not be loaded: each is listed as unknown, and as unexpected.
    interrupted : bool
        Whether claims that were asked for are missing.

    Returns
    -------
    CheckDocument
    """
    fresh = {} if mutants is None else mutants
    loaded = [_claim(report, fresh.get(report.claim.id)) for report in reports]
    claims = tuple(sorted([*loaded, *map(_broken, broken)], key=lambda claim: claim.id))
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
        on_record=evidence.on_record,
    )


def _claim(report: ClaimReport, mutants: MutantTally | None) -> ClaimDocument:
    claim = report.claim
    alarms = () if mutants is None else mutants.alarms
    return ClaimDocument(
        id=claim.id,
        provenance=claim.provenance.value,
        scope=claim.scope,
        expected=claim.expected.value,
        verdict=_named(report.verdict),
        evidence=tuple(map(evidence_document, report.evidence)),
        sharpness=sharpness_documents(claim),
        mutants=recorded_mutants(claim) if mutants is None else mutants_document(mutants),
        unexpected="; ".join(filter(None, (report.unexpected, *alarms))),
    )


def _broken(error: BrokenClaim) -> ClaimDocument:
    """What is listed of a claim of which only the id is known; its group tells what is expected."""
    group, _, _ = error.claim_id.partition(".")
    expected = {"false": Expectation.REFUTED, "open": Expectation.OPEN}.get(group, Expectation.NOT_REFUTED)
    return ClaimDocument(
        id=error.claim_id,
        provenance=Provenance.DERIVED.value,
        scope="",
        expected=expected.value,
        verdict=Verdict.UNKNOWN.value,
        evidence=(),
        sharpness=(),
        mutants=None,
        unexpected=f"it cannot be loaded: {error.cause}",
    )


def _named(verdict: Verdict) -> str:
    """The verdict's name; a claim on which nothing counted is unknown."""
    return verdict.value if verdict.counts else Verdict.UNKNOWN.value
