"""safe.one-interest: one model with one reward: stronger curation helps at every stable equilibrium.

Statement. One model in a scalar exponential family with log-partition A, trained on: its own output curated
by K = ∞ candidates with the reward r = cT, c ≠ 0 (share w > 0), its own raw output (share u ≥ 0), and
exogenous data that the strength does not touch (share 1 − w − u). At every stable equilibrium the alignment
R = cμ rises with the strength β:

    dR/dβ = w c² / ((1 − u)/H_b − w/H_0) > 0,   H_0 = A''(θ), H_b = A''(θ + βc).

Argument. The tilt of the law θ by βr is the law θ + βc of the same family, so moment matching reads μ =
A'(θ) = x + uA'(θ) + wA'(θ + βc), x fixed by the exogenous data. r is not constant almost surely, so both
variances H_0, H_b of T are positive. The map in the mean parameter, μ' = x + uμ + wA'(θ(μ) + βc), has dθ/dμ
= 1/H_0 and J = u + wH_b/H_0 > 0: stable iff J < 1. Differentiating the equilibrium in β: H_0 θ' = uH_0 θ' +
wH_b(θ' + c), hence θ' = wH_b c/((1 − u)H_0 − wH_b), where the divisor is H_0(1 − J) > 0, and dR/dβ = cH_0
θ' = w c²H_0 H_b/(H_0(1 − J)) > 0.

What is needed: with two groups of users the derivative can be negative (gaussian.user-groups); on an
unstable branch 1 − J < 0 and the sign flips.

Machine-checked. The scalar case: the derivative from the linearised equilibrium, its positivity, and the
formula, for all real values of H_0, H_b > 0, w > 0, u ≥ 0, c ≠ 0 with J < 1.
"""

from __future__ import annotations

import sympy

from proofs_check.claim import Case, Claim, Provenance
from proofs_check.conditions.own_curators import one_interest
from proofs_check.ecosystem_condition import EcosystemCondition
from proofs_check.encoding.relations import at_least, equal, less, negative, positive, unequal
from proofs_check.encoding.symbols import point, reals, variables
from proofs_check.statement import Relation, SchurStable, Statement
from theory.analysis import Analysis

_RAW_VARIANCE, _CURATED_VARIANCE = reals("H0 Hb")
_CURATED_SHARE, _RAW_SHARE = reals("w u")
_REWARD, _MOVE = reals("c move")


def claim() -> Claim:
    """The claim ``safe.one-interest``."""
    return Claim(
        id="safe.one-interest",
        title="One model with one interest cannot backfire (scalar families)",
        provenance=Provenance.DERIVED,
        source="",
        statement=(
            "One model in a scalar exponential family, one reward r = cT, K = ∞, curated own share w > 0, "
            "raw own share u ≥ 0, exogenous data "
            "that the knob does not touch: at every stable equilibrium dR/dβ = wc²/((1 − u)/H_b − w/H₀) > 0."
        ),
        latex=(
            r"\frac{dR}{d\beta}=\frac{w\,c^2}{(1-u)/H_b-w/H_0}>0,"
            r"\qquad H_0=A''(\theta),\ H_b=A''(\theta+\beta c)"
        ),
        hypotheses=(
            "One model in a scalar exponential family; no channels.",
            "K = ∞ candidates, one reward r = cT that is not constant almost surely (c ≠ 0; H₀, H_b > 0).",
            "Curated own share w > 0, raw own share u ≥ 0; the strength touches nothing else.",
            "The equilibrium is stable: J = u + wH_b/H₀ < 1.",
        ),
        cases=(_formula(), _positive(), _unstable()),
        scope="scalar exponential families, symbolic in A''; higher dimensions by the general argument only",
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
