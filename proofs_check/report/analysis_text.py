"""An analysis as tables for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from proofs_check.report.analysis_document import AnalysisDocument, EquilibriumDocument
from proofs_check.report.document import BallDocument, IntervalDocument
from proofs_check.report.terminal import SHOWN_DIGITS, ball, heading, largest_radius, number, table, word

_INFLUENCE_DIGITS = 8


def analysis_parts(
    document: AnalysisDocument, *, full: bool = False, brief: bool = False
) -> Iterator[RenderableType]:
    """What a terminal shows of an analysis, part by part.

    Parameters
    ----------
    document : AnalysisDocument
    full : bool
        Print every digit with its radius.
    brief : bool
        Only the equilibria with their influences.

    Yields
    ------
    renderable
    """
    digits = None if full else SHOWN_DIGITS
    yield Text(document.ecosystem, style="bold")
    if document.parameters:
        yield Text("at " + ", ".join(f"{name} = {value}" for name, value in document.parameters.items()))
    if document.data != "replace":
        yield Text("data accumulate: round t goes 1/(t + 2) of the way to the update map's value (E[T] does)")
    if not brief:
        yield heading("Update map", "one round of retraining")
        yield _update_map(document)
    for index, equilibrium in enumerate(document.equilibria):
        yield heading(*_equilibrium_title(document, index))
        yield from _equilibrium(equilibrium, digits)
    yield Text(_outcome(document))
    if not brief and document.conditions:
        yield heading("Claims and their conditions", "here; margin: least slack of the hypotheses")
        yield from _conditions(document, full=full)
    if not brief:
        yield _footer(document, full=full)


def _update_map(document: AnalysisDocument) -> RenderableType:
    made = table("state", "after one round")
    for name, expression in document.update_map.items():
        made.add_row(Text(name), Text(expression))
    return made


def _equilibrium_title(document: AnalysisDocument, index: int) -> tuple[str, str]:
    remark = "reached from the start" if document.reached == index else ""
    several = len(document.equilibria) > 1
    return (f"Equilibrium {index + 1}" if several else "Equilibrium", remark)


def _equilibrium(found: EquilibriumDocument, digits: int | None) -> Iterator[RenderableType]:
    unique = {"global": "unique", "in_box": "unique nearby", "unresolved": "uniqueness unresolved"}[
        found.uniqueness
    ]
    yield Text.assemble(
        word(found.existence), ", ", unique, " · ", word(found.stability), *_radius(found.spectral_radius)
    )
    if found.detail:
        yield Text(found.detail, style="dim")
    yield Padding(_values("state", found.point, found.approximate, digits), (1, 0, 0, 0))
    if found.alignment:
        yield Padding(_values("alignment of", found.alignment, None, digits), (1, 0, 0, 0))
    if found.influence:
        yield Padding(_influence(found, digits), (1, 0, 0, 0))


def _between(interval: IntervalDocument) -> str:
    low, high = number(interval.lo, 6), number(interval.hi, 6)
    return low if low == high else f"[{low}, {high}]"


def _radius(interval: IntervalDocument | None) -> tuple[str, ...]:
    if interval is None:
        return ()
    low, high = number(interval.lo, 6), number(interval.hi, 6)
    return (f", spectral radius {low}",) if low == high else (f", spectral radius in [{low}, {high}]",)


def _values(
    title: str,
    values: dict[str, BallDocument | None] | None,
    approximate: dict[str, str] | None,
    digits: int | None,
) -> RenderableType:
    made = table(title, "value")
    if values is not None:
        for name, value in values.items():
            made.add_row(Text(name), Text(ball(value, digits)))
    elif approximate is not None:
        for name, text in approximate.items():
            made.add_row(Text(name), Text(f"≈ {number(text, digits)} (proves nothing)"))
    return made


def _influence(found: EquilibriumDocument, digits: int | None) -> RenderableType:
    columns = ("knob", "on", "kind", "total", "direct", "isolated", "sign", "verdict")
    made = table(*columns, whole=columns[2:] if digits else columns[6:])
    for row in found.influence:
        values = (
            ball(value, digits and _INFLUENCE_DIGITS) for value in (row.total, row.direct, row.isolated)
        )
        made.add_row(Text(row.knob), Text(row.on), row.kind, *values, word(row.sign), word(row.verdict))
    return made


def _outcome(document: AnalysisDocument) -> str:
    start = {
        "converged": "Iteration from the start is proved to converge to the equilibrium marked as reached",
        "diverges": "Iteration from the start diverges",
        "leaves domain": "Iteration from the start leaves the domain of the update map",
        "undecided": "Where iteration from the start goes is undecided",
    }[document.reached_detail]
    detail = f" {document.detail[0].upper()}{document.detail[1:]}." if document.detail else ""
    return f"\n{start}. {_completeness(document)}{detail}"


def _completeness(document: AnalysisDocument) -> str:
    if not document.complete:
        return "Further equilibria are not excluded."
    if len(document.equilibria) == 1:
        return "It is proved that there is no other equilibrium."
    return f"It is proved that there are {len(document.equilibria) or 'no'} equilibria in all."


def _conditions(document: AnalysisDocument, *, full: bool) -> Iterator[RenderableType]:
    made = table("claim", "holds", "margin", "hypotheses", whole=("claim", "holds", "margin"))
    apart = []
    for row in document.conditions:
        if row.holds == "not applicable" and not full:
            apart.append(row.claim)
            continue
        margin = "–" if row.margin is None else f"≥ {number(row.margin.lo, 6)}"
        gives = ", ".join(f"{name} = {_between(value)}" for name, value in row.gives.items())
        detail = f"{row.detail}; gives {gives}" if gives else row.detail
        made.add_row(Text(row.claim), word(row.holds), margin, Text(detail))
    if made.row_count:
        yield made
    if apart:
        yield Text("not applicable: " + ", ".join(apart), style="dim")


def _footer(document: AnalysisDocument, *, full: bool) -> Text:
    balls = [value for found in document.equilibria for value in _all_balls(found)]
    file = f", sha256 {document.file.sha256[:12]}…" if document.file else ""
    shown = "" if full else f"; shown to {SHOWN_DIGITS} digits, -v or --json prints all"
    largest = largest_radius(balls)
    radius = (
        "\nEvery value is exact."
        if largest == "0"
        else f"\nProved radius of every value: at most {largest}{shown}."
    )
    return Text(f"{radius} backfire {document.version}{file}", style="dim")


def _all_balls(found: EquilibriumDocument) -> list[BallDocument | None]:
    rows = [value for row in found.influence for value in (row.total, row.direct, row.isolated)]
    return [*(found.point or {}).values(), *(found.alignment or {}).values(), *rows]
