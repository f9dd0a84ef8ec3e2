"""`backfire check`: the catalogue of claims, checked by every engine that accepts each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from backfire.options import Settings, shared
from backfire.status import ExitStatus

if TYPE_CHECKING:
    from proofs_check.evidence.evidence import ClaimReport
    from proofs_check.mutation.examination import MutantTally
    from proofs_check.report.check_document import CheckDocument


@click.command("check")
@click.argument("claims", nargs=-1, metavar="[CLAIM ...]")
@click.option("--mutants", is_flag=True, help="Examine the claims' mutants afresh (up to 8 s each).")
@shared("json", "digits", "seed", "time_limit", "jobs", "out", "strict")
def command(claims: tuple[str, ...], mutants: bool, settings: Settings) -> int:  # noqa: FBT001 (an option)
    """Check the claims called CLAIM (globs allowed: 'influence.*'; default: all).

    Every engine that accepts a claim is asked, and every proof is re-verified by the independent
    checker.  Without --mutants the fate of the claims' mutants is read from the shipped record.  --out
    also writes the document as check.json and the tables as check.txt.
    """
    document = _checked(claims, settings, mutants=mutants)
    _report(document, settings)
    if document.interrupted:
        return ExitStatus.INTERRUPTED
    if document.summary.unexpected:
        return ExitStatus.UNEXPECTED
    return ExitStatus.UNDECIDED if settings.strict and document.undecided() else ExitStatus.AS_EXPECTED


def _checked(claims: tuple[str, ...], settings: Settings, *, mutants: bool) -> CheckDocument:
    """What was finished, even when the user interrupts."""
    from backfire.progress import progress
    from proofs_check.mutation.examination import examine_all
    from proofs_check.registry import claim_ids
    from proofs_check.report.check_json import check_document
    from proofs_check.running.runner import Interrupted, check
    from theory.names import chosen

    selected = chosen(claims, claim_ids(), "a claim")
    budget = settings.budget()
    reports: tuple[ClaimReport, ...] = ()
    tallies: dict[str, MutantTally] = {}
    try:
        with progress(quiet=settings.verbosity < 0 or settings.json) as tell:
            reports = check(selected, budget, jobs=settings.jobs, progress=tell)
            for claim_id in selected if mutants else ():
                tallies |= examine_all((claim_id,), budget, jobs=settings.jobs, progress=tell)
    except Interrupted as interruption:
        done = reports or interruption.reports
        return check_document(done, budget, mutants=tallies, interrupted=True)
    return check_document(reports, budget, mutants=tallies)


def _report(document: CheckDocument, settings: Settings) -> None:
    from backfire.output import emit, save
    from backfire.terminal import as_text, show
    from proofs_check.report.check_text import check_parts

    as_json = document.model_dump_json(by_alias=True, indent=1)
    parts = tuple(check_parts(document, full=settings.verbosity > 0, brief=settings.verbosity < 0))
    if settings.out is not None:
        save(settings.out, "check.json", as_json)
        save(settings.out, "check.txt", as_text(parts))
    if settings.json:
        emit(as_json)
    else:
        show(parts)
