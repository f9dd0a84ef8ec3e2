"""The document ``backfire.analysis/1``: everything about one ecosystem."""

from __future__ import annotations

from typing import Literal

from pydantic import ConfigDict, Field

from proofs_check.report.document import (
    AbstractDocument,
    BallDocument,
    Decimal,
    FileDocument,
    IntervalDocument,
)

SCHEMA = "backfire.analysis/1"


class InfluenceDocument(AbstractDocument):
    """How one knob moves one model's alignment at an equilibrium."""

    knob: str
    on: str
    kind: Literal["self", "cross", "parameter"]
    total: BallDocument | None
    direct: BallDocument | None
    isolated: BallDocument | None
    sign: Literal["+", "-", "0", "?"]
    verdict: (
        Literal[
            "amplifies", "unchanged", "dampens", "inverts", "neutral", "misaligned", "indirect", "undecided"
        ]
        | None
    )
    detail: str = ""


class EquilibriumDocument(AbstractDocument):
    """A fixed point with what is proved about it.

    An unresolved one has nulls for values, and ``approximate`` strings that prove nothing.
    """

    existence: Literal["certified", "unresolved"]
    uniqueness: Literal["global", "in_box", "unresolved"]
    point: dict[str, BallDocument | None] | None
    approximate: dict[str, str] | None = None
    spectral_radius: IntervalDocument | None
    stability: Literal["stable", "unstable", "undecided"]
    alignment: dict[str, BallDocument | None] | None
    influence: tuple[InfluenceDocument, ...]
    method: str
    detail: str = ""


class ConditionDocument(AbstractDocument):
    """Whether one claim's hypotheses hold at the reached equilibrium, and by what margin.

    ``gives`` holds what the claim then says of the ecosystem in numbers, by name.
    """

    claim: str
    holds: Literal["yes", "no", "undecided", "not applicable"]
    margin: IntervalDocument | None
    detail: str = ""
    gives: dict[str, IntervalDocument] = Field(default_factory=dict)


class ThresholdDocument(AbstractDocument):
    """Two values of a strength, the rest unchanged: one where iteration converges, one where not.

    ``knob`` is null for a common factor on all strengths.
    """

    knob: str | None
    converges: Decimal
    fails: Decimal
    failure: Literal["diverges", "leaves domain"]


class AnalysisDocument(AbstractDocument):
    """Everything about one ecosystem, at `digits` decimal digits."""

    model_config = ConfigDict(title=SCHEMA)

    schema_: Literal["backfire.analysis/1"] = Field(default="backfire.analysis/1", alias="schema")
    ecosystem: str
    digits: int = Field(ge=1)
    state: tuple[str, ...]
    update_map: dict[str, str]
    data: Literal["replace", "accumulate", "accumulate-subsample"] = "replace"
    equilibria: tuple[EquilibriumDocument, ...]
    reached: int | None
    reached_detail: Literal["converged", "diverges", "leaves domain", "undecided"]
    complete: bool
    conditions: tuple[ConditionDocument, ...]
    detail: str = ""
    thresholds: tuple[ThresholdDocument, ...] = ()
    version: str
    parameters: dict[str, str]
    file: FileDocument | None
    seed: int
    time_limit: Decimal

    def undecided(self) -> tuple[str, ...]:
        """What was asked and not decided, one phrase each; empty when everything is decided."""
        found = [] if self.reached_detail != "undecided" else ["which equilibrium is reached"]
        for index, equilibrium in enumerate(self.equilibria):
            found += (f"equilibrium {index}: {phrase}" for phrase in _undecided_at(equilibrium))
        found += (f"condition of {row.claim}" for row in self.conditions if row.holds == "undecided")
        return tuple(found)


def _undecided_at(equilibrium: EquilibriumDocument) -> list[str]:
    found = []
    if equilibrium.existence == "unresolved":
        found.append("existence")
    if equilibrium.stability == "undecided":
        found.append("stability")
    found += (
        f"influence of {row.knob} on {row.on}"
        for row in equilibrium.influence
        if row.sign == "?" or row.verdict == "undecided"
    )
    return found
