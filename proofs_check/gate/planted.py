"""Planted: a statement whose truth is known beforehand, with the reason."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sympy

from proofs_check.claim import Case, Point
from proofs_check.statements.statement import Condition, Statement, Variable

Values = Mapping[str, int | str | sympy.Expr]

_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True, kw_only=True)
class Planted:
    """A case that is known to be true or false.

    Parameters
    ----------
    name : str
        A slug, distinct within its group.
    case : Case
        What the engines get: no suspects, and a witness at which the conclusions hold.
    truth : bool
    says : str
        The statement for readers.
    why : str
        Why it is true, or where it fails.
    sliver : bool
        Whether it fails only on a tiny part of its domain.
    fails_at : Point or None
        For a false implication a point at which it fails.  Engines never see it.

    Raises
    ------
    ValueError
        On a malformed name, suspects, a true statement that fails somewhere, or a false implication
        that does not say where.
    """

    name: str
    case: Case
    truth: bool
    says: str
    why: str
    sliver: bool = False
    fails_at: Point | None = None

    def __post_init__(self) -> None:
        if not _NAME.fullmatch(self.name):
            raise ValueError(f"Expected a slug, got {self.name!r}")
        if self.case.suspects:
            raise ValueError(f"Expected a case without suspects, got some in {self.name}")
        if self.truth and (self.sliver or self.fails_at is not None):
            raise ValueError(f"Expected a true statement not to fail, got {self.name}")
        if not self.truth and isinstance(self.case.statement, Statement) and self.fails_at is None:
            raise ValueError(f"Expected a point at which {self.name} fails, got None")


def true(
    name: str,
    says: str,
    *,
    then: Condition | Sequence[Condition],
    why: str,
    given: Sequence[Condition] = (),
    witness: Values | None = None,
) -> Planted:
    """A true implication over all symbols that occur in it.

    Parameters
    ----------
    name : str
    says : str
    then : Condition or sequence of Condition
        The conclusions.
    why : str
    given : sequence of Condition
        The hypotheses.
    witness : mapping of variable to value, optional
        Needed with hypotheses.
    """
    case = _case(name, given, then, witness)
    return Planted(name=name, case=case, truth=True, says=says, why=why)


def false(
    name: str,
    says: str,
    *,
    then: Condition | Sequence[Condition],
    why: str,
    fails_at: Values,
    given: Sequence[Condition] = (),
    witness: Values | None = None,
    sliver: bool = False,
) -> Planted:
    """A false implication over all symbols that occur in it.

    Parameters
    ----------
    name : str
    says : str
    then : Condition or sequence of Condition
        The conclusions.
    why : str
    fails_at : mapping of variable to value
    given : sequence of Condition
        The hypotheses.
    witness : mapping of variable to value, optional
        Needed with hypotheses.
    sliver : bool
    """
    case = _case(name, given, then, witness)
    point = _point(fails_at)
    return Planted(name=name, case=case, truth=False, says=says, why=why, sliver=sliver, fails_at=point)


def _case(
    name: str, given: Sequence[Condition], then: Condition | Sequence[Condition], witness: Values | None
) -> Case:
    conclusions = tuple(then) if isinstance(then, Sequence) else (then,)
    parts = [side for condition in (*given, *conclusions) for side in condition.expressions]
    symbols = sorted({symbol for side in parts for symbol in side.free_symbols}, key=str)
    statement = Statement(
        variables=tuple(Variable(symbol=symbol) for symbol in symbols),
        hypotheses=tuple(given),
        conclusions=conclusions,
    )
    return Case(name=name, statement=statement, witness=None if witness is None else _point(witness))


def _point(values: Values) -> Point:
    return tuple(
        (name, value if isinstance(value, sympy.Expr) else sympy.Rational(value))
        for name, value in values.items()
    )
