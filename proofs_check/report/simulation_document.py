"""What `backfire simulate --json` prints: schema ``backfire.simulation/1``."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from proofs_check.report.document import AbstractDocument, Decimal, FileDocument


class StateDocument(AbstractDocument):
    """One state after one round; null is unknown.

    `mean` is over the runs that go on, with its standard error; `deviation` is the standard deviation of
    one run.  `exact_mean` and `exact_deviation` are those of the finite-sample map, `population` is the
    iterate of the update map.
    """

    mean: Decimal | None
    standard_error: Decimal | None
    deviation: Decimal | None
    exact_mean: Decimal | None
    exact_deviation: Decimal | None
    population: Decimal | None


class RoundDocument(AbstractDocument):
    """All states after one round, and how many runs go on."""

    round: int
    going: int
    states: dict[str, StateDocument]


class DepartureDocument(AbstractDocument):
    """A run that left the domain: which (from 0), in which round, at which model, and why."""

    run: int
    round: int
    model: str
    reason: str


class SimulationDocument(AbstractDocument):
    """A simulated ecosystem."""

    schema_: Literal["backfire.simulation/1"] = Field(default="backfire.simulation/1", alias="schema")
    ecosystem: str
    samples: int
    rounds: int
    seeds: int
    seed: int
    state: tuple[str, ...]
    path: tuple[RoundDocument, ...]
    departures: tuple[DepartureDocument, ...]
    remarks: tuple[str, ...]
    interrupted: bool
    version: str
    parameters: dict[str, str]
    file: FileDocument | None
