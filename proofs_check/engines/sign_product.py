"""Signs of products: factor each side's difference and match the factors with the hypotheses."""

from __future__ import annotations

from typing import ClassVar

import sympy

from proofs_check.canonical import encode_statement
from proofs_check.checker.terms import Refused
from proofs_check.claim import AnyStatement, Case
from proofs_check.engine import AbstractEngine, Canaries, Finding
from proofs_check.fragment import only_equations, polynomial_refusal
from proofs_check.proving.prover import Prover
from proofs_check.statement import Comparison, Relation, SchurStable, Statement, Variable
from proofs_check.verdict import Verdict
from theory.budget import Budget


class SignProductEngine(AbstractEngine):
    """Proves relations whose difference factors into quantities of known sign.

    Known signs are the hypotheses', those of Jury's inequalities for a stable matrix, and what products
    of them imply; equations among the hypotheses are eliminated first.
    """

    name: ClassVar[str] = "sign-product"
    ceiling: ClassVar[Verdict] = Verdict.PROVED
    packages: ClassVar[tuple[str, ...]] = ("python-flint",)
    patience: ClassVar[float] = 0.2

    def refusal(self, statement: AnyStatement) -> str | None:
        reason = polynomial_refusal(statement)
        if reason is None and isinstance(statement, Statement) and only_equations(statement):
            return "every conclusion is an equation"
        return reason

    def attempt(self, case: Case, budget: Budget) -> Finding:
        try:
            certificate, gap = Prover(encode_statement(case.statement)).prove()
        except Refused as error:
            return Finding(verdict=Verdict.UNKNOWN, detail=str(error))
        if certificate is None:
            return Finding(verdict=Verdict.UNKNOWN, detail=f"a factor has no known sign: {gap}")
        return Finding(
            verdict=Verdict.PROVED, detail="a product of factors of known sign", certificate=certificate
        )

    def canaries(self) -> Canaries:
        a, b, c, d = sympy.symbols("a b c d", real=True)
        variables = tuple(Variable(symbol=s) for s in (a, b, c, d))
        stable = SchurStable(sympy.ImmutableDenseMatrix([[a, b], [c, d]]))
        partner = Relation(d, Comparison.LESS, sympy.S.One)
        entry = Relation((1 - d) / ((1 - a) * (1 - d) - b * c), Comparison.GREATER, sympy.S.Zero)
        identity = Relation((a + b) ** 2, Comparison.EQUAL, a**2 + 2 * a * b + b**2)
        true = Statement(variables=variables, hypotheses=(stable, partner), conclusions=(entry,))
        outside = Statement(variables=variables[:2], hypotheses=(), conclusions=(identity,))
        zero = tuple((name, sympy.S.Zero) for name in "abcd")
        return Canaries(
            affirms=Case(name="own entry", statement=true, witness=zero),
            refutes=None,
            unsupported=Case(name="identity", statement=outside),
        )
