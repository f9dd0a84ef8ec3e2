"""influence.two-model-sign: with two scalar models, self-influence flips iff the partner alone runs away.

Statement. Let J be a real 2 × 2 matrix with ρ(J) < 1. Then det(I − J) > 0, and the (1,1) entry of (I − J)⁻¹
is positive, zero or negative as J_22 < 1, J_22 = 1 or J_22 > 1.

Argument. det(I − J) = (1 − z₁)(1 − z₂) over the eigenvalues: a product of two positive numbers if they are
real and |1 − z₁|² if they are conjugate, never zero because |z| < 1. By Cramer's rule the (1,1) entry of
the inverse is (1 − J_22)/det(I − J). A knob of model 1 enters row 1 of the update only, so d x_1/dτ is that
entry times the direct effect, and its sign against the direct effect is the entry's sign.

J_22 > 1 means that model 2 alone, with model 1 held fixed, would run away from the equilibrium; model 1's
reaction is what keeps the pair stable, and then every push on model 1 comes back inverted.

Machine-checked. The statement itself for every real J, in four cases, stability as the Jury conditions of
the characteristic polynomial.
"""

from __future__ import annotations

import sympy

from proofs_check.claim import Case, Claim, Provenance
from proofs_check.conditions.ecosystem_condition import EcosystemCondition
from proofs_check.conditions.scalar_models import two_scalar_models
from proofs_check.encoding.matrices import determinant, identity_minus, inverse
from proofs_check.encoding.relations import equal, less, negative, positive, unequal
from proofs_check.encoding.symbols import entries, matrix, point, variables
from proofs_check.sharpness import Sharpness, dropping
from proofs_check.statements.statement import Relation, SchurStable, Statement
from theory.analysis import Analysis

_J = matrix("J", 2, 2)
_FIELD = identity_minus(_J)
_PARTNER = _J[1, 1]


def claim() -> Claim:
    """The claim ``influence.two-model-sign``."""
    entry = inverse(_FIELD)[0, 0]
    return Claim(
        id="influence.two-model-sign",
        title="Two scalar models: self-influence flips iff the partner alone is unstable upward",
        provenance=Provenance.DERIVED,
        source="",
        statement=(
            "Scalar states, ρ(J) < 1: det(I − J) > 0 and the (1,1) entry of (I − J)⁻¹ has the sign of 1 − "
            "J₂₂. "
            "Self-influence is inverted against the direct effect iff J₂₂ > 1."
        ),
        latex=(
            r"\rho(J)<1\;\Rightarrow\;\det(I-J)>0,\quad"
            r"\operatorname{sign}\,[(I-J)^{-1}]_{11}=\operatorname{sign}(1-J_{22})"
        ),
        hypotheses=("Two models with one state each.", "The equilibrium is stable: ρ(J) < 1."),
        cases=(
            _case("det(I − J) > 0", None, positive(determinant(_FIELD)), [["1/2", "1/4"], ["1/4", "1/2"]]),
            _case("J₂₂ < 1", less(_PARTNER, 1), positive(entry), [["1/2", "-1/4"], ["1/4", "1/2"]]),
            _case("J₂₂ = 1", equal(_PARTNER, 1), equal(entry, 0), [["-1/2", 1], [-1, 1]]),
            _case("J₂₂ > 1", less(1, _PARTNER), negative(entry), [["-3/4", -2], [1, "3/2"]]),
        ),
        scope="N = 2, every real J",
        sharpness=(_three_models(), _unstable()),
    )


def condition(analysis: Analysis) -> EcosystemCondition:
    """Whether an ecosystem is two stable scalar models."""
    return two_scalar_models("influence.two-model-sign", analysis)


def _case(name: str, partner: Relation | None, conclusion: Relation, witness: list[list[int | str]]) -> Case:
    extra = () if partner is None else (partner, unequal(determinant(_FIELD)))
    return Case(
        name=name,
        statement=Statement(
            variables=variables(_J, typical=(sympy.Rational(-2), sympy.Rational(2))),
            hypotheses=(SchurStable(_J), *extra),
            conclusions=(conclusion,),
        ),
        witness=point(entries({_J: witness})),
    )


def _unstable() -> Sharpness:
    """J = diag(2, 0): J_22 < 1, and yet the entry is −1."""
    case = _case("J₂₂ < 1", less(_PARTNER, 1), positive(inverse(_FIELD)[0, 0]), [["1/2", 0], [0, "1/2"]])
    return dropping(case, SchurStable(_J), hypothesis=1, point=point(entries({_J: [[2, 0], [0, 0]]})))


def _three_models() -> Sharpness:
    """Nilpotent J: neither partner alone runs away, and yet the entry is −1."""
    jacobian = matrix("J", 3, 3)
    field = identity_minus(jacobian)
    return Sharpness(
        hypothesis=0,
        weakened=Statement(
            variables=variables(jacobian),
            hypotheses=(
                SchurStable(jacobian),
                *(less(jacobian[k, k], 1) for k in (1, 2)),
                unequal(determinant(field)),
            ),
            conclusions=(positive(inverse(field)[0, 0]),),
        ),
        point=point(entries({jacobian: [[0, -2, 0], [1, 0, 2], [0, 1, 0]]})),
    )
