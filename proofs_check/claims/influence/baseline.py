"""influence.baseline: feedback amplifies against real data and dampens against one's own output.

Statement. Location models with fixed variances, W ≥ 0 with row sums 1 − a_i, a_i > 0; users of model 1
curate the share k ≤ w_11 of its own output with the reward cx, s the variance of model 1. The influence is
c²s k M_11, M = (I − W)⁻¹, and

    c²s k/(1 − w_11) ≤ c²s k M_11 ≤ c²s k/a_1.

The lower value is what model 1 would have with all others replaced by real data, the upper one with all
others replaced by its own output. Dampening and amplification are therefore a matter of the baseline.

Argument. The means move by dm = W dm + k s c e_1. M = Σ Wᵗ ≥ 0; M_11 counts the returns to 1, among them
those by its own link alone: M_11 ≥ 1/(1 − w_11). From (I − W)1 = a, Σ_j M_1j a_j = 1, hence M_11 a_1 ≤ 1.

Machine-checked. Both bounds for N = 2, 3, every W ≥ 0 with a > 0, as det(rest)(1 − w_11) ≥ det(I − W) and
a_1 det(rest) ≤ det(I − W), with det(I − W) > 0; and M_11 = det(rest)/det(I − W).
"""

from __future__ import annotations

import sympy

from proofs_check.claim import Case, Claim, Provenance
from proofs_check.conditions.affine_networks import own_knob_between_baselines
from proofs_check.conditions.ecosystem_condition import EcosystemCondition
from proofs_check.encoding.matrices import determinant, identity_minus, inverse
from proofs_check.encoding.relations import all_nonnegative, at_least, equal, less, positive, unequal
from proofs_check.encoding.symbols import UNIT, Matrix, entries, matrix, point, variables
from proofs_check.sharpness import Sharpness, dropping
from proofs_check.statements.statement import Statement
from theory.analysis import Analysis


def claim() -> Claim:
    """The claim ``influence.baseline``."""
    return Claim(
        id="influence.baseline",
        title="Amplified against real data, dampened against one's own output",
        provenance=Provenance.DERIVED,
        source="",
        statement=(
            "Fixed variances, own knob with curated share k, aᵢ > 0: "
            "c²s k/(1 − w₁₁) ≤ influence = c²s k M₁₁ ≤ c²s k/a₁, M = (I − W)⁻¹."
        ),
        latex=r"\frac{c^2s\,k}{1-w_{11}}\le c^2s\,k\,[(I-W)^{-1}]_{11}\le\frac{c^2s\,k}{a_1}",
        hypotheses=(
            "Location models with fixed variances; linear reward; no channels.",
            "W ≥ 0, row sums 1 − aᵢ, every aᵢ > 0.",
        ),
        cases=tuple(make(n) for n in (2, 3) for make in (_bounds, _entry)),
        scope="N = 2, 3 symbolic; any N by the argument",
        sharpness=(_needs_no_channel(), _needs_real_data()),
    )


def condition(analysis: Analysis) -> EcosystemCondition:
    """Whether location models with an own knob all have real data."""
    return own_knob_between_baselines("influence.baseline", analysis)


def _bounds(n: int) -> Case:
    weights = matrix("w", n, n)
    field = identity_minus(weights)
    rest = determinant(Matrix(field[1:, 1:]))
    real_share = 1 - sympy.Add(*weights.row(0))
    return Case(
        name=f"N = {n}, bounds",
        statement=Statement(
            variables=variables(weights, typical=UNIT),
            hypotheses=(
                *all_nonnegative(weights),
                *(less(sympy.Add(*weights.row(i)), 1) for i in range(n)),
            ),
            conclusions=(
                positive(determinant(field)),
                at_least(rest * (1 - weights[0, 0]), determinant(field)),
                at_least(determinant(field), real_share * rest),
            ),
        ),
        witness=point(entries({weights: [["1/8"] * n] * n})),
    )


def _entry(n: int) -> Case:
    """[(I − W)⁻¹]_11."""
    weights = matrix("w", n, n)
    field = identity_minus(weights)
    found = determinant(Matrix(field[1:, 1:])) / determinant(field)
    return Case(
        name=f"N = {n}, the entry",
        statement=Statement(
            variables=variables(weights, typical=UNIT),
            hypotheses=(unequal(determinant(field)),),
            conclusions=(equal(inverse(field)[0, 0], found),),
        ),
        witness=point(entries({weights: [["1/8"] * n] * n})),
    )


def _needs_no_channel() -> Sharpness:
    """What model 1 reads from model 2 is turned round, −1/4: M_11 = 6/5 < 4/3 = 1/(1 − w_11)."""
    weights = matrix("w", 2, 2)
    at = point(entries({weights: [["1/4", "-1/4"], ["1/4", "1/4"]]}))
    return dropping(_bounds(2), at_least(weights[0, 1]), hypothesis=0, point=at)


def _needs_real_data() -> Sharpness:
    """Without real data a shift of all means stays for ever: det(I − W) = 0."""
    weights = matrix("w", 2, 2)
    rows = tuple(less(sympy.Add(*weights.row(i)), 1) for i in range(2))
    at = point(entries({weights: [["1/2", "1/2"]] * 2}))
    return dropping(_bounds(2), *rows, hypothesis=1, point=at)
