"""influence.cross: how model p's curation share moves model q's alignment, two models.

Statement. In the setting of influence.self, with ∂F invertible, 0 ≤ λ < 1 and F_pp invertible,

    dJ_q/dλ = ∇J_qᵀ S_q C_q m_H / (1 − λ),
    S_q = (F_qq − F_qp F_pp⁻¹ F_pq)⁻¹,   C_q = −F_qp F_pp⁻¹,   m_H = −E_H[∇loss],

and S_q C_q is the (q,p) block of (∂F)⁻¹. If q reads nothing of p, F_qp = 0, the cross-influence is zero.

Argument. As in influence.self, ∂F_p/∂λ = −m_H/(1 − λ), and the derivative of the equilibrium solves F_pp
x_p' + F_pq x_q' = m_H/(1 − λ), F_qp x_p' + F_qq x_q' = 0. Solve the first for x_p' = F_pp⁻¹(m_H/(1 − λ) −
F_pq x_q') and insert it in the second: (F_qq − F_qp F_pp⁻¹ F_pq) x_q' = −F_qp F_pp⁻¹ m_H/(1 − λ). The Schur
complement is invertible because ∂F and F_pp are (influence.blocks). The chain rule gives dJ_q/dλ = ∇J_qᵀ
x_q'.

Machine-checked. The formula, with the derivative by Cramer's rule (influence.self), for state sizes (1,1),
(2,1), (1,2), (2,2), every entry generic; the (q,p) block in the same sizes (influence.blocks checks it
too); and that a q with F_qp = 0 does not move.
"""

from __future__ import annotations

from proofs_check.claim import Case, Claim, Point, Provenance
from proofs_check.conditions.ecosystem_condition import EcosystemCondition
from proofs_check.conditions.networks import curation_share_of_two
from proofs_check.encoding.curation_share import CurationShare
from proofs_check.encoding.matrices import adjugate, determinant, inverse
from proofs_check.encoding.relations import all_equal, equal, unequal
from proofs_check.encoding.sharp_influence import (
    needs_a_regular_field,
    needs_a_regular_own_block,
    needs_proportion,
    needs_room_for_the_rest,
)
from proofs_check.encoding.symbols import Matrix, column, entries, point, real, variables
from proofs_check.encoding.two_blocks import TwoBlocks
from proofs_check.statements.statement import Statement
from theory.analysis import Analysis

_SIZES = ((1, 1), (2, 1), (1, 2), (2, 2))


def claim() -> Claim:
    """The claim ``influence.cross``."""
    sized = [make(TwoBlocks(p, q)) for make in (_formula, _block) for p, q in _SIZES]
    return Claim(
        id="influence.cross",
        title="Cross-influence of a curation share, two models",
        provenance=Provenance.ENCODED,
        source="WZZ26",
        statement=(
            "Two models, ∂F and F_pp invertible, 0 ≤ λ < 1: dJ_q/dλ = ∇J_qᵀ S_q C_q m_H/(1 − λ) with "
            "S_q = (F_qq − F_qp F_pp⁻¹ F_pq)⁻¹ and C_q = −F_qp F_pp⁻¹; S_q C_q is the (q,p) block of (∂F)⁻¹."
        ),
        latex=(
            r"\frac{dJ_q}{d\lambda}=\frac{\nabla J_q^{\top}S_q C_q\,m_H}{1-\lambda},\qquad "
            r"S_q=\left(F_{qq}-F_{qp}F_{pp}^{-1}F_{pq}\right)^{-1},\quad C_q=-F_{qp}F_{pp}^{-1}"
        ),
        hypotheses=(
            "p is trained on λH + (1 − λ)B: raising λ shrinks all else in proportion; q's data do not move.",
            "∂F is invertible at the equilibrium (for refitted models: I − J is).",
            "0 ≤ λ < 1; at λ = 0 the curated mixture H is given.",
            "F_pp is invertible.",
        ),
        cases=(*sized, *(_unread(size) for size in (1, 2))),
        scope="two models, state sizes (1,1), (2,1), (1,2), (2,2), symbolic; every size by the argument",
        sharpness=(
            needs_proportion(0),
            needs_a_regular_field(1),
            needs_room_for_the_rest(2),
            needs_a_regular_own_block(3),
        ),
    )


def condition(analysis: Analysis) -> EcosystemCondition:
    """Whether an ecosystem is in the claim's scope at its reached equilibrium."""
    return curation_share_of_two("influence.cross", analysis, block="own")


def _formula(blocks: TwoBlocks) -> Case:
    """x_q' by Cramer's rule from ∂F x' = −(∂F_p/∂λ, 0), against the theorem."""
    share = CurationShare(blocks.p)
    gradient, move = column("g", blocks.q), column("xq", blocks.q)
    solution = Matrix(-blocks.inverse_block("q", "p") * share.sensitivity)
    theorem = gradient.T * inverse(blocks.schur_q) * blocks.coupling_q * share.pull
    return Case(
        name=f"formula, sizes ({blocks.p},{blocks.q})",
        statement=Statement(
            variables=(*variables(blocks.whole, gradient, move), *share.variables),
            hypotheses=(
                *blocks.invertible_through_p(),
                unequal(determinant(blocks.whole)),
                *share.hypotheses(),
                *all_equal(move, solution),
            ),
            conclusions=(equal((gradient.T * move)[0, 0], theorem[0, 0] / (1 - share.share)),),
        ),
        witness=_formula_witness(blocks, share),
    )


def _formula_witness(blocks: TwoBlocks, share: CurationShare) -> Point:
    """∂F = I, λ = ½, pull 1: q does not move."""
    n = blocks.p + blocks.q
    identity = [[int(i == j) for j in range(n)] for i in range(n)]
    return point(
        {
            **entries({blocks.whole: identity}),
            **{real(f"g{i + 1}"): 1 for i in range(blocks.q)},
            **{real(f"xq{i + 1}"): 0 for i in range(blocks.q)},
            share.share: "1/2",
            **dict.fromkeys(share.curated, -1),
            **dict.fromkeys(share.other, 1),
        }
    )


def _block(blocks: TwoBlocks) -> Case:
    n = blocks.p + blocks.q
    identity = [[int(i == j) for j in range(n)] for i in range(n)]
    return Case(
        name=f"(q,p) block, sizes ({blocks.p},{blocks.q})",
        statement=Statement(
            variables=variables(blocks.whole),
            hypotheses=(*blocks.invertible_through_p(), unequal(determinant(blocks.whole))),
            conclusions=all_equal(
                Matrix(inverse(blocks.schur_q) * blocks.coupling_q), blocks.inverse_block("q", "p")
            ),
        ),
        witness=point(entries({blocks.whole: identity})),
    )


def _unread(size: int) -> Case:
    """With F_qp = 0 the equation of q is F_qq x_q' = 0, and F_qq is invertible."""
    own, move, rest = TwoBlocks(1, size).qq, column("xq", size), column("r", size)
    return Case(
        name=f"q reads nothing of p, size {size}",
        statement=Statement(
            variables=variables(own, move, rest),
            hypotheses=(unequal(determinant(own)), *all_equal(rest, Matrix(own * move))),
            conclusions=all_equal(move, Matrix(adjugate(own) * rest / determinant(own))),
        ),
        witness=point(
            entries(
                {
                    own: [[int(i == j) for j in range(size)] for i in range(size)],
                    move: [[0]] * size,
                    rest: [[0]] * size,
                }
            )
        ),
    )
