"""Check claims and ship the evidence: ``python -m proofs_check.store_evidence [CLAIM ...]``."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable

from proofs_check import registry
from proofs_check.evidence import ledger
from proofs_check.evidence.origin import Origin
from proofs_check.mutation.examination import store_all
from proofs_check.running.check import check
from theory.budget import Budget
from theory.errors import InvalidInput
from theory.names import chosen


def store(patterns: Iterable[str] = ()) -> None:
    """Replace the shipped evidence of claims, and that of their mutants.

    Parameters
    ----------
    patterns : iterable of str
        Claim ids, globs allowed; all claims without one.

    Raises
    ------
    SystemExit
        When a pattern names no claim, a claim cannot be loaded or some verdict opposes its expectation
        (nothing is stored then), or engines disagree on a mutant.
    """
    try:
        ids = chosen(patterns, registry.claim_ids(), "a claim")
    except InvalidInput as error:
        sys.exit(str(error))
    jobs, budget = os.cpu_count() or 1, Budget()
    checked = check(ids, budget, jobs=jobs)
    surprises = [f"{report.claim.id}: {report.unexpected}" for report in checked.reports if report.unexpected]
    if checked.interrupted or checked.broken or surprises:
        sys.exit("\n".join([*map(str, checked.broken), *surprises]) or "interrupted")
    origin = Origin.of(registry.engines(), budget)
    for report in checked.reports:
        ledger.write(report, origin)
    alarms = store_all(ids, jobs=jobs)
    if alarms:
        sys.exit("\n".join(alarms))


if __name__ == "__main__":
    store(sys.argv[1:])
