"""From a `Simulation` to its document and its table of numbers."""

from __future__ import annotations

import csv
from io import StringIO

import numpy as np

from proofs_check.report.decimals import decimal_number
from proofs_check.report.document import FileDocument
from proofs_check.report.simulation_document import (
    DepartureDocument,
    RoundDocument,
    SimulationDocument,
    StateDocument,
)
from theory.expressions import render
from theory.simulation.comparison import Comparison
from theory.simulation.simulation import Simulation
from theory.version import VERSION


def simulation_document(
    simulation: Simulation, beside: Comparison, file: FileDocument | None = None
) -> SimulationDocument:
    """The document of a simulation.

    Parameters
    ----------
    simulation : Simulation
    beside : Comparison
    file : FileDocument or None
        The file that the ecosystem was read from.

    Returns
    -------
    SimulationDocument
    """
    trial = simulation.trial
    return SimulationDocument(
        ecosystem=simulation.ecosystem.name,
        samples=trial.samples,
        rounds=trial.rounds,
        seeds=trial.seeds,
        seed=trial.seed,
        state=simulation.state,
        path=_path(simulation, beside),
        departures=tuple(
            DepartureDocument(run=d.run, round=d.round, model=d.model, reason=d.reason)
            for d in simulation.departures
        ),
        remarks=beside.remarks,
        interrupted=simulation.interrupted,
        version=VERSION,
        parameters={p.name: render(p.value) for p in simulation.ecosystem.parameters},
        file=file,
    )


def simulation_csv(document: SimulationDocument) -> str:
    """The document's path as comma-separated values, one row a round and state."""
    text = StringIO()
    columns = tuple(StateDocument.model_fields)
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("round", "state", "going", *columns))
    for row in document.path:
        for name, state in row.states.items():
            values = (getattr(state, column) for column in columns)
            writer.writerow((row.round, name, row.going, *("" if v is None else v for v in values)))
    return text.getvalue().removesuffix("\n")


def _path(simulation: Simulation, beside: Comparison) -> tuple[RoundDocument, ...]:
    with np.errstate(invalid="ignore"):
        columns = {
            "mean": simulation.mean(),
            "standard_error": simulation.standard_error(),
            "deviation": np.sqrt(simulation.variance()),
            "exact_mean": beside.mean,
            "exact_deviation": np.sqrt(np.maximum(beside.variance, 0.0)),
            "population": beside.population,
        }
    going = simulation.going()
    return tuple(
        RoundDocument(
            round=turn,
            going=int(going[turn]),
            states={
                name: StateDocument(**{key: _number(values[turn, k]) for key, values in columns.items()})
                for k, name in enumerate(simulation.state)
            },
        )
        for turn in range(simulation.rounds + 1)
    )


def _number(value: float) -> str | None:
    return decimal_number(float(value)) if np.isfinite(value) else None
