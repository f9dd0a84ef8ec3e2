"""open.matched-pairs: pair-trained models with matching prompts can invert their users' push.

Statement. N location models trained on pairs (prompt, answer) with the same prompts for real and generated
data: model i with second moments Σ_i of its prompts is fitted to H_i θ_i = a_i Σ_i θ̄_i + Σ_j w_ij Σ_j θ_j,
H_i = a_i Σ_i + Σ_j w_ij Σ_j, where stream j carries the prompts of model j. Users of model 1 shift its own
stream by γ. Then the stable displacement θ of all models satisfies γᵀΣ_1θ_1 ≥ 0. For N = 2 it is true;
the answer for N = 3 is no.

Argument. By a counterexample. Σ_1 = [[3, −2], [−2, 2]], Σ_2 = [[10, 6], [6, 4]], Σ_3 = [[15, −20], [−20,
45]]; in eighths, model 1: real 1, own 1, model 2's 6; model 2: real 1, model 3's 7; model 3: real 1, model
1's 7. With γ = (4, 5) the direct effect is 15/103, ρ(J) = 0.674006…, and the total is
−2201248/246488811: each link is a product of positive definite matrices, but a chain of three of them can
turn a vector by more than a right angle.

What remains open: whether N = 3 can be unstable with every a_i > 0 (no instance found). N = 4 can: with
a = (1/500, 1/500, 1, 1) and models 3 and 4 trained on real data only, ρ(J) = 1.0078.

Machine-checked. For these prompts and shares and every γ ≠ 0: stability of the 6 × 6 matrix J by Jury's
conditions, and the sign of the quadratic form γᵀΣ_1[(I − J)⁻¹]_11H_1⁻¹w_11Σ_1γ.
"""

from __future__ import annotations

from collections.abc import Sequence

import sympy

from proofs_check.claim import Case, Claim, Expectation, Provenance
from proofs_check.conditions.ecosystem_condition import EcosystemCondition
from proofs_check.conditions.pair_trained import matched_prompts
from proofs_check.encoding.matrices import inverse
from proofs_check.encoding.relations import at_least, positive
from proofs_check.encoding.symbols import Matrix, column, entries, point, variables
from proofs_check.statements.statement import SchurStable, Statement
from theory.analysis import Analysis

_EIGHTHS = ((1, 1, 6, 0), (1, 0, 0, 7), (1, 7, 0, 0))
_PROMPTS = (((3, -2), (-2, 2)), ((10, 6), (6, 4)), ((15, -20), (-20, 45)))


def claim() -> Claim:
    """The claim ``open.matched-pairs``."""
    return Claim(
        id="open.matched-pairs",
        title="Matching prompts never invert a push (refuted by three models)",
        provenance=Provenance.DERIVED,
        source="",
        statement=(
            "Pair-trained location models with matching prompts and real data: γᵀΣ₁θ₁ ≥ 0 for the stable "
            "response to a shift γ of the own stream. Refuted: N = 3, direct 15/103, total "
            "−2201248/246488811, ρ(J) = 0.674."
        ),
        latex=r"\gamma^{\top}\Sigma_1\,[(I-J)^{-1}]_{11}H_1^{-1}w_{11}\Sigma_1\gamma\ge 0"
        r"\quad\text{(open; refuted for }N=3)",
        hypotheses=(
            "Three pair-trained location models in d = 2, prompts matched: real data of model i have Σ_i.",
            "Every a_i > 0; users shift model 1's own stream by γ ≠ 0.",
            "The equilibrium is stable.",
        ),
        cases=(_case(),),
        scope="N = 3, d = 2: prompts and shares of the counterexample, every γ",
        expected=Expectation.OPEN,
    )


def condition(analysis: Analysis) -> EcosystemCondition:
    """Whether an ecosystem is one of three pair-trained models with matched prompts, stable."""
    return matched_prompts("open.matched-pairs", analysis, one_basis=False, models=3)


def network() -> tuple[list[Matrix], list[list[sympy.Expr]], list[sympy.Expr]]:
    """Σ, w and a."""
    prompts = [Matrix(rows) for rows in _PROMPTS]
    weights = [[sympy.Rational(part, 8) for part in row[1:]] for row in _EIGHTHS]
    return prompts, weights, [sympy.Rational(row[0], 8) for row in _EIGHTHS]


def fitted(prompts: Sequence[Matrix], weights: list[list[sympy.Expr]], a: list[sympy.Expr]) -> list[Matrix]:
    """H_i = a_i Σ_i + Σ_j w_ij Σ_j."""
    found = []
    for share, own, row in zip(a, prompts, weights, strict=True):
        total = share * own
        for weight, prompt in zip(row, prompts, strict=True):
            total = total + weight * prompt
        found.append(Matrix(total))
    return found


def response() -> tuple[Matrix, Matrix]:
    """J, shape ``(6, 6)``, and the matrix M with γᵀΣ_1θ_1 = γᵀMγ."""
    prompts, weights, a = network()
    hessians = fitted(prompts, weights, a)
    blocks = [
        [inverse(h) * w * s for w, s in zip(row, prompts, strict=True)]
        for h, row in zip(hessians, weights, strict=True)
    ]
    jacobian = sympy.Matrix(blocks)
    own = Matrix((sympy.eye(6) - jacobian).inv()[:2, :2])
    return Matrix(jacobian), Matrix(prompts[0] * own * inverse(hessians[0]) * weights[0][0] * prompts[0])


def _case() -> Case:
    jacobian, influence = response()
    shift = column("gamma", 2)
    known = point(entries({shift: [[4], [5]]}))
    return Case(
        name="N = 3, d = 2",
        statement=Statement(
            variables=variables(shift),
            hypotheses=(positive(shift[0] ** 2 + shift[1] ** 2), SchurStable(jacobian)),
            conclusions=(at_least((shift.T * influence * shift)[0, 0]),),
        ),
        witness=known,
        suspects=(known,),
    )
