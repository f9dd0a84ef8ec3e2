"""`backfire attack`: a learned reward attacked by flipped labels, and what retraining makes of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from backfire.options import Settings, shared
from backfire.status import ExitStatus

if TYPE_CHECKING:
    from proofs_check.report.attack_document import AttackDocument
    from theory.attack.report import AttackReport, AttackTrial
    from theory.attack.small_sets import SmallSetComparison


@click.command("attack")
@click.option(
    "--data", multiple=True, metavar="NAME", help="digits or eight-gaussians, repeatable; default: all."
)
@click.option(
    "--attacker", multiple=True, metavar="NAME", help="Whose attack, repeatable, globs allowed; default: all."
)
@click.option(
    "--pairs",
    type=click.IntRange(1, 5000),
    default=200,
    show_default=True,
    metavar="M",
    help="Labelled pairs.",
)
@click.option(
    "--budget",
    default="20%",
    show_default=True,
    metavar="B",
    help="Most flips: a number, or a part (10%, 0.1, 1/10).",
)
@click.option(
    "--share",
    type=click.FloatRange(0, 1),
    default=0.5,
    show_default=True,
    metavar="F",
    help="Share of retraining's choices that is made by the attacked reward.",
)
@click.option(
    "--rounds",
    type=click.IntRange(0, 10**5),
    default=30,
    show_default=True,
    metavar="T",
    help="Rounds of retraining.",
)
@click.option(
    "--ridge",
    type=click.FloatRange(1e-6, 1e6),
    default=1.0,
    show_default=True,
    metavar="R",
    help="Penalty on the squared parameters of the reward model.",
)
@click.option(
    "--penalty",
    type=click.FloatRange(0, 1e6),
    default=0.0,
    show_default=True,
    metavar="P",
    help="What attackers pay for the squared distance of the two rewards.",
)
@click.option(
    "--small-sets",
    type=click.IntRange(0, 10_000),
    default=50,
    show_default=True,
    metavar="N",
    help="Random small sets on which attackers meet the exhaustive optimum.",
)
@shared("json", "seed", "out")
def command(
    data: tuple[str, ...],
    attacker: tuple[str, ...],
    small_sets: int,
    settings: Settings,
    **numbers: float | str,
) -> int:
    """Attack a reward model by flipping preference labels, and retrain on the result.

    People label pairs of items; a Bradley-Terry reward is fitted to the labels; attackers flip at most B of
    them.  Printed are, for every attacker, the covariance of the two rewards' weights, how far the reward
    moved, and the expected weight after retraining, beside what theory says of it.  All is written into
    --out (default: attack): attack.json, attack.txt, and for each data set the rounds and the Pareto front
    (CSV) and a picture with its data and caption.
    """
    from backfire.interruption import finishing
    from backfire.progress import progress
    from proofs_check.report.attack_json import attack_document
    from theory.attack.data_sets.registry import data_sets
    from theory.attack.report import AttackTrial, players, problem_of
    from theory.names import chosen

    names = chosen(data, tuple(data_sets()), "the name of a data set")
    trials = [AttackTrial(data=n, attackers=attacker, seed=settings.seed, **numbers) for n in names]  # type: ignore[arg-type]
    for trial in trials:
        players(trial.attackers, trial.pairs)
        problem_of(trial)
    quiet = settings.verbosity < 0 or settings.json
    with progress(quiet=quiet) as tell:
        reports, comparison, interrupted = _play(trials, small_sets, settings.seed, tell)
    with finishing():
        document = attack_document(reports, comparison, seed=settings.seed, interrupted=interrupted)
        with progress(quiet=quiet) as tell:
            _save(document, reports, comparison, settings, tell)
        _show(document, settings)
    return ExitStatus.INTERRUPTED if interrupted else ExitStatus.AS_EXPECTED


def _play(
    trials: list[AttackTrial], instances: int, seed: int, tell: Callable[[str], None]
) -> tuple[list[AttackReport], SmallSetComparison | None, bool]:
    """What was finished, and whether the user interrupted."""
    from theory.attack.report import attack
    from theory.attack.small_sets import SmallSets, compare

    reports: list[AttackReport] = []
    try:
        for trial in trials:
            reports.append(attack(trial, tell))
            if reports[-1].interrupted:
                return reports, None, True
        comparison = compare(SmallSets(instances=instances), seed, tell) if instances else None
    except KeyboardInterrupt:
        if not reports:
            raise
        return reports, None, True
    return reports, comparison, comparison is not None and comparison.interrupted


def _save(
    document: AttackDocument,
    reports: list[AttackReport],
    comparison: SmallSetComparison | None,
    settings: Settings,
    tell: Callable[[str], None],
) -> None:
    from backfire.output import save
    from backfire.terminal import as_text
    from paper_figures.figures.attack import figure_data
    from paper_figures.publication import publish
    from proofs_check.report.attack_json import front_csv, rounds_csv, small_sets_csv
    from proofs_check.report.attack_text import attack_parts

    folder = _folder(settings)
    save(folder, "attack.json", document.model_dump_json(by_alias=True, indent=1))
    save(folder, "attack.txt", as_text(attack_parts(document, full=True)))
    for found in document.data:
        save(folder, f"{found.data}-rounds.csv", rounds_csv(found))
        save(folder, f"{found.data}-front.csv", front_csv(found))
    if document.small_sets is not None:
        save(folder, "small-sets.csv", small_sets_csv(document.small_sets))
    for report in reports:
        tell(f"{report.trial.data}: drawing")
        plotted = figure_data(report, comparison, settings.budget())
        publish("attack", plotted, folder / f"attack-{report.trial.data}")


def _show(document: AttackDocument, settings: Settings) -> None:
    from backfire.output import emit
    from backfire.terminal import show
    from proofs_check.report.attack_text import attack_parts

    if settings.json:
        emit(document.model_dump_json(by_alias=True, indent=1))
        return
    show(tuple(attack_parts(document, full=settings.verbosity > 0, brief=settings.verbosity < 0)))
    if settings.verbosity >= 0:
        emit(f"written to {_folder(settings)}")


def _folder(settings: Settings) -> Path:
    return settings.out or Path("attack")
