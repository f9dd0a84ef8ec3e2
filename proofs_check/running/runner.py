"""Runner: plan, run, audit, combine."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from proofs_check.claim import Case, Claim, Expectation
from proofs_check.engine import AbstractEngine
from proofs_check.evidence.evidence import ClaimReport, Evidence, audit, combine_case, combine_claim
from proofs_check.evidence.verdict import Verdict
from proofs_check.running.processes import Job, Outcome, Pool
from proofs_check.statements.canonical import statement_hash
from theory.budget import Budget

Progress = Callable[[str], None]
CROSS_CHECK_SECONDS = 0.1
SETTLED = (Verdict.PROVED, Verdict.REFUTED)
FOR_REFUTING = 0.35
NOT_ON_RECORD = "it did not run when the evidence on record was found, for want of time"


class Interrupted(KeyboardInterrupt):
    """The user interrupted the run; `reports` holds what was finished."""

    def __init__(self, reports: tuple[ClaimReport, ...]) -> None:
        super().__init__("interrupted")
        self.reports = reports


@dataclass(frozen=True, kw_only=True)
class Task:
    """One engine on one case of one claim; `statement_hash` is that of the case's statement."""

    claim: Claim
    case: Case
    engine: AbstractEngine
    statement_hash: str


def check_claims(
    claims: Sequence[Claim],
    budget: Budget,
    *,
    engines: Sequence[AbstractEngine],
    jobs: int = 2,
    progress: Progress | None = None,
    on_record: Iterable[Evidence] = (),
) -> tuple[ClaimReport, ...]:
    """Reports on claims, which need not be in the registry, by the engines given.

    Parameters
    ----------
    claims : sequence of Claim
    budget : Budget
        `seconds` is for each claim, shared by its cases and engines.
    engines : sequence of AbstractEngine
    jobs : int
        How many processes at a time, ≥ 1.
    progress : callable, optional
        Told in a short text what ends.
    on_record : iterable of Evidence
        Stands for a run of the engines on the cases that it is about.

    Raises
    ------
    Interrupted
        On Ctrl-C, with the reports on all claims of which something was finished.
    """
    tasks = [task for claim in claims for task in _plan(claim, engines)]
    found: dict[int, Evidence] = {}
    try:
        found |= _recorded(tasks, on_record)
        _run(tasks, found, budget, jobs, progress or (lambda _: None))
    except KeyboardInterrupt:
        begun = {id(tasks[key].claim) for key in found}
        done = tuple(_report(claim, tasks, found) for claim in claims if id(claim) in begun)
        raise Interrupted(done) from None
    return tuple(_report(claim, tasks, found) for claim in claims)


def _plan(claim: Claim, engines: Sequence[AbstractEngine]) -> list[Task]:
    """The tasks on a claim; those come first that are likely to settle a case, so that the rest is short.

    That is a proof, but a refutation where a claim that is not held to be true names suspects.
    """
    ordered = sorted(engines, key=lambda engine: (engine.patience, engine.name))
    first: list[Task] = []
    second: list[Task] = []
    for case in claim.cases:
        likely_false = claim.expected is not Expectation.NOT_REFUTED and bool(case.suspects)
        hashed = statement_hash(case.statement)
        for engine in ordered:
            proves = engine.ceiling is Verdict.PROVED
            task = Task(claim=claim, case=case, engine=engine, statement_hash=hashed)
            (second if proves is likely_false else first).append(task)
    return [*first, *second]


def _recorded(tasks: Sequence[Task], on_record: Iterable[Evidence]) -> dict[int, Evidence]:
    """Evidence for every task on a case that is on record."""
    stored = {(item.claim, item.case, item.engine): item for item in on_record}
    cases = {(claim, case) for claim, case, _ in stored}
    found = {}
    for key, task in enumerate(tasks):
        place = (task.claim.id, task.case.name)
        if place in cases:
            absent = _blank(task, Verdict.NOT_RUN, NOT_ON_RECORD)
            found[key] = stored.get((*place, task.engine.name)) or _without_running(task, 1.0) or absent
    return found


def gather(case: Case, engine: AbstractEngine, budget: Budget, claim: str) -> Evidence:
    """Evidence of one engine on one case, audited by the checker."""
    return audit(engine.check(case, budget, claim), case)


def _run(
    tasks: Sequence[Task], found: dict[int, Evidence], budget: Budget, jobs: int, progress: Progress
) -> None:
    """Run every task without evidence, in order, and put its evidence into `found`."""
    clock = _Clock(budget)
    underway: set[int] = set()
    pending = [(key, task) for key, task in enumerate(tasks) if key not in found][::-1]
    with Pool(jobs) as pool:
        while pending or not pool.idle:
            while pending and not pool.full:
                key, task = pending.pop()
                seconds = clock.allows(task)
                evidence = _without_running(task, seconds)
                if evidence is None:
                    pool.start(key, _job(task, replace(budget, seconds=seconds)))
                    underway.add(key)
                else:
                    found[key] = evidence
            for key, outcome in () if pool.idle else pool.finished():
                task = tasks[key]
                found[key] = _evidence(task, outcome)
                clock.note(task, outcome.seconds, found[key].verdict)
                underway.discard(key)
                if found[key].verdict in SETTLED:
                    _hurry(pool, (k for k in underway if tasks[k].case is task.case))
                progress(f"{task.claim.id}: {task.case.name}, {task.engine.name}: {found[key].verdict.value}")


def _hurry(pool: Pool, keys: Iterable[int]) -> None:
    """Leave little time to engines that are still at work on a case that is settled."""
    for key in keys:
        pool.hurry(key, CROSS_CHECK_SECONDS)


class _Clock:
    """How long each task may take: a claim's seconds are shared by its cases and engines.

    The engines that prove leave a part to those that only refute.
    """

    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self._spent: dict[str, float] = {}
        self._settled: set[tuple[str, str]] = set()

    def allows(self, task: Task) -> float:
        """Seconds for a task; little for a second opinion on a case that is proved or refuted already."""
        reserved = FOR_REFUTING if task.engine.ceiling is Verdict.PROVED else 0.0
        left = self._budget.seconds * (1 - reserved) - self._spent.get(task.claim.id, 0.0)
        seconds = min(self._budget.seconds * task.engine.patience, left)
        if (task.claim.id, task.case.name) in self._settled:
            return min(seconds, CROSS_CHECK_SECONDS)
        return seconds

    def note(self, task: Task, seconds: float, verdict: Verdict) -> None:
        """Take in what a task took and came to."""
        self._spent[task.claim.id] = self._spent.get(task.claim.id, 0.0) + seconds
        if verdict in SETTLED:
            self._settled.add((task.claim.id, task.case.name))


def _job(task: Task, budget: Budget) -> Job:
    arguments = (task.case, task.engine, budget, task.claim.id)
    return Job(function=gather, arguments=arguments, seconds=budget.seconds)


def _without_running(task: Task, seconds: float) -> Evidence | None:
    """Evidence that needs no process: outside the fragment, not installed, no time left."""
    try:
        reason, absent = task.engine.accepts(task.case.statement), task.engine.missing()
    except Exception as error:  # noqa: BLE001  (a crash is reported, and the other engines go on)
        return _crash(task, f"{type(error).__name__}: {error}", seconds=0.0)
    if reason is not None:
        return _blank(task, Verdict.UNSUPPORTED, reason)
    if absent is not None:
        return _blank(task, Verdict.NOT_RUN, absent)
    if seconds <= 0:
        return _blank(task, Verdict.NOT_RUN, "the claim's time limit was spent by other engines")
    return None


def _evidence(task: Task, outcome: Outcome) -> Evidence:
    if outcome.killed:
        return _blank(task, Verdict.UNKNOWN, "stopped at its time limit", seconds=outcome.seconds)
    if outcome.crashed:
        return _crash(task, outcome.crashed, seconds=outcome.seconds)
    evidence: Evidence = outcome.value
    return evidence


def _crash(task: Task, why: str, *, seconds: float) -> Evidence:
    alarm = f"{task.engine.name} crashed: {why}"
    return replace(_blank(task, Verdict.UNKNOWN, alarm, seconds=seconds), alarm=alarm)


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
        statement_hash=task.statement_hash,
    )


def _report(claim: Claim, tasks: Sequence[Task], found: dict[int, Evidence]) -> ClaimReport:
    mine = [key for key, task in enumerate(tasks) if task.claim is claim]
    cases = []
    for case in claim.cases:
        keys = [key for key in mine if tasks[key].case is case]
        cases.append(combine_case(case.name, [found[key] for key in keys if key in found]))
    return combine_claim(claim, cases, complete=all(key in found for key in mine))
