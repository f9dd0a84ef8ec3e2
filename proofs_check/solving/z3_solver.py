"""z3: its default solver, then its nlsat tactic."""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any, ClassVar

from proofs_check.checker.facts import Condition
from proofs_check.checker.polynomials import Polynomial
from proofs_check.solving.solver import AbstractSolver, Answer, Question

TACTICS = ("", "qfnra-nlsat")
DIGITS = 40


class Z3Solver(AbstractSolver):
    """Half of the time for each of two ways that z3 has."""

    name: ClassVar[str] = "z3"
    package: ClassVar[str] = "z3-solver"

    def ask(self, question: Question, seconds: float) -> Answer:
        terms = _Terms(question.names)
        for tactic in TACTICS:
            answer = terms.ask(question, tactic, seconds / len(TACTICS))
            if answer.word != "unknown":
                return answer
        return Answer(word="unknown")


class _Terms:
    """Polynomial conditions in z3's terms."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self._z3 = importlib.import_module("z3")
        self._reals = {name: self._z3.Real(f"v{k}") for k, name in enumerate(names)}

    def ask(self, question: Question, tactic: str, seconds: float) -> Answer:
        """The answer of one tactic (empty: z3's own choice)."""
        solver = self._z3.Tactic(tactic).solver() if tactic else self._z3.Solver()
        solver.set("timeout", max(1, int(1000 * seconds)))
        solver.add(*(self._relation(fact) for fact in question.facts))
        solver.add(self._z3.Or(*(self._z3.Not(self._relation(goal)) for goal in question.failures)))
        word = str(solver.check())
        return Answer(word=word, model=self._values(solver.model()) if word == "sat" else {})

    def _values(self, model: Any) -> Mapping[str, Fraction]:
        values = {name: model.eval(real, model_completion=True) for name, real in self._reals.items()}
        return {name: self._fraction(value) for name, value in values.items()}

    def _fraction(self, value: Any) -> Fraction:
        if self._z3.is_algebraic_value(value):
            value = value.approx(DIGITS)
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
        for real, exponent in zip(self._reals.values(), exponents, strict=False):
            yield from [real] * exponent


SOLVER = Z3Solver()
