"""What a claim needs, as documents: the sharpness of its hypotheses and the fate of its mutants."""

from __future__ import annotations

from proofs_check.claim import Claim, Expectation
from proofs_check.mutation.examination import MutantTally, recorded
from proofs_check.report.check_document import MutantsDocument, SharpnessDocument


def sharpness_documents(claim: Claim) -> tuple[SharpnessDocument, ...]:
    """One entry a hypothesis and witness, in the order of the hypotheses.

    Claims that are to be refuted and open questions have none: nothing is known to hold of them.
    """
    if claim.expected is not Expectation.NOT_REFUTED:
        return ()
    return tuple(
        document
        for place, words in enumerate(claim.hypotheses)
        for document in _of_hypothesis(claim, place, words)
    )


def recorded_mutants(claim: Claim) -> MutantsDocument | None:
    """The mutants on record; None when there are none, or the record is not of these mutants."""
    tally = recorded(claim)
    return None if tally is None else mutants_document(tally)


def mutants_document(tally: MutantTally) -> MutantsDocument:
    """The document of an examination of mutants."""
    return MutantsDocument(
        planted=tally.planted,
        refuted=tally.refuted,
        explained=tally.explained,
        survivors=tally.survivors,
    )


def _of_hypothesis(claim: Claim, place: int, words: str) -> tuple[SharpnessDocument, ...]:
    found = tuple(
        SharpnessDocument(hypothesis=words, status="necessary", witness=item.shown)
        for item in claim.sharpness
        if item.hypothesis == place
    )
    return found or (SharpnessDocument(hypothesis=words, status="not shown necessary", witness=None),)
