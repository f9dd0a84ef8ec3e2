"""Exact identities: polynomial normal forms, modulo the equations among the hypotheses."""

from __future__ import annotations

from typing import ClassVar

import sympy

from proofs_check.claim import AnyStatement, Case
from proofs_check.engine import Canaries
from proofs_check.proving.bernstein import BernsteinMethod
from proofs_check.proving.engine import AbstractProvingEngine
from proofs_check.proving.prover import AbstractMethod
from proofs_check.statements.fragment import only_equations, polynomial_refusal
from proofs_check.statements.statement import Comparison, Relation, Statement, Variable


class IdentityEngine(AbstractProvingEngine):
    """Proves equations between rational functions, roots and opaque functions of the variables.

    Both sides are brought over a common denominator and expanded; equations among the hypotheses are
    eliminated by pseudo-division with the multipliers recorded; divisors must be products of quantities
    that the hypotheses keep from zero, directly or by their Bernstein coefficients.
    """

    name: ClassVar[str] = "identity"
    patience: ClassVar[float] = 0.5
    method: ClassVar[type[AbstractMethod] | None] = BernsteinMethod
    reason: ClassVar[str] = "both sides have one normal form"
    gap: ClassVar[str] = "the normal form is not zero"

    def refusal(self, statement: AnyStatement) -> str | None:
        reason = polynomial_refusal(statement)
        if reason is None and isinstance(statement, Statement) and not only_equations(statement):
            return "a conclusion is not an equation"
        return reason

    def canaries(self) -> Canaries:
        x, y = sympy.symbols("x y", real=True)
        circle = Relation(x**2 + y**2, Comparison.EQUAL, sympy.S.One)
        fourth = Relation(x**4 - y**4, Comparison.EQUAL, x**2 - y**2)
        below = Relation(x, Comparison.LESS_EQUAL, sympy.S.One)
        variables = (Variable(symbol=x), Variable(symbol=y))
        true = Statement(variables=variables, hypotheses=(circle,), conclusions=(fourth,))
        outside = Statement(variables=variables, hypotheses=(circle,), conclusions=(below,))
        on_circle = (("x", sympy.Rational(3, 5)), ("y", sympy.Rational(4, 5)))
        return Canaries(
            affirms=Case(name="circle", statement=true, witness=on_circle),
            refutes=None,
            unsupported=Case(name="inequality", statement=outside, witness=on_circle),
        )
