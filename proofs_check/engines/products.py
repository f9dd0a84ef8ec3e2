"""Products of hypotheses: inequalities as positive combinations of products of what is known."""

from __future__ import annotations

from typing import ClassVar

import sympy

from proofs_check.canonical import encode_statement
from proofs_check.checker.terms import Refused
from proofs_check.claim import AnyStatement, Case
from proofs_check.engine import AbstractEngine, Canaries, Finding
from proofs_check.fragment import only_equations, polynomial_refusal
from proofs_check.proving.products import ProductsMethod
from proofs_check.proving.prover import Prover
from proofs_check.statement import Comparison, Relation, Statement, Variable
from proofs_check.verdict import Verdict
from theory.budget import Budget


class ProductsEngine(AbstractEngine):
    """Proves inequalities as positive combinations of products of up to three hypotheses.

    A linear programme proposes the products, exact linear algebra gives their coefficients.
    """

    name: ClassVar[str] = "products"
    ceiling: ClassVar[Verdict] = Verdict.PROVED
    packages: ClassVar[tuple[str, ...]] = ("python-flint", "scipy")

    def refusal(self, statement: AnyStatement) -> str | None:
        reason = polynomial_refusal(statement)
        if reason is None and isinstance(statement, Statement) and only_equations(statement):
            return "every conclusion is an equation"
        return reason

    def attempt(self, case: Case, budget: Budget) -> Finding:
        try:
            certificate, gap = Prover(encode_statement(case.statement), ProductsMethod).prove()
        except Refused as error:
            return Finding(verdict=Verdict.UNKNOWN, detail=str(error))
        if certificate is None:
            return Finding(verdict=Verdict.UNKNOWN, detail=f"no combination of products was found: {gap}")
        return Finding(
            verdict=Verdict.PROVED,
            detail="a positive combination of products of hypotheses",
            certificate=certificate,
        )

    def canaries(self) -> Canaries:
        k, q = sympy.symbols("k q", real=True)
        variables = (Variable(symbol=k), Variable(symbol=q))
        hypotheses = (
            Relation(k**2, Comparison.LESS_EQUAL, q),
            Relation(q, Comparison.LESS, sympy.S.One),
        )
        below = Relation(k**2, Comparison.LESS, sympy.S.One)
        identity = Relation((k + q) ** 2, Comparison.EQUAL, k**2 + 2 * k * q + q**2)
        inside = (("k", sympy.S.Zero), ("q", sympy.Rational(1, 2)))
        true = Statement(variables=variables, hypotheses=hypotheses, conclusions=(below,))
        outside = Statement(variables=variables, hypotheses=(), conclusions=(identity,))
        return Canaries(
            affirms=Case(name="between", statement=true, witness=inside),
            refutes=None,
            unsupported=Case(name="identity", statement=outside),
        )
