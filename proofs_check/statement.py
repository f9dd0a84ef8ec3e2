"""Statement: a universally quantified implication as data, with every domain explicit."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import sympy


class Comparison(Enum):
    """How the two sides of a relation compare."""

    EQUAL = "="
    UNEQUAL = "!="
    LESS = "<"
    LESS_EQUAL = "<="
    GREATER = ">"
    GREATER_EQUAL = ">="


@dataclass(frozen=True)
class Relation:
    """``left comparison right`` between exact expressions; defined where every divisor is nonzero."""

    left: sympy.Expr
    comparison: Comparison
    right: sympy.Expr


@dataclass(frozen=True)
class SchurStable:
    """All eigenvalues of a square matrix of expressions lie inside the unit circle: ρ < 1."""

    matrix: sympy.ImmutableDenseMatrix


Condition = Relation | SchurStable


@dataclass(frozen=True, kw_only=True)
class Variable:
    """A real variable of a statement.

    `typical` is a range worth sampling; it restricts nothing: bounds are hypotheses.
    """

    symbol: sympy.Symbol
    typical: tuple[sympy.Rational, sympy.Rational] = (sympy.Rational(-3), sympy.Rational(3))


@dataclass(frozen=True, kw_only=True)
class Statement:
    """For all real `variables`: if every hypothesis holds then every conclusion holds.

    Parameters
    ----------
    variables : tuple of Variable
        All free symbols, plain ``real=True`` symbols.
    hypotheses, conclusions : tuple of Condition
        Conjunctions.  A conclusion's divisors must be nonzero by a hypothesis.

    Raises
    ------
    ValueError
        On a free symbol that is not a variable, or a float.
    """

    variables: tuple[Variable, ...]
    hypotheses: tuple[Condition, ...]
    conclusions: tuple[Condition, ...]
