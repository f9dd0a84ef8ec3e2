"""One claim for readers: what it says, where it comes from, what is on record for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from proofs_check.claim import Case, Claim, Expectation, Provenance
from proofs_check.report.check_document import EvidenceDocument, MutantsDocument, SharpnessDocument
from proofs_check.report.check_text import evidence_table
from proofs_check.report.citation import citation
from proofs_check.report.needed_json import recorded_mutants, sharpness_documents
from proofs_check.report.terminal import bullets, heading

PROVENANCE = {
    Provenance.STATED: "stated: read in the paper's own text",
    Provenance.ENCODED: "encoded: read off the code that the paper's authors released",
    Provenance.KNOWN: "known: a standard fact; the paper is where it is discussed",
    Provenance.DERIVED: "derived: worked out for this project; not to be cited as a paper's theorem",
}
EXPECTATION = {
    Expectation.NOT_REFUTED: "is held to be true; a refutation would be an error",
    Expectation.REFUTED: "is a plausible falsehood; it is expected to be refuted",
    Expectation.OPEN: "is an open question; either answer is news",
}

_INDENT = (0, 0, 0, 2)


def claim_parts(
    claim: Claim, evidence: Iterable[EvidenceDocument], *, latex: bool = False
) -> Iterator[RenderableType]:
    """What a terminal shows of a claim, part by part.

    Parameters
    ----------
    claim : Claim
    evidence : iterable of EvidenceDocument
        What is on record, one entry an engine and case.
    latex : bool
        Show the statement in LaTeX instead of Unicode.

    Yields
    ------
    renderable
    """
    yield Text.assemble((claim.id, "bold"), "  ", claim.title)
    yield Text()
    yield (
        Text(claim.latex, no_wrap=True, overflow="ignore")
        if latex
        else Padding(Text(claim.statement), _INDENT)
    )
    yield heading("Hypotheses")
    yield bullets(claim.hypotheses)
    yield heading("Provenance")
    yield Padding(Text(f"{PROVENANCE[claim.provenance]}."), _INDENT)
    if claim.source:
        yield Padding(Text(citation(claim.source)), _INDENT)
    yield heading("What is checked")
    yield Padding(Text(f"{claim.scope}. The claim {EXPECTATION[claim.expected]}."), _INDENT)
    yield bullets(f"{case.name}{_witness(case)}" for case in claim.cases)
    yield heading("Evidence on record")
    recorded = tuple(evidence)
    yield Padding(evidence_table(recorded) if recorded else Text("none"), _INDENT)
    yield heading("Sharpness")
    yield from _sharpness(claim)
    yield heading("Mutants on record")
    yield Padding(Text(_mutants(recorded_mutants(claim))), _INDENT)


def _sharpness(claim: Claim) -> Iterator[RenderableType]:
    """Each hypothesis with the point at which the claim fails without it."""
    found = sharpness_documents(claim)
    yield (
        bullets(f"{item.status}: {item.hypothesis}{_fails_at(item)}" for item in found)
        if found
        else Padding(
            Text("Hypotheses are tested for necessity only where the claim is held to be true."), _INDENT
        )
    )


def _fails_at(item: SharpnessDocument) -> str:
    if item.witness is None:
        return ""
    values = ", ".join(f"{name} = {value}" for name, value in item.witness.items())
    return f" Without it the claim fails at {values}."


def _mutants(mutants: MutantsDocument | None) -> str:
    """How many small changes to the claim were told from the truth."""
    if mutants is None:
        return "none"
    parts = [f"{mutants.planted} planted, {mutants.refuted} refuted by exact points"]
    if mutants.explained:
        parts.append(f"{len(mutants.explained)} proved to be true")
    if mutants.survivors:
        parts.append(f"not decided: {'; '.join(mutants.survivors)}")
    return f"{', '.join(parts)}."


def _witness(case: Case) -> str:
    """The point that shows that the hypotheses can hold together."""
    if case.witness is None:
        return ""
    values = ", ".join(f"{name} = {value}" for name, value in case.witness)
    return f" (all hypotheses hold at {values})" if len(values) <= 80 else ""
