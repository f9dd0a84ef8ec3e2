"""M-matrices: stability by weighted norms of |J| or leading minors of I − J, and what follows from it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

import sympy

from proofs_check.checker.terms import Refused
from proofs_check.claim import AnyStatement, Case
from proofs_check.engine import AbstractEngine, Canaries, Finding
from proofs_check.evidence.verdict import Verdict
from proofs_check.proving.entry_bounds import EntryBounds
from proofs_check.proving.near_facts import NearFactsMethod
from proofs_check.proving.prover import Prover
from proofs_check.proving.stability_ways import trivial_way, ways
from proofs_check.proving.workspace import Workspace
from proofs_check.statements.canonical import encode_statement
from proofs_check.statements.fragment import only_equations, polynomial_refusal
from proofs_check.statements.statement import Comparison, Relation, SchurStable, Statement, Variable
from theory.budget import Budget


class MMatrixEngine(AbstractEngine):
    """Proves ρ(J) < 1 by v > 0 and B ≥ |J| with Bv < v, or for J ≥ 0 by the leading minors of I − J.

    B comes from the signs of the entries and from hypotheses −b ≤ J_ij ≤ b; v is exact for numbers, and
    else 1, or read off the hypotheses, or adj(I − B)·1.  What a stable J ≥ 0 implies is shown with the
    principal minors of I − J, all positive.
    """

    name: ClassVar[str] = "m-matrix"
    ceiling: ClassVar[Verdict] = Verdict.PROVED
    packages: ClassVar[tuple[str, ...]] = ("python-flint",)
    patience: ClassVar[float] = 0.2

    def refusal(self, statement: AnyStatement) -> str | None:
        reason = polynomial_refusal(statement)
        if reason is not None or not isinstance(statement, Statement):
            return reason
        if only_equations(statement):
            return "every conclusion is an equation"
        conditions = (*statement.hypotheses, *statement.conclusions)
        return None if any(isinstance(c, SchurStable) for c in conditions) else "no matrix is stable in it"

    def attempt(self, case: Case, budget: Budget) -> Finding:
        encoded = encode_statement(case.statement)
        try:
            stable = {name: _way(encoded, name, budget) for name in _names(encoded)}
            if missing := [name for name, way in stable.items() if way is None]:
                detail = f"no weights or minors show {', '.join(missing)}"
                return Finding(verdict=Verdict.UNKNOWN, detail=detail)
            certificate, gap = Prover(encoded, NearFactsMethod, budget, stable).prove()
        except Refused as error:
            return Finding(verdict=Verdict.UNKNOWN, detail=str(error))
        if certificate is None:
            return Finding(verdict=Verdict.UNKNOWN, detail=f"negative coefficients remain: {gap}")
        detail = (
            "; ".join(f"{name} by {_shown(way)}" for name, way in stable.items())
            or "minors of a stable matrix"
        )
        return Finding(verdict=Verdict.PROVED, detail=detail, certificate=certificate)

    def canaries(self) -> Canaries:
        a, b, c, d = sympy.symbols("a b c d", real=True)
        variables = tuple(Variable(symbol=s) for s in (a, b, c, d))
        stable = SchurStable(sympy.ImmutableDenseMatrix([[a, -b], [c, d]]))
        true = Statement(
            variables=variables,
            hypotheses=(
                *(Relation(s, Comparison.GREATER_EQUAL, sympy.S.Zero) for s in (a, b, c, d)),
                *(Relation(row, Comparison.LESS, sympy.S.One) for row in (a + b, c + d)),
            ),
            conclusions=(stable,),
        )
        positive = Relation(a**2, Comparison.GREATER_EQUAL, sympy.S.Zero)
        outside = Statement(variables=variables[:1], hypotheses=(), conclusions=(positive,))
        witness = tuple((name, sympy.Rational(1, 4)) for name in "abcd")
        return Canaries(
            affirms=Case(name="rows below 1", statement=true, witness=witness),
            refutes=None,
            unsupported=Case(name="no matrix", statement=outside),
        )


def _names(encoded: dict[str, Any]) -> list[str]:
    return [f"c{k}" for k, c in enumerate(encoded["conclusions"]) if "schur_stable" in c]


def _way(encoded: dict[str, Any], name: str, budget: Budget) -> Any:
    """The first way in which the stability of one conclusion is shown, or None."""
    condition = encoded["conclusions"][int(name[1:])]
    alone = {**encoded, "conclusions": [condition]}
    for way in _candidates(alone, condition["schur_stable"], budget):
        if budget.spent:
            return None
        if _shows(alone, way, budget):
            return way
    return None


def _candidates(encoded: dict[str, Any], rows: list[list[Any]], budget: Budget) -> Iterator[Any]:
    workspace = Workspace(encoded, {"c0": trivial_way(len(rows))})
    bounds = EntryBounds(workspace, NearFactsMethod(workspace, budget))
    return ways(workspace, rows, bounds)


def _shows(encoded: dict[str, Any], way: Any, budget: Budget) -> bool:
    try:
        return Prover(encoded, NearFactsMethod, budget, {"c0": way}).prove()[0] is not None
    except Refused:
        return False


def _shown(way: Any) -> str:
    return "leading minors" if way == "minors" else f"a weighted norm of {way['norm']}"
