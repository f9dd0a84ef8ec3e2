"""single.gaussian-blow-up: a Gaussian on its own curated output settles up to a critical strength.

Statement. One mean–variance Gaussian N(m, v), real data N(M, V) with share 0 < a < 1 and V > 0; all else, w
= 1 − a, is its own output curated by the reward cx, c ≠ 0, at strength β ≥ 0 with K = ∞. With κ = wβ²c²/a²,

    equilibria are m* = M + wβc v*/a with κv*² − v* + V = 0,

there is a stable one iff 4κV < 1, that is β < a/(2|c|√(wV)), and it is the smaller root, v* = (1 − √(1 −
4κV))/(2κ) = 2V/(1 + √(1 − 4κV)). At 4κV = 1 the two equilibria meet (a saddle-node: an eigenvalue of J is
1), beyond there is none. On the stable branch the mean reward cm* rises with β, at a rate that tends to ∞
at the fold.

Argument. The tilt by βcx makes the curated stream N(m + βcv, v). Matching moments with the mixture: a(m −
M) = wβcv, and the variance about m is aV + wv + a(M − m)² + wβ²c²v² = v. Here a(M − m)² + wβ²c²v² =
wβ²c²v²(w + a)/a = aκv², and v − wv = av; divide by a: V + κv² = v. J = [[w, wβc], [2wβcv, w + 2wβ²c²v]]
there, det(I − J) = a²(1 − 2κv). It is similar to a symmetric matrix with entries ≥ 0 and determinant ≥ 0,
so that stability is 2κv < 1 (gaussian.user-groups has the details). v − κv² = V has real roots iff 4κV ≤ 1,
and (1 − 2κv)² = 1 − 4κV picks the smaller one. Differentiating both equations by β gives dm*/dβ =
(wcv*/a)/(1 − 2κv*), whose product with c is positive.

Machine-checked. The equilibrium equations from the mixture's moments; J by differentiation, stable iff 2κv
< 1; that a stable equilibrium has 4κV < 1, and is the smaller root; that with 4κV < 1 the smaller root is a
stable equilibrium; 4κV < 1 against the critical strength; det(I − J) = 0 at the fold; no equilibrium
beyond; the derivative, as an entry of (I − J)⁻¹∂G/∂β. Iteration in 100 digits: below the fold (w = a = 1/2,
V = 3/8, cβ = 1/2) to v* = 1/2 with the rate ρ(J); beyond it (cβ = 1) out of every bounded set.
"""

from __future__ import annotations

import sympy

from proofs_check.claim import Case, Claim, Provenance
from proofs_check.conditions.ecosystem_condition import EcosystemCondition
from proofs_check.conditions.gaussians_alone import blow_up
from proofs_check.encoding.matrices import determinant, identity_minus, inverse
from proofs_check.encoding.one_gaussian import (
    BEND,
    MEAN,
    OWN_SHARE,
    REAL_MEAN,
    REAL_SHARE,
    REAL_VARIANCE,
    TILT,
    VARIANCE,
    jacobian,
    leaves,
    reduced,
    settles,
    shares,
    stationary,
    step,
)
from proofs_check.encoding.relations import at_least, equal, less, positive, unequal
from proofs_check.encoding.sharp_blow_up import needs_all_curated, needs_real_data
from proofs_check.encoding.symbols import Matrix, point, real, reals, variables
from proofs_check.sharpness import Sharpness, dropping
from proofs_check.statements.statement import Condition, SchurStable, Statement
from theory.analysis import Analysis

_ROOT = real("s")


def claim() -> Claim:
    """The claim ``single.gaussian-blow-up``."""
    return Claim(
        id="single.gaussian-blow-up",
        title="One curated Gaussian has a stable equilibrium up to a critical strength",
        provenance=Provenance.DERIVED,
        source="",
        statement=(
            "Mean–variance Gaussian, reward cx, real share a of variance V, curated own share w = "
            "1 − a, strength β, κ "
            "= wβ²c²/a²: κv*² − v* + V = 0; a stable equilibrium exists iff 4κV < 1, i.e. β < "
            "a/(2|c|√(wV)), and "
            "v* is the smaller root; the mean reward rises with β up to there."
        ),
        latex=(
            r"\kappa v^{*2}-v^*+V=0,\quad \kappa=\frac{w\beta^2c^2}{a^2};\qquad "
            r"\text{stable}\iff 4\kappa V<1\iff\beta<\frac{a}{2|c|\sqrt{wV}}"
        ),
        hypotheses=(
            "One mean–variance Gaussian; real share 0 < a < 1, real variance V > 0.",
            "The rest is its own output, curated by a linear reward with K = ∞, tilt t = βc.",
            "4κV < 1.",
        ),
        cases=(
            _equations(),
            _stability(),
            _only_below(),
            _exists(),
            _critical_strength(),
            _fold(),
            _beyond(),
            _rises(),
            settles(),
            leaves(),
        ),
        scope="symbolic in all parameters",
        sharpness=(needs_real_data(), needs_all_curated(), _needs_below()),
    )


def condition(analysis: Analysis) -> EcosystemCondition:
    """Whether one Gaussian is curated by a linear reward below the critical strength."""
    return blow_up("single.gaussian-blow-up", analysis)


def _equations() -> Case:
    """For t = as, κ = ws²: m' − m = a(M − m + wsv), and v' − v = a(κv² − v + V) where that is 0."""
    (scaled,) = reals("s")
    drift = OWN_SHARE * scaled * VARIANCE
    following = step().xreplace({TILT: REAL_SHARE * scaled})
    settled = following.xreplace({REAL_MEAN: MEAN - drift})
    return Case(
        name="equilibrium equations",
        statement=Statement(
            variables=variables(REAL_SHARE, scaled, MEAN, VARIANCE, REAL_MEAN, REAL_VARIANCE),
            hypotheses=(),
            conclusions=(
                equal(following[0] - MEAN, REAL_SHARE * (REAL_MEAN - MEAN + drift)),
                equal(settled[0], MEAN),
                equal(
                    settled[1] - VARIANCE, REAL_SHARE * (scaled * VARIANCE * drift - VARIANCE + REAL_VARIANCE)
                ),
            ),
        ),
        witness=point({REAL_SHARE: "1/2", scaled: 1, MEAN: 1, VARIANCE: 2, REAL_MEAN: 0, REAL_VARIANCE: 0}),
    )


def _stability() -> Case:
    """2κv < 1 makes J stable."""
    return Case(
        name="2κv < 1 is stable",
        statement=Statement(
            variables=variables(REAL_SHARE, TILT, VARIANCE),
            hypotheses=(*shares(), positive(VARIANCE), less(2 * BEND * VARIANCE, 1)),
            conclusions=(SchurStable(reduced()),),
        ),
        witness=point({REAL_SHARE: "1/2", TILT: "1/2", VARIANCE: "99/100"}),
    )


def _only_below() -> Case:
    """A stable equilibrium has 2κv < 1, 4κV < 1, and is the smaller root."""
    bend = 1 - 2 * BEND * VARIANCE
    return Case(
        name="a stable equilibrium has 4κV < 1",
        statement=Statement(
            variables=variables(REAL_SHARE, TILT, VARIANCE, REAL_VARIANCE),
            hypotheses=(*shares(), positive(VARIANCE), stationary(), SchurStable(reduced())),
            conclusions=(
                positive(bend),
                equal(bend**2, 1 - 4 * BEND * REAL_VARIANCE),
                less(4 * BEND * REAL_VARIANCE, 1),
            ),
        ),
        witness=point({REAL_SHARE: "1/2", TILT: "1/2", VARIANCE: "9/10", REAL_VARIANCE: "99/200"}),
    )


def _exists() -> Case:
    """4κV < 1: v = 2V/(1 + s), s = √(1 − 4κV) > 0, is stationary with 2κv < 1 and 0 < v."""
    smaller = 2 * REAL_VARIANCE / (1 + _ROOT)
    return Case(
        name="with 4κV < 1 there is one",
        statement=Statement(
            variables=variables(REAL_SHARE, TILT, REAL_VARIANCE, _ROOT),
            hypotheses=(
                *shares(),
                positive(REAL_VARIANCE),
                at_least(_ROOT),
                equal(_ROOT**2, 1 - 4 * BEND * REAL_VARIANCE),
                _below_fold(),
            ),
            conclusions=(
                positive(_ROOT),
                positive(smaller),
                equal(BEND * smaller**2 - smaller + REAL_VARIANCE),
                equal(1 - 2 * BEND * smaller, _ROOT),
            ),
        ),
        witness=point({REAL_SHARE: "1/2", TILT: "1/2", REAL_VARIANCE: "3/8", _ROOT: "1/2"}),
    )


def _below_fold() -> Condition:
    return less(4 * BEND * REAL_VARIANCE, 1)


def _critical_strength() -> Case:
    """2βc√(wV) < a, for c, β > 0, is 4κV < 1: one way and the other."""
    size, root = reals("t r")
    return Case(
        name="the critical strength",
        statement=Statement(
            variables=variables(REAL_SHARE, size, REAL_VARIANCE, root),
            hypotheses=(
                *shares(),
                positive(size),
                positive(REAL_VARIANCE),
                positive(root),
                equal(root**2, OWN_SHARE * REAL_VARIANCE),
            ),
            conclusions=(
                equal(
                    (1 - 4 * BEND * REAL_VARIANCE) * REAL_SHARE**2,
                    (REAL_SHARE - 2 * size * root) * (REAL_SHARE + 2 * size * root),
                ),
                positive(REAL_SHARE + 2 * size * root),
            ),
        ),
        witness=point({REAL_SHARE: "1/2", size: 1, REAL_VARIANCE: "1/2", root: "1/2"}),
    )


def _fold() -> Case:
    """At 2κv = 1, det(I − J) = 0 and 4κV = 1, and κx² − x + V ≥ 0 for every x."""
    (place,) = reals("x")
    return Case(
        name="at the fold",
        statement=Statement(
            variables=variables(REAL_SHARE, TILT, VARIANCE, REAL_VARIANCE, place),
            hypotheses=(*shares(), stationary(), equal(2 * BEND * VARIANCE, 1)),
            conclusions=(
                equal(determinant(identity_minus(reduced()))),
                equal(4 * BEND * REAL_VARIANCE, 1),
                at_least(BEND * place**2 - place + REAL_VARIANCE),
            ),
        ),
        witness=point({REAL_SHARE: "1/2", TILT: 1, VARIANCE: "1/4", REAL_VARIANCE: "1/8", place: "1/4"}),
    )


def _beyond() -> Case:
    """4κV > 1 leaves κx² − x + V > 0 for every x: no equilibrium."""
    (place,) = reals("x")
    return Case(
        name="beyond the fold",
        statement=Statement(
            variables=variables(REAL_SHARE, TILT, REAL_VARIANCE, place),
            hypotheses=(*shares(), positive(REAL_VARIANCE), less(1, 4 * BEND * REAL_VARIANCE)),
            conclusions=(positive(BEND * place**2 - place + REAL_VARIANCE),),
        ),
        witness=point({REAL_SHARE: "1/2", TILT: 1, REAL_VARIANCE: 1, place: "1/4"}),
    )


def _rises() -> Case:
    """dm/dt from (I − J)⁻¹∂G/∂t; d(cm)/dβ = c²·dm/dt."""
    centre = MEAN - OWN_SHARE * TILT * VARIANCE / REAL_SHARE
    push = Matrix(sympy.Matrix(step()).diff(TILT).xreplace({REAL_MEAN: centre}))
    moved = inverse(identity_minus(jacobian())) * push
    rate = moved[0, 0].xreplace({MEAN: sympy.Integer(0)})
    return Case(
        name="the mean reward rises with the strength",
        statement=Statement(
            variables=variables(REAL_SHARE, TILT, VARIANCE),
            hypotheses=(
                *shares(),
                positive(VARIANCE),
                less(2 * BEND * VARIANCE, 1),
                unequal(determinant(identity_minus(reduced()))),
            ),
            conclusions=(
                equal(rate, OWN_SHARE * VARIANCE / REAL_SHARE / (1 - 2 * BEND * VARIANCE)),
                positive(OWN_SHARE * VARIANCE / REAL_SHARE / (1 - 2 * BEND * VARIANCE)),
            ),
        ),
        witness=point({REAL_SHARE: "1/2", TILT: "1/2", VARIANCE: "9/10"}),
    )


def _needs_below() -> Sharpness:
    """4κV = 1: the roots meet at v = 1, where 1 − 2κv = 0."""
    at = point({REAL_SHARE: "1/2", TILT: "1/2", REAL_VARIANCE: "1/2", _ROOT: 0})
    return dropping(_exists(), _below_fold(), hypothesis=2, point=at)
