"""Check every claim and ship the evidence: ``python -m proofs_check.store_evidence``."""

from __future__ import annotations

import os
import sys

from proofs_check import registry
from proofs_check.evidence import ledger
from proofs_check.mutation.examination import store_all
from proofs_check.running import runner
from theory.budget import Budget


def store() -> None:
    """Replace the shipped evidence of every claim whose verdict is as expected, and that of its mutants.

    Raises
    ------
    SystemExit
        When some verdict opposes its expectation (nothing is stored then), or engines disagree on a mutant.
    """
    reports = runner.check(registry.claim_ids(), Budget(), jobs=os.cpu_count() or 1)
    surprises = [f"{report.claim.id}: {report.unexpected}" for report in reports if report.unexpected]
    if surprises:
        sys.exit("\n".join(surprises))
    for report in reports:
        ledger.write(report)
    alarms = store_all(registry.claim_ids(), jobs=os.cpu_count() or 1)
    if alarms:
        sys.exit("\n".join(alarms))


if __name__ == "__main__":
    store()
