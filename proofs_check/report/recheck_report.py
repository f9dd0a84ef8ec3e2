"""Results of re-verifying a ledger, as plain objects and as tables for a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict

from rich.console import RenderableType
from rich.text import Text

from proofs_check.checker.recheck import MUTANTS, RecheckResult
from proofs_check.report.terminal import table, word
from theory.version import VERSION


def recheck_document(results: Sequence[RecheckResult]) -> dict[str, object]:
    """What `backfire recheck --json` prints: schema ``backfire.recheck/1``."""
    accepted = sum(result.accepted for result in results)
    return {
        "schema": "backfire.recheck/1",
        "results": [asdict(result) for result in results],
        "summary": {"accepted": accepted, "refused": len(results) - accepted},
        "version": VERSION,
    }


def recheck_parts(
    results: Sequence[RecheckResult], *, full: bool = False, brief: bool = False
) -> Iterator[RenderableType]:
    """What a terminal shows of a recheck, part by part.

    Parameters
    ----------
    results : sequence of RecheckResult
    full : bool
        List every piece of evidence, not one row a claim.
    brief : bool
        Only what was refused, and the summary.

    Yields
    ------
    renderable
    """
    refused = [result for result in results if not result.accepted]
    if full:
        yield _evidence(results)
    elif not brief:
        yield _claims(results)
    for result in refused:
        where = ", ".join(part for part in (result.file, result.case, result.engine) if part)
        yield Text(f"REFUSED {where}: {result.reason}", style="bold red")
    certificates = sum(bool(result.shows) for result in results if result.accepted)
    without = len(results) - certificates - len(refused)
    mutants = sum(bool(result.shows) for result in results if result.accepted and _of_mutants(result))
    summary = (
        f"{certificates} certificates re-verified ({mutants} of them about mutants of the claims), "
        f"{len(refused)} refused, {without} entries without one."
    )
    yield Text(f"\n{summary}", style="bold red" if refused else "bold")


def _claims(results: Sequence[RecheckResult]) -> RenderableType:
    made = table("claim", "certificates", "proofs", "refutations", "of mutants", "refused")
    for claim in dict.fromkeys(result.claim or result.file for result in results):
        mine = [result for result in results if (result.claim or result.file) == claim]
        accepted = [result for result in mine if result.accepted and result.shows]
        own = Counter(result.shows for result in accepted if not _of_mutants(result))
        refused = len([result for result in mine if not result.accepted])
        counts = (len(accepted), own["proved"], own["refuted"], len(accepted) - own.total())
        made.add_row(Text(claim), *map(str, counts), Text(str(refused), style="bold red" if refused else ""))
    return made


def _of_mutants(result: RecheckResult) -> bool:
    return result.file.startswith(f"{MUTANTS}/")


def _evidence(results: Sequence[RecheckResult]) -> RenderableType:
    made = table("claim", "case", "engine", "shows", "outcome", whole=("claim", "engine", "outcome"))
    for result in results:
        outcome = "failed" if not result.accepted else "passed" if result.shows else None
        made.add_row(
            Text(result.claim),
            Text(result.case),
            Text(result.engine),
            word(result.shows or None),
            word(outcome),
        )
    return made
