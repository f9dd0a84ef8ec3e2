"""Bernstein and Pólya positivity: polynomial inequalities over simplices, boxes and orthants."""

from __future__ import annotations

from typing import ClassVar

import sympy

from proofs_check.claim import Case
from proofs_check.engine import Canaries
from proofs_check.proving.bernstein import BernsteinMethod
from proofs_check.proving.engine import AbstractProvingEngine
from proofs_check.proving.prover import AbstractMethod
from proofs_check.statements.statement import Comparison, Relation, Statement, Variable


class BernsteinEngine(AbstractProvingEngine):
    """Proves inequalities by expansion in the linear hypotheses until no coefficient is negative.

    What the signs of factors settle is settled so; every other factor is written in linear facts, each
    simplex or interval among them homogenised and raised in degree a few times.
    """

    name: ClassVar[str] = "bernstein"
    method: ClassVar[type[AbstractMethod] | None] = BernsteinMethod
    reason: ClassVar[str] = "no negative coefficient"
    gap: ClassVar[str] = "negative coefficients remain"

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
