"""Influence formulas without one hypothesis: exact counterexamples that several claims share."""

from __future__ import annotations

import sympy

from proofs_check.encoding.matrices import determinant, identity_minus, inverse
from proofs_check.encoding.relations import (
    all_equal,
    all_nonnegative,
    at_least,
    equal,
    less,
    positive,
    unequal,
)
from proofs_check.encoding.symbols import Matrix, column, entries, matrix, point, reals, variables
from proofs_check.encoding.two_blocks import TwoBlocks
from proofs_check.sharpness import Sharpness
from proofs_check.statements.statement import SchurStable, Statement

_SHARE, _CURATED, _OTHER, _GIVING_WAY, _REAL_SHARE, _UNTOUCHED = reals("lam h b c s r")


def needs_proportion(hypothesis: int) -> Sharpness:
    """∂F_p/∂λ = −m_H/(1 − λ) fails when the share is taken from one component only.

    λ = ¼ is taken from real data of share ¾ − λ; gradients −⅔ (curated), ⅓ (real), 0 (own raw output).
    """
    return Sharpness(
        hypothesis=hypothesis,
        weakened=Statement(
            variables=variables(_SHARE, _CURATED, _GIVING_WAY, _REAL_SHARE, _UNTOUCHED),
            hypotheses=(
                equal(_SHARE * _CURATED + (_REAL_SHARE - _SHARE) * _GIVING_WAY + _UNTOUCHED),
                at_least(_SHARE),
                less(_SHARE, 1),
            ),
            conclusions=(equal(_CURATED - _GIVING_WAY, _CURATED / (1 - _SHARE)),),
        ),
        point=point({_SHARE: "1/4", _CURATED: "-2/3", _GIVING_WAY: "1/3", _REAL_SHARE: "3/4", _UNTOUCHED: 0}),
    )


def needs_room_for_the_rest(hypothesis: int) -> Sharpness:
    """At λ = 1 the rest has no share, so its pull is anything: no curated pull, and yet an influence."""
    return Sharpness(
        hypothesis=hypothesis,
        weakened=Statement(
            variables=variables(_SHARE, _CURATED, _OTHER),
            hypotheses=(
                equal(_SHARE * _CURATED + (1 - _SHARE) * _OTHER),
                at_least(_SHARE),
                equal(_CURATED),
            ),
            conclusions=(equal(_CURATED - _OTHER),),
        ),
        point=point({_SHARE: 1, _CURATED: 0, _OTHER: 1}),
    )


def needs_a_regular_field(hypothesis: int, name: str = "F") -> Sharpness:
    """A singular matrix leaves directions free: 0 is not the only solution of the linearised equations."""
    whole, move = matrix(name, 2, 2), column("x", 2)
    return Sharpness(
        hypothesis=hypothesis,
        weakened=Statement(
            variables=variables(whole, move),
            hypotheses=all_equal(whole * move, sympy.zeros(2, 1).as_immutable()),
            conclusions=all_equal(move, sympy.zeros(2, 1).as_immutable()),
        ),
        point=point(entries({whole: [[0, 0], [0, 1]], move: [[1], [0]]})),
    )


def needs_a_regular_partner(hypothesis: int) -> Sharpness:
    """F_qq = 0 at a stable point: the (p,p) block of the inverse is 0, and so no inverse, which S_p is."""
    return _block_is_regular(hypothesis, "p", [["3/2", "1/2"], [-1, 0]])


def needs_a_regular_own_block(hypothesis: int) -> Sharpness:
    """F_pp = 0 at a stable point: the (q,q) block of the inverse is 0, and so no inverse, which S_q is."""
    return _block_is_regular(hypothesis, "q", [[0, -1], ["1/2", "3/2"]])


def _block_is_regular(hypothesis: int, of: str, field: list[list[int | str]]) -> Sharpness:
    blocks = TwoBlocks(1, 1)
    return Sharpness(
        hypothesis=hypothesis,
        weakened=Statement(
            variables=variables(blocks.whole),
            hypotheses=(unequal(determinant(blocks.whole)),),
            conclusions=(unequal(determinant(blocks.inverse_block(of, of))),),
        ),
        point=point(entries({blocks.whole: field})),
    )


def needs_the_whole_regular(hypothesis: int) -> Sharpness:
    """With F_qq invertible and ∂F singular the Schur complement of q is singular: S_p does not exist."""
    blocks = TwoBlocks(1, 1)
    return Sharpness(
        hypothesis=hypothesis,
        weakened=Statement(
            variables=variables(blocks.whole),
            hypotheses=(unequal(determinant(blocks.qq)),),
            conclusions=(unequal(determinant(blocks.schur_p)),),
        ),
        point=point(entries({blocks.whole: [[1, 1], [1, 1]]})),
    )


def needs_no_eigenvalue_one(hypothesis: int, name: str = "J") -> Sharpness:
    """With the eigenvalue 1 the equation x = Jx has more solutions than 0."""
    matrix_of, state = matrix(name, 2, 2), column("x", 2)
    return Sharpness(
        hypothesis=hypothesis,
        weakened=Statement(
            variables=variables(matrix_of, state),
            hypotheses=all_equal(matrix_of * state, state),
            conclusions=all_equal(state, sympy.zeros(2, 1).as_immutable()),
        ),
        point=point(entries({matrix_of: [[0, 1], [1, 0]], state: [[1], [1]]})),
    )


def needs_a_small_norm(hypothesis: int) -> Sharpness:
    """ρ(A) = 0 and a push g in the wanted direction: A = [[0, 3], [0, 0]], g = (1, −1) give −1."""
    loop, wanted = matrix("A", 2, 2), column("g", 2)
    field = identity_minus(loop)
    return Sharpness(
        hypothesis=hypothesis,
        weakened=Statement(
            variables=variables(loop, wanted),
            hypotheses=(SchurStable(loop), unequal(determinant(field)), positive(wanted.dot(wanted))),
            conclusions=(positive(wanted.dot(inverse(field) * wanted)),),
        ),
        point=point(entries({loop: [[0, 3], [0, 0]], wanted: [[1], [-1]]})),
    )


def needs_a_near_push(hypothesis: int) -> Sharpness:
    """α = 4/5 times a rotation, and a push that helps at first, cos(g, a) = 3/5: −5/17."""
    strength, cosine, sine = reals("alpha c s")
    wanted, push = column("g", 2), column("a", 2)
    field = identity_minus(Matrix(strength * Matrix([[cosine, -sine], [sine, cosine]])))
    return Sharpness(
        hypothesis=hypothesis,
        weakened=Statement(
            variables=variables(strength, cosine, sine, wanted, push),
            hypotheses=(
                equal(cosine**2 + sine**2, 1),
                at_least(strength),
                less(strength, 1),
                unequal(determinant(field)),
                positive(wanted.dot(push)),
            ),
            conclusions=(positive(wanted.dot(inverse(field) * push)),),
        ),
        point=point(
            {strength: "4/5", cosine: "3/5", sine: "-4/5"}
            | entries({wanted: [["3/5"], ["4/5"]], push: [[1], [0]]})
        ),
    )


def needs_shares(hypothesis: int) -> Sharpness:
    """W = [[0, −½], [1, 0]] is stable, and the entry (2, 1) of (I − W)⁻¹ is ⅔, the entry (1, 2) is −⅓."""
    return _entry_is_nonnegative(hypothesis, [[0, "-1/2"], [1, 0]], shares=False, stable=True)


def needs_stable_shares(hypothesis: int) -> Sharpness:
    """Model 2 doubles itself: the way from it to model 1 has the weight −1."""
    return _entry_is_nonnegative(hypothesis, [[0, 1], [0, 2]], shares=True, stable=False)


def _entry_is_nonnegative(
    hypothesis: int, links: list[list[int | str]], *, shares: bool, stable: bool
) -> Sharpness:
    """[(I − W)⁻¹]_12 ≥ 0 for non-negative or for stable W only."""
    weights = matrix("W", 2, 2)
    field = identity_minus(weights)
    return Sharpness(
        hypothesis=hypothesis,
        weakened=Statement(
            variables=variables(weights),
            hypotheses=(
                *(all_nonnegative(weights) if shares else ()),
                *((SchurStable(weights),) if stable else ()),
                unequal(determinant(field)),
            ),
            conclusions=(at_least(inverse(field)[0, 1]),),
        ),
        point=point(entries({weights: links})),
    )


def needs_a_single_push(hypothesis: int) -> Sharpness:
    """Shares W = [[0, ½], [0, 0]] and a knob that lifts model 1 by 1 and lowers model 2 by 4: −1."""
    weights, push = matrix("W", 2, 2), column("a", 2)
    field = identity_minus(weights)
    return Sharpness(
        hypothesis=hypothesis,
        weakened=Statement(
            variables=variables(weights, push),
            hypotheses=(
                *all_nonnegative(weights),
                SchurStable(weights),
                unequal(determinant(field)),
                positive(push[0]),
            ),
            conclusions=(at_least((inverse(field) * push)[0]),),
        ),
        point=point(entries({weights: [[0, "1/2"], [0, 0]], push: [[1], [-4]]})),
    )
