"""Judgement: facts and slacks together as one condition."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from proofs_check.conditions.ecosystem_condition import EcosystemCondition, Holds
from theory.equilibrium.result import Interval


@dataclass(frozen=True)
class Fact:
    """A hypothesis without a margin: proved true, proved false, or None when neither."""

    words: str
    holds: bool | None


@dataclass(frozen=True)
class Slack:
    """A hypothesis ``quantity > 0`` with an interval that encloses the quantity; None without information."""

    words: str
    value: Interval | None


def not_applicable(claim: str, needs: str) -> EcosystemCondition:
    """The claim is about ecosystems of another shape."""
    return EcosystemCondition(claim=claim, holds=Holds.NOT_APPLICABLE, detail=needs)


def without_equilibrium(claim: str) -> EcosystemCondition:
    """No equilibrium is proved to be reached."""
    return EcosystemCondition(
        claim=claim, holds=Holds.UNDECIDED, detail="no equilibrium is proved to be reached"
    )


def only_replaced(claim: str) -> EcosystemCondition:
    """The claim is about rounds that train on their own data alone."""
    return not_applicable(claim, "data that each round replaces")


def giving(condition: EcosystemCondition, *numbers: tuple[str, Interval | None]) -> EcosystemCondition:
    """The condition with what the claim says in numbers, where its hypotheses hold."""
    if condition.holds is not Holds.YES:
        return condition
    known = tuple((name, value) for name, value in numbers if value is not None)
    return replace(condition, gives=known)


def judged(claim: str, facts: Sequence[Fact], slacks: Sequence[Slack]) -> EcosystemCondition:
    """Yes when every fact and slack is proved, no when one is proved to fail, else undecided."""
    failed = [f.words for f in facts if f.holds is False] + [s.words for s in slacks if _fails(s)]
    unsettled = [f.words for f in facts if f.holds is None] + [
        s.words for s in slacks if not _fails(s) and not _holds(s)
    ]
    margin = _least([s.value for s in slacks if s.value is not None])
    if failed:
        return _condition(claim, Holds.NO, margin, "fails: " + "; ".join(failed))
    if unsettled:
        return _condition(claim, Holds.UNDECIDED, margin, "undecided: " + "; ".join(unsettled))
    return _condition(
        claim, Holds.YES, margin, "; ".join([f.words for f in facts] + [s.words for s in slacks])
    )


def _condition(claim: str, holds: Holds, margin: Interval | None, detail: str) -> EcosystemCondition:
    return EcosystemCondition(claim=claim, holds=holds, margin=margin, detail=detail)


def _holds(slack: Slack) -> bool:
    return slack.value is not None and bool(slack.value.lower > 0)


def _fails(slack: Slack) -> bool:
    return slack.value is not None and bool(slack.value.upper <= 0)


def _least(values: Sequence[Interval]) -> Interval | None:
    """Encloses the least of the enclosed quantities; ends are exact, so that comparing them decides."""
    if not values:
        return None
    return Interval(min(v.lower for v in values), min(v.upper for v in values))
