"""Exact orbit: the first rounds of a rational map in fractions, and whether they come back."""

from __future__ import annotations

from fractions import Fraction

from proofs_check.checker.points import NotRational, Undefined, exact_value
from proofs_check.checker.terms import Refused
from proofs_check.statements.canonical import encode_expression
from proofs_check.statements.limit_statement import LimitStatement

ROUNDS = 16
MAX_BITS = 4_000


def period(statement: LimitStatement) -> tuple[int, tuple[Fraction, ...]] | None:
    """(p, point) when the iterates are seen to come back to a point after p rounds, exactly.

    Then they stay on that cycle for ever; with p = 1 they rest.  None when the first rounds show nothing.
    """
    names = [str(symbol.name) for symbol in statement.variables]
    step = [encode_expression(expression) for expression in statement.step]
    seen: list[tuple[Fraction, ...]] = []
    try:
        point = tuple(exact_value(encode_expression(value), {}) for value in statement.start)
        for _ in range(ROUNDS):
            if point in seen:
                return len(seen) - seen.index(point), point
            if any(
                max(value.numerator.bit_length(), value.denominator.bit_length()) > MAX_BITS
                for value in point
            ):
                return None
            seen.append(point)
            here = {name: str(value) for name, value in zip(names, point, strict=True)}
            point = tuple(exact_value(tree, here) for tree in step)
    except (NotRational, Undefined, Refused):
        return None
    return None
