"""The document ``backfire.check/1``: claims with their verdicts and the evidence for them."""

from __future__ import annotations

from typing import Literal

from pydantic import ConfigDict, Field

from proofs_check.report.document import AbstractDocument, Decimal

SCHEMA = "backfire.check/1"

VerdictName = Literal["proved", "supported", "unknown", "refuted"]


class EvidenceDocument(AbstractDocument):
    """What one engine found about one claim."""

    engine: str
    verdict: Literal["proved", "supported", "unknown", "refuted", "unsupported", "not run"]
    seconds: float = Field(ge=0)
    scope: str
    detail: str
    certificate: str | None
    on_record: bool = Field(
        default=False,
        description="Read from the shipped ledger; its certificate, if it has one, was re-verified now.",
    )


class SharpnessDocument(AbstractDocument):
    """Whether a hypothesis is needed: a witness at which all else holds and the conclusion fails."""

    hypothesis: str
    status: Literal["necessary", "not shown necessary"]
    witness: dict[str, str] | None


class MutantsDocument(AbstractDocument):
    """Small changes to the claim: refuted by exact points, proved to be true, or surviving."""

    planted: int = Field(ge=0)
    refuted: int = Field(ge=0)
    survivors: tuple[str, ...] = Field(description="Mutants that were neither refuted nor proved.")
    explained: tuple[str, ...] = Field(default=(), description="Mutants that are true, with what proves it.")


class ClaimDocument(AbstractDocument):
    """One claim: what was expected, what was found, on what evidence."""

    id: str
    provenance: Literal["stated", "encoded", "known", "derived"]
    scope: str
    expected: Literal["not refuted", "refuted", "open"]
    verdict: VerdictName
    evidence: tuple[EvidenceDocument, ...]
    sharpness: tuple[SharpnessDocument, ...]
    mutants: MutantsDocument | None
    unexpected: str = Field(default="", description="Why the verdict opposes the expectation; empty if not.")


class SummaryDocument(AbstractDocument):
    """How many claims ended in each verdict, and how many verdicts oppose their expectation."""

    proved: int = Field(ge=0)
    supported: int = Field(ge=0)
    unknown: int = Field(ge=0)
    refuted: int = Field(ge=0)
    unexpected: int = Field(ge=0)


class CheckDocument(AbstractDocument):
    """Verdicts on claims; `interrupted` when not all that were asked for were finished."""

    model_config = ConfigDict(title=SCHEMA)

    schema_: Literal["backfire.check/1"] = Field(default="backfire.check/1", alias="schema")
    claims: tuple[ClaimDocument, ...]
    summary: SummaryDocument
    interrupted: bool = False
    version: str
    digits: int = Field(ge=1)
    seed: int
    time_limit: Decimal

    def undecided(self) -> tuple[str, ...]:
        """Ids of the claims, open ones apart, that were neither proved nor refuted."""
        return tuple(
            claim.id
            for claim in self.claims
            if claim.expected != "open" and claim.verdict in ("supported", "unknown")
        )
