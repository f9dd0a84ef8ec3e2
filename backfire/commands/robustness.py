"""`backfire robustness`: from which share of adversaries on alignment falls."""

from __future__ import annotations

from pathlib import Path

import click

from backfire.options import Settings, shared
from backfire.status import ExitStatus


@click.command("robustness")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--users", metavar="USERS", help="Only adversaries among these users.")
@click.option("--on", metavar="MODEL", help="Only this model's alignment.")
@shared("json", "digits", "seed", "time_limit", "out", "strict")
def command(file: Path, users: str | None, on: str | None, settings: Settings) -> int:
    """Report from which share of adversaries on each model's alignment falls (FILE: TOML or JSON).

    For every group of users who curate, adversaries choose in place of a growing share of them: those that
    the file declares, else people who want the opposite.  Printed are the shares at which alignment falls
    below the start in one round, and at equilibrium below the real data, below what it is when the group
    chooses nothing, and below what it is without adversaries, each enclosed with a proof.  --out also writes
    the document as robustness.json and the tables as robustness.txt.
    """
    from backfire.output import emit, save
    from backfire.progress import progress
    from backfire.terminal import as_text, show
    from proofs_check.report.document import FileDocument
    from proofs_check.report.robustness_json import robustness_document
    from proofs_check.report.robustness_text import robustness_parts
    from theory.ecosystem_file import read
    from theory.robustness.report import robustness

    source = read(file)
    with progress(quiet=settings.verbosity < 0 or settings.json) as tell:
        found = robustness(source.ecosystem, settings.budget(), users=users, on=on, progress=tell)
    document = robustness_document(found, FileDocument(name=file.name, sha256=source.sha256))
    as_json = document.model_dump_json(by_alias=True, indent=1)
    parts = tuple(robustness_parts(document, full=settings.verbosity > 0, brief=settings.verbosity < 0))
    if settings.out is not None:
        save(settings.out, "robustness.json", as_json)
        save(settings.out, "robustness.txt", as_text(parts))
    if settings.json:
        emit(as_json)
    else:
        show(parts)
    return ExitStatus.UNDECIDED if settings.strict and document.undecided() else ExitStatus.AS_EXPECTED
