"""Schur–Cohn: stability of matrices of numbers or of a few parameters, by the table of their polynomial."""

from __future__ import annotations

from typing import ClassVar

import sympy
from flint import fmpq_mpoly

from proofs_check.claim import AnyStatement, Case
from proofs_check.engine import Canaries
from proofs_check.proving import semidefinite
from proofs_check.proving.engine import AbstractProvingEngine
from proofs_check.proving.near_facts import NearFactsMethod
from proofs_check.proving.prover import AbstractMethod
from proofs_check.proving.sums_of_squares import SumsOfSquaresMethod
from proofs_check.proving.workspace import Known, Workspace
from proofs_check.statements.fragment import polynomial_refusal
from proofs_check.statements.statement import Comparison, Relation, SchurStable, Statement, Variable
from theory.budget import Budget

MAX_PARAMETERS = 4
MAX_SQUARE_DEGREE = 16


class _TableMethod(AbstractMethod):
    """Positive coefficients, then sums of squares for polynomials of small degree."""

    def __init__(self, workspace: Workspace, budget: Budget) -> None:
        super().__init__(workspace, budget)
        self._methods: list[AbstractMethod] = [NearFactsMethod(workspace, budget)]
        if semidefinite.installed():
            self._methods.append(SumsOfSquaresMethod(workspace, budget))

    def show(self, polynomial: fmpq_mpoly, *, strict: bool) -> Known | None:
        for method in self._methods:
            if method is not self._methods[0] and polynomial.total_degree() > MAX_SQUARE_DEGREE:
                return None
            found = method.show(polynomial, strict=strict)
            if found is not None:
                return found
        return None


class SchurCohnEngine(AbstractProvingEngine):
    """Proves ρ(J) < 1 by the leading coefficients of the Schur–Cohn table, exact for signed entries.

    Numbers are settled by the table alone.  A few parameters need positive coefficients in the linear
    hypotheses, or a sum of squares.
    """

    name: ClassVar[str] = "schur-cohn"
    method: ClassVar[type[AbstractMethod] | None] = _TableMethod
    reason: ClassVar[str] = "the Schur–Cohn table has positive leading coefficients"
    gap: ClassVar[str] = "a leading coefficient of the table is not shown to be positive"

    def refusal(self, statement: AnyStatement) -> str | None:
        reason = polynomial_refusal(statement)
        if reason is not None or not isinstance(statement, Statement):
            return reason
        matrices = [c.matrix for c in statement.conclusions if isinstance(c, SchurStable)]
        if not matrices:
            return "no conclusion is the stability of a matrix"
        count = len(set().union(*(matrix.free_symbols for matrix in matrices)))
        return f"{count} parameters, more than {MAX_PARAMETERS}" if count > MAX_PARAMETERS else None

    def canaries(self) -> Canaries:
        (t,) = sympy.symbols("t", real=True, seq=True)
        variables = (Variable(symbol=t),)
        ring = sympy.ImmutableDenseMatrix([[0, t, 0, 0], [0, 0, t, 0], [0, 0, 0, t], [-t, 0, 0, 0]])
        bounds = (
            Relation(t, Comparison.GREATER, sympy.Integer(-1)),
            Relation(t, Comparison.LESS, sympy.S.One),
        )
        true = Statement(variables=variables, hypotheses=bounds, conclusions=(SchurStable(ring),))
        square = Relation(t**2, Comparison.GREATER_EQUAL, sympy.S.Zero)
        outside = Statement(variables=variables, hypotheses=(), conclusions=(square,))
        return Canaries(
            affirms=Case(name="a ring of four", statement=true, witness=(("t", sympy.Rational(1, 2)),)),
            refutes=None,
            unsupported=Case(name="no matrix", statement=outside),
        )
