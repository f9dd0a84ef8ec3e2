"""Runner: plan, run, audit, combine."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from proofs_check import registry
from proofs_check.canonical import statement_hash
from proofs_check.claim import Case, Claim
from proofs_check.engine import AbstractEngine
from proofs_check.evidence import ClaimReport, Evidence, audit, combine_case, combine_claim
from proofs_check.processes import Job, Outcome, Pool
from proofs_check.verdict import Verdict
from theory.budget import Budget

Progress = Callable[[str], None]


class Interrupted(KeyboardInterrupt):
    """The user interrupted the run; `reports` holds what was finished."""

    def __init__(self, reports: tuple[ClaimReport, ...]) -> None:
        super().__init__("interrupted")
        self.reports = reports


@dataclass(frozen=True, kw_only=True)
class Task:
    """One engine on one case of one claim."""

    claim: Claim
    case: Case
    engine: AbstractEngine


def check(
    ids: Iterable[str],
    budget: Budget,
    *,
    jobs: int = 2,
    progress: Progress | None = None,
) -> tuple[ClaimReport, ...]:
    """Reports on the claims of these ids, by every engine that accepts each.

    Parameters
    ----------
    ids : iterable of str
    budget : Budget
        `seconds` is for each claim, shared by its cases and engines.
    jobs : int
        How many processes at a time, ≥ 1.
    progress : callable, optional
        Told in a short text what ends.

    Raises
    ------
    InvalidInput
        On an unknown id.
    Interrupted
        On Ctrl-C, with the reports on all claims of which something was finished.
    """
    claims = tuple(registry.load(claim_id) for claim_id in ids)
    return check_claims(claims, budget, engines=registry.engines(), jobs=jobs, progress=progress)


def check_claims(
    claims: Sequence[Claim],
    budget: Budget,
    *,
    engines: Sequence[AbstractEngine],
    jobs: int = 2,
    progress: Progress | None = None,
) -> tuple[ClaimReport, ...]:
    """Reports on claims that need not be in the registry, by the engines given."""
    tasks = [
        Task(claim=claim, case=case, engine=engine)
        for claim in claims
        for case in claim.cases
        for engine in sorted(engines, key=lambda item: (item.ceiling is not Verdict.PROVED, item.patience, item.name))
    ]
    found: dict[int, Evidence] = {}
    try:
        _run(tasks, found, budget, jobs, progress or (lambda _: None))
    except KeyboardInterrupt:
        begun = {id(tasks[key].claim) for key in found}
        done = tuple(_report(claim, tasks, found) for claim in claims if id(claim) in begun)
        raise Interrupted(done) from None
    return tuple(_report(claim, tasks, found) for claim in claims)


def gather(case: Case, engine: AbstractEngine, budget: Budget, claim: str) -> Evidence:
    """Evidence of one engine on one case, audited by the checker."""
    return audit(engine.check(case, budget, claim), case)


def _run(
    tasks: Sequence[Task], found: dict[int, Evidence], budget: Budget, jobs: int, progress: Progress
) -> None:
    """Run every task, in order, and put its evidence into `found`."""
    spent: dict[str, float] = {}
    pending = list(enumerate(tasks))[::-1]
    with Pool(jobs) as pool:
        while pending or not pool.idle:
            while pending and not pool.full:
                key, task = pending.pop()
                evidence = _without_running(task, budget, spent.get(task.claim.id, 0.0))
                if evidence is None:
                    pool.start(key, _job(task, budget, spent.get(task.claim.id, 0.0)))
                else:
                    found[key] = evidence
            for key, outcome in () if pool.idle else pool.finished():
                task = tasks[key]
                spent[task.claim.id] = spent.get(task.claim.id, 0.0) + outcome.seconds
                found[key] = _evidence(task, outcome)
                progress(f"{task.claim.id}: {task.case.name}, {task.engine.name}: {found[key].verdict.value}")


def _job(task: Task, budget: Budget, spent: float) -> Job:
    seconds = _allowed(task, budget, spent)
    work = partial(gather, task.case, task.engine, replace(budget, seconds=seconds), task.claim.id)
    return Job(function=work, arguments=(), seconds=seconds)


def _allowed(task: Task, budget: Budget, spent: float) -> float:
    return min(budget.seconds * task.engine.patience, budget.seconds - spent)


def _without_running(task: Task, budget: Budget, spent: float) -> Evidence | None:
    """Evidence that needs no process: outside the fragment, not installed, no time left."""
    reason = task.engine.accepts(task.case.statement)
    if reason is not None:
        return _blank(task, Verdict.UNSUPPORTED, reason)
    absent = task.engine.missing()
    if absent is not None:
        return _blank(task, Verdict.NOT_RUN, absent)
    if _allowed(task, budget, spent) <= 0:
        return _blank(task, Verdict.NOT_RUN, f"the claim's {budget.seconds:g} s were spent")
    return None


def _evidence(task: Task, outcome: Outcome) -> Evidence:
    if outcome.killed:
        return _blank(task, Verdict.UNKNOWN, "stopped at its time limit", seconds=outcome.seconds)
    if outcome.crashed:
        alarm = f"{task.engine.name} crashed: {outcome.crashed}"
        return replace(_blank(task, Verdict.UNKNOWN, alarm, seconds=outcome.seconds), alarm=alarm)
    evidence: Evidence = outcome.value
    return evidence


def _blank(task: Task, verdict: Verdict, detail: str, seconds: float = 0.0) -> Evidence:
    return Evidence(
        claim=task.claim.id,
        case=task.case.name,
        engine=task.engine.name,
        verdict=verdict,
        scope=task.case.name,
        certificate=None,
        seconds=round(seconds, 3),
        detail=detail,
        versions=(),
        statement_hash=statement_hash(task.case.statement),
    )


def _report(claim: Claim, tasks: Sequence[Task], found: dict[int, Evidence]) -> ClaimReport:
    mine = [key for key, task in enumerate(tasks) if task.claim is claim]
    cases = []
    for case in claim.cases:
        keys = [key for key in mine if tasks[key].case is case]
        cases.append(combine_case(case.name, [found[key] for key in keys if key in found]))
    return combine_claim(claim, cases, complete=all(key in found for key in mine))
