"""Reuse: evidence on record that need not be found again."""

from __future__ import annotations

from dataclasses import dataclass

from proofs_check.claim import Case, Claim
from proofs_check.evidence import ledger
from proofs_check.evidence.evidence import Evidence, combine_case
from proofs_check.evidence.ledger import Record
from proofs_check.evidence.origin import Origin
from proofs_check.evidence.verdict import Verdict
from proofs_check.statements.statement import Statement


@dataclass(frozen=True, kw_only=True)
class Reuse:
    """What is taken from a ledger: evidence on whole cases, and why other parts are not trusted."""

    evidence: tuple[Evidence, ...] = ()
    faults: tuple[str, ...] = ()


def reusable(claim: Claim, origin: Origin) -> Reuse:
    """The evidence on record for the cases of a claim on which `origin` would find the same.

    The statement must be the one that was checked, the engines the same in the same version, and the
    checker must accept every certificate now.  Where that does not come to a certified proof or
    refutation, seed, digits and time limit must be the same too.  An observed refutation, which
    nothing certifies, is always observed again.
    """
    record = ledger.recall(claim, ledger.FOLDER)
    if record.origin is None or not record.origin.has_engines_of(origin):
        return Reuse(faults=record.faults)
    standing = (c for c in claim.cases if _stands(c, record, same_settings=record.origin == origin))
    evidence = tuple(item for case in standing for item in record.cases[case.name])
    return Reuse(evidence=evidence, faults=record.faults)


def _stands(case: Case, record: Record, *, same_settings: bool) -> bool:
    report = combine_case(case.name, record.cases.get(case.name, ()))
    if not report.evidence or report.alarm:
        return False
    if not isinstance(case.statement, Statement):
        return same_settings and report.verdict is not Verdict.REFUTED
    return same_settings or report.verdict in (Verdict.PROVED, Verdict.REFUTED)
