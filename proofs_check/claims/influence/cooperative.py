"""influence.cooperative: where every link is non-negative, feedback amplifies.

Statement. Scalar states, a knob that enters row i of the update only, J ≥ 0 entrywise and ρ(J) < 1: then
[(I − J)⁻¹]_ii ≥ 1/(1 − J_ii) ≥ 1, so the long-run effect on i is at least the direct one: never dampened,
never inverted.

Argument. Take i = 1 and block off the rest: [(I − J)⁻¹]_11 = 1/(1 − J_11 − J_1r (I − J_rr)⁻¹ J_r1). ρ(J_rr)
≤ ρ(J) < 1, so (I − J_rr)⁻¹ = Σ J_rrᵏ ≥ 0, and the subtracted term is ≥ 0; the denominator is positive as
det(I − J)/det(I − J_rr) and both determinants are positive (no real eigenvalue reaches 1). Hence 0 <
denominator ≤ 1 − J_11 ≤ 1.

Machine-checked. For N = 2, 3, 4: the inequalities for every J ≥ 0 with ρ(J) < 1, by the principal minors of
I − J, which are positive.
"""

from __future__ import annotations

from proofs_check.claim import Case, Claim, Provenance
from proofs_check.conditions.ecosystem_condition import EcosystemCondition
from proofs_check.conditions.scalar_models import cooperative_models
from proofs_check.encoding.matrices import determinant, identity_minus, inverse
from proofs_check.encoding.relations import all_nonnegative, at_least, positive, unequal
from proofs_check.encoding.symbols import UNIT, column, entries, matrix, point, variables
from proofs_check.sharpness import Sharpness, dropping
from proofs_check.statements.statement import SchurStable, Statement
from theory.analysis import Analysis

_SIZES = (2, 3, 4)


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
        cases=tuple(_bound(n) for n in _SIZES),
        scope="N = 2, 3, 4, every non-negative J with ρ(J) < 1; every N by the argument",
        sharpness=(_knob_elsewhere(), _negative_links(), _unstable()),
    )


def condition(analysis: Analysis) -> EcosystemCondition:
    """Whether every link of an ecosystem of scalar models is non-negative at a stable equilibrium."""
    return cooperative_models("influence.cooperative", analysis)


def _bound(n: int) -> Case:
    jacobian = matrix("J", n, n)
    field = identity_minus(jacobian)
    own = 1 / (1 - jacobian[0, 0])
    return Case(
        name=f"N = {n}",
        statement=Statement(
            variables=variables(jacobian, typical=UNIT),
            hypotheses=(*all_nonnegative(jacobian), SchurStable(jacobian)),
            conclusions=(at_least(inverse(field)[0, 0], own), at_least(own, 1)),
        ),
        witness=point(entries({jacobian: [["1/8"] * n] * n})),
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
        SchurStable(jacobian),
        hypothesis=2,
        point=point(entries({jacobian: [[2, 0], [0, 0]]})),
    )
