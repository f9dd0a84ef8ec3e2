"""z3: the negated statement to a solver of real arithmetic, whose models are put back exactly."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Iterator
from fractions import Fraction
from typing import Any, ClassVar

import sympy

from proofs_check.checker.facts import Condition, problem_of
from proofs_check.checker.polynomials import Polynomial
from proofs_check.checker.terms import Refused
from proofs_check.claim import AnyStatement, Case
from proofs_check.engine import AbstractEngine, Canaries, Finding
from proofs_check.evidence.verdict import Verdict
from proofs_check.refuting.exact_points import ExactPoints
from proofs_check.statements.canonical import encode_statement
from proofs_check.statements.fragment import functions
from proofs_check.statements.statement import Comparison, Relation, SchurStable, Statement, Variable
from theory.budget import Budget

MAX_MATRIX = 3
SHARE = 0.8


class SmtEngine(AbstractEngine):
    """Refutes with z3's models, made rational and tested exactly; supports where z3 answers ``unsat``.

    An ``unsat`` is the solver's opinion: it carries no certificate and never proves.
    """

    name: ClassVar[str] = "smt"
    ceiling: ClassVar[Verdict] = Verdict.SUPPORTED
    packages: ClassVar[tuple[str, ...]] = ("z3-solver",)
    patience: ClassVar[float] = 0.15

    def refusal(self, statement: AnyStatement) -> str | None:
        if not isinstance(statement, Statement):
            return "it is not an implication"
        if functions(statement):
            return "it holds roots or transcendental functions"
        for condition in (*statement.hypotheses, *statement.conclusions):
            if isinstance(condition, SchurStable) and condition.matrix.shape[0] > MAX_MATRIX:
                return f"a stable matrix larger than {MAX_MATRIX} × {MAX_MATRIX}"
        return None

    def missing(self) -> str | None:
        return None if importlib.util.find_spec("z3") else "the package z3-solver is not installed"

    def attempt(self, case: Case, budget: Budget) -> Finding:
        encoded = encode_statement(case.statement)
        try:
            question = _Question(encoded)
        except Refused as error:
            return Finding(verdict=Verdict.UNKNOWN, detail=str(error))
        for tactic in ("", "qfnra-nlsat"):
            answer, model = question.ask(tactic, SHARE * budget.seconds / 2)
            if answer == "unsat":
                return Finding(verdict=Verdict.SUPPORTED, detail="asserted by z3, which gives no certificate")
            if answer == "sat":
                return _put_back(encoded, model)
        return Finding(verdict=Verdict.UNKNOWN, detail="z3 gave no answer in time")

    def canaries(self) -> Canaries:
        x, y = sympy.symbols("x y", real=True)
        variables = (Variable(symbol=x), Variable(symbol=y))
        positive = Relation(x * y, Comparison.GREATER, sympy.S.One)
        one = (("x", sympy.Integer(2)), ("y", sympy.S.One))

        def case(name: str, conclusion: Relation) -> Case:
            statement = Statement(variables=variables, hypotheses=(positive,), conclusions=(conclusion,))
            return Case(name=name, statement=statement, witness=one)

        return Canaries(
            affirms=case("means", Relation(x**2 + y**2, Comparison.GREATER, sympy.Integer(2))),
            refutes=case("signs", Relation(x + y, Comparison.GREATER, sympy.S.Zero)),
            unsupported=case("exponential", Relation(sympy.exp(x), Comparison.GREATER, sympy.S.Zero)),
        )


class _Question:
    """Hypotheses and the negated conclusions, as polynomial conditions in z3's terms."""

    def __init__(self, encoded: dict[str, Any]) -> None:
        self._z3 = importlib.import_module("z3")
        problem = problem_of(encoded)
        self._names = problem.algebra.names
        self._reals = {name: self._z3.Real(f"v{k}") for k, name in enumerate(self._names)}
        self._facts = [self._relation(fact) for fact in problem.facts.values()]
        divisors = [self._relation(goal) for name, goal in problem.goals.items() if ".d" in name]
        fails = [self._z3.Not(self._relation(g)) for name, g in problem.goals.items() if ".d" not in name]
        self._negation = [*divisors, self._z3.Or(*fails)]

    def ask(self, tactic: str, seconds: float) -> tuple[str, dict[str, Fraction]]:
        """(``sat``, ``unsat`` or ``unknown``; the model's values, rounded where they are irrational)."""
        solver = self._z3.Tactic(tactic).solver() if tactic else self._z3.Solver()
        solver.set("timeout", max(1, int(1000 * seconds)))
        solver.add(*self._facts, *self._negation)
        answer = str(solver.check())
        if answer != "sat":
            return answer, {}
        model = solver.model()
        values = {name: model.eval(real, model_completion=True) for name, real in self._reals.items()}
        return answer, {name: self._fraction(value) for name, value in values.items()}

    def _fraction(self, value: Any) -> Fraction:
        if self._z3.is_algebraic_value(value):
            value = value.approx(40)
        return Fraction(value.numerator_as_long(), value.denominator_as_long())

    def _relation(self, condition: Condition) -> Any:
        value = self._sum(condition.polynomial)
        return {
            ">": value > 0,
            ">=": value >= 0,
            "=": value == 0,
            "!=": value != 0,
        }[condition.relation]

    def _sum(self, polynomial: Polynomial) -> Any:
        terms = []
        for exponents, c in polynomial.items():
            factors = [self._z3.Q(c.numerator, c.denominator), *self._powers(exponents)]
            terms.append(self._z3.Product(*factors) if len(factors) > 1 else factors[0])
        return self._z3.Sum(*terms) if terms else self._z3.RealVal(0)

    def _powers(self, exponents: tuple[int, ...]) -> Iterator[Any]:
        for name, exponent in zip(self._names, exponents, strict=True):
            yield from [self._reals[name]] * exponent


def _put_back(encoded: dict[str, Any], model: dict[str, Fraction]) -> Finding:
    """A refutation when the model, or a simple point near it, fails the exact statement."""
    points = ExactPoints(encoded)
    if points.violated(model) is not None:
        certificate: dict[str, Any] | None = points.certificate(model)
    else:
        certificate = points.refutation(points.free_part(model))
    if certificate is None:
        return Finding(verdict=Verdict.UNKNOWN, detail="z3's model could not be made an exact counterexample")
    shown = ", ".join(f"{name} = {value}" for name, value in certificate["point"].items())
    return Finding(
        verdict=Verdict.REFUTED, detail=f"z3's model, made exact: {shown}", certificate=certificate
    )
