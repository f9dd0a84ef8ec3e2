"""A check of claims as tables for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType
from rich.text import Text

from proofs_check.report.check_document import CheckDocument, ClaimDocument, EvidenceDocument
from proofs_check.report.not_proved import not_proved
from proofs_check.report.terminal import bullets, heading, table, word


def check_parts(
    document: CheckDocument, *, full: bool = False, brief: bool = False
) -> Iterator[RenderableType]:
    """What a terminal shows of a check, part by part.

    Parameters
    ----------
    document : CheckDocument
    full : bool
        List the evidence of each engine on each case, and why each claim that is not proved is not.
    brief : bool
        Only the summary and what is unexpected.

    Yields
    ------
    renderable
    """
    if not brief:
        yield _claims(document)
        yield Text()
        yield from (_line(claim) for claim in document.claims)
        yield from _not_run(document)
    if full:
        for claim in document.claims:
            yield heading(claim.id, claim.scope)
            yield evidence_table(claim.evidence)
        yield from _not_proved(document)
    yield Text()
    yield from (_surprise(claim) for claim in document.claims if claim.unexpected)
    yield from _recorded(document)
    yield _summary(document)


def evidence_table(evidence: tuple[EvidenceDocument, ...]) -> RenderableType:
    """One row for each engine and case."""
    made = table("case", "engine", "verdict", "seconds", "detail", whole=("engine", "verdict", "seconds"))
    for item in evidence:
        made.add_row(
            Text(item.scope), item.engine, word(item.verdict), f"{item.seconds:.2f}", Text(item.detail)
        )
    return made


def _claims(document: CheckDocument) -> RenderableType:
    made = table("claim", "provenance", "expected", "verdict", "by", "seconds", whole=("claim", "verdict"))
    for claim in document.claims:
        seconds = sum(item.seconds for item in claim.evidence)
        made.add_row(
            claim.id,
            claim.provenance,
            claim.expected,
            word(claim.verdict),
            ", ".join(deciding_engines(claim)) if claim.verdict != "unknown" else "",
            f"{seconds:.1f}",
        )
    return made


def deciding_engines(claim: ClaimDocument) -> tuple[str, ...]:
    """Engines whose verdict on some case is the claim's own, each once; proofs count as support too."""
    counting = ("supported", "proved") if claim.verdict == "supported" else (claim.verdict,)
    return tuple(dict.fromkeys(item.engine for item in claim.evidence if item.verdict in counting))


def _line(claim: ClaimDocument) -> Text:
    ending = {
        "proved": f"for {claim.scope}; every certificate re-verified",
        "supported": f"for {claim.scope}; {what_supports(claim)}",
        "unknown": f"nothing was shown either way of {', '.join(_open_cases(claim)) or 'it'}",
        "refuted": _refutation(claim),
    }[claim.verdict]
    source = " (on record)" if on_record(claim) else ""
    line = Text.assemble((claim.id, "bold"), ": ", word(claim.verdict), source, " – ", ending)
    line.no_wrap, line.overflow = True, "ellipsis"
    return line


def what_supports(claim: ClaimDocument) -> str:
    """What support amounts to: parts of an open question may be proved without settling it."""
    proved = any(item.verdict == "proved" for item in claim.evidence)
    return "proved so far, and open beyond" if claim.expected == "open" and proved else "this is no proof"


def _open_cases(claim: ClaimDocument) -> tuple[str, ...]:
    """Cases on which no engine said anything that counts."""
    decided = {item.scope for item in claim.evidence if item.verdict in ("proved", "supported", "refuted")}
    return tuple(dict.fromkeys(item.scope for item in claim.evidence if item.scope not in decided))


def _refutation(claim: ClaimDocument) -> str:
    found = next((item for item in claim.evidence if item.verdict == "refuted"), None)
    where = f" by {found.engine} ({found.detail})" if found else ""
    return f"{'as expected, ' if claim.expected == 'refuted' else ''}an exact counterexample{where}"


def _not_proved(document: CheckDocument) -> Iterator[RenderableType]:
    lines = [f"{claim}: {why}" for claim, why in not_proved(document)]
    if lines:
        yield heading("Not proved")
        yield bullets(lines)


def on_record(claim: ClaimDocument) -> bool:
    """Whether no engine ran: all evidence on the claim is from the ledger."""
    ran = [item for item in claim.evidence if item.verdict not in ("unsupported", "not run")]
    return bool(ran) and all(item.on_record for item in ran)


def _recorded(document: CheckDocument) -> Iterator[Text]:
    """How much was taken from the ledger rather than found just now."""
    stored = sum(on_record(claim) for claim in document.claims)
    if stored:
        yield Text(
            f"On record: {stored} of {len(document.claims)}. Their statements and the engines are those that"
            " the evidence was found with, and every certificate was re-verified now; --fresh runs the"
            " engines again.",
            style="dim",
        )


def _not_run(document: CheckDocument) -> Iterator[Text]:
    reasons = dict.fromkeys(
        f"{item.engine}: {item.detail}"
        for claim in document.claims
        for item in claim.evidence
        if item.verdict == "not run" and not on_record(claim)
    )
    if reasons:
        yield Text("\nNot run: " + "; ".join(reasons), style="magenta")


def _surprise(claim: ClaimDocument) -> Text:
    return Text(f"UNEXPECTED {claim.id}: {claim.unexpected}", style="bold red")


def _summary(document: CheckDocument) -> Text:
    counts = document.summary
    parts = [
        f"{getattr(counts, name)} {name}"
        for name in ("proved", "supported", "unknown", "refuted", "unexpected")
        if getattr(counts, name) or name in ("proved", "unexpected")
    ]
    ending = ", interrupted before the rest" if document.interrupted else ""
    noun = "claim" if len(document.claims) == 1 else "claims"
    text = f"{len(document.claims)} {noun}: {', '.join(parts)}{ending}."
    return Text(text, style="bold red" if counts.unexpected else "bold")
