"""Sharpness: an exact point at which a claim fails once one of its hypotheses is dropped."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sympy

from proofs_check.checker.balls import sign_at
from proofs_check.checker.certificate_check import check_certificate
from proofs_check.checker.kernel import CERTIFICATE_SCHEMA
from proofs_check.checker.points import Undefined, decide
from proofs_check.checker.terms import Refused, digest
from proofs_check.statements.canonical import encode_expression, encode_statement
from proofs_check.statements.statement import Condition, Statement

if TYPE_CHECKING:
    from proofs_check.claim import Case

ExactPoint = tuple[tuple[str, sympy.Expr], ...]


@dataclass(frozen=True, kw_only=True)
class Sharpness:
    """A hypothesis that a claim needs, with the point that shows it; one part of it, where it has several.

    Parameters
    ----------
    hypothesis : int
        Place of the hypothesis among the claim's, from 0.
    weakened : Statement
        What the claim would say without it: every other hypothesis, and the claim's conclusion or one
        that follows from it.
    point : tuple of (name, exact value) pairs
        A counterexample to `weakened`; the independent checker must accept it.

    Raises
    ------
    ValueError
        When the checker refuses the counterexample.

    Examples
    --------
    >>> from proofs_check.statements.statement import Comparison, Relation, Variable
    >>> x = sympy.Symbol("x", real=True)
    >>> positive = Relation(x, Comparison.GREATER, sympy.S.Zero)
    >>> anything = Statement(variables=(Variable(symbol=x),), hypotheses=(), conclusions=(positive,))
    >>> Sharpness(hypothesis=0, weakened=anything, point=(("x", sympy.S.NegativeOne),)).shown
    {'x': '-1'}
    >>> Sharpness(hypothesis=0, weakened=anything, point=(("x", sympy.S.One),))
    Traceback (most recent call last):
        ...
    ValueError: Expected a counterexample without hypothesis 0, got x = 1: no conclusion is seen to fail there
    """

    hypothesis: int
    weakened: Statement
    point: ExactPoint

    def __post_init__(self) -> None:
        try:
            refute(self.weakened, self.point)
        except (Refused, ValueError) as error:
            values = ", ".join(f"{name} = {value}" for name, value in self.point)
            raise ValueError(
                f"Expected a counterexample without hypothesis {self.hypothesis}, got {values}: {error}"
            ) from error

    @property
    def certificate(self) -> dict[str, Any]:
        """The counterexample to the weakened statement, for the independent checker."""
        return refute(self.weakened, self.point)

    @property
    def shown(self) -> dict[str, str]:
        """The point as text."""
        return {name: str(value) for name, value in self.point}


def dropping(case: Case, *dropped: Condition, hypothesis: int, point: ExactPoint) -> Sharpness:
    """Sharpness of a case without some of its conditions.

    Parameters
    ----------
    case : Case
        Of a `Statement`.
    *dropped : Condition
        The conditions of the case that the hypothesis stands for.
    hypothesis : int
        Its place among the claim's hypotheses.
    point : tuple of (name, exact value) pairs

    Raises
    ------
    ValueError
        When a condition is not the case's, holds at the point, or the point is no counterexample.
    """
    statement = case.statement
    if not isinstance(statement, Statement) or not dropped:
        raise ValueError(f"Expected an implication and the conditions to drop, got {case.name}")
    if foreign := [condition for condition in dropped if condition not in statement.hypotheses]:
        raise ValueError(f"Expected hypotheses of {case.name}, got {foreign[0]}")
    weakened = Statement(
        variables=statement.variables,
        hypotheses=tuple(c for c in statement.hypotheses if c not in dropped),
        conclusions=statement.conclusions,
    )
    sharpness = Sharpness(hypothesis=hypothesis, weakened=weakened, point=point)
    held = encode_statement(
        Statement(variables=statement.variables, hypotheses=(), conclusions=tuple(dropped))
    )
    if all(_holds(condition, encoded_point(point)) for condition in held["conclusions"]):
        raise ValueError(f"Expected a point that violates what is dropped from {case.name}")
    return sharpness


def refute(statement: Statement, point: ExactPoint) -> dict[str, Any]:
    """Counterexample certificate of a point, accepted by the independent checker.

    Raises
    ------
    ValueError
        When the checker does not accept it.
    """
    encoded = encode_statement(statement)
    values = encoded_point(point)
    if values.keys() != set(encoded["variables"]):
        raise ValueError(f"expected a value for each of {', '.join(encoded['variables'])}")
    violated = [k for k, condition in enumerate(encoded["conclusions"]) if _fails(condition, values)]
    if not violated:
        raise ValueError("no conclusion is seen to fail there")
    certificate = {
        "schema": CERTIFICATE_SCHEMA,
        "statement": digest(encoded),
        "kind": "counterexample",
        "point": values,
        "violates": violated[0],
    }
    outcome = check_certificate(encoded, certificate)
    if not outcome.accepted or outcome.shows != "refuted":
        raise ValueError(outcome.reason or f"its certificate shows {outcome.shows}")
    return certificate


def encoded_point(point: ExactPoint) -> dict[str, Any]:
    """The values in the checker's terms."""
    return {name: encode_expression(sympy.sympify(value)) for name, value in point}


def _fails(condition: dict[str, Any], point: dict[str, Any]) -> bool:
    try:
        return decide(condition, point, sign_at) is False
    except Undefined:
        return False


def _holds(condition: dict[str, Any], point: dict[str, Any]) -> bool:
    try:
        return decide(condition, point, sign_at) is True
    except Undefined:
        return False
