"""Claim: a theorem as data."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import sympy

from proofs_check.statement import Statement


class Provenance(Enum):
    """How far a statement may be attributed to a paper."""

    STATED = "stated"
    ENCODED = "encoded"
    DERIVED = "derived"


class Expectation(Enum):
    """What an honest check may end in."""

    NOT_REFUTED = "not refuted"
    REFUTED = "refuted"
    OPEN = "open"


Point = tuple[tuple[str, sympy.Expr], ...]


@dataclass(frozen=True, kw_only=True)
class Case:
    """One machine-checkable part of a claim, such as N = 2.

    `witness` is an exact point at which every hypothesis holds (non-vacuity).
    """

    name: str
    statement: Statement
    witness: Point | None = None


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
        What the engines check; the claim is proved when every case is.
    scope : str
        What the cases cover (``N = 2, 3 symbolic; N ≤ 8 sampled``).
    expected : Expectation
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
