"""What the figure shows of an attack report."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace

from paper_figures.figure_data import FigureData, Series
from paper_figures.progress import Progress
from theory.attack.data_sets.registry import data_sets
from theory.attack.report import UNTOUCHED, AttackOutcome, AttackReport, AttackTrial, attack
from theory.attack.small_sets import SmallSetComparison, SmallSets, compare
from theory.budget import Budget

_DEFAULT = "eight-gaussians"
_INSTANCES = 50


def data(budget: Budget, progress: Progress) -> FigureData:
    """The attack on the eight Gaussians and on small sets."""
    report = attack(AttackTrial(data=_DEFAULT, seed=budget.seed), progress)
    comparison = compare(SmallSets(instances=_INSTANCES), budget.seed, progress)
    if report.interrupted or comparison.interrupted:
        raise KeyboardInterrupt
    return figure_data(report, comparison, budget)


def figure_data(report: AttackReport, comparison: SmallSetComparison | None, budget: Budget) -> FigureData:
    """The figure's numbers for any report.

    Parameters
    ----------
    report : AttackReport
    comparison : SmallSetComparison or None
        Without one, the last panel is empty.
    budget : Budget

    Returns
    -------
    FigureData
    """
    double = replace(budget, digits=sys.float_info.dig)
    shown = min(report.outcomes, key=lambda outcome: outcome.covariance)
    series = [
        *_items(report, shown),
        *_trade(report),
        *(_rounds(outcome) for outcome in report.outcomes),
        *(_first_round(report, outcome) for outcome in report.outcomes if report.trial.rounds),
        *([] if comparison is None or not comparison.instances else [_reached(comparison)]),
    ]
    return FigureData.of(
        "attack", series, double, facts=_facts(report, shown), parameters=_parameters(report, comparison)
    )


def _items(report: AttackReport, shown: AttackOutcome) -> Iterator[Series]:
    first, second = report.items.points.T
    features = report.problem.preferences.features
    for panel, parameters in (("a", report.problem.untouched), ("b", shown.parameters)):
        reward = features @ parameters
        yield Series.of(panel, "items", x=first, y=second, reward=reward - reward.mean())
    ends = report.problem.preferences.pairs[list(shown.flips)]
    yield Series.of(
        "a",
        "flips",
        x_from=first[ends[:, 0]],
        y_from=second[ends[:, 0]],
        x_to=first[ends[:, 1]],
        y_to=second[ends[:, 1]],
    )


def _trade(report: AttackReport) -> Iterator[Series]:
    if report.front is not None:
        points = report.front.points
        yield Series.of(
            "c",
            "front",
            distance=[point.distance for point in points],
            covariance=[point.covariance for point in points],
        )
    yield Series.of(
        "c",
        "attackers",
        attacker=[outcome.attacker for outcome in report.outcomes],
        distance=[outcome.distance for outcome in report.outcomes],
        covariance=[outcome.covariance for outcome in report.outcomes],
    )


def _rounds(outcome: AttackOutcome) -> Series:
    weight = outcome.course.weight
    limit = [outcome.limit.weight] * len(weight)
    return Series.of("d", outcome.attacker, round=range(len(weight)), weight=weight, limit=limit)


def _first_round(report: AttackReport, outcome: AttackOutcome) -> Series:
    """The line from the honest gain at share 0 to the covariance at share 1, and what was measured."""
    honest = report.outcome(UNTOUCHED).covariance
    course = outcome.course
    return Series.of(
        "e",
        outcome.attacker,
        share=[0.0, report.trial.share, 1.0],
        gain=[honest, course.weight[1] - course.weight[0], outcome.covariance],
    )


def _reached(comparison: SmallSetComparison) -> Series:
    names = [name for name, parts in comparison.reached if parts]
    quantiles = [comparison.quantiles(name, 0, 0.25, 0.5, 0.75, 1) for name in names]
    least, low, median, high, most = zip(*quantiles, strict=True)
    return Series.of(
        "f", "reached", attacker=names, least=least, low=low, median=median, high=high, most=most
    )


def _facts(report: AttackReport, shown: AttackOutcome) -> dict[str, str]:
    error = max(outcome.course.identity_error for outcome in report.outcomes)
    front = report.front
    how = "not computed" if front is None else "every set tried" if front.exact else "the best that was found"
    return {"shown": shown.attacker, "front": how, "error": f"{error:.1e}"}


def _parameters(report: AttackReport, comparison: SmallSetComparison | None) -> dict[str, str]:
    trial = report.trial
    return {
        "data": trial.data,
        "about": data_sets()[trial.data].about,
        "axes": " / ".join(report.items.axes),
        "items": str(len(report.items.points)),
        "pairs": str(trial.pairs),
        "budget": str(report.problem.budget),
        "share": f"{trial.share:g}",
        "rounds": str(trial.rounds),
        "ridge": f"{trial.ridge:g}",
        "small_sets": "No small sets were played." if comparison is None else _small_sets(comparison),
    }


def _small_sets(comparison: SmallSetComparison) -> str:
    drawn = comparison.drawn
    return (
        "Part of the optimal damage, found by trying all flips, that attackers reach on "
        f"{comparison.instances} random sets of {drawn.pairs} pairs and at most {drawn.budget} flips: "
        "median, quartiles, range."
    )
