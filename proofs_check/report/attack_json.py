"""From attack reports to their document and their tables of numbers."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

from proofs_check.report.attack_document import (
    AttackDocument,
    DataSetDocument,
    FrontDocument,
    FrontPointDocument,
    LongRunDocument,
    OutcomeDocument,
    ReachedDocument,
    SmallSetsDocument,
)
from proofs_check.report.decimals import decimal_number
from theory.attack.pareto import ParetoFront
from theory.attack.report import AttackOutcome, AttackReport
from theory.attack.small_sets import SmallSetComparison
from theory.version import VERSION


def attack_document(
    reports: Sequence[AttackReport],
    comparison: SmallSetComparison | None,
    *,
    seed: int,
    interrupted: bool = False,
) -> AttackDocument:
    """The document of some attacks.

    Parameters
    ----------
    reports : sequence of AttackReport
    comparison : SmallSetComparison or None
    seed : int
    interrupted : bool
        Whether something that was asked for is missing altogether.

    Returns
    -------
    AttackDocument
    """
    parts = [*reports, *(() if comparison is None else (comparison,))]
    return AttackDocument(
        data=tuple(_data_set(report) for report in reports),
        small_sets=None if comparison is None else _small_sets(comparison),
        seed=seed,
        interrupted=interrupted or any(part.interrupted for part in parts),
        version=VERSION,
    )


def rounds_csv(document: DataSetDocument) -> str:
    """One row an attacker and round."""
    rows = [
        (outcome.attacker, turn, *values)
        for outcome in document.outcomes
        for turn, values in enumerate(zip(outcome.weight, outcome.potential, outcome.gap, strict=True))
    ]
    return _csv(("attacker", "round", "weight", "potential", "gap"), rows)


def front_csv(document: DataSetDocument) -> str:
    """One row a point of the Pareto front, then one an attacker."""
    points = () if document.front is None else document.front.points
    front = [("front", p.covariance, p.distance, " ".join(map(str, p.flips))) for p in points]
    played = [(o.attacker, o.covariance, o.distance, " ".join(map(str, o.flips))) for o in document.outcomes]
    return _csv(("attacker", "covariance", "distance", "flips"), front + played)


def small_sets_csv(document: SmallSetsDocument) -> str:
    """One row an instance, one column an attacker."""
    columns = [reached.parts for reached in document.reached]
    rows = [(number, *parts) for number, parts in enumerate(zip(*columns, strict=True))]
    return _csv(("instance", *(reached.attacker for reached in document.reached)), rows)


def _csv(head: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(rows)
    return text.getvalue().removesuffix("\n")


def _data_set(report: AttackReport) -> DataSetDocument:
    trial = report.trial
    return DataSetDocument(
        data=trial.data,
        items=len(report.items.points),
        pairs=trial.pairs,
        budget=report.problem.budget,
        share=decimal_number(trial.share),
        rounds=trial.rounds,
        ridge=decimal_number(trial.ridge),
        penalty=decimal_number(trial.penalty),
        outcomes=tuple(_outcome(outcome) for outcome in report.outcomes),
        front=None if report.front is None else _front(report.front),
    )


def _outcome(outcome: AttackOutcome) -> OutcomeDocument:
    course, limit = outcome.course, outcome.limit
    chances = {str(item): decimal_number(p) for item, p in zip(limit.items, limit.chances, strict=True)}
    return OutcomeDocument(
        attacker=outcome.attacker,
        flips=outcome.flips,
        parameters=_numbers(outcome.parameters.tolist()),
        covariance=decimal_number(outcome.covariance),
        distance=decimal_number(outcome.distance),
        threshold=None if outcome.threshold is None else decimal_number(outcome.threshold),
        weight=_numbers(course.weight),
        predicted=_numbers(course.predicted),
        identity_error=decimal_number(course.identity_error),
        potential=_numbers(course.potential),
        gap=_numbers(course.gap),
        slack=decimal_number(min(course.slack)) if course.slack else None,
        limit=LongRunDocument(
            items=chances, weight=decimal_number(limit.weight), potential=decimal_number(limit.potential)
        ),
    )


def _front(front: ParetoFront) -> FrontDocument:
    points = tuple(
        FrontPointDocument(
            flips=point.flips,
            covariance=decimal_number(point.covariance),
            distance=decimal_number(point.distance),
        )
        for point in front.points
    )
    return FrontDocument(exact=front.exact, points=points)


def _small_sets(comparison: SmallSetComparison) -> SmallSetsDocument:
    drawn = comparison.drawn
    return SmallSetsDocument(
        instances=comparison.instances,
        pairs=drawn.pairs,
        budget=drawn.budget,
        items=drawn.items,
        dimension=drawn.dimension,
        reached=tuple(_reached(comparison, name, parts) for name, parts in comparison.reached if parts),
    )


def _reached(comparison: SmallSetComparison, name: str, parts: tuple[float, ...]) -> ReachedDocument:
    least, low, median, high = _numbers(comparison.quantiles(name, 0, 0.25, 0.5, 0.75))
    return ReachedDocument(
        attacker=name, median=median, quartiles=(low, high), least=least, parts=_numbers(parts)
    )


def _numbers(values: Iterable[float]) -> tuple[str, ...]:
    return tuple(decimal_number(float(value)) for value in values)
