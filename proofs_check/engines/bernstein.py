"""Bernstein and Pólya positivity: polynomial inequalities over simplices, boxes and orthants."""

from __future__ import annotations

from typing import ClassVar

import sympy

from proofs_check.canonical import encode_statement
from proofs_check.checker.terms import Refused
from proofs_check.claim import AnyStatement, Case
from proofs_check.engine import AbstractEngine, Canaries, Finding
from proofs_check.fragment import only_equations, polynomial_refusal
from proofs_check.proving.bernstein import BernsteinMethod
from proofs_check.proving.prover import Prover
from proofs_check.statement import Comparison, Relation, Statement, Variable
from proofs_check.verdict import Verdict
from theory.budget import Budget


class BernsteinEngine(AbstractEngine):
    """Proves inequalities by expansion in the linear hypotheses until no coefficient is negative.

    What the signs of factors settle is settled so; every other factor is written in linear facts, each
    simplex or interval among them homogenised and raised in degree a few times.
    """

    name: ClassVar[str] = "bernstein"
    ceiling: ClassVar[Verdict] = Verdict.PROVED
    packages: ClassVar[tuple[str, ...]] = ("python-flint",)

    def refusal(self, statement: AnyStatement) -> str | None:
        reason = polynomial_refusal(statement)
        if reason is None and isinstance(statement, Statement) and only_equations(statement):
            return "every conclusion is an equation"
        return reason

    def attempt(self, case: Case, budget: Budget) -> Finding:
        try:
            certificate, gap = Prover(encode_statement(case.statement), BernsteinMethod).prove()
        except Refused as error:
            return Finding(verdict=Verdict.UNKNOWN, detail=str(error))
        if certificate is None:
            return Finding(verdict=Verdict.UNKNOWN, detail=f"negative coefficients remain: {gap}")
        return Finding(verdict=Verdict.PROVED, detail="no negative coefficient", certificate=certificate)

    def canaries(self) -> Canaries:
        x, y = sympy.symbols("x y", real=True)
        variables = (Variable(symbol=x), Variable(symbol=y))
        simplex = (
            Relation(x, Comparison.GREATER_EQUAL, sympy.S.Zero),
            Relation(y, Comparison.GREATER_EQUAL, sympy.S.Zero),
            Relation(x + y, Comparison.LESS_EQUAL, sympy.S.One),
        )
        product = Relation(x * y, Comparison.LESS, sympy.Rational(1, 3))
        identity = Relation((x + y) ** 2, Comparison.EQUAL, x**2 + 2 * x * y + y**2)
        middle = (("x", sympy.Rational(1, 3)), ("y", sympy.Rational(1, 3)))
        true = Statement(variables=variables, hypotheses=simplex, conclusions=(product,))
        outside = Statement(variables=variables, hypotheses=(), conclusions=(identity,))
        return Canaries(
            affirms=Case(name="product on a simplex", statement=true, witness=middle),
            refutes=None,
            unsupported=Case(name="identity", statement=outside),
        )
