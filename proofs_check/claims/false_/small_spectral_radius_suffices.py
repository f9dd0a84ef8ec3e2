"""false.small-spectral-radius-suffices: "a loop with small spectral radius cannot invert an aligned push".

Refuted by the nilpotent A = [[0, 3], [0, 0]], ρ(A) = 0, with the push a = (1, −1) and users who want
exactly that, g = a: gᵀ(I − A)⁻¹a = −1 while gᵀa = 2. The loop dies after one turn, but that turn sends a to
(−3, 0). What is needed is a small norm: with ‖A‖₂ < 1 an aligned push is never inverted.

What the statement says. For every real 2 × 2 matrix A with ρ(A) < 1/10 and every a ≠ 0, aᵀ(I − A)⁻¹a ≥ 0.
The refutation is an exact point.
"""

from __future__ import annotations

from proofs_check.claim import Case, Claim, Expectation, Provenance
from proofs_check.encoding.matrices import determinant, identity_minus, inverse
from proofs_check.encoding.relations import at_least, positive, unequal
from proofs_check.encoding.symbols import Matrix, column, entries, matrix, point, variables
from proofs_check.statements.statement import SchurStable, Statement


def claim() -> Claim:
    """The claim ``false.small-spectral-radius-suffices``."""
    return Claim(
        id="false.small-spectral-radius-suffices",
        title="A small spectral radius protects an aligned push",
        provenance=Provenance.DERIVED,
        source="",
        statement=(
            "False: if ρ(A) is small, aᵀ(I − A)⁻¹a ≥ 0. "
            "A = [[0, 3], [0, 0]] has ρ(A) = 0, and a = (1, −1) gives −1."
        ),
        latex=r"\rho(A)<\tfrac1{10}\;\not\Rightarrow\;a^{\top}(I-A)^{-1}a\ge 0",
        hypotheses=("d = 2, ρ(A) < 1/10.", "The users want the push itself: g = a ≠ 0."),
        cases=(_case(),),
        scope="d = 2",
        expected=Expectation.REFUTED,
    )


def _case() -> Case:
    loop, push = matrix("A", 2, 2), column("a", 2)
    field = identity_minus(loop)
    known = point(entries({loop: [[0, 3], [0, 0]], push: [[1], [-1]]}))
    return Case(
        name="d = 2",
        statement=Statement(
            variables=variables(loop, push),
            hypotheses=(
                SchurStable(Matrix(10 * loop)),
                positive(push[0] ** 2 + push[1] ** 2),
                unequal(determinant(field)),
            ),
            conclusions=(at_least((push.T * inverse(field) * push)[0, 0]),),
        ),
        witness=known,
        suspects=(known,),
    )
