"""One mean–variance Gaussian that reads real data and its own output, all of it tilted by tx.

Real data N(M, V) have the share a, the rest w = 1 − a of the training set is N(m + tv, v).
"""

from __future__ import annotations

import sympy

from proofs_check.claim import Case
from proofs_check.encoding.matrices import determinant
from proofs_check.encoding.relations import equal, less, positive
from proofs_check.encoding.symbols import Matrix, reals
from proofs_check.statements.limit_statement import Behaviour, LimitStatement
from proofs_check.statements.statement import Condition

REAL_SHARE, TILT, MEAN, VARIANCE, REAL_MEAN, REAL_VARIANCE = reals("a t m v M V")
OWN_SHARE = 1 - REAL_SHARE
BEND = OWN_SHARE * TILT**2 / REAL_SHARE**2
"""κ = wt²/a²."""


def shares() -> tuple[Condition, ...]:
    """0 < a < 1."""
    return positive(REAL_SHARE), less(REAL_SHARE, 1)


def stationary() -> Condition:
    """κv² − v + V = 0."""
    return equal(BEND * VARIANCE**2 - VARIANCE + REAL_VARIANCE)


def step() -> Matrix:
    """(m', v'): moments of a·N(M, V) + w·N(m + tv, v)."""
    picked = MEAN + TILT * VARIANCE
    first = REAL_SHARE * REAL_MEAN + OWN_SHARE * picked
    second = REAL_SHARE * (REAL_VARIANCE + REAL_MEAN**2) + OWN_SHARE * (VARIANCE + picked**2)
    return Matrix([first, second - first**2])


def jacobian() -> Matrix:
    """J at an equilibrium, where M = m − wtv/a."""
    slopes = sympy.Matrix(step()).jacobian([MEAN, VARIANCE])
    centre = MEAN - OWN_SHARE * TILT * VARIANCE / REAL_SHARE
    return Matrix(slopes.xreplace({REAL_MEAN: centre}).applyfunc(sympy.factor))


def reduced() -> Matrix:
    """J does not depend on where the mean is."""
    return Matrix(jacobian().xreplace({MEAN: sympy.Integer(0)}))


def orbit(tilt: str) -> tuple[sympy.Expr, ...]:
    """One round for a = 1/2, M = 0, V = 3/8."""
    values = {
        REAL_SHARE: sympy.Rational(1, 2),
        REAL_MEAN: sympy.Integer(0),
        REAL_VARIANCE: sympy.Rational(3, 8),
    }
    return tuple(step().xreplace({**values, TILT: sympy.Rational(tilt)}))


def settles() -> Case:
    """κ = 1/2, 4κV = 3/4: v* = 1/2, m* = 1/4."""
    ends = sympy.Rational(1, 2)
    at = {REAL_SHARE: sympy.Rational(1, 2), TILT: sympy.Rational(1, 2), VARIANCE: ends}
    slopes = reduced().xreplace(at)
    half = (slopes[0, 0] + slopes[1, 1]) / 2
    rate = half + sympy.sqrt(half**2 - determinant(Matrix(slopes)))
    return Case(
        name="iterated below the fold",
        statement=LimitStatement(
            variables=(MEAN, VARIANCE),
            step=orbit("1/2"),
            start=(sympy.Integer(0), sympy.Rational(3, 8)),
            limit=(ends / 2, ends),
            rate=sympy.expand(rate),
        ),
    )


def leaves() -> Case:
    """κ = 2, 4κV = 3."""
    return Case(
        name="iterated beyond the fold",
        statement=LimitStatement(
            variables=(MEAN, VARIANCE),
            step=orbit("1"),
            start=(sympy.Integer(0), sympy.Rational(3, 8)),
            behaviour=Behaviour.LEAVES,
        ),
    )
