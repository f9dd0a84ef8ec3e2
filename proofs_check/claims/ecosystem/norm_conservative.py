"""ecosystem.norm-conservative: the condition ‖W‖₂ < 1 can be arbitrarily far from necessary.

Statement. On the star with n ≥ 2 models, leaves read the hub and the hub averages the leaves: ‖W‖₂ = √(n − 1)
while ρ(W) = 1. Scaled by any factor below 1 it is stable, with ‖W‖₂ as large as wanted.

Argument. W maps the hub's coordinate to every leaf and the leaves' average to the hub. So
det(zI − W) = z^(n−2)(z² − 1), and ρ(W) = 1. WWᵀ is all ones on the leaves and 1/(n − 1) on the hub, so
det(zI − WWᵀ) = z^(n−2)(z − (n − 1))(z − 1/(n − 1)): the largest singular value is √(n − 1).

Machine-checked. Both characteristic polynomials for n = 2, …, 6.
"""

from __future__ import annotations

import sympy

from proofs_check.claim import Case, Claim, Provenance
from proofs_check.encoding.matrices import determinant
from proofs_check.encoding.relations import equal
from proofs_check.encoding.symbols import Matrix, point, real, variables
from proofs_check.sharpness import Sharpness
from proofs_check.statements.statement import Statement

_SIZES = (2, 3, 4, 5, 6)


def claim() -> Claim:
    """The claim ``ecosystem.norm-conservative``."""
    return Claim(
        id="ecosystem.norm-conservative",
        title="On a star the norm of W is √(n − 1) and its spectral radius 1",
        provenance=Provenance.DERIVED,
        source="",
        statement=(
            "Star on n ≥ 2 models (leaves read the hub, the hub averages the leaves): "
            "‖W‖₂ = √(n − 1) and ρ(W) = 1."
        ),
        latex=r"\|W\|_2=\sqrt{n-1},\qquad\rho(W)=1",
        hypotheses=("Leaves read the hub only.", "The hub reads all leaves in equal shares."),
        cases=tuple(_star(n) for n in _SIZES),
        scope="n = 2, …, 6; every n by the argument",
        sharpness=(_leaf_reads_itself(),),
    )


def star(n: int) -> Matrix:
    """W of the star: model 0 is the hub."""
    hub = [0, *([sympy.Rational(1, n - 1)] * (n - 1))]
    return Matrix([hub, *([1, *([0] * (n - 1))] for _ in range(n - 1))])


def _star(n: int) -> Case:
    weights, z = star(n), real("z")
    gram = Matrix(weights * weights.T)
    largest, least = sympy.Integer(n - 1), sympy.Rational(1, n - 1)
    return Case(
        name=f"n = {n}",
        statement=Statement(
            variables=variables(z),
            hypotheses=(),
            conclusions=(
                equal(determinant(Matrix(z * sympy.eye(n) - weights)), z ** (n - 2) * (z**2 - 1)),
                equal(
                    determinant(Matrix(z * sympy.eye(n) - gram)), z ** (n - 2) * (z - largest) * (z - least)
                ),
            ),
        ),
    )


def _leaf_reads_itself() -> Sharpness:
    """n = 3, a leaf with the share 1 − s of itself and s of the hub: at s = 0 the norm is not √2."""
    share = real("s")
    half = sympy.Rational(1, 2)
    weights = Matrix([[0, half, half], [1, 0, 0], [share, 0, 1 - share]])
    gram = Matrix(weights * weights.T)
    return Sharpness(
        hypothesis=0,
        weakened=Statement(
            variables=variables(share),
            hypotheses=(),
            conclusions=(equal(determinant(Matrix(2 * sympy.eye(3) - gram)), 0),),
        ),
        point=point({share: 0}),
    )
