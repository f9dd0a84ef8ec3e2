"""`backfire check`: the catalogue of claims, checked by every engine that accepts each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from backfire.options import Settings, shared
from backfire.status import ExitStatus

if TYPE_CHECKING:
    from proofs_check.mutation.examination import MutantTally
    from proofs_check.report.check_document import CheckDocument
    from proofs_check.running.check import Checked


@click.command("check")
@click.argument("claims", nargs=-1, metavar="[CLAIM ...]")
@click.option("--fresh", is_flag=True, help="Run the engines on every case, whatever is on record.")
@click.option("--mutants", is_flag=True, help="Examine the claims' mutants afresh (up to 8 s each).")
@click.option("--latex", is_flag=True, help="A table for a paper's appendix; with --out as check.tex.")
@shared("json", "digits", "seed", "time_limit", "jobs", "out", "strict")
def command(claims: tuple[str, ...], fresh: bool, mutants: bool, latex: bool, settings: Settings) -> int:  # noqa: FBT001 (options)
    """Check the claims called CLAIM (globs allowed: 'influence.*'; default: all).

    Every engine that accepts a claim is asked, and every proof is re-verified by the independent
    checker.  Cases whose evidence is on record are not run again: their statement is unchanged, the same
    engines found it, and the checker accepts its certificates now.  Without --mutants the fate of the
    claims' mutants is read from the record too.  --out also writes the document as check.json and the
    tables as check.txt.
    """
    from backfire.interruption import finishing

    if latex and settings.json and settings.out is None:
        raise click.UsageError("--latex and --json both want standard output; give --out DIR")
    checked, tallies = _checked(claims, settings, fresh=fresh, mutants=mutants)
    with finishing():
        document = _document(checked, tallies, settings)
        table = _appendix(claims, checked, document, settings) if latex else ""
        _report(document, settings, latex=table)
    if document.interrupted:
        return ExitStatus.INTERRUPTED
    if document.summary.unexpected:
        return ExitStatus.UNEXPECTED
    return ExitStatus.UNDECIDED if settings.strict and document.undecided() else ExitStatus.AS_EXPECTED


def _checked(
    claims: tuple[str, ...], settings: Settings, *, fresh: bool, mutants: bool
) -> tuple[Checked, dict[str, MutantTally]]:
    """What was finished, even when the user interrupts."""
    from dataclasses import replace

    from backfire.output import warn
    from backfire.progress import progress
    from proofs_check.mutation.examination import examine_all
    from proofs_check.registry import claim_ids
    from proofs_check.running import check
    from theory.names import chosen

    selected, budget = chosen(claims, claim_ids(), "a claim"), settings.budget()
    checked = check.Checked()
    tallies: dict[str, MutantTally] = {}
    try:
        with progress(quiet=settings.verbosity < 0 or settings.json) as tell:
            checked = check.check(selected, budget, fresh=fresh, jobs=settings.jobs, progress=tell, warn=warn)
            for report in checked.reports if mutants and not checked.interrupted else ():
                tallies |= examine_all((report.claim.id,), budget, jobs=settings.jobs, progress=tell)
    except KeyboardInterrupt:
        checked = replace(checked, interrupted=True)
    return checked, tallies


def _document(checked: Checked, tallies: dict[str, MutantTally], settings: Settings) -> CheckDocument:
    from proofs_check.report.check_json import check_document

    return check_document(
        checked.reports,
        settings.budget(),
        mutants={**checked.mutants, **tallies},
        broken=checked.broken,
        interrupted=checked.interrupted,
    )


def _appendix(claims: tuple[str, ...], checked: Checked, document: CheckDocument, settings: Settings) -> str:
    from proofs_check.report.check_latex import check_latex

    settled = f"--seed {settings.seed} --digits {settings.digits} --time-limit {settings.time_limit:g}"
    command = " ".join(["backfire check", *claims, settled])
    return check_latex(document, checked.reports, command)


def _report(document: CheckDocument, settings: Settings, *, latex: str) -> None:
    from backfire.output import emit, save
    from backfire.terminal import as_text, show
    from proofs_check.report.check_text import check_parts

    as_json = document.model_dump_json(by_alias=True, indent=1)
    parts = tuple(check_parts(document, full=settings.verbosity > 0, brief=settings.verbosity < 0))
    if settings.out is not None:
        save(settings.out, "check.json", as_json)
        save(settings.out, "check.txt", as_text(parts))
        if latex:
            save(settings.out, "check.tex", latex)
    if settings.json:
        emit(as_json)
    elif latex and settings.out is None:
        emit(latex)
    else:
        show(parts)
