"""influence.blocks: the S and C formulas are blocks of the inverse Jacobian.

Statement. Let ∂F = [[F_pp, F_pq], [F_qp, F_qq]] be invertible. If F_qq is invertible then so is F_pp − F_pq
F_qq⁻¹ F_qp, and its inverse S_p is the (p,p) block of (∂F)⁻¹. If F_pp is invertible then so is F_qq − F_qp
F_pp⁻¹ F_pq, and with its inverse S_q and C_q = −F_qp F_pp⁻¹ the product S_q C_q is the (q,p) block. For N
models the same holds with q replaced by all the other models together.

Argument. Block elimination: [[I, −F_pq F_qq⁻¹], [0, I]] ∂F = [[F_pp − F_pq F_qq⁻¹ F_qp, 0], [F_qp, F_qq]],
so det ∂F = det F_qq · det(F_pp − F_pq F_qq⁻¹ F_qp): the complement is invertible. Inverting the block
triangular matrix gives S_p in the (p,p) place. The (q,p) block follows with the roles of p and q exchanged:
eliminating p, the second block row of (∂F)⁻¹ is S_q [−F_qp F_pp⁻¹, I]. For more than two models take q to
be the rest.

When F_qq is singular. Jacobi's complementary minor identity det[(∂F)⁻¹]_pp · det ∂F = det F_qq shows that
the (p,p) block of the inverse is then singular as well, so no inverse of a Schur complement can equal it;
the block of the inverse still gives the influence. This happens at stable points: J = [[−1/2, 1], [−1, 1]]
has ρ(J) = 1/√2, and F_qq = 1 − J_22 = 0.

Machine-checked. Block sizes (1,1), (2,1), (1,2), (2,2) with generic entries: the determinant identity, both
block formulas and the complementary minors; three scalar models, each against the rest; the stable singular
point.
"""

from __future__ import annotations

import sympy

from proofs_check.claim import Case, Claim, Provenance
from proofs_check.conditions.ecosystem_condition import EcosystemCondition
from proofs_check.conditions.whole_map import regular_blocks
from proofs_check.encoding.matrices import determinant, identity_minus, inverse
from proofs_check.encoding.relations import all_equal, equal, unequal
from proofs_check.encoding.sharp_influence import (
    needs_a_regular_own_block,
    needs_a_regular_partner,
    needs_the_whole_regular,
)
from proofs_check.encoding.symbols import Matrix, entries, matrix, point, variables
from proofs_check.encoding.two_blocks import TwoBlocks
from proofs_check.statements.statement import SchurStable, Statement
from theory.analysis import Analysis

_SIZES = ((1, 1), (2, 1), (1, 2), (2, 2))


def claim() -> Claim:
    """The claim ``influence.blocks``."""
    sized = [make(TwoBlocks(p, q)) for make in (_determinant, _own, _cross, _minor) for p, q in _SIZES]
    return Claim(
        id="influence.blocks",
        title="The S and C formulas are blocks of the inverse Jacobian",
        provenance=Provenance.DERIVED,
        source="",
        statement=(
            "If ∂F and F_qq are invertible, S_p = (F_pp − F_pq F_qq⁻¹ F_qp)⁻¹ exists and is the (p,p) "
            "block of (∂F)⁻¹; "
            "if ∂F and F_pp are invertible, S_q C_q is its (q,p) block. If F_qq is singular, so is the "
            "(p,p) block, "
            "and only the block of the inverse gives the influence."
        ),
        latex=(
            r"S_p=(F_{pp}-F_{pq}F_{qq}^{-1}F_{qp})^{-1}=[(\partial F)^{-1}]_{pp},\quad "
            r"S_qC_q=[(\partial F)^{-1}]_{qp},\quad\det[(\partial F)^{-1}]_{pp}\det\partial F=\det F_{qq}"
        ),
        hypotheses=(
            "∂F is invertible.",
            "F_qq is invertible (for S_p); F_pp is invertible (for S_q and C_q).",
        ),
        cases=(*sized, *_three_models(), _stable_singular()),
        scope="block sizes (1,1), (2,1), (1,2), (2,2) and three scalar models, symbolic",
        sharpness=(needs_the_whole_regular(0), needs_a_regular_partner(1), needs_a_regular_own_block(1)),
    )


def condition(analysis: Analysis) -> EcosystemCondition:
    """Whether I − J is invertible, whole and without each model."""
    return regular_blocks("influence.blocks", analysis)


def _name(title: str, blocks: TwoBlocks) -> str:
    return f"{title}, blocks ({blocks.p},{blocks.q})"


def _witness(blocks: TwoBlocks) -> dict[sympy.Symbol, sympy.Expr]:
    """∂F with 2 on the diagonal and ½ elsewhere: it and its diagonal blocks are invertible."""
    n = blocks.p + blocks.q
    rows = [[2 if i == j else "1/2" for j in range(n)] for i in range(n)]
    return entries({blocks.whole: rows})


def _determinant(blocks: TwoBlocks) -> Case:
    return Case(
        name=_name("determinant of the complement", blocks),
        statement=Statement(
            variables=variables(blocks.whole),
            hypotheses=(unequal(determinant(blocks.qq)),),
            conclusions=(
                equal(determinant(blocks.whole), determinant(blocks.qq) * determinant(blocks.schur_p)),
            ),
        ),
        witness=point(_witness(blocks)),
    )


def _own(blocks: TwoBlocks) -> Case:
    return Case(
        name=_name("(p,p) block", blocks),
        statement=Statement(
            variables=variables(blocks.whole),
            hypotheses=(*blocks.invertible_through_q(), unequal(determinant(blocks.whole))),
            conclusions=all_equal(inverse(blocks.schur_p), blocks.inverse_block("p", "p")),
        ),
        witness=point(_witness(blocks)),
    )


def _cross(blocks: TwoBlocks) -> Case:
    product = Matrix(inverse(blocks.schur_q) * blocks.coupling_q)
    return Case(
        name=_name("(q,p) block", blocks),
        statement=Statement(
            variables=variables(blocks.whole),
            hypotheses=(*blocks.invertible_through_p(), unequal(determinant(blocks.whole))),
            conclusions=all_equal(product, blocks.inverse_block("q", "p")),
        ),
        witness=point(_witness(blocks)),
    )


def _minor(blocks: TwoBlocks) -> Case:
    block = blocks.inverse_block("p", "p")
    whole = determinant(blocks.whole)
    return Case(
        name=_name("complementary minor", blocks),
        statement=Statement(
            variables=variables(blocks.whole),
            hypotheses=(unequal(whole),),
            conclusions=(equal(determinant(block) * whole, determinant(blocks.qq)),),
        ),
        witness=point(_witness(blocks)),
    )


def _three_models() -> tuple[Case, ...]:
    """For three scalar models: what model 1's push does to itself and to the others."""
    blocks = TwoBlocks(1, 2)
    response = Matrix(-inverse(blocks.qq) * blocks.qp)
    own = blocks.inverse_block("p", "p")
    return (
        Case(
            name="three models, cross blocks from the rest's response",
            statement=Statement(
                variables=variables(blocks.whole),
                hypotheses=(*blocks.invertible_through_q(), unequal(determinant(blocks.whole))),
                conclusions=all_equal(Matrix(response * own), blocks.inverse_block("q", "p")),
            ),
            witness=point(_witness(blocks)),
        ),
    )


def _stable_singular() -> Case:
    jacobian = matrix("J", 2, 2)
    field = identity_minus(jacobian)
    return Case(
        name="F_qq singular at a stable point",
        statement=Statement(
            variables=variables(jacobian),
            hypotheses=(
                SchurStable(jacobian),
                equal(jacobian[1, 1], 1),
                unequal(determinant(field)),
            ),
            conclusions=(equal(inverse(field)[0, 0], 0),),
        ),
        witness=point(entries({jacobian: [["-1/2", 1], [-1, 1]]})),
    )
