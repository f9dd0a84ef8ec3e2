"""safe.one-interest: one model with one reward: stronger curation helps at every stable equilibrium.

Statement. One model in an exponential family with statistic T and log-partition A, trained on: its own
output curated by K = ∞ candidates with the reward r = ⟨c,T⟩ (share w > 0), its own raw output (share u ≥
0), and exogenous data that the strength does not touch (share 1 − w − u). At every stable equilibrium the
alignment R = ⟨c,μ⟩ rises with the strength β; with H_0 = ∇²A(θ), H_b = ∇²A(θ + βc),

    dR/dβ = w cᵀ((1 − u)H_b⁻¹ − wH_0⁻¹)⁻¹c > 0,   scalar: w c² / ((1 − u)/H_b − w/H_0).

Argument. The tilt of the law θ by βr is the law θ + βc of the same family, so moment matching reads μ =
∇A(θ) = x + u∇A(θ) + w∇A(θ + βc), x fixed by the exogenous data. In a minimal family H_0, H_b are positive
definite, and r is not constant almost surely iff c ≠ 0. The map in the mean parameter has dθ/dμ = H_0⁻¹ and
J = uI + wH_bH_0⁻¹. Differentiating the equilibrium in β: H_0 θ' = uH_0 θ' + wH_b(θ' + c).

Scalar case: J = u + wH_b/H_0 > 0, stable iff J < 1; θ' = wH_b c/((1 − u)H_0 − wH_b), whose divisor is H_0(1
− J) > 0, and dR/dβ = cH_0 θ' = w c²H_0 H_b/(H_0(1 − J)) > 0.

Any dimension: two positive definite matrices are diagonal in a common basis, H_0 = LLᵀ, H_b = L diag(g) Lᵀ
with g > 0. Then J = L(uI + w diag(g))L⁻¹, so stability says u + wg_i < 1 for each i, and dR/dβ = Σ_i w
(Lᵀc)_i²/((1 − u)/g_i − w): a sum of scalar cases, with Lᵀc ≠ 0.

What is needed: with two groups of users the derivative can be negative (gaussian.user-groups); on an
unstable branch 1 − J < 0 and the sign flips.

Machine-checked. The scalar case: the derivative from the linearised equilibrium, its positivity, and the
formula, for all real values of H_0, H_b > 0, w > 0, u ≥ 0, c ≠ 0 with J < 1. Two dimensions: J and dR/dβ in
the common basis for generic L, and the positivity.
"""

from __future__ import annotations

import sympy

from proofs_check.claim import Case, Claim, Provenance
from proofs_check.conditions.ecosystem_condition import EcosystemCondition
from proofs_check.conditions.own_curators import one_interest
from proofs_check.encoding.matrices import determinant, inverse
from proofs_check.encoding.relations import all_equal, at_least, equal, less, negative, positive, unequal
from proofs_check.encoding.symbols import Matrix, column, entries, matrix, point, reals, variables
from proofs_check.sharpness import Sharpness, dropping
from proofs_check.statements.statement import Condition, Relation, SchurStable, Statement
from theory.analysis import Analysis

_RAW_VARIANCE, _CURATED_VARIANCE = reals("H0 Hb")
_CURATED_SHARE, _RAW_SHARE = reals("w u")
_REWARD, _MOVE = reals("c move")


def claim() -> Claim:
    """The claim ``safe.one-interest``."""
    return Claim(
        id="safe.one-interest",
        title="One model with one interest cannot backfire",
        provenance=Provenance.DERIVED,
        source="",
        statement=(
            "One model in an exponential family, one reward r = ⟨c,T⟩, K = ∞, curated own share w > 0, raw "
            "own "
            "share u ≥ 0, exogenous data that the knob does not touch: at every stable equilibrium "
            "dR/dβ = w cᵀ((1 − u)H_b⁻¹ − wH₀⁻¹)⁻¹c > 0, in the scalar case wc²/((1 − u)/H_b − w/H₀)."
        ),
        latex=(
            r"\frac{dR}{d\beta}=w\,c^{\top}\left((1-u)H_b^{-1}-wH_0^{-1}\right)^{-1}c>0,"
            r"\qquad H_0=\nabla^2A(\theta),\ H_b=\nabla^2A(\theta+\beta c)"
        ),
        hypotheses=(
            "One model in an exponential family; no channels.",
            "K = ∞ candidates, one reward r = ⟨c,T⟩ that is not constant almost surely.",
            "Curated own share w > 0, raw own share u ≥ 0; the strength touches nothing else.",
            "The equilibrium is stable: ρ(uI + wH_bH₀⁻¹) < 1.",
        ),
        cases=(_formula(), _positive(), _unstable(), _common_basis(), _two_dimensions()),
        scope="scalar families and d = 2, symbolic in the Hessians; any dimension by the argument",
        sharpness=(_channel(), _no_reward(), _no_curation(), _unstable_branch()),
    )


def condition(analysis: Analysis) -> EcosystemCondition:
    """Whether an ecosystem is one model with one interest at a stable equilibrium."""
    return one_interest("safe.one-interest", analysis)


def _jacobian() -> sympy.Expr:
    """J = u + w H_b/H_0."""
    return _RAW_SHARE + _CURATED_SHARE * _CURATED_VARIANCE / _RAW_VARIANCE


def _setting() -> tuple[Relation, ...]:
    """Domains, and the equilibrium equation differentiated in β."""
    mean_move = _RAW_VARIANCE * _MOVE
    curated_move = _CURATED_VARIANCE * (_MOVE + _REWARD)
    return (
        positive(_RAW_VARIANCE),
        positive(_CURATED_VARIANCE),
        positive(_CURATED_SHARE),
        at_least(_RAW_SHARE),
        unequal(_REWARD),
        equal(mean_move, _RAW_SHARE * mean_move + _CURATED_SHARE * curated_move),
    )


def _variables() -> tuple[sympy.Symbol, ...]:
    return (_RAW_VARIANCE, _CURATED_VARIANCE, _CURATED_SHARE, _RAW_SHARE, _REWARD, _MOVE)


def _witness(curated_share: str, move: str) -> tuple[tuple[str, sympy.Expr], ...]:
    return point(dict(zip(_variables(), (1, 1, curated_share, "1/4", 1, move), strict=True)))


def _formula() -> Case:
    divisor = (1 - _RAW_SHARE) / _CURATED_VARIANCE - _CURATED_SHARE / _RAW_VARIANCE
    return Case(
        name="formula",
        statement=Statement(
            variables=variables(*_variables()),
            hypotheses=(*_setting(), less(_jacobian(), 1)),
            conclusions=(equal(_REWARD * _RAW_VARIANCE * _MOVE, _CURATED_SHARE * _REWARD**2 / divisor),),
        ),
        witness=_witness("1/4", "1/2"),
    )


def _positive() -> Case:
    return Case(
        name="stable: dR/dβ > 0",
        statement=Statement(
            variables=variables(*_variables()),
            hypotheses=(*_setting(), SchurStable(sympy.ImmutableDenseMatrix([[_jacobian()]]))),
            conclusions=(positive(_REWARD * _RAW_VARIANCE * _MOVE),),
        ),
        witness=_witness("1/4", "1/2"),
    )


def _unstable() -> Case:
    """On the unstable branch the sign flips: stability is needed."""
    return Case(
        name="unstable: dR/dβ < 0",
        statement=Statement(
            variables=variables(*_variables()),
            hypotheses=(*_setting(), less(1, _jacobian())),
            conclusions=(negative(_REWARD * _RAW_VARIANCE * _MOVE),),
        ),
        witness=_witness("1", "-4"),
    )


def _diagonal_influence(pulls: Matrix, scales: Matrix) -> sympy.Expr:
    """Σ_i w pull_i²/((1 − u)/g_i − w)."""
    return sympy.Add(
        *(
            _CURATED_SHARE * pull**2 / ((1 - _RAW_SHARE) / scale - _CURATED_SHARE)
            for pull, scale in zip(pulls, scales, strict=True)
        )
    )


def _common_basis() -> Case:
    """H_0 = LLᵀ, H_b = L diag(g) Lᵀ: J and dR/dβ are those of diag(g), with Lᵀc for c."""
    basis, scales, reward = matrix("L", 2, 2), column("g", 2), column("c", 2)
    raw = Matrix(basis * basis.T)
    curated = Matrix(basis * sympy.diag(*scales) * basis.T)
    gap = Matrix((1 - _RAW_SHARE) * inverse(curated) - _CURATED_SHARE * inverse(raw))
    jacobian = Matrix(_RAW_SHARE * sympy.eye(2) + _CURATED_SHARE * curated * inverse(raw))
    diagonal = sympy.diag(*(_RAW_SHARE + _CURATED_SHARE * g for g in scales))
    influence = _CURATED_SHARE * (reward.T * inverse(gap) * reward)[0, 0]
    nonzero = (determinant(basis), determinant(raw), determinant(curated), determinant(gap), *scales)
    room = tuple(unequal((1 - _RAW_SHARE) / g, _CURATED_SHARE) for g in scales)
    return Case(
        name="d = 2, common basis",
        statement=Statement(
            variables=variables(basis, scales, reward, _CURATED_SHARE, _RAW_SHARE),
            hypotheses=(*(unequal(e) for e in nonzero), *room),
            conclusions=(
                *all_equal(Matrix(jacobian * basis), Matrix(basis * diagonal)),
                equal(influence, _diagonal_influence(Matrix(basis.T * reward), scales)),
            ),
        ),
        witness=point(
            entries({basis: [[1, 0], [0, 1]], scales: [[1], [2]], reward: [[1], [1]]})
            | {_CURATED_SHARE: "1/4", _RAW_SHARE: "1/4"}
        ),
    )


def _two_dimensions() -> Case:
    """In the common basis stability is u + wg_i < 1; a direction helps, or adds 0 when its pull is 0."""
    scales, pulls = column("g", 2), column("p", 2)
    first, second = (
        _diagonal_influence(Matrix([p]), Matrix([g])) for p, g in zip(pulls, scales, strict=True)
    )
    jacobian = Matrix(sympy.diag(*(_RAW_SHARE + _CURATED_SHARE * g for g in scales)))
    room = tuple(positive(1 - entry) for entry in (jacobian[0, 0], jacobian[1, 1]))
    return Case(
        name="d = 2, stable: each direction helps",
        statement=Statement(
            variables=variables(scales, pulls, _CURATED_SHARE, _RAW_SHARE),
            hypotheses=(
                *(positive(g) for g in scales),
                positive(_CURATED_SHARE),
                at_least(_RAW_SHARE),
                *room,
                unequal(pulls[0]),
            ),
            conclusions=(positive(first), at_least(second)),
        ),
        witness=point(
            entries({scales: [[1], [2]], pulls: [[1], [0]]}) | {_CURATED_SHARE: "1/4", _RAW_SHARE: "1/4"}
        ),
    )


def _without(condition: Condition, hypothesis: int, values: tuple[int | str, ...]) -> Sharpness:
    """H_0, H_b, w, u, c, θ' at which dR/dβ > 0 fails without that condition."""
    at = point(dict(zip(_variables(), values, strict=True)))
    return dropping(_positive(), condition, hypothesis=hypothesis, point=at)


def _no_reward() -> Sharpness:
    """c = 0: nothing moves."""
    return _without(unequal(_REWARD), 1, (1, 1, "1/4", "1/4", 0, 0))


def _no_curation() -> Sharpness:
    """w = 0: nothing moves."""
    return _without(positive(_CURATED_SHARE), 2, (1, 1, 0, "1/4", 1, 0))


def _unstable_branch() -> Sharpness:
    """J = 5/4: dR/dβ = −4."""
    stable = SchurStable(sympy.ImmutableDenseMatrix([[_jacobian()]]))
    return _without(stable, 3, (1, 1, 1, "1/4", 1, -4))


def _channel() -> Sharpness:
    """Known covariance [[1, 3], [3, 10]], r = x_1, raw output turned by 90°: direct +1/10, total −1/13."""
    covariance, moves = Matrix([[1, 3], [3, 10]]), column("dm", 2)
    channel, reward = Matrix([[0, -1], [1, 0]]), Matrix([1, 0])
    jacobian = Matrix(_CURATED_SHARE * sympy.eye(2) + _RAW_SHARE * channel)
    direct = Matrix(_CURATED_SHARE * covariance * reward)
    linearised = zip(moves - jacobian * moves, direct, strict=True)
    solved = (sympy.Rational(-1, 13), sympy.Rational(11, 39))
    return Sharpness(
        hypothesis=0,
        weakened=Statement(
            variables=variables(_CURATED_SHARE, _RAW_SHARE, moves),
            hypotheses=(
                positive(_CURATED_SHARE),
                at_least(_RAW_SHARE),
                SchurStable(jacobian),
                *(equal(left, right) for left, right in linearised),
            ),
            conclusions=(positive(reward.dot(moves)),),
        ),
        point=point({_CURATED_SHARE: "1/10", _RAW_SHARE: "3/5"} | dict(zip(moves, solved, strict=True))),
    )
