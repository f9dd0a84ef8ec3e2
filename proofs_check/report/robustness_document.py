"""What `backfire robustness --json` prints: schema ``backfire.robustness/1``."""

from __future__ import annotations

from typing import Literal

from pydantic import ConfigDict, Field

from proofs_check.report.document import AbstractDocument, Decimal, FileDocument, IntervalDocument

Side = Literal["above", "equal", "below", "undecided"]


class AdversariesDocument(AbstractDocument):
    """What adversaries among one group of users want; `declared` where the file says so.

    `share` is theirs in the file, "0" without any; the thresholds do not depend on it.
    """

    users: str
    reward: str | tuple[str, ...]
    strength: str
    declared: bool
    share: str


class CrossingDocument(AbstractDocument):
    """An interval that holds exactly one share at which the quantity crosses its reference."""

    share: IntervalDocument
    exact: str | None
    to: Side


class RobustnessRowDocument(AbstractDocument):
    """One quantity of one model against one reference, as adversaries among `users` grow.

    `share` encloses the least share from which the quantity is below its reference; `exact` is that
    share in the language of ecosystem files, where it has a short formula.  All `crossings` in (0, `until`)
    are listed; past `until` nothing is claimed, and `detail` says why.
    """

    users: str
    on: str
    quantity: Literal["reward", "weight", "weight read"]
    when: Literal["one round", "equilibrium"]
    reference: Literal["start", "real data", "no choice", "no adversaries"]
    verdict: Literal["falls", "already below", "never falls", "unaffected", "undefined", "undecided"]
    share: IntervalDocument | None
    exact: str | None
    at_zero: Side | None
    after_zero: Side | None
    crossings: tuple[CrossingDocument, ...]
    until: Decimal | None
    detail: str = ""


class RobustnessDocument(AbstractDocument):
    """Where the alignment of an ecosystem's models falls as adversaries grow."""

    model_config = ConfigDict(title="backfire.robustness/1")

    schema_: Literal["backfire.robustness/1"] = Field(default="backfire.robustness/1", alias="schema")
    ecosystem: str
    digits: int = Field(ge=1)
    adversaries: tuple[AdversariesDocument, ...]
    thresholds: tuple[RobustnessRowDocument, ...]
    version: str
    parameters: dict[str, str]
    file: FileDocument | None
    seed: int
    time_limit: Decimal

    def undecided(self) -> tuple[str, ...]:
        """What was asked and not decided, one phrase each; empty when everything is decided."""
        return tuple(
            f"{row.quantity} of {row.on}, {row.when}, adversaries among {row.users}"
            for row in self.thresholds
            if row.verdict in ("undecided", "undefined")
        )
