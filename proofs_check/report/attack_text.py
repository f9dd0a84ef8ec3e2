"""Attacks as tables for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType
from rich.text import Text

from proofs_check.report.attack_document import (
    AttackDocument,
    DataSetDocument,
    OutcomeDocument,
    SmallSetsDocument,
)
from proofs_check.report.terminal import bullets, heading, number, table

_DIGITS = 4


def attack_parts(
    document: AttackDocument, *, full: bool = False, brief: bool = False
) -> Iterator[RenderableType]:
    """What a terminal shows of some attacks, part by part.

    Parameters
    ----------
    document : AttackDocument
    full : bool
        Also each attacker's flips.
    brief : bool
        Only the tables.

    Yields
    ------
    renderable
    """
    for found in document.data:
        yield heading(found.data, _remark(found))
        yield _outcomes(found)
        if full:
            yield bullets(
                f"{o.attacker} flips {', '.join(map(str, o.flips)) or 'nothing'}" for o in found.outcomes
            )
        if not brief:
            yield from _notes(found)
    if document.small_sets is not None:
        yield heading("small sets", _small_remark(document.small_sets))
        yield _small(document.small_sets)
    if not brief:
        left = ", interrupted" if document.interrupted else ""
        yield Text(f"\nversion {document.version}, seed {document.seed}{left}", style="dim")


def _remark(found: DataSetDocument) -> str:
    return (
        f"{found.items} items, {found.pairs} labelled pairs, at most {found.budget} flips; "
        f"share {found.share} chooses by the attacked reward"
    )


def _outcomes(found: DataSetDocument) -> RenderableType:
    made = table(
        "attacker",
        "flips",
        "covariance",
        "distance",
        "round 1",
        f"round {found.rounds}",
        "limit",
        "falls past",
    )
    for outcome in found.outcomes:
        made.add_row(
            outcome.attacker,
            str(len(outcome.flips)),
            number(outcome.covariance, _DIGITS),
            number(outcome.distance, _DIGITS),
            number(outcome.weight[min(1, found.rounds)], _DIGITS),
            number(outcome.weight[-1], _DIGITS),
            number(outcome.limit.weight, _DIGITS),
            number(outcome.threshold, _DIGITS),
        )
    return made


def _notes(found: DataSetDocument) -> Iterator[RenderableType]:
    error = max((o.identity_error for o in found.outcomes), key=float)
    notes = [f"robust.one-step: the gain of every round is as predicted, to {number(error, 2)} of E[a]"]
    if found.rounds:
        notes.append(f"robust.long-run: {_long_run_note(found.outcomes)}")
    if found.front is not None:
        how = "exact" if found.front.exact else "the best that was found"
        notes.append(f"Pareto front of covariance against distance: {len(found.front.points)} points, {how}")
    yield bullets(notes)


def _long_run_note(outcomes: tuple[OutcomeDocument, ...]) -> str:
    slack = min((o.slack for o in outcomes if o.slack is not None), key=float)
    left = max(float(o.limit.potential) - float(o.potential[-1]) for o in outcomes)
    return (
        f"the potential rose in every round by KL(p' ‖ p) and at least {number(slack, 2)} more; "
        f"it ends at most {left:.2g} below its maximum"
    )


def _small_remark(found: SmallSetsDocument) -> str:
    drawn = f"{found.instances} instances of {found.pairs} pairs, at most {found.budget} flips"
    return f"{drawn}; part of the optimal damage"


def _small(found: SmallSetsDocument) -> RenderableType:
    made = table("attacker", "median", "quartiles", "least")
    for reached in found.reached:
        low, high = (number(q, _DIGITS) for q in reached.quartiles)
        made.add_row(
            reached.attacker,
            number(reached.median, _DIGITS),
            f"{low} … {high}",
            number(reached.least, _DIGITS),
        )
    return made
