"""Proving engine: what the engines share that hand a statement to the prover with one method."""

from __future__ import annotations

from typing import ClassVar, final

from proofs_check.checker.terms import Refused
from proofs_check.claim import AnyStatement, Case
from proofs_check.engine import AbstractEngine, Finding
from proofs_check.evidence.verdict import Verdict
from proofs_check.proving.prover import AbstractMethod, Prover
from proofs_check.statements.canonical import encode_statement
from proofs_check.statements.fragment import has_opaque_numbers, only_equations, polynomial_refusal
from proofs_check.statements.statement import Statement
from theory.budget import Budget


class AbstractProvingEngine(AbstractEngine):
    """Proves inequalities between polynomials, roots and opaque functions by one method.

    To implement: `name`, `method` (shows that a polynomial is positive where facts hold; None leaves it to
    the signs of factors), `reason` (why a proof holds, in a few words), `gap` (what is missing when no
    proof was found), and `canaries`.
    """

    ceiling: ClassVar[Verdict] = Verdict.PROVED
    packages: ClassVar[tuple[str, ...]] = ("python-flint",)
    method: ClassVar[type[AbstractMethod] | None] = None
    reason: ClassVar[str]
    gap: ClassVar[str]

    def refusal(self, statement: AnyStatement) -> str | None:
        reason = polynomial_refusal(statement)
        if reason is not None or not isinstance(statement, Statement):
            return reason
        if only_equations(statement):
            return "every conclusion is an equation"
        if has_opaque_numbers(statement):
            return "it holds numbers such as exp(1/2), whose size polynomials do not know"
        return None

    @final
    def attempt(self, case: Case, budget: Budget) -> Finding:
        try:
            certificate, missing = Prover(encode_statement(case.statement), self.method, budget).prove()
        except Refused as error:
            return Finding(verdict=Verdict.UNKNOWN, detail=str(error))
        if certificate is None:
            return Finding(verdict=Verdict.UNKNOWN, detail=f"{self.gap}: {missing}")
        return Finding(verdict=Verdict.PROVED, detail=self.reason, certificate=certificate)
