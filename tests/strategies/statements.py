"""Small statements, true and false, with the encoded form and the certificates that tests need."""

from __future__ import annotations

import sympy

from proofs_check.claim import Case
from proofs_check.statements.canonical import encode_statement
from proofs_check.statements.statement import Comparison, Relation, SchurStable, Statement, Variable

EQ, NE = Comparison.EQUAL, Comparison.UNEQUAL
LT, LE, GT, GE = Comparison.LESS, Comparison.LESS_EQUAL, Comparison.GREATER, Comparison.GREATER_EQUAL


def real(names):
    """Plain real symbols."""
    return sympy.symbols(names, real=True, seq=True)


def relation(left, comparison, right=0):
    """A relation between anything SymPy understands."""
    return Relation(sympy.sympify(left), comparison, sympy.sympify(right))


def implication(symbols, hypotheses, conclusions):
    """A statement over plain symbols."""
    return Statement(
        variables=tuple(Variable(symbol=s) for s in symbols),
        hypotheses=tuple(hypotheses),
        conclusions=tuple(conclusions),
    )


def stable(rows):
    """ρ < 1 for a matrix given by rows."""
    return SchurStable(sympy.ImmutableDenseMatrix(rows))


def case(statement, witness=None, name="case"):
    """A case; `witness` maps symbols to exact values."""
    pairs = None if witness is None else tuple((s.name, sympy.sympify(v)) for s, v in witness.items())
    return Case(name=name, statement=statement, witness=pairs)


def encoded(statement):
    """The encoded form."""
    return encode_statement(statement)


def motzkin(x, y):
    """Motzkin's polynomial: nonnegative, no sum of squares."""
    return x**4 * y**2 + x**2 * y**4 - 3 * x**2 * y**2 + 1
