"""influence.scalar-mixing: shares alone never turn a push round; only the wish and the pull count.

Statement. Models with states in ℝᵈ that obey x_i' = Σ_j W_ij x_j + …, W ≥ 0 a matrix of shares, ρ(W) < 1: J =
W ⊗ I. A knob of model i that moves its own update by pull_i changes R_j, with gradient g_j, by

    [(I − W)⁻¹]_ji ⟨g_j, pull_i⟩ with (I − W)⁻¹ ≥ 0:

it has the sign of ⟨g_j, pull_i⟩, or is 0 exactly where no chain of reading leads from j to i.

Argument. (I − W ⊗ I)⁻¹ = (I − W)⁻¹ ⊗ I and (I − W)⁻¹ = Σ Wᵏ, whose entry (j, i) adds the gains of all walks
from j to i, each ≥ 0.

What breaks. A negative channel, W = [[0, −1/2], [1, 0]]: [(I − W)⁻¹]_12 = −1/3. A channel that is a matrix:
influence.rotation-threshold.

Machine-checked. For N = 2, 3, 4 and every W ≥ 0 with ρ(W) < 1: det(I − W) > 0 and adj(I − W) ≥ 0. For N = 2
and 3: where the walk j → i consists of positive links the entry is > 0; without a walk it is 0. For N = 2,
d = 2 and N = 3, d = 1: the displaced equilibrium, with every W, all pulls and wishes.
"""

from __future__ import annotations

import sympy

from proofs_check.claim import Case, Claim, Provenance
from proofs_check.conditions.ecosystem_condition import EcosystemCondition
from proofs_check.conditions.networks import shares_only
from proofs_check.encoding.matrices import adjugate, determinant, identity_minus
from proofs_check.encoding.relations import all_equal, all_nonnegative, at_least, equal, positive
from proofs_check.encoding.sharp_influence import needs_a_single_push, needs_shares, needs_stable_shares
from proofs_check.encoding.symbols import UNIT, Matrix, column, entries, matrix, point, variables
from proofs_check.statements.statement import Condition, Relation, SchurStable, Statement
from theory.analysis import Analysis

_SIZES = (2, 3)
_DISPLACED = ((2, 2), (3, 1))


def claim() -> Claim:
    """The claim ``influence.scalar-mixing``."""
    return Claim(
        id="influence.scalar-mixing",
        title="Reading in shares never inverts: influence has the sign of ⟨wish, pull⟩",
        provenance=Provenance.DERIVED,
        source="",
        statement=(
            "J = W ⊗ I, W ≥ 0, ρ(W) < 1: (I − W)⁻¹ ≥ 0, and a knob of model i moves Rⱼ by "
            "[(I − W)⁻¹]ⱼᵢ⟨gⱼ, pullᵢ⟩; 0 where no chain of reading leads from j to i."
        ),
        latex=r"\frac{dR_j}{d\tau_i}=[(I-W)^{-1}]_{ji}\,\langle g_j,\mathrm{pull}_i\rangle,\ (I-W)^{-1}\ge 0",
        hypotheses=(
            "Each link is a share: J = W ⊗ I with W ≥ 0.",
            "ρ(W) < 1.",
            "The knob moves model i only.",
        ),
        cases=(
            *(_nonnegative(n) for n in (*_SIZES, 4)),
            _link_counts(),
            _chain_counts(),
            *(_no_walk(n) for n in _SIZES),
            *(_displacement(n, d) for n, d in _DISPLACED),
            _negative_channel(),
        ),
        scope="N = 2, 3, signs also N = 4, symbolic; every N and d by the argument",
        sharpness=(needs_shares(0), needs_stable_shares(1), needs_a_single_push(2)),
    )


def condition(analysis: Analysis) -> EcosystemCondition:
    """Whether each link of an ecosystem is a plain share of a location family, with ρ < 1."""
    return shares_only("influence.scalar-mixing", analysis)


def _shares(weights: Matrix) -> tuple[Condition, ...]:
    """W ≥ 0 with ρ(W) < 1."""
    return (*all_nonnegative(weights), SchurStable(weights))


def _inverse_is_nonnegative(weights: Matrix) -> tuple[Relation, ...]:
    field = identity_minus(weights)
    return positive(determinant(field)), *(at_least(entry) for entry in adjugate(field))


def _nonnegative(n: int) -> Case:
    weights = matrix("W", n, n)
    return Case(
        name=f"N = {n}, (I − W)⁻¹ ≥ 0",
        statement=Statement(
            variables=variables(weights, typical=UNIT),
            hypotheses=_shares(weights),
            conclusions=_inverse_is_nonnegative(weights),
        ),
        witness=point(entries({weights: [["1/8"] * n] * n})),
    )


def _link_counts() -> Case:
    """1 reads 2: the entry (1, 2) is positive."""
    weights = matrix("W", 2, 2)
    return _reached(weights, (positive(weights[0, 1]),), adjugate(identity_minus(weights))[0, 1], "a link")


def _chain_counts() -> Case:
    """1 reads 2 and 2 reads 3: the entry (1, 3) is positive, whatever else is read."""
    weights = matrix("W", 3, 3)
    links = (positive(weights[0, 1]), positive(weights[1, 2]))
    return _reached(weights, links, adjugate(identity_minus(weights))[0, 2], "a chain of two links")


def _reached(weights: Matrix, links: tuple[Relation, ...], entry: sympy.Expr, words: str) -> Case:
    n = weights.rows
    return Case(
        name=f"N = {n}, positive along {words}",
        statement=Statement(
            variables=variables(weights, typical=UNIT),
            hypotheses=(*_shares(weights), *links),
            conclusions=(positive(entry),),
        ),
        witness=point(entries({weights: [["1/4"] * n] * n})),
    )


def _no_walk(n: int) -> Case:
    """1 reads nobody else: no walk leads from 1 to 2."""
    weights = matrix("W", n, n)
    return Case(
        name=f"N = {n}, 0 without a walk",
        statement=Statement(
            variables=variables(weights, typical=UNIT),
            hypotheses=tuple(equal(weights[0, j]) for j in range(1, n)),
            conclusions=tuple(equal(adjugate(identity_minus(weights))[0, j]) for j in range(1, n)),
        ),
        witness=point(entries({weights: [["1/4"] + [0] * (n - 1)] + [["1/4"] * n] * (n - 1)})),
    )


def _displacement(n: int, d: int) -> Case:
    """dx_j = Σ_k W_jk dx_k + pull_j gives det(I − W) ⟨g, dx_j⟩ = Σ_i adj(I − W)_ji ⟨g, pull_i⟩."""
    weights, wish = matrix("W", n, n), column("g", d)
    pulls, moves = matrix("p", n, d), matrix("dx", n, d)
    field = identity_minus(weights)
    solved = Matrix(adjugate(field) * pulls * wish)
    return Case(
        name=f"N = {n}, d = {d}, influence",
        statement=Statement(
            variables=variables(weights, wish, pulls, moves),
            hypotheses=all_equal(pulls, Matrix(field * moves)),
            conclusions=all_equal(Matrix(determinant(field) * moves * wish), solved),
        ),
        witness=point(
            entries(
                {
                    weights: [["1/2" if i == j else 0 for j in range(n)] for i in range(n)],
                    wish: [[1]] * d,
                    pulls: [[1] * d] + [[0] * d] * (n - 1),
                    moves: [[2] * d] + [[0] * d] * (n - 1),
                }
            )
        ),
    )


def _negative_channel() -> Case:
    """W_12 = −c: the entry (1, 2) of the inverse is −c/(1 + c) for W = [[0, −c], [1, 0]]."""
    weights = matrix("W", 2, 2)
    field = identity_minus(weights)
    return Case(
        name="a negative channel inverts",
        statement=Statement(
            variables=variables(weights),
            hypotheses=(
                equal(weights[0, 0]),
                equal(weights[1, 1]),
                equal(weights[0, 1], sympy.Rational(-1, 2)),
                equal(weights[1, 0], 1),
            ),
            conclusions=(equal(adjugate(field)[0, 1] / determinant(field), sympy.Rational(-1, 3)),),
        ),
        witness=point(entries({weights: [[0, "-1/2"], [1, 0]]})),
    )
