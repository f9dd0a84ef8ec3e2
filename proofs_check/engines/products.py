"""Products of hypotheses: inequalities as positive combinations of products of what is known."""

from __future__ import annotations

from typing import ClassVar

import sympy

from proofs_check.claim import Case
from proofs_check.engine import Canaries
from proofs_check.proving.engine import AbstractProvingEngine
from proofs_check.proving.products import ProductsMethod
from proofs_check.proving.prover import AbstractMethod
from proofs_check.statements.statement import Comparison, Relation, Statement, Variable


class ProductsEngine(AbstractProvingEngine):
    """Proves inequalities as positive combinations of products of up to three hypotheses.

    A linear programme proposes the products, exact linear algebra gives their coefficients.
    """

    name: ClassVar[str] = "products"
    packages: ClassVar[tuple[str, ...]] = ("python-flint", "scipy")
    method: ClassVar[type[AbstractMethod] | None] = ProductsMethod
    reason: ClassVar[str] = "a positive combination of products of hypotheses"
    gap: ClassVar[str] = "no combination of products was found"

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
