"""SMT: the negated statement to z3 and cvc5, whose models are put back exactly."""

from __future__ import annotations

from typing import Any, ClassVar

import sympy

from proofs_check.claim import AnyStatement, Case
from proofs_check.engine import AbstractEngine, Canaries, Finding
from proofs_check.evidence.verdict import Verdict
from proofs_check.refuting.exact_points import ExactPoints
from proofs_check.solving import cvc5_solver, z3_solver
from proofs_check.solving.child import ask_in_child
from proofs_check.solving.solver import AbstractSolver, Answer
from proofs_check.statements.canonical import encode_statement
from proofs_check.statements.fragment import functions
from proofs_check.statements.statement import Comparison, Relation, SchurStable, Statement, Variable
from theory.budget import Budget

MAX_MATRIX = 3
SOLVERS: tuple[AbstractSolver, ...] = (z3_solver.SOLVER, cvc5_solver.SOLVER)
SHARES = (0.5, 0.3)


class SmtEngine(AbstractEngine):
    """Refutes with a solver's model, made rational and tested exactly; supports where one answers ``unsat``.

    An ``unsat``, of one solver or of both, is an opinion: it carries no certificate and never proves.  A
    solver that is contradicted by an exact point is said to be wrong.
    """

    name: ClassVar[str] = "smt"
    ceiling: ClassVar[Verdict] = Verdict.SUPPORTED
    packages: ClassVar[tuple[str, ...]] = ("z3-solver", "cvc5")
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
        if any(solver.installed for solver in SOLVERS):
            return None
        return f"neither of the packages {_listed([solver.package for solver in SOLVERS])} is installed"

    def attempt(self, case: Case, budget: Budget) -> Finding:
        encoded = encode_statement(case.statement)
        words: dict[str, str] = {}
        for solver, share in zip(SOLVERS, SHARES, strict=True):
            if not solver.installed:
                words[solver.name] = "missing"
                continue
            answer = ask_in_child(solver, encoded, share * budget.seconds)
            certificate = _put_back(encoded, answer)
            if certificate is not None:
                return _refuted(solver.name, certificate, words)
            words[solver.name] = answer.word
        return _judged(words)

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


def _put_back(encoded: dict[str, Any], answer: Answer) -> dict[str, Any] | None:
    """A certificate when the model, or a simple point near it, fails the exact statement."""
    if answer.word != "sat":
        return None
    points = ExactPoints(encoded)
    model = dict(answer.model)
    if points.violated(model) is not None:
        return points.certificate(model)
    return points.refutation(points.free_part(model))


def _refuted(name: str, certificate: dict[str, Any], words: dict[str, str]) -> Finding:
    shown = ", ".join(f"{variable} = {value}" for variable, value in certificate["point"].items())
    wrong = [other for other, word in words.items() if word == "unsat"]
    blame = f"; {_listed(wrong)} asserted that there is none, wrongly" if wrong else ""
    detail = f"{name}'s model, made exact: {shown}{blame}"
    return Finding(verdict=Verdict.REFUTED, detail=detail, certificate=certificate)


def _judged(words: dict[str, str]) -> Finding:
    """What the answers come to when none gave an exact counterexample."""
    asserting, doubting, absent = (
        _listed([name for name, word in words.items() if word == kind])
        for kind in ("unsat", "sat", "missing")
    )
    note = f"; {absent} is not installed" if absent else ""
    if asserting and doubting:
        detail = f"{asserting} asserts it, {doubting} gives a model that could not be made exact"
        return Finding(verdict=Verdict.UNKNOWN, detail=detail + note)
    if asserting:
        detail = f"asserted by {asserting}, without a certificate{note}"
        return Finding(verdict=Verdict.SUPPORTED, detail=detail)
    if doubting:
        detail = f"the model of {doubting} could not be made an exact counterexample{note}"
        return Finding(verdict=Verdict.UNKNOWN, detail=detail)
    silent = _listed([name for name, word in words.items() if word == "unknown"])
    return Finding(verdict=Verdict.UNKNOWN, detail=f"no answer in time from {silent}{note}")


def _listed(names: list[str]) -> str:
    return " and ".join(names)
