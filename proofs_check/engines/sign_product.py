"""Signs of products: factor each side's difference and match the factors with the hypotheses."""

from __future__ import annotations

from typing import ClassVar

import sympy

from proofs_check.claim import Case
from proofs_check.engine import Canaries
from proofs_check.proving.engine import AbstractProvingEngine
from proofs_check.statements.statement import Comparison, Relation, SchurStable, Statement, Variable


class SignProductEngine(AbstractProvingEngine):
    """Proves relations whose difference factors into quantities of known sign.

    Known signs are the hypotheses', those of Jury's inequalities for a stable matrix, and what products
    of them imply; equations among the hypotheses are eliminated first.
    """

    name: ClassVar[str] = "sign-product"
    patience: ClassVar[float] = 0.2
    reason: ClassVar[str] = "a product of factors of known sign"
    gap: ClassVar[str] = "a factor has no known sign"

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
