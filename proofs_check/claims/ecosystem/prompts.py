"""ecosystem.prompts: where the prompts of an ecosystem settle.

Statement. Model i asks with the law μ_i of prompts; what it is trained on asks with μ_i' = Σ_j W_ij μ_j + a_i
ρ_i, with ρ_i the law of the real prompts. If ρ(W) < 1 every start settles at μ* = (I − W)⁻¹ diag(a) ρ, and
each μ_i* is a law: a mixture of real prompts with the weights (I − W)⁻¹ diag(a).

Argument. Each prompt on its own obeys a linear ecosystem (ecosystem.linear-fixed-point). (I − W)1 = a, since
rows of shares sum to 1 − a_i, so (I − W)⁻¹ diag(a) 1 = (I − W)⁻¹a = 1; and (I − W)⁻¹ = Σ Wᵏ ≥ 0. What the
models answer, and who curates, does not enter.

Machine-checked. N = 2, 3: μ* is stationary; its weights sum to 1; they are ≥ 0 where every model has real
data; a law of prompts stays one in a round.
"""

from __future__ import annotations

import sympy

from proofs_check.claim import Case, Claim, Provenance
from proofs_check.conditions.ecosystem_condition import EcosystemCondition
from proofs_check.conditions.saturated_models import learned_without_choice
from proofs_check.encoding.matrices import adjugate, determinant, identity_minus, inverse
from proofs_check.encoding.relations import all_equal, all_nonnegative, at_least, equal, positive, unequal
from proofs_check.encoding.symbols import UNIT, Matrix, column, entries, matrix, point, variables
from proofs_check.sharpness import Sharpness, dropping
from proofs_check.statements.statement import Statement
from theory.analysis import Analysis

_SIZES = (2, 3)


def claim() -> Claim:
    """The claim ``ecosystem.prompts``."""
    return Claim(
        id="ecosystem.prompts",
        title="Prompts settle at (I − W)⁻¹ diag(a) of the real prompts",
        provenance=Provenance.DERIVED,
        source="",
        statement=(
            "Prompt laws μᵢ' = Σⱼ Wᵢⱼ μⱼ + aᵢ ρᵢ with aᵢ + Σⱼ Wᵢⱼ = 1: μ* = (I − W)⁻¹ diag(a) ρ, a mixture "
            "of the real prompts' laws."
        ),
        latex=r"\mu^*=(I-W)^{-1}\operatorname{diag}(a)\,\mu_{\mathrm{real}}",
        hypotheses=("aᵢ + Σⱼ Wᵢⱼ = 1 with non-negative shares.", "ρ(W) < 1."),
        cases=tuple(make(n) for n in _SIZES for make in (_stationary, _sum_to_one, _nonnegative)),
        scope="N = 2, 3 symbolic; every N by the argument",
        sharpness=(_negative_share(), _no_real_prompts()),
    )


def condition(analysis: Analysis) -> EcosystemCondition:
    """Whether an ecosystem is one of prompts' laws, the prompts being atoms that nobody chooses among."""
    return learned_without_choice("ecosystem.prompts", analysis)


def _real_shares(weights: Matrix) -> Matrix:
    """a_i = 1 − Σ_j W_ij."""
    return Matrix([1 - sympy.Add(*weights.row(i)) for i in range(weights.rows)])


def _witness(weights: Matrix) -> dict[sympy.Symbol, sympy.Expr]:
    n = weights.rows
    return entries({weights: [["1/8"] * n] * n})


def _stationary(n: int) -> Case:
    """One prompt: p = (I − W)⁻¹(a∘q) solves p = Wp + a∘q."""
    weights, real = matrix("W", n, n), column("q", n)
    field = identity_minus(weights)
    asked = Matrix([a * q for a, q in zip(_real_shares(weights), real, strict=True)])
    settled = Matrix(inverse(field) * asked)
    return Case(
        name=f"N = {n}, stationary",
        statement=Statement(
            variables=variables(weights, real, typical=UNIT),
            hypotheses=(unequal(determinant(field)),),
            conclusions=all_equal(Matrix(weights * settled + asked), settled),
        ),
        witness=point(_witness(weights) | entries({real: [["1/2"]] * n})),
    )


def _sum_to_one(n: int) -> Case:
    weights = matrix("W", n, n)
    field = identity_minus(weights)
    mixed = Matrix(inverse(field) * sympy.diag(*_real_shares(weights)))
    return Case(
        name=f"N = {n}, the weights sum to 1",
        statement=Statement(
            variables=variables(weights, typical=UNIT),
            hypotheses=(unequal(determinant(field)),),
            conclusions=tuple(equal(sympy.Add(*mixed.row(i)), 1) for i in range(n)),
        ),
        witness=point(_witness(weights)),
    )


def _nonnegative(n: int) -> Case:
    weights = matrix("W", n, n)
    field = identity_minus(weights)
    return Case(
        name=f"N = {n}, the weights are non-negative",
        statement=Statement(
            variables=variables(weights, typical=UNIT),
            hypotheses=(*all_nonnegative(weights), *(positive(a) for a in _real_shares(weights))),
            conclusions=(positive(determinant(field)), *(at_least(entry) for entry in adjugate(field))),
        ),
        witness=point(_witness(weights)),
    )


def _negative_share() -> Sharpness:
    """Model 1 asks against model 2: a weight of −½."""
    weights = matrix("W", 2, 2)
    at = point(entries({weights: [[0, "-1/2"], [0, 0]]}))
    return dropping(_nonnegative(2), *all_nonnegative(weights), hypothesis=0, point=at)


def _no_real_prompts() -> Sharpness:
    """Two models that only copy each other: ρ(W) = 1, det(I − W) = 0."""
    weights = matrix("W", 2, 2)
    real_data = tuple(positive(a) for a in _real_shares(weights))
    at = point(entries({weights: [[0, 1], [1, 0]]}))
    return dropping(_nonnegative(2), *real_data, hypothesis=1, point=at)
