"""influence.pairs: pair-trained models amplify where prompts match in one basis, and can invert elsewhere.

Statement. Linear-Gaussian models y = ⟨θ_i, x⟩ + noise trained on pairs: θ_i' = H_i⁻¹(a_i S_i^real θ_i^real +
Σ_j w_ij S_j θ_j), H_i = a_i S_i^real + Σ_j w_ij S_j, where S_j are the second moments of model j's prompts.
Model 1's users shift its own answers along γ and value γᵀS θ_1 on real prompts S = S_1^real. If prompts match
(S_i^real = S_i), all a_i > 0, and the S_i are diagonal in one basis by congruence, as two positive definite
matrices always are, then the loop is stable and s ≥ d > 0. Without a common basis matched prompts can invert
(three models) and lose stability (four models, all a_i > 0). Mismatched prompts do both with two models.

Argument. S_i = T diag(σ_i) Tᵀ: in the coordinates Tᵀθ each coordinate is an ecosystem of scalar models with
the shares w_ij σ_j/h_i, h_i = a_iσ_i + Σ_j w_ij σ_j, non-negative with row sums 1 − a_iσ_i/h_i < 1: stable,
and [(I − J)⁻¹]_11 ≥ 1/(1 − J_11) ≥ 1 (influence.cooperative). The direct effect is the sum over coordinates
of γ²σ_1² w_11/h_1 ≥ 0, in those of Tᵀγ, and each term is multiplied by the [(I − J)⁻¹]_11 of its coordinate.

Machine-checked. One coordinate, N = 2 and 3, all shares and σ free: stability, s ≥ d and d > 0. Exact
points (stability as ‖J¹⁶‖ < 1 in the maximum norm): two mismatched models with d = 1/19, s = −5/29; two
mismatched models with a real eigenvalue > 1; three matched models with d = 15/103, s = −2201248/246488811;
four matched models with all a_i > 0 and a real eigenvalue > 1 (det(I − J) < 0).
"""

from __future__ import annotations

import sympy

from proofs_check.claim import Case, Claim, Provenance
from proofs_check.conditions.ecosystem_condition import EcosystemCondition
from proofs_check.conditions.pair_trained import matched_prompts
from proofs_check.encoding.matrices import determinant, identity_minus, without
from proofs_check.encoding.pair_trained import PairTrained, Rows
from proofs_check.encoding.relations import at_least, equal, less, negative, positive
from proofs_check.encoding.symbols import UNIT, Matrix, column, entries, matrix, point, variables
from proofs_check.sharpness import Sharpness, dropping
from proofs_check.statements.statement import Statement
from theory.analysis import Analysis

_SIZES = (2, 3)
_POWER = 16


def claim() -> Claim:
    """The claim ``influence.pairs``."""
    return Claim(
        id="influence.pairs",
        title="Pair-trained models with matched prompts in one basis amplify; others can invert",
        provenance=Provenance.DERIVED,
        source="",
        statement=(
            "Pair-trained linear-Gaussian models, own knob, reward on the own prompts, all aᵢ > 0: matched "
            "prompts that are diagonal in one basis by congruence (always so for N = 2) are stable with "
            "s ≥ d > 0. Mismatched prompts can invert and be unstable at N = 2, matched ones can invert at "
            "N = 3 and be unstable at N = 4."
        ),
        latex=r"S_i^{\mathrm{real}}=S_i=T\Delta_iT^{\top}\;\Rightarrow\;\rho(J)<1,\ s\ge d>0",
        hypotheses=(
            "Linear-Gaussian conditionals, least squares on the mixture of pairs, all aᵢ > 0.",
            "Real prompts have the second moments of the model's own prompts.",
            "The second moments are simultaneously diagonal by congruence.",
        ),
        cases=(*(_coordinate(n) for n in _SIZES), *_inversions(), *_instabilities()),
        scope="N = 2, 3, one coordinate of the common basis; exact examples otherwise",
        sharpness=(
            _needs_real_data(),
            _needs(1, _mismatched(), (0, 1)),
            _needs(2, _matched(), (4, 5)),
        ),
    )


def condition(analysis: Analysis) -> EcosystemCondition:
    """Whether an ecosystem is one of pair-trained models with matched prompts, diagonal in one basis."""
    return matched_prompts("influence.pairs", analysis, one_basis=True)


def _coordinate(n: int) -> Case:
    """Shares w, moments σ: J_ij = w_ij σ_j/h_i, and det(rest)/det ≥ 1 for the own knob."""
    weights, moments = matrix("w", n, n), column("sigma", n)
    real = [1 - sympy.Add(*weights.row(i)) for i in range(n)]
    weighed = Matrix(n, n, lambda i, j: weights[i, j] * moments[j])
    total = [real[i] * moments[i] + sympy.Add(*weighed.row(i)) for i in range(n)]
    # rows multiplied by h_i: the Laplacian of the loop
    scaled = Matrix(sympy.diag(*total) - weighed)
    rest = determinant(without(scaled, 0, 0))
    return Case(
        name=f"N = {n}, one coordinate of the common basis",
        statement=Statement(
            variables=variables(weights, moments, typical=UNIT),
            hypotheses=(
                positive(weights[0, 0]),
                *(at_least(w) for w in list(weights)[1:]),
                *(positive(a) for a in real),
                *(positive(s) for s in moments),
            ),
            conclusions=(
                *(positive(h) for h in total),
                *(positive(h - sympy.Add(*weighed.row(i))) for i, h in enumerate(total)),
                positive(determinant(scaled)),
                at_least(rest * total[0], determinant(scaled)),
                positive(weights[0, 0] * moments[0] ** 2 / total[0]),
            ),
        ),
        witness=point(entries({weights: [[f"1/{2 * n}"] * n] * n, moments: [[1]] * n})),
    )


def _example(
    shares: Rows, parts: int, prompts: tuple[Rows, ...], real: tuple[Rows, ...] | None
) -> PairTrained:
    """Rows ``a w_1 … w_N`` in parts of one, with prompts; real prompts None where they match."""
    own = tuple(Matrix(rows) for rows in prompts)
    return PairTrained(
        real_shares=tuple(sympy.Rational(row[0], parts) for row in shares),
        shares=Matrix([[sympy.Rational(w, parts) for w in row[1:]] for row in shares]),
        prompts=own,
        real_prompts=own if real is None else tuple(Matrix(rows) for rows in real),
    )


def _mismatched() -> PairTrained:
    return _example(
        ((1, 1, 1), (1, 1, 1)),
        3,
        (((2, -1), (-1, 1)), ((1, 1), (1, 2))),
        (((2, 1), (1, 1)), ((1, 0), (0, 2))),
    )


def _matched() -> PairTrained:
    return _example(
        ((1, 1, 6, 0), (1, 0, 0, 7), (1, 7, 0, 0)),
        8,
        (((3, -2), (-2, 2)), ((10, 6), (6, 4)), ((15, -20), (-20, 45))),
        None,
    )


def _needs_real_data() -> Sharpness:
    """Without real data a shift of all models stays for ever: the scaled determinant is 0."""
    case = _coordinate(2)
    weights, moments = matrix("w", 2, 2), column("sigma", 2)
    rows = tuple(positive(1 - sympy.Add(*weights.row(i))) for i in range(2))
    at = point(entries({weights: [["1/2", "1/2"]] * 2, moments: [[1]] * 2}))
    return dropping(case, *rows, hypothesis=0, point=at)


def _needs(hypothesis: int, models: PairTrained, along: tuple[int, int]) -> Sharpness:
    """Stable models whose total effect is below the direct one; the free displacement solves its equation."""
    shift = Matrix(along)
    wish = Matrix(models.real_prompts[0] * shift)
    own = Matrix(models.moves[: models.dimension])
    return Sharpness(
        hypothesis=hypothesis,
        weakened=Statement(
            variables=variables(models.moves),
            hypotheses=(
                *models.linearised(shift),
                *(less(size, 1) for size in _row_sizes(models.jacobian)),
            ),
            conclusions=(at_least(wish.dot(own), wish.dot(models.direct(shift))),),
        ),
        point=point(dict(zip(models.moves, _displaced(models, shift), strict=True))),
    )


def _displaced(models: PairTrained, shift: Matrix) -> Matrix:
    """All models' displacement by model 1's own knob."""
    field = identity_minus(models.jacobian)
    pushed = [*models.direct(shift), *([sympy.Integer(0)] * (field.rows - models.dimension))]
    return Matrix(field.LUsolve(Matrix(pushed)))


def _inversions() -> tuple[Case, ...]:
    return (
        _inverts("N = 2, mismatched prompts invert", _mismatched(), (0, 1), "1/19", "-5/29"),
        _inverts("N = 3, matched prompts invert", _matched(), (4, 5), "15/103", "-2201248/246488811"),
    )


def _inverts(name: str, models: PairTrained, along: tuple[int, int], direct: str, total: str) -> Case:
    shift = Matrix(along)
    wish = Matrix(models.real_prompts[0] * shift)
    own = Matrix(models.moves[: models.dimension])
    return Case(
        name=name,
        statement=Statement(
            variables=variables(models.moves),
            hypotheses=models.linearised(shift),
            conclusions=(
                *(less(size, 1) for size in _row_sizes(models.jacobian)),
                equal(wish.dot(models.direct(shift)), sympy.Rational(direct)),
                equal(wish.dot(own), sympy.Rational(total)),
            ),
        ),
        witness=point(dict(zip(models.moves, _displaced(models, shift), strict=True))),
    )


def _row_sizes(square: Matrix) -> tuple[sympy.Expr, ...]:
    """Σ_j |(J¹⁶)_ij|, a row each: all below 1 make ρ(J) < 1."""
    power = square**_POWER
    return tuple(sympy.Add(*(abs(entry) for entry in power.row(i))) for i in range(power.rows))


def _instabilities() -> tuple[Case, ...]:
    mismatched = _example(
        ((3, 3, 6), (4, 4, 4)),
        12,
        (((3, -2), (-2, 2)), ((2, 1), (1, 1))),
        (((1, 1), (1, 2)), ((1, -2), (-2, 5))),
    )
    matched = _example(
        ((3, 375, 750, 372, 0), (3, 500, 500, 0, 497), (1500, 0, 0, 0, 0), (1500, 0, 0, 0, 0)),
        1500,
        (((3, -2), (-2, 2)), ((2, 1), (1, 1)), ((1, 1), (1, 2)), ((1, -2), (-2, 5))),
        None,
    )
    return (
        _unstable("N = 2, mismatched prompts without stability", mismatched),
        _unstable("N = 4, matched prompts without stability", matched),
    )


def _unstable(name: str, models: PairTrained) -> Case:
    """det(I − J) < 0: an odd number of real eigenvalues exceed 1."""
    return Case(
        name=name,
        statement=Statement(
            variables=(), hypotheses=(), conclusions=(negative(identity_minus(models.jacobian).det()),)
        ),
    )
