"""`backfire analyze`: everything about one ecosystem."""

from __future__ import annotations

from pathlib import Path

import click

from backfire.options import Settings, shared
from backfire.status import ExitStatus


@click.command("analyze")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--on", metavar="MODEL", help="Only influences on this model's alignment.")
@click.option("--knob", metavar="KNOB", help="Only influences of this knob.")
@shared("json", "digits", "seed", "time_limit", "out", "strict")
def command(file: Path, on: str | None, knob: str | None, settings: Settings) -> int:
    """Analyse the ecosystem in FILE (TOML or JSON).

    Prints the update map, the certified equilibria, their stability, alignment and influences, and
    which claims' conditions hold by what margin.  --out also writes the document as analysis.json,
    the tables as analysis.txt and the update map as update_map.tex.
    """
    from backfire.output import emit, save, warn
    from backfire.progress import progress
    from backfire.terminal import as_text, show
    from proofs_check.report.analysis_json import analysis_document
    from proofs_check.report.analysis_text import analysis_parts
    from proofs_check.report.conditions import conditions
    from proofs_check.report.document import FileDocument
    from theory.analysis import analyze
    from theory.ecosystem_file import read

    source = read(file)
    with progress(quiet=settings.verbosity < 0 or settings.json) as tell:
        analysis = analyze(source.ecosystem, settings.budget(), on=on, knob=knob, progress=tell)
        tell("conditions of the claims")
        rows = conditions(analysis, warn)
    document = analysis_document(analysis, rows, FileDocument(name=file.name, sha256=source.sha256))
    as_json = document.model_dump_json(by_alias=True, indent=1)
    parts = tuple(analysis_parts(document, full=settings.verbosity > 0, brief=settings.verbosity < 0))
    if settings.out is not None:
        save(settings.out, "analysis.json", as_json)
        save(settings.out, "analysis.txt", as_text(parts))
        save(settings.out, "update_map.tex", analysis.update_map.latex())
    if settings.json:
        emit(as_json)
    else:
        show(parts)
    return ExitStatus.UNDECIDED if settings.strict and document.undecided() else ExitStatus.AS_EXPECTED
