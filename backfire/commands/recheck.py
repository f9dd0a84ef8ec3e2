"""`backfire recheck`: stored certificates, re-verified without what found them."""

from __future__ import annotations

from pathlib import Path

import click

from backfire.options import Settings, shared
from backfire.status import ExitStatus


@click.command("recheck")
@click.argument("ledger", required=False, type=click.Path(path_type=Path))
@shared("json", "out")
def command(ledger: Path | None, settings: Settings) -> int:
    """Re-verify the certificates in LEDGER, a folder or a file (default: the shipped ledger).

    Those about the claims' mutants, in the folder's own folder mutants, are re-verified too.  Only the
    independent checker runs: no solver, no engine, no computer algebra.  --out also writes
    recheck.json and recheck.txt.
    """
    import json

    from backfire.output import emit, save
    from backfire.terminal import as_text, show
    from proofs_check.checker.recheck import recheck
    from proofs_check.report.recheck_report import recheck_document, recheck_parts
    from theory.errors import InvalidInput

    if ledger is not None and not ledger.exists():
        raise InvalidInput(expected="a ledger: a folder or a file", found="nothing", source=str(ledger))
    results = recheck(ledger)
    if not results:
        raise InvalidInput(
            expected="evidence in the ledger", found="none", source=str(ledger or "shipped ledger")
        )
    as_json = json.dumps(recheck_document(results), indent=1, ensure_ascii=False)
    parts = tuple(recheck_parts(results, full=settings.verbosity > 0, brief=settings.verbosity < 0))
    if settings.out is not None:
        save(settings.out, "recheck.json", as_json)
        save(settings.out, "recheck.txt", as_text(parts))
    if settings.json:
        emit(as_json)
    else:
        show(parts)
    return ExitStatus.AS_EXPECTED if all(r.accepted for r in results) else ExitStatus.UNEXPECTED
