"""false.positive-links-are-safe: "if every link keeps directions, no push comes back inverted".

Refuted. Let every block of J be symmetric positive semidefinite: each link alone turns no vector by more
than a right angle. Two links in a row can. With J_11 = J_22 = 0, J_12 = [[9, 0], [0, 0]] and J_21 = [[1/36,
1/3], [1/3, 4]], ρ(J) = 1/2, and the push g = (1, −1), wanted by its users, comes back as gᵀ[(I − J)⁻¹]_11 g
= −5/3 while gᵀg = 2. (For one state a model, positive links are numbers ≥ 0, and then it is true:
influence.cooperative.)

What the statement says. For all symmetric positive semidefinite P, Q in two dimensions with ρ(PQ) < 1 and
every g, gᵀ(I − PQ)⁻¹g ≥ 0; by block elimination [(I − J)⁻¹]_11 = (I − PQ)⁻¹ and ρ(J)² = ρ(PQ) for J = [[0,
P], [Q, 0]]. The refutation is an exact point.
"""

from __future__ import annotations

from proofs_check.claim import Case, Claim, Expectation, Provenance
from proofs_check.encoding.matrices import determinant, identity_minus, inverse
from proofs_check.encoding.relations import at_least, unequal
from proofs_check.encoding.symbols import Matrix, column, point, reals, variables
from proofs_check.statements.statement import SchurStable, Statement


def claim() -> Claim:
    """The claim ``false.positive-links-are-safe``."""
    return Claim(
        id="false.positive-links-are-safe",
        title="Positive links are safe",
        provenance=Provenance.DERIVED,
        source="",
        statement=(
            "False beyond scalar states: if every block of J is symmetric positive semidefinite and "
            "ρ(J) < 1, gᵀ[(I − J)⁻¹]₁₁g ≥ 0. "
            "J₁₂ = [[9, 0], [0, 0]], J₂₁ = [[1/36, 1/3], [1/3, 4]], g = (1, −1) give −5/3."
        ),
        latex=r"J_{ij}\succeq 0,\ \rho(J)<1\;\not\Rightarrow\;g^{\top}[(I-J)^{-1}]_{11}g\ge 0",
        hypotheses=(
            "N = 2, d = 2, J₁₁ = J₂₂ = 0.",
            "J₁₂, J₂₁ symmetric positive semidefinite, ρ(J₁₂J₂₁) < 1.",
        ),
        cases=(_case(),),
        scope="N = 2, d = 2",
        expected=Expectation.REFUTED,
    )


def _case() -> Case:
    first, second = reals("p11 p12 p22"), reals("q11 q12 q22")
    wanted = column("g", 2)
    loop = Matrix(_symmetric(first) * _symmetric(second))
    field = identity_minus(loop)
    values = dict(zip((*first, *second), (9, 0, 0, "1/36", "1/3", 4), strict=True))
    known = point(values | {wanted[0]: 1, wanted[1]: -1})
    semidefinite = [c for a, b, d in (first, second) for c in (a, d, a * d - b**2)]
    return Case(
        name="N = 2, d = 2",
        statement=Statement(
            variables=variables(*first, *second, wanted),
            hypotheses=(
                *(at_least(c) for c in semidefinite),
                SchurStable(loop),
                unequal(determinant(field)),
            ),
            conclusions=(at_least((wanted.T * inverse(field) * wanted)[0, 0]),),
        ),
        witness=known,
        suspects=(known,),
    )


def _symmetric(entries: tuple[object, ...]) -> Matrix:
    a, b, d = entries
    return Matrix([[a, b], [b, d]])
