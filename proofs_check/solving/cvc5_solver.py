"""cvc5: cylindrical coverings, then its default."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from fractions import Fraction
from typing import Any, ClassVar

from proofs_check.checker.facts import Condition
from proofs_check.checker.polynomials import Polynomial
from proofs_check.solving.solver import AbstractSolver, Answer, Question

COVERINGS = {"nl-cov": "true", "nl-ext": "none"}
WAYS: tuple[Mapping[str, str], ...] = (COVERINGS, {})


class Cvc5Solver(AbstractSolver):
    """Half of the time for each of two ways that cvc5 has."""

    name: ClassVar[str] = "cvc5"
    package: ClassVar[str] = "cvc5"

    def ask(self, question: Question, seconds: float) -> Answer:
        for options in WAYS:
            answer = _Terms(question.names, options, seconds / len(WAYS)).ask(question)
            if answer.word != "unknown":
                return answer
        return Answer(word="unknown")


class _Terms:
    """Polynomial conditions in cvc5's terms, and a solver for them."""

    def __init__(self, names: tuple[str, ...], options: Mapping[str, str], seconds: float) -> None:
        cvc5 = importlib.import_module("cvc5")
        self._kind = cvc5.Kind
        self._terms = cvc5.TermManager()
        self._solver = cvc5.Solver(self._terms)
        self._solver.setLogic("QF_NRA")
        limit = str(max(1, int(1000 * seconds)))
        for key, value in {"produce-models": "true", "tlimit-per": limit, **options}.items():
            self._solver.setOption(key, value)
        sort = self._terms.getRealSort()
        self._reals = {name: self._terms.mkConst(sort, f"v{k}") for k, name in enumerate(names)}

    def ask(self, question: Question) -> Answer:
        """The answer of this solver."""
        for fact in question.facts:
            self._solver.assertFormula(self._relation(fact))
        fails = [self._terms.mkTerm(self._kind.NOT, self._relation(goal)) for goal in question.failures]
        self._solver.assertFormula(self._joined(self._kind.OR, fails))
        result = self._solver.checkSat()
        if result.isSat():
            values = {name: self._fraction(real) for name, real in self._reals.items()}
            return Answer(word="sat", model=values)
        return Answer(word="unsat" if result.isUnsat() else "unknown")

    def _fraction(self, real: Any) -> Fraction:
        """A model's value; of an irrational one the middle of cvc5's bounds."""
        value = self._solver.getValue(real)
        if value.isRealAlgebraicNumber():
            low, high = value.getRealAlgebraicNumberLowerBound(), value.getRealAlgebraicNumberUpperBound()
            return (Fraction(low.getRealValue()) + Fraction(high.getRealValue())) / 2
        return Fraction(value.getRealValue())

    def _relation(self, condition: Condition) -> Any:
        zero, value = self._terms.mkReal(0), self._sum(condition.polynomial)
        if condition.relation == "!=":
            return self._terms.mkTerm(self._kind.DISTINCT, value, zero)
        kind = {">": self._kind.GT, ">=": self._kind.GEQ, "=": self._kind.EQUAL}[condition.relation]
        return self._terms.mkTerm(kind, value, zero)

    def _sum(self, polynomial: Polynomial) -> Any:
        terms = []
        for exponents, c in polynomial.items():
            factors = [self._terms.mkReal(f"{c.numerator}/{c.denominator}")]
            for real, exponent in zip(self._reals.values(), exponents, strict=False):
                factors += [real] * exponent
            terms.append(self._joined(self._kind.MULT, factors))
        return self._joined(self._kind.ADD, terms) if terms else self._terms.mkReal(0)

    def _joined(self, kind: Any, parts: list[Any]) -> Any:
        return parts[0] if len(parts) == 1 else self._terms.mkTerm(kind, *parts)


SOLVER = Cvc5Solver()
