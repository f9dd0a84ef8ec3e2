"""scalar.folds: how strongly one gamma, geometric or Poisson model can be curated and keep an equilibrium.

Statement. One model with real data of mean m > 0 and share 0 < a < 1, the rest its own output tilted by
e^{βx} (K = ∞). It has an equilibrium with a defined tilt iff

    gamma of shape k:  βm/k ≤ (1 − √(1 − a))/(1 + √(1 − a)),
    geometric:  e^β − 1 ≤ a/(√m + √((1 − a)(1 + m)))²,
    Poisson:  e^β(1 − a) < 1, where it is μ* = am/(1 − (1 − a)e^β),

and a stable one iff the inequality is strict. (The exponential law is the gamma law with k = 1, and (x −
c)² under a Gaussian of known mean c has one with k = 1/2; β < 0 always passes.)

Argument. A tilt of the gamma law takes the mean μ to ν = kμ/(k − βμ), defined for βμ < k; of the geometric
law it multiplies the odds, ν/(1 + ν) = e^β μ/(1 + μ), defined for (e^β − 1)μ < 1; of the Poisson law ν =
e^β μ. An equilibrium is μ = G(μ) = am + (1 − a)ν.

Gamma, with s = √(1 − a), y = βμ/k, z = βm/k: the equation is az(1 − y) = y(a − y), and (1 − s)(1 − y)a − (1
+ s)y(a − y) = (1 + s)(y − (1 − s))² ≥ 0, so z ≤ (1 − s)/(1 + s), with equality only at y = 1 − s, where J =
s²/(1 − y)² = 1. Conversely let z ≤ (1 − s)/(1 + s) and μ_0 = (1 + s)m. Then y_0 ≤ 1 − s, the tilt is
defined up to μ_0, G(μ_0) ≤ μ_0 and J(μ_0) ≤ 1, strictly if z < (1 − s)/(1 + s). G is continuous and G(μ) >
0 at 0, so there is an equilibrium in (0, μ_0]; J increases in μ for β ≥ 0 and is below s² for β < 0, so it
is stable when the inequality is strict.

Geometric, with q = √m, P = √((1 − a)(1 + m)), δ = e^β − 1: the equation solves to δ = a(μ − m)/(μ(μ + P² −
q²)), and μ(μ + P² − q²) − (μ − q²)(q + P)² = (μ − q(q + P))² ≥ 0 gives δ ≤ a/(q + P)², with equality only
where J = 1. Conversely with μ_0 = q(q + P) as before.

Poisson: G is affine with slope (1 − a)e^β = J and G(0) = am > 0.

Machine-checked. The tilted means from the log-partitions. For each family, with J differentiated from G: an
equilibrium satisfies the inequality; a stable one strictly; conversely at μ_0 the tilt is defined, G(μ_0) ≤
μ_0 and J(μ_0) ≤ 1, strictly in the strict case; for Poisson μ* itself. There s, q, P are variables with a =
1 − s², or m = q² and (1 − a)(1 + m) = P²; where the geometric inequality is a hypothesis its slack e is a
variable.
"""

from __future__ import annotations

import sympy

from proofs_check.claim import Case, Claim, Provenance
from proofs_check.conditions.ecosystem_condition import EcosystemCondition
from proofs_check.conditions.folds import below_the_fold
from proofs_check.encoding import gamma_fold, geometric_fold
from proofs_check.encoding.relations import at_least, equal, less, positive
from proofs_check.encoding.symbols import UNIT, point, real, reals, variables
from proofs_check.encoding.variance_functions import SIZE, at_natural, concave_families, convex_families
from proofs_check.sharpness import Sharpness, dropping
from proofs_check.statements.statement import Condition, Statement
from theory.analysis import Analysis

_MEAN, _REAL_MEAN, _REAL_SHARE, _WEIGHT = reals("mu m a E")
_Values = dict[sympy.Symbol, sympy.Expr | int | str]


def claim() -> Claim:
    """The claim ``scalar.folds``."""
    return Claim(
        id="scalar.folds",
        title="Where the equilibrium of one curated gamma, geometric or Poisson model vanishes",
        provenance=Provenance.DERIVED,
        source="",
        statement=(
            "One model, real share 0 < a < 1 and mean m > 0, the rest its own output tilted by e^{βx}: an "
            "equilibrium exists iff βm/k ≤ (1 − √(1 − a))/(1 + √(1 − a)) (gamma of shape k), e^β − 1 ≤ "
            "a/(√m + √((1 − a)(1 + m)))² (geometric), e^β(1 − a) < 1 (Poisson); a stable one iff strictly."
        ),
        latex=(
            r"\frac{\beta m}{k}\le\frac{1-\sqrt{1-a}}{1+\sqrt{1-a}},\qquad "
            r"e^{\beta}-1\le\frac{a}{(\sqrt m+\sqrt{(1-a)(1+m)})^2},\qquad e^{\beta}(1-a)<1"
        ),
        hypotheses=(
            "One model whose statistic T has a gamma law of known shape k, a geometric or a Poisson law.",
            "Real data with 0 < a < 1 and m > 0.",
            "The only stream is the model's own output, all of it tilted by e^{βT} (K = ∞).",
            "The equilibrium is stable (for the strict inequality).",
        ),
        cases=(
            _tilts(),
            gamma_fold.needs(),
            gamma_fold.stable_needs(),
            gamma_fold.enough(),
            gamma_fold.strictly_enough(),
            geometric_fold.needs(),
            geometric_fold.stable_needs(),
            geometric_fold.enough(),
            geometric_fold.strictly_enough(),
            _poisson_needs(),
            _poisson_enough(),
        ),
        scope="all a, m, k and β; existence between 0 and μ_0 by continuity",
        sharpness=(_needs_real_data(), gamma_fold.needs_one_stream(2), gamma_fold.needs_stability(3)),
    )


def condition(analysis: Analysis) -> EcosystemCondition:
    """Whether one such model is curated below its fold."""
    return below_the_fold("scalar.folds", analysis)


def _tilts() -> Case:
    """A′(θ + b) in terms of A′(θ); the geometric law is the negative binomial of 1."""
    theta, b = reals("theta b")
    poisson = concave_families()[2]
    gamma, binomial = convex_families()[:2]
    (mean, tilted), (count, more), (rate, moved) = (
        (at_natural(f.mean, theta), at_natural(f.mean, theta, b)) for f in (gamma, binomial, poisson)
    )
    odds, weight = real("exp_theta"), real("exp_b")
    return Case(
        name="tilted means",
        statement=Statement(
            variables=variables(theta, b, SIZE, odds, weight),
            hypotheses=(
                positive(SIZE),
                positive(-theta),
                positive(-theta - b),
                positive(odds),
                positive(weight),
                less(odds, 1),
                less(odds * weight, 1),
            ),
            conclusions=(
                equal(tilted, SIZE * mean / (SIZE - b * mean)),
                equal((more / (1 + more)).subs(SIZE, 1), (weight * count / (1 + count)).subs(SIZE, 1)),
                equal(moved, weight * rate),
                positive(SIZE - b * mean),
            ),
        ),
        witness=point({theta: -2, b: 1, SIZE: 1, odds: "1/3", weight: 2}),
    )


def _poisson(
    name: str, known: _Values, extra: tuple[Condition, ...], conclusions: tuple[Condition, ...]
) -> Case:
    values: _Values = {_REAL_MEAN: 1, _REAL_SHARE: "1/2", _WEIGHT: "3/2"} | known
    return Case(
        name=f"Poisson, {name}",
        statement=Statement(
            variables=variables(*values, typical=UNIT),
            hypotheses=(
                positive(_REAL_MEAN),
                positive(_REAL_SHARE),
                less(_REAL_SHARE, 1),
                positive(_WEIGHT),
                *extra,
            ),
            conclusions=conclusions,
        ),
        witness=point(values),
    )


def _poisson_step(mean: sympy.Expr) -> sympy.Expr:
    return _REAL_SHARE * _REAL_MEAN + (1 - _REAL_SHARE) * _WEIGHT * mean


def _poisson_needs() -> Case:
    found = _REAL_SHARE * _REAL_MEAN / (1 - (1 - _REAL_SHARE) * _WEIGHT)
    return _poisson(
        "an equilibrium",
        {_MEAN: 2},
        (positive(_MEAN), equal(_MEAN, _poisson_step(_MEAN))),
        (less((1 - _REAL_SHARE) * _WEIGHT, 1), equal(_MEAN, found)),
    )


def _poisson_enough() -> Case:
    found = _REAL_SHARE * _REAL_MEAN / (1 - (1 - _REAL_SHARE) * _WEIGHT)
    slope = _poisson_step(_MEAN).diff(_MEAN)
    return _poisson(
        "enough",
        {},
        (less((1 - _REAL_SHARE) * _WEIGHT, 1),),
        (positive(found), equal(found, _poisson_step(found)), less(slope, 1), at_least(slope)),
    )


def _needs_real_data() -> Sharpness:
    """m = 0 under the Poisson law: the mean 0 is no Poisson law's."""
    at = point({_REAL_MEAN: 0, _REAL_SHARE: "1/2", _WEIGHT: "3/2"})
    return dropping(_poisson_enough(), positive(_REAL_MEAN), hypothesis=1, point=at)
