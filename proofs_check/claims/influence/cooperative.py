"""influence.cooperative: where every link is non-negative, feedback amplifies.

Statement. Scalar states, a knob that enters row i of the update only, J ≥ 0 entrywise and ρ(J) < 1: then
[(I − J)⁻¹]_ii ≥ 1/(1 − J_ii) ≥ 1, so the long-run effect on i is at least the direct one: never dampened,
never inverted.

Argument. Take i = 1 and block off the rest: [(I − J)⁻¹]_11 = 1/(1 − J_11 − J_1r (I − J_rr)⁻¹ J_r1). ρ(J_rr)
≤ ρ(J) < 1, so (I − J_rr)⁻¹ = Σ J_rrᵏ ≥ 0, and the subtracted term is ≥ 0; the denominator is positive as
det(I − J)/det(I − J_rr) and both determinants are positive (no real eigenvalue reaches 1). Hence 0 <
denominator ≤ 1 − J_11 ≤ 1.

Substochastic rows suffice. v = (I − J)⁻¹1 = Σ Jᵏ1 ≥ 1 exists as ρ(J) < 1. With V = diag(v), the matrix
V⁻¹JV is non-negative, its rows sum to 1 − 1/v_i < 1, and (I − V⁻¹JV)⁻¹ = V⁻¹(I − J)⁻¹V has the same
diagonal. Conversely rows that sum to less than 1 have ρ < 1. So the statement for all J ≥ 0 with ρ(J) < 1
and the statement for J ≥ 0 with row sums below 1 are the same statement.

Machine-checked. For N = 2, 3: the inequalities for every J ≥ 0 with row sums below 1 (there det(I − J) and
its principal minors are forms with non-negative coefficients in the entries and the slacks), and the two
facts of the scaling: the row sums of V⁻¹JV and the equality of the diagonal entries.
"""

from __future__ import annotations

import sympy

from proofs_check.claim import Case, Claim, Provenance
from proofs_check.conditions.ecosystem_condition import EcosystemCondition
from proofs_check.conditions.scalar_models import cooperative_models
from proofs_check.encoding.matrices import determinant, identity_minus, inverse
from proofs_check.encoding.relations import all_nonnegative, at_least, equal, less, positive, unequal
from proofs_check.encoding.symbols import UNIT, Matrix, column, entries, matrix, point, variables
from proofs_check.sharpness import Sharpness, dropping
from proofs_check.statements.statement import Relation, SchurStable, Statement
from theory.analysis import Analysis

_SIZES = (2, 3)


def claim() -> Claim:
    """The claim ``influence.cooperative``."""
    return Claim(
        id="influence.cooperative",
        title="Non-negative links never dampen or invert a model's own influence",
        provenance=Provenance.DERIVED,
        source="",
        statement=(
            "Scalar states, a knob on model i only, J ≥ 0 entrywise, ρ(J) < 1: "
            "[(I − J)⁻¹]ᵢᵢ ≥ 1/(1 − Jᵢᵢ) ≥ 1."
        ),
        latex=r"J\ge 0,\ \rho(J)<1\;\Rightarrow\;[(I-J)^{-1}]_{ii}\ge\frac{1}{1-J_{ii}}\ge 1",
        hypotheses=(
            "One state a model; the knob enters the update of model i only.",
            "J ≥ 0 entrywise.",
            "ρ(J) < 1.",
        ),
        cases=tuple(make(n) for n in _SIZES for make in (_bound, _row_sums, _same_diagonal)),
        scope="N = 2, 3, every non-negative J with ρ(J) < 1; every N by the argument",
        sharpness=(_knob_elsewhere(), _negative_links(), _unstable()),
    )


def condition(analysis: Analysis) -> EcosystemCondition:
    """Whether every link of an ecosystem of scalar models is non-negative at a stable equilibrium."""
    return cooperative_models("influence.cooperative", analysis)


def _row_sums_below_one(jacobian: Matrix) -> tuple[Relation, ...]:
    return tuple(less(sympy.Add(*jacobian.row(i)), 1) for i in range(jacobian.rows))


def _bound(n: int) -> Case:
    jacobian = matrix("J", n, n)
    field = identity_minus(jacobian)
    rest = Matrix(field[1:, 1:])
    own = 1 / (1 - jacobian[0, 0])
    return Case(
        name=f"N = {n}, row sums below 1",
        statement=Statement(
            variables=variables(jacobian, typical=UNIT),
            hypotheses=(*all_nonnegative(jacobian), *_row_sums_below_one(jacobian)),
            conclusions=(
                positive(1 - jacobian[0, 0]),
                positive(determinant(field)),
                at_least(determinant(rest) * (1 - jacobian[0, 0]), determinant(field)),
                at_least(own, 1),
            ),
        ),
        witness=point(entries({jacobian: [["1/4"] * n] * n})),
    )


def _scaled(jacobian: Matrix, scale: Matrix) -> Matrix:
    n = jacobian.rows
    return Matrix(n, n, lambda i, j: jacobian[i, j] * scale[j] / scale[i])


def _row_sums(n: int) -> Case:
    """(I − J)v = 1 and v > 0 make the rows of V⁻¹JV sum to less than 1."""
    jacobian, scale = matrix("J", n, n), column("v", n)
    scaled = _scaled(jacobian, scale)
    definition = tuple(equal(e, 1) for e in identity_minus(jacobian) * scale)
    sums = tuple(equal(sympy.Add(*scaled.row(i)), 1 - 1 / scale[i]) for i in range(n))
    return Case(
        name=f"N = {n}, rows after scaling",
        statement=Statement(
            variables=variables(jacobian, scale),
            hypotheses=(*definition, *(positive(v) for v in scale)),
            conclusions=(*sums, *(positive(1 / v) for v in scale)),
        ),
        witness=point(entries({jacobian: [[f"1/{2 * n}"] * n] * n, scale: [[2]] * n})),
    )


def _same_diagonal(n: int) -> Case:
    jacobian, scale = matrix("J", n, n), column("v", n)
    field, scaled = identity_minus(jacobian), identity_minus(_scaled(jacobian, scale))
    return Case(
        name=f"N = {n}, the diagonal survives scaling",
        statement=Statement(
            variables=variables(jacobian, scale),
            hypotheses=(*(unequal(v) for v in scale), unequal(determinant(field))),
            conclusions=(
                equal(determinant(scaled), determinant(field)),
                equal(determinant(Matrix(scaled[1:, 1:])) / determinant(field), inverse(field)[0, 0]),
            ),
        ),
        witness=point(entries({jacobian: [["1/4"] * n] * n, scale: [[2]] * n})),
    )


def _knob_elsewhere() -> Sharpness:
    """The knob lowers what model 1 reads: a push of 1 ends up as −1."""
    jacobian, knob = matrix("J", 2, 2), column("a", 2)
    field = identity_minus(jacobian)
    return Sharpness(
        hypothesis=0,
        weakened=Statement(
            variables=variables(jacobian, knob),
            hypotheses=(
                *all_nonnegative(jacobian),
                SchurStable(jacobian),
                unequal(determinant(field)),
                positive(knob[0]),
            ),
            conclusions=(at_least((inverse(field) * knob)[0], knob[0]),),
        ),
        point=point(entries({jacobian: [[0, "1/2"], [0, 0]], knob: [[1], [-4]]})),
    )


def _negative_links() -> Sharpness:
    """ρ = 0.61, and the entry is −2/5."""
    jacobian = matrix("J", 2, 2)
    field = identity_minus(jacobian)
    return Sharpness(
        hypothesis=1,
        weakened=Statement(
            variables=variables(jacobian),
            hypotheses=(SchurStable(jacobian), unequal(determinant(field))),
            conclusions=(at_least(inverse(field)[0, 0], 1),),
        ),
        point=point(entries({jacobian: [["-1/2", -1], [1, "5/4"]]})),
    )


def _unstable() -> Sharpness:
    """J = diag(2, 0): the entry is −1."""
    jacobian = matrix("J", 2, 2)
    return dropping(
        _bound(2),
        *_row_sums_below_one(jacobian),
        hypothesis=2,
        point=point(entries({jacobian: [[2, 0], [0, 0]]})),
    )
