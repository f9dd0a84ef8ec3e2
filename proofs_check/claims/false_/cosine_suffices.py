"""false.cosine-suffices: "a contracting loop keeps a push that points the users' way".

Refuted by the quarter turn A = ½Rot(90°), ‖A‖₂ = 1/2: with the push a = (1, 0) and the wish g = (1, −3),
gᵀa = 1 > 0 and gᵀ(I − A)⁻¹a = −2/5. The cosine 1/√10 ≈ 0.316 between g and a is smaller than ‖A‖₂, which is
where the guarantee of influence.cone ends; influence.rotation-threshold tells where exactly a rotation
inverts.

What the statement says. For every A = [[x, −y], [y, x]] with x² + y² < 1 and all a, g with gᵀa > 0, gᵀ(I −
A)⁻¹a ≥ 0. The refutation is an exact point.
"""

from __future__ import annotations

from proofs_check.claim import Case, Claim, Expectation, Provenance
from proofs_check.encoding.matrices import determinant, identity_minus, inverse
from proofs_check.encoding.relations import at_least, less, positive, unequal
from proofs_check.encoding.symbols import Matrix, column, entries, point, reals, variables
from proofs_check.statements.statement import Statement


def claim() -> Claim:
    """The claim ``false.cosine-suffices``."""
    return Claim(
        id="false.cosine-suffices",
        title="A positive cosine suffices in a contracting loop",
        provenance=Provenance.DERIVED,
        source="",
        statement=(
            "False: if ‖A‖₂ < 1 and cos(g, a) > 0 then gᵀ(I − A)⁻¹a ≥ 0. "
            "A = ½Rot(90°), a = (1, 0), g = (1, −3) give −2/5."
        ),
        latex=r"\|A\|_2<1,\ \cos(g,a)>0\;\not\Rightarrow\;g^{\top}(I-A)^{-1}a\ge 0",
        hypotheses=("d = 2, A a rotation times a factor below 1.", "gᵀa > 0."),
        cases=(_case(),),
        scope="d = 2",
        expected=Expectation.REFUTED,
    )


def _case() -> Case:
    x, y = reals("x y")
    push, wanted = column("a", 2), column("g", 2)
    field = identity_minus(Matrix([[x, -y], [y, x]]))
    known = point({x: 0, y: "1/2"} | entries({push: [[1], [0]], wanted: [[1], [-3]]}))
    return Case(
        name="d = 2",
        statement=Statement(
            variables=variables(x, y, push, wanted),
            hypotheses=(
                less(x**2 + y**2, 1),
                positive((wanted.T * push)[0, 0]),
                unequal(determinant(field)),
            ),
            conclusions=(at_least((wanted.T * inverse(field) * push)[0, 0]),),
        ),
        witness=known,
        suspects=(known,),
    )
