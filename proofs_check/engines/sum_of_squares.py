"""Sums of squares: polynomial inequalities as products of hypotheses times rational squares."""

from __future__ import annotations

from typing import ClassVar

import sympy

from proofs_check.claim import Case
from proofs_check.engine import Canaries
from proofs_check.proving import semidefinite
from proofs_check.proving.engine import AbstractProvingEngine
from proofs_check.proving.prover import AbstractMethod
from proofs_check.proving.sums_of_squares import SumsOfSquaresMethod
from proofs_check.statements.statement import Comparison, Relation, Statement, Variable


class SumOfSquaresEngine(AbstractProvingEngine):
    """Proves inequalities by exact sums of squares, weighted with products of the hypotheses.

    A semidefinite programme proposes them in floating-point numbers; what enters the certificate is
    rational and satisfies its identity exactly.
    """

    name: ClassVar[str] = "sum-of-squares"
    packages: ClassVar[tuple[str, ...]] = ("python-flint", "clarabel")
    method: ClassVar[type[AbstractMethod] | None] = SumsOfSquaresMethod
    reason: ClassVar[str] = "an exact sum of squares"
    gap: ClassVar[str] = "no sum of squares was found"

    def missing(self) -> str | None:
        return None if semidefinite.installed() else "the package clarabel is not installed"

    def canaries(self) -> Canaries:
        x, y = sympy.symbols("x y", real=True)
        variables = (Variable(symbol=x), Variable(symbol=y))
        mean = Relation(x**2 + x * y + y**2, Comparison.GREATER_EQUAL, sympy.S.Zero)
        identity = Relation((x + y) ** 2, Comparison.EQUAL, x**2 + 2 * x * y + y**2)
        true = Statement(variables=variables, hypotheses=(), conclusions=(mean,))
        outside = Statement(variables=variables, hypotheses=(), conclusions=(identity,))
        return Canaries(
            affirms=Case(
                name="definite form", statement=true, witness=(("x", sympy.S.One), ("y", sympy.S.One))
            ),
            refutes=None,
            unsupported=Case(name="identity", statement=outside),
        )
