"""Random instances drawn by Hypothesis, reproducibly, and shrunk to simple counterexamples."""

from __future__ import annotations

import importlib.util
import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from importlib import import_module
from typing import Any

from proofs_check.refuting.exact_points import ExactPoints
from proofs_check.statements.experiment import Experiment
from proofs_check.statements.statement import Statement
from theory.budget import Budget

POINTS = 150
DENOMINATOR = 12


@dataclass(frozen=True, kw_only=True)
class Trial:
    """How many instances were drawn, how many satisfied the hypotheses, and the counterexample, if any."""

    instances: int = 0
    feasible: int = 0
    counterexample: str = ""
    certificate: dict[str, Any] | None = None


class _OutOfTime(BaseException):
    """Ends a Hypothesis run at the deadline."""


class _Counterexample(Exception):
    """An instance that fails; Hypothesis shrinks it."""


def random_instances(experiment: Experiment, budget: Budget) -> Trial:
    """Run an experiment on instances that its strategy draws."""
    counts = {"drawn": 0}
    last: list[str] = []

    def test(instance: Any) -> None:
        counts["drawn"] += 1
        description = experiment.predicate(instance)
        if description is not None:
            last[:] = [description]
            raise _Counterexample(description)

    _drive(experiment.strategy(), test, experiment.samples, budget)
    return Trial(instances=counts["drawn"], feasible=counts["drawn"], counterexample=last[0] if last else "")


def random_points(statement: Statement, points: ExactPoints, budget: Budget) -> Trial:
    """Points with small denominators in the variables' typical ranges; nothing if Hypothesis is missing."""
    if importlib.util.find_spec("hypothesis") is None:
        return Trial()
    from hypothesis import strategies

    typical = {variable.symbol.name: variable.typical for variable in statement.variables}
    drawn = {
        name: strategies.fractions(
            min_value=Fraction(str(typical[name][0])),
            max_value=Fraction(str(typical[name][1])),
            max_denominator=DENOMINATOR,
        )
        for name in points.free
    }
    counts = {"drawn": 0, "feasible": 0}
    last: list[dict[str, Any]] = []

    def test(free: dict[str, Fraction]) -> None:
        counts["drawn"] += 1
        point = points.complete(free)
        if point is None or not points.holds(point):
            return
        counts["feasible"] += 1
        if points.violated(point) is not None:
            last[:] = [points.certificate(point)]
            raise _Counterexample("a conclusion fails")

    _drive(strategies.fixed_dictionaries(drawn), test, POINTS, budget)
    certificate = last[0] if last else None
    return Trial(instances=counts["drawn"], feasible=counts["feasible"], certificate=certificate)


def _drive(strategy: Any, test: Callable[[Any], None], samples: int, budget: Budget) -> None:
    """Let Hypothesis draw and shrink, with the budget's seed, no database and no files left behind."""
    os.environ.setdefault("HYPOTHESIS_STORAGE_DIRECTORY", tempfile.gettempdir())
    hypothesis: Any = import_module("hypothesis")

    def timed(instance: Any) -> None:
        if budget.spent:
            raise _OutOfTime
        test(instance)

    settings = hypothesis.settings(
        max_examples=samples,
        database=None,
        deadline=None,
        suppress_health_check=list(hypothesis.HealthCheck),
        verbosity=hypothesis.Verbosity.quiet,
        report_multiple_bugs=False,
        phases=(hypothesis.Phase.generate, hypothesis.Phase.shrink),
    )
    run = hypothesis.seed(budget.seed)(settings(hypothesis.given(strategy)(timed)))
    try:
        run()
    except (_Counterexample, _OutOfTime):
        return
