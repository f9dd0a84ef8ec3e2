"""Falsification: directed search for exact counterexamples, and exact random experiments."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Any, ClassVar

import sympy

from proofs_check.checker.boxes import bounds_of
from proofs_check.checker.points import NotRational, exact_value
from proofs_check.claim import AnyStatement, Case, Point
from proofs_check.engine import AbstractEngine, Canaries, Finding
from proofs_check.evidence.verdict import Verdict
from proofs_check.refuting.arrays import nearest
from proofs_check.refuting.directed_search import DirectedSearch, Found, Range
from proofs_check.refuting.exact_points import ExactPoints
from proofs_check.refuting.random_instances import Trial, random_instances, random_points
from proofs_check.statements.canonical import encode_expression, encode_statement
from proofs_check.statements.experiment import Experiment
from proofs_check.statements.limit_statement import LimitStatement
from proofs_check.statements.statement import Comparison, Relation, SchurStable, Statement, Variable
from theory.budget import Budget

GENERATIONS = 60
ENOUGH_POINTS = 30


class FalsificationEngine(AbstractEngine):
    """Refutes by an exact point; supports where a search of known size finds none.

    In turn: the suspects that a case names, differential evolution and climbs on the violation (the best
    points made rational), and Hypothesis on small fractions.  Experiments are drawn by Hypothesis alone.
    """

    name: ClassVar[str] = "falsification"
    ceiling: ClassVar[Verdict] = Verdict.SUPPORTED
    packages: ClassVar[tuple[str, ...]] = ("numpy", "hypothesis")
    patience: ClassVar[float] = 0.3

    def refusal(self, statement: AnyStatement) -> str | None:
        return "it is about a limit" if isinstance(statement, LimitStatement) else None

    def attempt(self, case: Case, budget: Budget) -> Finding:
        if isinstance(case.statement, Experiment):
            return _experiment(case.statement, budget)
        if isinstance(case.statement, LimitStatement):
            return Finding(verdict=Verdict.UNSUPPORTED, detail="it is about a limit")
        points = ExactPoints(encode_statement(case.statement))
        named = case.suspects if case.witness is None else (*case.suspects, case.witness)
        for suspect in _named(named, points):
            if points.violated(suspect) is not None:
                return _refuted(points.certificate(suspect), "a named point")
        found = DirectedSearch(points, _ranges(case.statement, points)).run(
            budget, GENERATIONS, [points.free_part(point) for point in _named(named, points)]
        )
        if found.certificate is not None:
            return _refuted(found.certificate, f"directed search, {found.evaluations} evaluations")
        drawn = random_points(case.statement, points, budget)
        if drawn.certificate is not None:
            return _refuted(drawn.certificate, f"Hypothesis, {drawn.instances} points")
        return _supported(found, drawn, budget.seed)

    def canaries(self) -> Canaries:
        a, b, c, d = sympy.symbols("a b c d", real=True)
        variables = tuple(Variable(symbol=s) for s in (a, b, c, d))
        matrix = SchurStable(sympy.ImmutableDenseMatrix([[a, b], [c, d]]))
        determinant = (1 - a) * (1 - d) - b * c
        zero = tuple((name, sympy.S.Zero) for name in "abcd")

        def case(name: str, expression: sympy.Expr) -> Case:
            conclusion = Relation(expression, Comparison.GREATER, sympy.S.Zero)
            statement = Statement(variables=variables, hypotheses=(matrix,), conclusions=(conclusion,))
            return Case(name=name, statement=statement, witness=zero)

        limit = LimitStatement(variables=(a,), step=(a / 2,), start=(sympy.S.One,), limit=(sympy.S.Zero,))
        return Canaries(
            affirms=case("determinant", determinant),
            refutes=case("entry", (1 - d) / determinant),
            unsupported=Case(name="halving", statement=limit),
        )


def _experiment(experiment: Experiment, budget: Budget) -> Finding:
    if importlib.util.find_spec("hypothesis") is None:
        return Finding(verdict=Verdict.NOT_RUN, detail="the package hypothesis is not installed")
    trial: Trial = random_instances(experiment, budget)
    if trial.counterexample:
        return Finding(verdict=Verdict.REFUTED, detail=f"exact counterexample: {trial.counterexample}")
    if trial.instances < min(experiment.samples, ENOUGH_POINTS):
        return Finding(verdict=Verdict.UNKNOWN, detail=f"only {trial.instances} instances were drawn in time")
    return Finding(verdict=Verdict.SUPPORTED, detail=f"{trial.instances} instances, no counterexample")


def _refuted(certificate: dict[str, Any], how: str) -> Finding:
    point = ", ".join(f"{name} = {value}" for name, value in certificate["point"].items())
    return Finding(verdict=Verdict.REFUTED, detail=f"{how}: {point}", certificate=certificate)


def _supported(found: Found, drawn: Trial, seed: int) -> Finding:
    feasible = found.feasible + drawn.feasible
    effort = (
        f"{found.evaluations} points of a directed search with {found.climbs} climbs "
        f"and {drawn.instances} by Hypothesis (seed {seed})"
    )
    if feasible < ENOUGH_POINTS:
        detail = f"only {feasible} of {effort} satisfy the hypotheses"
        return Finding(verdict=Verdict.UNKNOWN, detail=detail)
    detail = (
        f"no counterexample among {effort}, {feasible} of them satisfying the hypotheses; "
        f"least slack {found.least:.3g}"
    )
    return Finding(verdict=Verdict.SUPPORTED, detail=detail)


def _named(named: Iterable[Point], points: ExactPoints) -> Iterator[dict[str, Fraction]]:
    """Those of the named points that are rational and complete."""
    for point in named:
        value = _rational(point)
        if value is not None and set(points.names) == value.keys():
            yield value


def _rational(point: Point) -> dict[str, Fraction] | None:
    try:
        return {name: exact_value(encode_expression(sympy.sympify(value)), {}) for name, value in point}
    except NotRational:
        return None


def _ranges(statement: Statement, points: ExactPoints) -> list[Range]:
    """Where to start: a variable's bounds among the hypotheses, else its typical range."""
    low, high = bounds_of(points.encoded)
    typical = {variable.symbol.name: variable.typical for variable in statement.variables}
    ranges = []
    for name in points.free:
        a = nearest(low.get(name, Fraction(str(typical[name][0]))))
        b = nearest(high.get(name, Fraction(str(typical[name][1]))))
        bounded = name in low and name in high
        ranges.append(Range(low=a, high=b if a < b else a + 1.0, bounded=bounded))
    return ranges
