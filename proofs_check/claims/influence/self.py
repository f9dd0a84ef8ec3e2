"""influence.self: how a model's curation share moves its own alignment, two models.

Statement. Models p and q with stationarity equations F_p = 0, F_q = 0 (F_i = E_{D_i}[∇loss_i]); D_p = λH +
(1 − λ)B, where H is the curated mixture and everything else, B, shrinks in proportion to 1 − λ; D_q does
not depend on λ directly. At an equilibrium with ∂F invertible, 0 ≤ λ < 1 and F_qq invertible,

    dJ_p/dλ = ∇J_pᵀ S_p m_H / (1 − λ),   S_p = (F_pp − F_pq F_qq⁻¹ F_qp)⁻¹,   m_H = −E_H[∇loss].

Argument. F_p = λE_H[∇loss] + (1 − λ)E_B[∇loss], so ∂F_p/∂λ = E_H[∇loss] − E_B[∇loss]. At the equilibrium
F_p = 0, that is E_B[∇loss] = −λ/(1 − λ) E_H[∇loss], and ∂F_p/∂λ = E_H[∇loss]/(1 − λ) = −m_H/(1 − λ): this
is where the factor comes from. ∂F is invertible, so by the implicit function theorem the equilibrium is a
differentiable function of λ with F_pp x_p' + F_pq x_q' + ∂F_p/∂λ = 0 and F_qp x_p' + F_qq x_q' = 0. Solve
the second for x_q', insert it in the first: x_p' = S_p m_H/(1 − λ). The chain rule gives dJ_p/dλ = ∇J_pᵀ
x_p'.

At λ = 0 the curated mixture H has no share yet and must be given; the formula then reads ∇J_pᵀ S_p m_H.
When the rest is not displaced in proportion, the factor 1/(1 − λ) and the pull change: if only one
component C of B gives way, ∂F_p/∂λ is E_H[∇loss] − E_C[∇loss].

Machine-checked. The displacement, differentiated from the mixture; that the linearised equations have one
solution (Cramer); and the formula, for state sizes (1,1), (2,1), (1,2), (2,2) with generic ∂F, gradient and
pull.
"""

from __future__ import annotations

import sympy

from proofs_check.claim import Case, Claim, Point, Provenance
from proofs_check.conditions.ecosystem_condition import EcosystemCondition
from proofs_check.conditions.networks import curation_share_of_two
from proofs_check.encoding.curation_share import CurationShare
from proofs_check.encoding.matrices import adjugate, determinant, inverse
from proofs_check.encoding.relations import all_equal, equal, unequal
from proofs_check.encoding.sharp_influence import (
    needs_a_regular_field,
    needs_a_regular_partner,
    needs_proportion,
    needs_room_for_the_rest,
)
from proofs_check.encoding.symbols import Matrix, column, entries, matrix, point, real, variables
from proofs_check.encoding.two_blocks import TwoBlocks
from proofs_check.statements.statement import Statement
from theory.analysis import Analysis

_SIZES = ((1, 1), (2, 1), (1, 2), (2, 2))


def claim() -> Claim:
    """The claim ``influence.self``."""
    return Claim(
        id="influence.self",
        title="Self-influence of a curation share, two models",
        provenance=Provenance.ENCODED,
        source="WZZ26",
        statement=(
            "Two models, ∂F and F_qq invertible, 0 ≤ λ < 1: dJ_p/dλ = ∇J_pᵀ S_p m_H/(1 − λ) with "
            "S_p = (F_pp − F_pq F_qq⁻¹ F_qp)⁻¹ and the curated pull m_H = −E_H[∇loss]."
        ),
        latex=(
            r"\frac{dJ_p}{d\lambda}=\frac{\nabla J_p^{\top}S_p\,m_H}{1-\lambda},\qquad "
            r"S_p=\left(F_{pp}-F_{pq}F_{qq}^{-1}F_{qp}\right)^{-1},\quad m_H=-\mathbb E_H[\nabla\ell]"
        ),
        hypotheses=(
            "p is trained on λH + (1 − λ)B: raising λ shrinks all else in proportion; q's data do not move.",
            "∂F is invertible at the equilibrium (for refitted models: I − J is).",
            "0 ≤ λ < 1; at λ = 0 the curated mixture H is given.",
            "F_qq is invertible.",
        ),
        cases=(
            *(_displacement(size) for size in (1, 2)),
            *(_cramer(size) for size in (2, 3, 4)),
            *(_formula(TwoBlocks(p, q)) for p, q in _SIZES),
        ),
        scope="two models, state sizes (1,1), (2,1), (1,2), (2,2), symbolic; every size by the argument",
        sharpness=(
            needs_proportion(0),
            needs_a_regular_field(1),
            needs_room_for_the_rest(2),
            needs_a_regular_partner(3),
        ),
    )


def condition(analysis: Analysis) -> EcosystemCondition:
    """Whether an ecosystem is in the claim's scope at its reached equilibrium."""
    return curation_share_of_two("influence.self", analysis, block="partner")


def _displacement(size: int) -> Case:
    share = CurationShare(size)
    return Case(
        name=f"displacement in proportion, size {size}",
        statement=Statement(
            variables=share.variables,
            hypotheses=share.hypotheses(),
            conclusions=all_equal(share.sensitivity, Matrix(-share.pull / (1 - share.share))),
        ),
        witness=point(_share_witness(share)),
    )


def _share_witness(share: CurationShare) -> dict[sympy.Symbol, sympy.Expr]:
    """λ = ½ with opposite mean gradients under H and B."""
    return {
        share.share: sympy.Rational(1, 2),
        **dict.fromkeys(share.curated, sympy.Integer(-1)),
        **dict.fromkeys(share.other, sympy.Integer(1)),
    }


def _cramer(size: int) -> Case:
    """adj(∂F) ∂F x' = det ∂F x': the linearised equations have one solution."""
    whole, move = matrix("F", size, size), column("x", size)
    return Case(
        name=f"the derivative is the only solution, {size} states",
        statement=Statement(
            variables=variables(whole, move),
            hypotheses=(),
            conclusions=all_equal(
                Matrix(adjugate(whole) * (whole * move)), Matrix(determinant(whole) * move)
            ),
        ),
    )


def _formula(blocks: TwoBlocks) -> Case:
    """x_p' by Cramer's rule from ∂F x' = −(∂F_p/∂λ, 0), against the theorem."""
    share = CurationShare(blocks.p)
    gradient, move = column("g", blocks.p), column("xp", blocks.p)
    solution = Matrix(-blocks.inverse_block("p", "p") * share.sensitivity)
    theorem = (gradient.T * inverse(blocks.schur_p) * share.pull)[0, 0] / (1 - share.share)
    return Case(
        name=f"formula, sizes ({blocks.p},{blocks.q})",
        statement=Statement(
            variables=(*variables(blocks.whole, gradient, move), *share.variables),
            hypotheses=(
                *blocks.invertible_through_q(),
                unequal(determinant(blocks.whole)),
                *share.hypotheses(),
                *all_equal(move, solution),
            ),
            conclusions=(equal((gradient.T * move)[0, 0], theorem),),
        ),
        witness=_formula_witness(blocks, share),
    )


def _formula_witness(blocks: TwoBlocks, share: CurationShare) -> Point:
    """∂F = I, λ = ½, pull 1: then x_p' = 2."""
    n = blocks.p + blocks.q
    identity = [[int(i == j) for j in range(n)] for i in range(n)]
    return point(
        {
            **entries({blocks.whole: identity}),
            **{real(f"g{i + 1}"): 1 for i in range(blocks.p)},
            **{real(f"xp{i + 1}"): 2 for i in range(blocks.p)},
            **_share_witness(share),
        }
    )
