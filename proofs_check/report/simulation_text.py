"""A simulation as tables for a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from rich.console import RenderableType
from rich.text import Text

from proofs_check.report.simulation_document import RoundDocument, SimulationDocument, StateDocument
from proofs_check.report.terminal import heading, number, table

_DIGITS = 6


def simulation_parts(
    document: SimulationDocument, *, full: bool = False, brief: bool = False
) -> Iterator[RenderableType]:
    """What a terminal shows of a simulation, part by part.

    Parameters
    ----------
    document : SimulationDocument
    full : bool
        Every round rather than the last.
    brief : bool
        Only the table.

    Yields
    ------
    renderable
    """
    yield Text(document.ecosystem, style="bold")
    if document.parameters:
        yield Text("at " + ", ".join(f"{name} = {value}" for name, value in document.parameters.items()))
    for row in document.path if full else document.path[-1:]:
        yield heading(f"Round {row.round}", _remark(row, document))
        yield _table(row, document)
    yield from _departures(document)
    if not brief:
        for remark in document.remarks:
            yield Text(remark, style="dim")
        yield Text(_footer(document), style="dim")


def _remark(row: RoundDocument, document: SimulationDocument) -> str:
    runs = f"{row.going} runs" if row.going == document.seeds else f"{row.going} of {document.seeds} runs"
    return f"{runs} of {document.samples} samples a model and round"


def _table(row: RoundDocument, document: SimulationDocument) -> RenderableType:
    optional = {
        "exact mean": "exact_mean",
        "exact deviation": "exact_deviation",
        "population": "population",
    }
    shown = {
        title: field
        for title, field in optional.items()
        if any(getattr(s, field) is not None for r in document.path for s in r.states.values())
    }
    made = table("state", "mean ± standard error", "deviation", *shown)
    for name, state in row.states.items():
        values = (number(getattr(state, field), _DIGITS) for field in shown.values())
        made.add_row(Text(name), _mean(state), number(state.deviation, 3), *values)
    return made


def _mean(state: StateDocument) -> str:
    error = "" if state.standard_error is None else f" ± {number(state.standard_error, 2)}"
    return f"{number(state.mean, _DIGITS)}{error}"


def _departures(document: SimulationDocument) -> Iterator[RenderableType]:
    counted = Counter((d.model, d.reason) for d in document.departures)
    for (model, reason), runs in counted.items():
        first = min(d.round for d in document.departures if (d.model, d.reason) == (model, reason))
        yield Text(
            f"{runs} of {document.seeds} runs left the domain, from round {first} on: {model}: {reason}"
        )


def _footer(document: SimulationDocument) -> str:
    played = document.path[-1].round
    left = f", interrupted after round {played}" if document.interrupted else ""
    return f"\nversion {document.version}, seed {document.seed}{left}"
