"""Witness: an exact point at which all hypotheses of a statement hold, so that it is not vacuous."""

from __future__ import annotations

from collections.abc import Iterable

import sympy

from proofs_check.checker.balls import sign_at
from proofs_check.checker.points import Undefined, decide
from proofs_check.statements.canonical import encode_expression, encode_statement
from proofs_check.statements.statement import Statement, require_exact


def require_witness(statement: Statement, witness: Iterable[tuple[str, sympy.Expr]] | None) -> None:
    """Refuse a witness that is missing, incomplete, or not seen to satisfy every hypothesis.

    Rational values are decided exactly; irrational ones by balls, which can only show strict
    inequalities.

    Raises
    ------
    ValueError
    """
    if witness is None:
        raise ValueError("Expected a witness for the hypotheses, got None")
    pairs = tuple((name, sympy.sympify(value)) for name, value in witness)
    require_exact((value for _, value in pairs), ())
    point = {name: encode_expression(value) for name, value in pairs}
    names = [symbol.name for symbol in statement.symbols]
    if sorted(name for name, _ in pairs) != sorted(names):
        raise ValueError(f"Expected a witness value for each of {', '.join(names)}, got {', '.join(point)}")
    encoded = encode_statement(statement)["hypotheses"]
    for hypothesis, condition in zip(statement.hypotheses, encoded, strict=True):
        try:
            verdict = decide(condition, point, sign_at)
        except Undefined as error:
            raise ValueError(f"Expected a witness where {hypothesis} is defined: {error}") from error
        if verdict is not True:
            shown = ", ".join(f"{name} = {value}" for name, value in pairs)
            word = "violates" if verdict is False else "is not seen to satisfy"
            raise ValueError(
                f"Expected a witness of every hypothesis, got {shown}, which {word}: {hypothesis}"
            )
