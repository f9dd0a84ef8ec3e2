"""Claim: a theorem as data."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

import sympy

from proofs_check.sharpness import Sharpness
from proofs_check.statements.experiment import Experiment
from proofs_check.statements.limit_statement import LimitStatement
from proofs_check.statements.statement import Statement
from proofs_check.statements.witness import require_witness


class Provenance(Enum):
    """How far a statement may be attributed to a paper."""

    STATED = "stated"
    ENCODED = "encoded"
    KNOWN = "known"
    DERIVED = "derived"


class Expectation(Enum):
    """What an honest check may end in."""

    NOT_REFUTED = "not refuted"
    REFUTED = "refuted"
    OPEN = "open"


Point = tuple[tuple[str, sympy.Expr], ...]
AnyStatement = Statement | Experiment | LimitStatement


@dataclass(frozen=True, kw_only=True)
class Case:
    """One machine-checkable part of a claim, such as N = 2.

    Parameters
    ----------
    name : str
        The scope that a proof of this case covers (``N = 2``).
    statement : Statement, Experiment or LimitStatement
    witness : tuple of (name, exact value) pairs, or None
        A point at which every hypothesis holds (non-vacuity).  A `Statement` with hypotheses must have
        one; it is checked here.
    suspects : tuple of points
        Points that the falsification engine tries first; nothing is assumed about them.

    Raises
    ------
    ValueError
        When the witness is missing, incomplete or violates a hypothesis.

    Examples
    --------
    >>> from proofs_check.statements.statement import Comparison, Relation, Variable
    >>> x = sympy.Symbol("x", real=True)
    >>> positive = Relation(x, Comparison.GREATER, sympy.S.Zero)
    >>> variables = (Variable(symbol=x),)
    >>> statement = Statement(variables=variables, hypotheses=(positive,), conclusions=(positive,))
    >>> Case(name="all", statement=statement, witness=(("x", sympy.S.NegativeOne),))
    Traceback (most recent call last):
        ...
    ValueError: Expected a witness of every hypothesis, got x = -1, which violates: x > 0
    """

    name: str
    statement: AnyStatement
    witness: Point | None = None
    suspects: tuple[Point, ...] = ()

    def __post_init__(self) -> None:
        if isinstance(self.statement, Statement) and (self.witness is not None or self.statement.hypotheses):
            require_witness(self.statement, self.witness)


_CLAIM_ID = re.compile(r"[a-z]+(\.[a-z0-9]+(-[a-z0-9]+)*)+")


@dataclass(frozen=True, kw_only=True)
class Claim:
    """A theorem, a plausible falsehood or an open question.

    Parameters
    ----------
    id : str
        ``group.slug``; the claim lives in ``claims/group/slug.py``.
    title : str
        One line.
    provenance : Provenance
    source : str
        Key in ``references.bib``, or empty for derived claims.
    statement : str
        The statement for readers, in Unicode.
    latex : str
        The same in LaTeX.
    hypotheses : tuple of str
        Each hypothesis in words.
    cases : tuple of Case
        What the engines check; the claim is proved, for its scope, when every implication among them is.
    scope : str
        What the cases cover (``N = 2, 3 symbolic; N ≤ 8 sampled``).
    expected : Expectation
    sharpness : tuple of Sharpness
        Counterexamples without one hypothesis, for the hypotheses that are known to be needed.

    Raises
    ------
    ValueError
        On a malformed id, no case, two cases of one name, or sharpness of a hypothesis there is not.
    """

    id: str
    title: str
    provenance: Provenance
    source: str
    statement: str
    latex: str
    hypotheses: tuple[str, ...]
    cases: tuple[Case, ...]
    scope: str
    expected: Expectation = Expectation.NOT_REFUTED
    sharpness: tuple[Sharpness, ...] = ()

    def __post_init__(self) -> None:
        if not _CLAIM_ID.fullmatch(self.id):
            raise ValueError(f"Expected an id like group.some-slug, got {self.id!r}")
        names = [case.name for case in self.cases]
        if not names or len(set(names)) != len(names):
            raise ValueError(f"Expected at least one case and distinct case names, got {names} in {self.id}")
        if any(not 0 <= item.hypothesis < len(self.hypotheses) for item in self.sharpness):
            raise ValueError(f"Expected sharpness of one of {len(self.hypotheses)} hypotheses in {self.id}")
