"""false.negative-cycle-dampens: "a negative loop through a model dampens its own influence".

Refuted by J = [[0, 1/2, −1/4], [1, 0, 0], [1, 0, 0]]: the loop 1 → 3 → 1 has gain −1/4, ρ(J) = 1/2, and [(I
− J)⁻¹]_11 = 4/3 > 1 = 1/(1 − J_11). The positive loop 1 → 2 → 1 of gain 1/2 outweighs it; a negative link
on a loop only takes away the guarantee of influence.cooperative.

What the statement says. For every real 3 × 3 matrix J with ρ(J) < 1 and a loop of negative gain through
models 1 and 3, [(I − J)⁻¹]_11 ≤ 1/(1 − J_11). The refutation is an exact point.
"""

from __future__ import annotations

from proofs_check.claim import Case, Claim, Expectation, Provenance
from proofs_check.encoding.matrices import determinant, identity_minus, inverse
from proofs_check.encoding.relations import at_least, negative, unequal
from proofs_check.encoding.symbols import entries, matrix, point, variables
from proofs_check.statements.statement import SchurStable, Statement


def claim() -> Claim:
    """The claim ``false.negative-cycle-dampens``."""
    return Claim(
        id="false.negative-cycle-dampens",
        title="A negative loop through a model dampens its influence",
        provenance=Provenance.DERIVED,
        source="",
        statement=(
            "False: with ρ(J) < 1 and a loop of negative gain through model 1, [(I − J)⁻¹]₁₁ ≤ 1/(1 − J₁₁). "
            "J = [[0, ½, −¼], [1, 0, 0], [1, 0, 0]] has 4/3."
        ),
        latex=r"J_{13}J_{31}<0,\ \rho(J)<1\;\not\Rightarrow\;[(I-J)^{-1}]_{11}\le\frac{1}{1-J_{11}}",
        hypotheses=("Three models with one state each.", "ρ(J) < 1.", "J₁₃J₃₁ < 0."),
        cases=(_case(),),
        scope="N = 3",
        expected=Expectation.REFUTED,
    )


def _case() -> Case:
    jacobian = matrix("J", 3, 3)
    field = identity_minus(jacobian)
    known = point(entries({jacobian: [[0, "1/2", "-1/4"], [1, 0, 0], [1, 0, 0]]}))
    return Case(
        name="N = 3",
        statement=Statement(
            variables=variables(jacobian),
            hypotheses=(
                SchurStable(jacobian),
                negative(jacobian[0, 2] * jacobian[2, 0]),
                unequal(determinant(field)),
                unequal(jacobian[0, 0], 1),
            ),
            conclusions=(at_least(1 / (1 - jacobian[0, 0]), inverse(field)[0, 0]),),
        ),
        witness=known,
        suspects=(known,),
    )
