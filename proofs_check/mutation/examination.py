"""Examination of mutants: refuted by an exact point, proved to be true after all, or surviving."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import sympy

from proofs_check import registry
from proofs_check.checker.terms import Refused, canonical_text
from proofs_check.claim import Case, Claim, Point
from proofs_check.engine import AbstractEngine
from proofs_check.evidence import ledger
from proofs_check.evidence.evidence import (
    CaseReport,
    ClaimReport,
    Evidence,
    audit,
    combine_case,
    combine_claim,
)
from proofs_check.evidence.origin import Origin
from proofs_check.evidence.verdict import Verdict
from proofs_check.mutation.mutants import has_mutants, planted
from proofs_check.running.runner import Progress, check_claims
from proofs_check.sharpness import refute
from proofs_check.statements.canonical import statement_hash
from proofs_check.statements.statement import Statement
from theory.budget import Budget

MOVED_TO = tuple(map(sympy.Rational, ("0", "1", "-1", "-1/2", "2", "10", "-10")))
MAX_MOVED = 12
SECONDS = 8.0
PATIENCE = 8
"""How many times longer the provers may work on a mutant that nothing else settled."""
FOLDER = ledger.FOLDER / "mutants"


@dataclass(frozen=True, kw_only=True)
class MutantTally:
    """What became of a claim's mutants.

    Parameters
    ----------
    planted, refuted : int
        How many there are, and how many an exact point refutes.
    explained : tuple of str
        Mutants that are true, with the engine whose certificate proves it.
    survivors : tuple of str
        Mutants that were neither refuted nor proved.
    alarms : tuple of str
        Engines that disagree on a mutant, and certificates that the checker refused.
    """

    planted: int
    refuted: int
    explained: tuple[str, ...]
    survivors: tuple[str, ...]
    alarms: tuple[str, ...] = ()


def examine(
    claim: Claim,
    budget: Budget,
    *,
    engines: Sequence[AbstractEngine],
    jobs: int = 2,
    progress: Progress | None = None,
) -> ClaimReport:
    """Evidence on each mutant of a claim.

    The points that the claim names are tried first, then the engines that only refute, and on what is
    left the engines that prove: once within the budget, and once more with `PATIENCE`.

    Parameters
    ----------
    claim : Claim
    budget : Budget
        `seconds` is for each mutant, in each of the first two rounds.
    engines : sequence of AbstractEngine
    jobs : int
    progress : callable, optional

    Returns
    -------
    ClaimReport
        On the claim whose cases are the mutants.
    """
    whole = planted(claim)
    named = _named_points(claim)
    found = {case.name: _by_a_point(claim, case, named) for case in whole.cases}
    patient = replace(budget, seconds=budget.seconds * PATIENCE)
    for proving, allowed in ((False, budget), (True, budget), (True, patient)):
        asked = [engine for engine in engines if (engine.ceiling is Verdict.PROVED) is proving]
        left = [case for case in whole.cases if not _settled(found[case.name])]
        single = [replace(whole, cases=(case,), id=f"{claim.id}.mutant-{k}") for k, case in enumerate(left)]
        reports = check_claims(single, allowed, engines=asked, jobs=jobs, progress=progress) if left else ()
        for case, report in zip(left, reports, strict=True):
            again = {item.engine for item in report.evidence}
            kept = tuple(item for item in found[case.name] if item.engine not in again)
            found[case.name] = kept + tuple(replace(item, claim=claim.id) for item in report.evidence)
    return combine_claim(whole, [combine_case(case.name, found[case.name]) for case in whole.cases])


def tally(report: ClaimReport) -> MutantTally:
    """The numbers of an examination."""
    return replace(_tally(report.cases), alarms=report.alarms)


def recorded(claim: Claim) -> MutantTally | None:
    """What is on record for the mutants of a claim; None when that is not all of them, or there are none."""
    if not has_mutants(claim) or not (FOLDER / f"{claim.id}.json").exists():
        return None
    whole = planted(claim)
    stored = ledger.read(whole, FOLDER)
    if any(case.name not in stored for case in whole.cases):
        return None
    return _tally([combine_case(case.name, stored[case.name]) for case in whole.cases])


def store(report: ClaimReport, origin: Origin) -> None:
    """Put an examination on record."""
    ledger.write(report, origin, FOLDER)


def _tally(cases: Iterable[CaseReport]) -> MutantTally:
    cases = tuple(cases)
    proved = [case for case in cases if case.verdict is Verdict.PROVED]
    return MutantTally(
        planted=len(cases),
        refuted=sum(case.verdict is Verdict.REFUTED for case in cases),
        explained=tuple(f"{case.case}: true, proved by {_prover(case)}" for case in proved),
        survivors=tuple(c.case for c in cases if c.verdict not in (Verdict.PROVED, Verdict.REFUTED)),
    )


def _prover(case: CaseReport) -> str:
    return next(item.engine for item in case.evidence if item.verdict is Verdict.PROVED)


def _settled(evidence: Iterable[Evidence]) -> bool:
    return any(item.verdict in (Verdict.PROVED, Verdict.REFUTED) for item in evidence)


def _named_points(claim: Claim) -> tuple[Point, ...]:
    """Witnesses, suspects and the points that show sharpness."""
    cases = [point for case in claim.cases for point in (case.witness, *case.suspects) if point is not None]
    return (*cases, *(item.point for item in claim.sharpness))


def _neighbours(point: Point) -> Iterator[Point]:
    """The points that differ in one coordinate."""
    for k, (name, _) in enumerate(point[:MAX_MOVED]):
        for value in MOVED_TO:
            yield (*point[:k], (name, value), *point[k + 1 :])


def _by_a_point(claim: Claim, case: Case, points: Iterable[Point]) -> tuple[Evidence, ...]:
    """A refutation by one of the points, if there is one."""
    if not isinstance(case.statement, Statement):
        return ()
    own = () if case.witness is None else (case.witness, *_neighbours(case.witness))
    for point in (*own, *points):
        try:
            certificate = refute(case.statement, point)
        except (ValueError, Refused):
            continue
        shown = ", ".join(f"{name} = {value}" for name, value in point)
        evidence = Evidence(
            claim=claim.id,
            case=case.name,
            engine="named point",
            verdict=Verdict.REFUTED,
            scope=case.name,
            certificate=canonical_text(certificate),
            seconds=0.0,
            detail=f"a point that the claim names, or next to one: {shown}",
            versions=(),
            statement_hash=statement_hash(case.statement),
        )
        return (audit(evidence, case),)
    return ()


def store_all(claim_ids: Iterable[str], *, jobs: int) -> tuple[str, ...]:
    """Examine the mutants of these claims and put them on record, unless an engine raises an alarm.

    Returns
    -------
    tuple of str
        The alarms.
    """
    notes: list[str] = []
    engines, budget = registry.engines(), Budget(seconds=SECONDS)
    origin = Origin.of(engines, budget)
    for claim in filter(has_mutants, map(registry.load, claim_ids)):
        report = examine(claim, budget, engines=engines, jobs=jobs)
        if not report.alarms:
            store(report, origin)
        notes += report.alarms
    return tuple(notes)


def examine_all(
    claim_ids: Iterable[str], budget: Budget, *, jobs: int, progress: Progress | None = None
) -> dict[str, MutantTally]:
    """Fresh examinations of the claims that have mutants, by claim id; at most 8 s a mutant and round."""
    short = replace(budget, seconds=min(budget.seconds, SECONDS))
    found = {}
    for claim in filter(has_mutants, map(registry.load, claim_ids)):
        report = examine(claim, short, engines=registry.engines(), jobs=jobs, progress=progress)
        found[claim.id] = tally(report)
    return found
