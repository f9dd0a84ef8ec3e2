"""`backfire simulate`: an ecosystem on finite samples, drawn round by round."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from backfire.options import Settings, shared
from backfire.status import ExitStatus

if TYPE_CHECKING:
    from proofs_check.report.simulation_document import SimulationDocument
    from theory.simulation.simulation import Simulation


@click.command("simulate")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--samples",
    type=click.IntRange(1, 10**9),
    default=1000,
    show_default=True,
    metavar="N",
    help="Size of each model's training set in a round.",
)
@click.option(
    "--rounds",
    type=click.IntRange(0, 10**6),
    default=10,
    show_default=True,
    metavar="T",
    help="Rounds of retraining.",
)
@click.option(
    "--seeds",
    type=click.IntRange(1, 10**7),
    default=100,
    show_default=True,
    metavar="S",
    help="Independent runs.",
)
@shared("json", "seed", "out")
def command(file: Path, samples: int, rounds: int, seeds: int, settings: Settings) -> int:
    """Simulate the ecosystem in FILE (TOML or JSON) on finite samples.

    Every round draws each model's training set as the file says (real data, raw and curated streams,
    noise, adversaries, channels) and refits the model by maximum likelihood, in S independent runs.
    Prints each state's mean ± standard error over the runs beside the update map's iterate and, where
    they have a closed recursion, the exact mean and deviation at N samples.  --out also writes the
    document as simulation.json, the table as simulation.csv and simulation.txt, and every run's path
    as simulation.npz.
    """
    from backfire.interruption import finishing
    from backfire.progress import progress
    from proofs_check.report.document import FileDocument
    from proofs_check.report.simulation_json import simulation_document
    from theory.ecosystem_file import read
    from theory.simulation.comparison import comparison
    from theory.simulation.simulation import Trial, simulate

    source = read(file)
    trial = Trial(samples=samples, rounds=rounds, seeds=seeds, seed=settings.seed)
    with progress(quiet=settings.verbosity < 0 or settings.json) as tell:
        simulation = simulate(source.ecosystem, trial, tell)
    with finishing():
        beside = comparison(simulation)
        named = FileDocument(name=file.name, sha256=source.sha256)
        _report(simulation, simulation_document(simulation, beside, named), settings)
    return ExitStatus.INTERRUPTED if simulation.interrupted else ExitStatus.AS_EXPECTED


def _report(simulation: Simulation, document: SimulationDocument, settings: Settings) -> None:
    from backfire.output import emit, save
    from backfire.terminal import as_text, show
    from proofs_check.report.simulation_json import simulation_csv
    from proofs_check.report.simulation_text import simulation_parts

    as_json = document.model_dump_json(by_alias=True, indent=1)
    parts = tuple(simulation_parts(document, full=settings.verbosity > 0, brief=settings.verbosity < 0))
    if settings.out is not None:
        import numpy as np

        save(settings.out, "simulation.json", as_json)
        save(settings.out, "simulation.csv", simulation_csv(document))
        save(settings.out, "simulation.txt", as_text(parts))
        np.savez_compressed(
            settings.out / "simulation.npz", state=np.array(simulation.state), paths=simulation.paths
        )
    if settings.json:
        emit(as_json)
    else:
        show(parts)
