"""From a `Robustness` to its document."""

from __future__ import annotations

from flint import arb, ctx, fmpq

from proofs_check.report.decimals import decimal_lower, decimal_number, decimal_upper
from proofs_check.report.document import FileDocument, IntervalDocument
from proofs_check.report.robustness_document import (
    AdversariesDocument,
    CrossingDocument,
    RobustnessDocument,
    RobustnessRowDocument,
)
from theory.expressions import render
from theory.robustness.course import Course, Crossing
from theory.robustness.report import Adversaries, Robustness
from theory.robustness.rows import Row
from theory.version import VERSION

_UNTIL_DIGITS = 12


def robustness_document(robustness: Robustness, file: FileDocument | None = None) -> RobustnessDocument:
    """The document of a robustness report.

    Parameters
    ----------
    robustness : Robustness
    file : FileDocument or None
        The file that the ecosystem was read from.

    Returns
    -------
    RobustnessDocument
    """
    budget = robustness.budget
    return RobustnessDocument(
        ecosystem=robustness.ecosystem.name,
        digits=budget.digits,
        adversaries=tuple(_adversaries(a) for a in robustness.adversaries),
        thresholds=tuple(_row(row, budget.digits) for row in robustness.rows),
        version=VERSION,
        parameters={p.name: render(p.value) for p in robustness.ecosystem.parameters},
        file=file,
        seed=budget.seed,
        time_limit=decimal_number(budget.seconds),
    )


def _adversaries(found: Adversaries) -> AdversariesDocument:
    reward = found.taste.reward
    return AdversariesDocument(
        users=found.users,
        reward=render(reward.polynomial) if reward.table is None else tuple(map(render, reward.table)),
        strength=render(found.taste.strength),
        declared=found.declared,
        share=render(found.share),
    )


def _row(row: Row, digits: int) -> RobustnessRowDocument:
    course = row.course
    falls = None if course is None else course.falls
    return RobustnessRowDocument(
        users=row.users,
        on=row.model,
        quantity=row.quantity.value,
        when=row.when.value,
        reference=row.reference.value,
        verdict=row.verdict.value,
        share=None if falls is None else _interval(falls, digits),
        exact=_exact(row, falls),
        at_zero=None if course is None else course.at_zero.value,
        after_zero=None if course is None else course.after_zero.value,
        crossings=() if course is None else tuple(_crossing(c, digits) for c in course.crossings),
        until=None if course is None else _until(course),
        detail=row.detail,
    )


def _crossing(found: Crossing, digits: int) -> CrossingDocument:
    return CrossingDocument(
        share=_interval(found, digits),
        exact=None if found.exact is None else str(found.exact),
        to=found.to.value,
    )


def _interval(found: Crossing, digits: int) -> IntervalDocument:
    with ctx.workprec(64 + 4 * digits):
        share = found.share if found.exact is None else arb(found.exact)
    return IntervalDocument(lo=decimal_lower(share, digits), hi=decimal_upper(share, digits))


def _exact(row: Row, falls: Crossing | None) -> str | None:
    if falls is None:
        return None
    if falls.exact is not None:
        return str(falls.exact)
    return None if row.formula is None else render(row.formula)


def _until(course: Course) -> str | None:
    """Rounded down, so that everything up to it is settled."""
    if course.until == fmpq(1):
        return "1"
    with ctx.workprec(128):
        return decimal_lower(arb(course.until), _UNTIL_DIGITS)
