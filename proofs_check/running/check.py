"""Check: claims of the catalogue, by the engines or from the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field

from proofs_check import registry
from proofs_check.claim import Claim
from proofs_check.evidence.evidence import ClaimReport, Evidence
from proofs_check.evidence.origin import Origin
from proofs_check.mutation.examination import MutantTally, recorded
from proofs_check.registry import BrokenClaim
from proofs_check.running.processes import Job, Pool
from proofs_check.running.reuse import Reuse, reusable
from proofs_check.running.runner import Interrupted, Progress, check_claims
from theory.budget import Budget

WORTH_PROCESSES = 8
"""From this many claims on it pays to read them in other processes."""
READ_SECONDS = 600.0


@dataclass(frozen=True, kw_only=True)
class Checked:
    """What a check came to.

    Parameters
    ----------
    reports : tuple of ClaimReport
        On the claims that could be loaded; after an interruption, on those of which something was finished.
    broken : tuple of BrokenClaim
        The claims that could not be loaded.
    mutants : mapping of claim id to MutantTally
        What is on record for mutants, where it was read along with the claims.
    interrupted : bool
    """

    reports: tuple[ClaimReport, ...] = ()
    broken: tuple[BrokenClaim, ...] = ()
    mutants: Mapping[str, MutantTally] = field(default_factory=dict)
    interrupted: bool = False


@dataclass(kw_only=True)
class _Prepared:
    """Claims as they are loaded, with their evidence on record."""

    claims: list[Claim] = field(default_factory=list)
    broken: list[BrokenClaim] = field(default_factory=list)
    evidence: list[Evidence] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class _Reading:
    """A claim with what is on record for it and for its mutants."""

    claim: Claim
    reuse: Reuse
    mutants: MutantTally | None


def check(
    ids: Iterable[str],
    budget: Budget,
    *,
    fresh: bool = True,
    jobs: int = 2,
    progress: Progress | None = None,
    warn: Progress | None = None,
) -> Checked:
    """Check the claims of these ids with every engine that accepts each.

    An interruption ends it early; a claim that cannot be loaded does not.

    Parameters
    ----------
    ids : iterable of str
    budget : Budget
        `seconds` is for each claim, shared by its cases and engines.
    fresh : bool
        Run the engines on every case; else take from the shipped ledger what they would only find again.
    jobs : int
        How many processes at a time, ≥ 1.
    progress : callable, optional
        Told in a short text what ends.
    warn : callable, optional
        Told why a part of the ledger is not trusted.

    Raises
    ------
    InvalidInput
        On an unknown id.
    """
    tell, engines = progress or (lambda _: None), registry.engines()
    prepared = _Prepared()
    reports: tuple[ClaimReport, ...] = ()
    ahead: dict[str, _Reading] = {}
    interrupted = False
    try:
        origin = None if fresh else Origin.of(engines, budget)
        chosen = tuple(ids)
        ahead = _read_ahead(chosen, origin, jobs, tell)
        for claim_id in chosen:
            tell(f"{claim_id}: reading")
            _prepare(claim_id, prepared, origin, warn or (lambda _: None), ahead.get(claim_id))
        reports = check_claims(
            prepared.claims,
            budget,
            engines=engines,
            jobs=jobs,
            progress=tell,
            on_record=prepared.evidence,
        )
    except Interrupted as interruption:
        reports, interrupted = interruption.reports, True
    except KeyboardInterrupt:
        interrupted = True
    return Checked(
        reports=reports,
        broken=tuple(prepared.broken),
        mutants={key: reading.mutants for key, reading in ahead.items() if reading.mutants is not None},
        interrupted=interrupted,
    )


def _read_ahead(
    ids: tuple[str, ...], origin: Origin | None, jobs: int, tell: Progress
) -> dict[str, _Reading]:
    """Claims, with their evidence on record when an origin is given, read side by side; failures left out."""
    if jobs < 2 or len(ids) < WORTH_PROCESSES:
        return {}
    found: dict[str, _Reading] = {}
    parts = [ids[k::jobs] for k in range(jobs)]  # one process's claims share what they are built from
    tell("reading the claims")
    pending = list(enumerate(parts))[::-1]
    with Pool(jobs) as pool:
        while pending or not pool.idle:
            while pending and not pool.full:
                key, part = pending.pop()
                pool.start(key, Job(function=_read, arguments=(part, origin), seconds=READ_SECONDS))
            for key, outcome in () if pool.idle else pool.finished():
                tell(f"{', '.join(parts[key])}: read")
                found |= outcome.value or {}
    return found


def _read(ids: tuple[str, ...], origin: Origin | None) -> dict[str, _Reading]:
    """Those claims that can be loaded."""
    found = {}
    for claim_id in ids:
        with suppress(BrokenClaim):
            claim = registry.load(claim_id)
            reuse = Reuse() if origin is None else reusable(claim, origin)
            found[claim_id] = _Reading(claim=claim, reuse=reuse, mutants=recorded(claim))
    return found


def _prepare(
    claim_id: str,
    prepared: _Prepared,
    origin: Origin | None,
    warn: Progress,
    ahead: _Reading | None,
) -> None:
    """Take a claim, and its evidence on record when an origin is given, as read ahead or now."""
    try:
        claim = registry.load(claim_id) if ahead is None else ahead.claim
    except BrokenClaim as error:
        prepared.broken.append(error)
        return
    if origin is not None:
        reuse = reusable(claim, origin) if ahead is None else ahead.reuse
        prepared.evidence += reuse.evidence
        for fault in reuse.faults:
            warn(f"the ledger is not trusted, so the engines run: {' '.join(fault.split())}")
    prepared.claims.append(claim)
