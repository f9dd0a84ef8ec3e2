"""Fragment: cheap tests of what a statement is made of, for engines to decide what they accept."""

from __future__ import annotations

from functools import lru_cache

import sympy

from proofs_check.claim import AnyStatement
from proofs_check.statements.statement import Comparison, Relation, Statement

MAX_FUNCTIONS = 8


def polynomial_refusal(statement: AnyStatement) -> str | None:
    """Why a statement is not one between polynomials, roots and a few opaque functions; else None."""
    if not isinstance(statement, Statement):
        return "it is not an implication"
    count = len(functions(statement))
    return f"{count} different functions, more than {MAX_FUNCTIONS}" if count > MAX_FUNCTIONS else None


@lru_cache(maxsize=4096)
def functions(statement: Statement) -> frozenset[sympy.Expr]:
    """Roots, ``exp``, ``log``, ``sin``, ``cos`` and π in a statement, each once."""
    found: set[sympy.Expr] = set()
    for condition in (*statement.hypotheses, *statement.conclusions):
        for expression in condition.expressions:
            found |= expression.atoms(sympy.Function) | expression.atoms(sympy.NumberSymbol)
            found |= {power for power in expression.atoms(sympy.Pow) if not power.exp.is_Integer}
    return frozenset(found)


def only_equations(statement: Statement) -> bool:
    """Whether every conclusion is an equation."""
    return all(
        isinstance(conclusion, Relation) and conclusion.comparison is Comparison.EQUAL
        for conclusion in statement.conclusions
    )


def has_opaque_numbers(statement: Statement) -> bool:
    """Whether a number such as exp(1/2) or log(3) occurs, whose size polynomial methods do not know.

    Examples
    --------
    >>> above = Relation(sympy.exp(2), Comparison.GREATER, sympy.S.One)
    >>> has_opaque_numbers(Statement(variables=(), hypotheses=(), conclusions=(above,)))
    True
    """
    return any(not f.free_symbols for f in functions(statement) if isinstance(f, sympy.Function))
