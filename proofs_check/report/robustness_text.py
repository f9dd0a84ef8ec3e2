"""A robustness report as tables for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType
from rich.text import Text

from proofs_check.report.document import IntervalDocument
from proofs_check.report.robustness_document import (
    AdversariesDocument,
    RobustnessDocument,
    RobustnessRowDocument,
)
from proofs_check.report.terminal import SHOWN_DIGITS, bullets, heading, number, table, word

_QUANTITIES = {
    "reward": "E[r]",
    "weight": "E[exp(s r)]",
    "weight read": "E[exp(s r)] read",
}
_AGAINST = {
    "start": "at the start",
    "real data": "in the real data",
    "no choice": "without choice",
    "no adversaries": "without adversaries",
}


def robustness_parts(
    document: RobustnessDocument, *, full: bool = False, brief: bool = False
) -> Iterator[RenderableType]:
    """What a terminal shows of a robustness report, part by part.

    Parameters
    ----------
    document : RobustnessDocument
    full : bool
        Print every digit, and what nobody moves.
    brief : bool
        Only the tables of alignment, E[r].

    Yields
    ------
    renderable
    """
    yield Text(document.ecosystem, style="bold")
    if document.parameters:
        yield Text("at " + ", ".join(f"{name} = {value}" for name, value in document.parameters.items()))
    for found in document.adversaries:
        rows = [r for r in document.thresholds if r.users == found.users]
        yield heading(f"Adversaries among {found.users}", _wish(found))
        yield from _group(rows, full=full, brief=brief)
    if not document.adversaries:
        yield Text("\nNobody curates anything.")
    if not brief:
        yield Text(_footer(document, full=full), style="dim")


def _wish(found: AdversariesDocument) -> str:
    reward = found.reward if isinstance(found.reward, str) else f"[{', '.join(found.reward)}]"
    own = f"as the file says, where their share is {found.share}"
    source = own if found.declared else "the opposite of what the users want"
    return f"reward {reward}, strength {found.strength} ({source})"


def _group(rows: list[RobustnessRowDocument], *, full: bool, brief: bool) -> Iterator[RenderableType]:
    shown = [r for r in rows if r.quantity == "reward" or not brief]
    made = table("of", "quantity", "after", "below", "from share", "verdict", whole=("verdict",))
    unmoved: list[str] = []
    notes: list[str] = []
    for row in shown:
        if row.verdict == "unaffected" and not full:
            unmoved.append(f"{row.on} ({row.when})")
            continue
        share = "–" if row.share is None else _share(row.share, None if full else SHOWN_DIGITS)
        made.add_row(
            Text(row.on),
            Text(_QUANTITIES[row.quantity]),
            row.when,
            row.reference,
            Text(share if row.exact is None or len(row.exact) > SHOWN_DIGITS else row.exact),
            word(row.verdict),
        )
        notes += _notes(row)
    if made.row_count:
        yield made
    if notes and not brief:
        yield bullets(dict.fromkeys(notes))
    if unmoved:
        yield Text("not moved by them: " + ", ".join(dict.fromkeys(unmoved)), style="dim")


def _share(interval: IntervalDocument, digits: int | None) -> str:
    """The common digits of both ends, or the interval."""
    low, high = number(interval.lo, digits), number(interval.hi, digits)
    return low if low == high else f"[{low}, {high}]"


def _notes(row: RobustnessRowDocument) -> Iterator[str]:
    """What the table does not say: later crossings, and how far the row is settled."""
    which = f"{_QUANTITIES[row.quantity]} of {row.on}, {row.when}"
    for crossing in row.crossings:
        if row.share is None or crossing.share != row.share:
            side = f"gets {crossing.to} its value {_AGAINST[row.reference]}"
            yield f"{which}: {side} past {_share(crossing.share, 6)}"
    if row.until not in (None, "1"):
        yield f"{row.when}: settled up to share {number(row.until, 6)} only: {row.detail}"
    elif row.detail:
        yield f"{which}: {row.detail}"


def _footer(document: RobustnessDocument, *, full: bool) -> str:
    shown = "" if full else f" Shown to {SHOWN_DIGITS} digits, -v or --json prints all."
    file = f", sha256 {document.file.sha256[:12]}…" if document.file else ""
    return (
        "\nEvery share is proved to lie between the ends that --json prints, with no other crossing there."
        f"{shown} backfire {document.version}{file}"
    )
