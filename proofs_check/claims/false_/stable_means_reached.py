"""false.stable-means-reached: "a stable equilibrium is where the iteration from the real data goes".

Refuted. Two Gaussians, no loop: model 1 is N(0, 1/8) and reads only its real data; model 2 reads real data
N(−2, 21/4) (share 1/16), model 1 (7/8) and its own output curated by 2x (1/16). N(0, 1) is its only stable
equilibrium, with J = [[1/16, 1/8], [1/4, 9/16]]. The first round from the real data gives a larger mean,
13/32, and a larger variance, 5495/1024; so does every later one.

One model with two opposed groups: {−1, 0, 1} with base weights (1, 18, 1), tilts ±log 16, a = 1/2, real
mean 56887/14311204. The mean −1/8 is a stable equilibrium; from the real data, which lie on the other side
of the middle, the mean goes to a positive stable equilibrium.

Argument that the refuted statements follow from the claim. Both updates are increasing where they are used:
if x ≤ y then G(x) ≤ G(y). For the Gaussian, m' = aM + wy and v' = (rest) + wv + wy² − m'² with y = m + tv,
so ∂v'/∂y = 2w(y − m') ≥ 0 when M ≤ 0 ≤ y; in the three-point family dμ'/dμ is a sum of ratios of variances.
If G(p) ≥ p at a point p, the iterates from any start above p stay above p, so an equilibrium that is not
above p is not reached.

Two models in a loop may do the same: own shares 1/10 (tilt 5/4) and 3/10 (tilt −3/2), cross shares 4/5 into
model 1 and 1/10 into model 2, real data N(−5/4, 31/8) of share 1/10 and N(3/16, 5/256) of share 3/5. (0, 1,
0, 1/4) is a stable equilibrium, ρ(J) = 0.9403; from the real data both variances grow without bound. (After
nine rounds v_2 > 30, v_1 ≤ v_2, |m_i| ≤ v_2/4, which every round preserves while v_2 more than doubles.)

What the statement says. For every such ecosystem with N(0, 1) stationary and stable, real data of larger
variance, M ≤ 0 ≤ M + tV: the variance falls in the first round. For every such three-point model with a
stable equilibrium below the middle and real data above it: the middle, which lies between them, is carried
downward (μ' < 0). Exact rational points refute both.
"""

from __future__ import annotations

import sympy

from proofs_check.claim import Case, Claim, Expectation, Provenance
from proofs_check.encoding.gaussian_streams import GaussianStream, refit
from proofs_check.encoding.relations import at_least, equal, less, negative, positive, with_values
from proofs_check.encoding.symbols import UNIT, Matrix, point, reals, variables
from proofs_check.encoding.three_points import MIDDLE, REAL_SHARE, STATE, WEIGHT, OpposedGroups, mean
from proofs_check.statements.statement import SchurStable, Statement

_OWN, _TILT, _REAL_MEAN, _REAL_VARIANCE, _OTHER_VARIANCE = reals("w t M V v1")
_LAW = reals("m v")


def claim() -> Claim:
    """The claim ``false.stable-means-reached``."""
    return Claim(
        id="false.stable-means-reached",
        title="A stable equilibrium is reached from the real data",
        provenance=Provenance.DERIVED,
        source="",
        statement=(
            "False: the iteration that starts at the real data goes to the stable equilibrium. Two Gaussians "
            "without a loop, whose variance grows for ever beside the stable N(0, 1); one three-point model "
            "with two opposed groups, which goes to another stable equilibrium."
        ),
        latex=r"\rho(J(x^*))<1\;\not\Rightarrow\;G^n(x_{\mathrm{real}})\to x^*",
        hypotheses=(
            "Two mean–variance Gaussians without a loop, or one model on {−1, 0, 1}, with real data, K = ∞.",
            "The equilibrium is stable; the iteration starts at the real data.",
        ),
        cases=(_growing_variance(), _other_side()),
        scope="one curated Gaussian that also reads a fixed one; one three-point model with opposed groups",
        expected=Expectation.REFUTED,
    )


def gaussian_step() -> Matrix:
    """(m', v') of model 2; model 1 stays at N(0, v_1)."""
    mean_of, variance_of = _LAW
    own = GaussianStream(_OWN, mean_of, variance_of).tilted_linearly(_TILT)
    other = GaussianStream(1 - REAL_SHARE - _OWN, sympy.Integer(0), _OTHER_VARIANCE)
    return Matrix(refit(GaussianStream(REAL_SHARE, _REAL_MEAN, _REAL_VARIANCE), other, own))


def _growing_variance() -> Case:
    step = gaussian_step()
    standard = dict(zip(_LAW, (sympy.Integer(0), sympy.Integer(1)), strict=True))
    start = dict(zip(_LAW, (_REAL_MEAN, _REAL_VARIANCE), strict=True))
    jacobian = SchurStable(Matrix(step.jacobian(Matrix(_LAW))))
    known = point(
        {REAL_SHARE: "1/16", _OWN: "1/16", _TILT: 2, _REAL_MEAN: -2, _REAL_VARIANCE: "21/4"}
        | {_OTHER_VARIANCE: "1/8"}
    )
    shares = (REAL_SHARE, _OWN, 1 - REAL_SHARE - _OWN)
    return Case(
        name="a curated Gaussian beside a fixed one",
        statement=Statement(
            variables=variables(
                REAL_SHARE, _OWN, _TILT, _REAL_MEAN, _REAL_VARIANCE, _OTHER_VARIANCE, typical=UNIT
            ),
            hypotheses=(
                *(positive(x) for x in (*shares, _TILT, _OTHER_VARIANCE)),
                less(1, _REAL_VARIANCE),
                at_least(-_REAL_MEAN),
                at_least(_REAL_MEAN + _TILT * _REAL_VARIANCE),
                *(with_values(equal(x, g), standard) for x, g in zip(_LAW, step, strict=True)),
                with_values(jacobian, standard),
            ),
            conclusions=(less(step[1].xreplace(start), _REAL_VARIANCE),),
        ),
        witness=known,
        suspects=(known,),
    )


def _other_side() -> Case:
    """The middle z = 1 is between the equilibrium z < 1 and the real data's mean > 0."""
    model, middle = OpposedGroups(), sympy.Integer(1)
    (real_mean,) = reals("m")
    carried = REAL_SHARE * real_mean
    numbers = {MIDDLE: sympy.Integer(18), WEIGHT: sympy.Integer(16), REAL_SHARE: sympy.Rational(1, 2)}
    numbers |= {STATE: sympy.Rational(1, 3)}
    stationary = equal(mean(STATE), carried + model.refitted(STATE))
    solved = (mean(STATE) - model.refitted(STATE)) / REAL_SHARE
    known = point(numbers | {real_mean: solved.xreplace(numbers)})
    return Case(
        name="three points, two opposed groups",
        statement=Statement(
            variables=variables(MIDDLE, WEIGHT, REAL_SHARE, STATE, real_mean),
            hypotheses=(
                *(positive(x) for x in (MIDDLE, WEIGHT, REAL_SHARE, STATE, real_mean)),
                less(REAL_SHARE, 1),
                less(real_mean, 1),
                less(STATE, 1),
                stationary,
                SchurStable(Matrix([[model.slope(STATE)]])),
            ),
            conclusions=(negative(carried + model.refitted(middle)),),
        ),
        witness=known,
        suspects=(known,),
    )
