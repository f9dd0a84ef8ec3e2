"""Workspace: the facts at hand, the lemmas shown so far, and the certificate they make."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from flint import fmpq, fmpq_mpoly, fmpq_mpoly_ctx

from proofs_check.checker.facts import problem_of
from proofs_check.checker.kernel import CERTIFICATE_SCHEMA
from proofs_check.checker.polynomials import Polynomial
from proofs_check.checker.terms import digest

Tree = Any


@dataclass(frozen=True, kw_only=True)
class Known:
    """``polynomial relation 0`` under the name that a certificate uses for it."""

    name: str
    polynomial: fmpq_mpoly
    relation: str


@dataclass(frozen=True, kw_only=True)
class Term:
    """coefficient · Π fact^power · square², a polynomial that is ≥ 0 when the facts hold."""

    coefficient: fmpq
    facts: Mapping[str, int] = field(default_factory=dict)
    square: fmpq_mpoly | None = None


class Workspace:
    """An encoded statement's facts as flint polynomials, and the steps of a growing proof.

    Parameters
    ----------
    encoded : encoded statement
    stable : mapping, optional
        In which way the checker is to see the stability of a conclusion, by its name.
    """

    def __init__(self, encoded: dict[str, Any], stable: Mapping[str, Any] | None = None) -> None:
        self._statement = digest(encoded)
        self._stable = dict(stable or {})
        self._problem = problem_of(encoded, self._stable)
        self._names = self._problem.algebra.names
        self.context = fmpq_mpoly_ctx.get([f"x{k}" for k in range(len(self._names))] or ["x0"], "degrevlex")
        self.facts: dict[str, Known] = {}
        self._steps: list[dict[str, Any]] = []
        self._shown: set[str] = set()
        self._import_facts()

    @property
    def goals(self) -> tuple[Known, ...]:
        """What must be shown, atoms' domains first."""
        names = sorted(self._problem.goals, key=lambda name: (name[0] != "a", name))
        return tuple(
            Known(
                name=name,
                polynomial=self.polynomial(self._problem.goals[name].polynomial),
                relation=self._problem.goals[name].relation,
            )
            for name in names
        )

    def polynomial(self, coefficients: Polynomial) -> fmpq_mpoly:
        """A checker's polynomial as flint's."""
        width = len(self._names) or 1
        data = {
            (monomial or (0,) * width): fmpq(c.numerator, c.denominator)
            for monomial, c in coefficients.items()
        }
        return self.context.from_dict(data)

    def fraction(self, tree: Tree) -> tuple[fmpq_mpoly, fmpq_mpoly]:
        """(p, q) with p/q an expression of the statement and q a product of its divisors."""
        quotient = self._problem.algebra.quotient(tree)
        divisor = self.constant(1)
        for key, exponent in quotient.divisors.items():
            divisor = divisor * self.polynomial(dict(key)) ** exponent
        return self.polynomial(quotient.numerator), divisor

    def constant(self, value: fmpq | int) -> fmpq_mpoly:
        """A constant polynomial."""
        return self.context.constant(value)

    def lemma(
        self,
        polynomial: fmpq_mpoly,
        relation: str,
        *,
        times: Iterable[Term] | fmpq_mpoly,
        total: Iterable[Term],
        modulo: Mapping[str, fmpq_mpoly] | None = None,
    ) -> Known:
        """Record times · polynomial = total + Σ cofactor · equation as a step that shows a new fact."""
        name = f"l{sum(1 for step in self._steps if isinstance(step['show'], dict))}"
        show = {"lemma": name, "polynomial": self.tree(polynomial), "is": relation}
        self._record(show, times, total, modulo)
        known = Known(name=name, polynomial=polynomial, relation=relation)
        self.facts[name] = known
        return known

    def show(
        self,
        goal: Known,
        *,
        times: Iterable[Term] | fmpq_mpoly,
        total: Iterable[Term],
        modulo: Mapping[str, fmpq_mpoly] | None = None,
    ) -> None:
        """Record a step that shows a goal; facts that wait for it become usable."""
        self._record(goal.name, times, total, modulo)
        self.facts[goal.name] = goal
        self._shown.add(goal.name)
        self._problem.release(self._shown)
        self._import_facts()

    def certificate(self) -> dict[str, Any]:
        """The certificate made of the steps, lemmas that nothing uses left out."""
        kept: list[dict[str, Any]] = []
        needed: set[str] = set(self._problem.goals)
        for step in reversed(self._steps):
            name = step["show"] if isinstance(step["show"], str) else step["show"]["lemma"]
            if name in needed:
                kept.append(step)
                needed |= _used(step)
        return {
            "schema": CERTIFICATE_SCHEMA,
            "statement": self._statement,
            "kind": "positivstellensatz",
            **({"stable": self._stable} if self._stable else {}),
            "steps": kept[::-1],
        }

    def tree(self, polynomial: fmpq_mpoly) -> Tree:
        """A polynomial as an expression for certificates."""
        terms = [self._monomial(exponents, c) for exponents, c in sorted(polynomial.to_dict().items())]
        return _joined("+", terms, "0")

    def _monomial(self, exponents: tuple[int, ...], coefficient: fmpq) -> Tree:
        factors: list[Tree] = [] if coefficient == 1 else [str(coefficient)]
        for name, exponent in zip(self._names, exponents, strict=False):
            base = json.loads(name) if name.startswith("[") else name
            if exponent:
                factors.append(base if exponent == 1 else ["^", base, int(exponent)])
        return _joined("*", factors, "1")

    def _record(
        self,
        show: str | dict[str, Any],
        times: Iterable[Term] | fmpq_mpoly,
        total: Iterable[Term],
        modulo: Mapping[str, fmpq_mpoly] | None,
    ) -> None:
        equations = [
            {"equation": name, "cofactor": self.tree(cofactor)}
            for name, cofactor in (modulo or {}).items()
            if cofactor != 0
        ]
        self._steps.append(
            {
                "show": show,
                "times": self._times(times),
                "sum": [self._term(term) for term in total],
                "modulo": equations,
            }
        )

    def _times(self, times: Iterable[Term] | fmpq_mpoly) -> Tree:
        if isinstance(times, fmpq_mpoly):
            return self.tree(times)
        return [self._term(term) for term in times]

    def _term(self, term: Term) -> dict[str, Any]:
        data: dict[str, Any] = {"coefficient": str(term.coefficient), "facts": dict(term.facts)}
        if term.square is not None:
            data["square"] = self.tree(term.square)
        return data

    def _import_facts(self) -> None:
        for name, condition in self._problem.facts.items():
            if name not in self.facts:
                polynomial = self.polynomial(condition.polynomial)
                self.facts[name] = Known(name=name, polynomial=polynomial, relation=condition.relation)


def _joined(head: str, parts: list[Tree], empty: str) -> Tree:
    if len(parts) < 2:
        return parts[0] if parts else empty
    return [head, *parts]


def _used(step: dict[str, Any]) -> set[str]:
    """Names of the facts that a step uses."""
    terms = [*step["sum"], *(step["times"] if step["times"] and isinstance(step["times"][0], dict) else [])]
    names = {name for term in terms for name in term["facts"]}
    return names | {entry["equation"] for entry in step["modulo"]}
