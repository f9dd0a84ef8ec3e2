"""ecosystem.update-order: the order of updates in a linear loop of two keeps the fixed point, not the rate.

Statement. x' = By + c and y' = Cx + d, without self-streams. Updating both at once or x first and then y
from the new x has the same fixed points, and ρ of one synchronous round is the square root of ρ of one
sequential round.

Argument. A fixed point of either order solves x = By + c, y = Cx + d. The synchronous round has the matrix
J = [[0, B], [C, 0]], the sequential one [[0, B], [0, CB]], since y' = C(By + c) + d. With p coordinates of
x and q of y: z^q det(zI − J) = z^p det(z²I_q − CB), and det(zI − J_seq) = z^p det(zI_q − CB). So up to
zeros the eigenvalues of J are the two square roots of those of CB, and those of J_seq are those of CB.

Machine-checked. Both characteristic polynomials, and that a fixed point of the sequential round is one of
the synchronous round, for sizes (1,1), (2,1), (1,2), (2,2).
"""

from __future__ import annotations

import sympy

from proofs_check.claim import Case, Claim, Provenance
from proofs_check.conditions.affine_networks import two_without_self_streams
from proofs_check.conditions.ecosystem_condition import EcosystemCondition
from proofs_check.encoding.matrices import determinant
from proofs_check.encoding.relations import all_equal, equal
from proofs_check.encoding.symbols import Matrix, column, entries, matrix, point, real, reals, variables
from proofs_check.sharpness import Sharpness
from proofs_check.statements.statement import Statement
from theory.analysis import Analysis

_SIZES = ((1, 1), (2, 1), (1, 2), (2, 2))


def claim() -> Claim:
    """The claim ``ecosystem.update-order``."""
    return Claim(
        id="ecosystem.update-order",
        title="Synchronous and sequential updates share the fixed point, at rates ρ and ρ²",
        provenance=Provenance.DERIVED,
        source="",
        statement=(
            "Two-model linear loop without self-streams: synchronous and sequential updates share the "
            "fixed point, "
            "and ρ_sync = √ρ_seq."
        ),
        latex=r"x'=By+c,\ y'=Cx+d:\qquad\rho_{\mathrm{sync}}=\sqrt{\rho_{\mathrm{seq}}}=\sqrt{\rho(CB)}",
        hypotheses=("Two models with affine updates.", "Neither reads itself."),
        cases=tuple(make(p, q) for p, q in _SIZES for make in (_spectra, _fixed_point)),
        scope="state sizes (1,1), (2,1), (1,2), (2,2), symbolic; every size by the argument",
        sharpness=(_ring_of_three(), _self_stream()),
    )


def condition(analysis: Analysis) -> EcosystemCondition:
    """Whether two models with affine updates read each other and not themselves."""
    return two_without_self_streams("ecosystem.update-order", analysis)


def _spectra(p: int, q: int) -> Case:
    there, back, z = matrix("B", p, q), matrix("C", q, p), real("z")
    around = Matrix(back * there)
    synchronous = Matrix(sympy.Matrix([[sympy.zeros(p, p), there], [back, sympy.zeros(q, q)]]))
    sequential = Matrix(sympy.Matrix([[sympy.zeros(p, p), there], [sympy.zeros(q, p), around]]))
    return Case(
        name=f"characteristic polynomials, sizes ({p},{q})",
        statement=Statement(
            variables=variables(there, back, z),
            hypotheses=(),
            conclusions=(
                equal(
                    z**q * determinant(_shifted(synchronous, z)), z**p * determinant(_shifted(around, z**2))
                ),
                equal(determinant(_shifted(sequential, z)), z**p * determinant(_shifted(around, z))),
            ),
        ),
    )


def _shifted(square: Matrix, z: sympy.Expr) -> Matrix:
    """zI − M."""
    return Matrix(z * sympy.eye(square.rows) - square)


def _fixed_point(p: int, q: int) -> Case:
    """x = By + c and y = C(By + c) + d give y = Cx + d."""
    there, back = matrix("B", p, q), matrix("C", q, p)
    first, second = column("c", p), column("d", q)
    x, y = column("x", p), column("y", q)
    round_x = Matrix(there * y + first)
    return Case(
        name=f"fixed point, sizes ({p},{q})",
        statement=Statement(
            variables=variables(there, back, first, second, x, y),
            hypotheses=(
                *all_equal(first, Matrix(x - there * y)),
                *all_equal(second, Matrix(y - back * round_x)),
            ),
            conclusions=(*all_equal(x, round_x), *all_equal(y, Matrix(back * x + second))),
        ),
        witness=point(
            entries(
                {
                    there: [[0] * q] * p,
                    back: [[0] * p] * q,
                    first: [[1]] * p,
                    second: [[2]] * q,
                    x: [[1]] * p,
                    y: [[2]] * q,
                }
            )
        ),
    )


def _self_stream() -> Sharpness:
    """With x' = ax + by the eigenvalue ½ of the synchronous round is no root of a sequential one."""
    own, there, back, z = reals("a b c z")
    return Sharpness(
        hypothesis=1,
        weakened=Statement(
            variables=variables(own, there, back, z),
            hypotheses=(equal(z**2, own * z + back * there),),
            conclusions=(equal(z**4, (own + back * there) * z**2),),
        ),
        point=point({own: "1/2", there: 0, back: 0, z: "1/2"}),
    )


def _ring_of_three() -> Sharpness:
    """Three models in a ring: a synchronous eigenvalue is a cube root of the gain once around."""
    first, second, third, z = reals("a b c z")
    return Sharpness(
        hypothesis=0,
        weakened=Statement(
            variables=variables(first, second, third, z),
            hypotheses=(equal(z**3, first * second * third),),
            conclusions=(equal(z**2, first * second * third),),
        ),
        point=point({first: "1/2", second: "1/2", third: "1/2", z: "1/2"}),
    )
