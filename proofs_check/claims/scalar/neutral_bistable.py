"""scalar.neutral-bistable: when two opposed groups split a three-point law with a neutral middle.

Statement. One model on {−1, 0, 1} with T = x and base weights (1, B, 1), B > 0. Its training set is real
data of mean 0 with share 0 < a < 1, and its own output curated half by e^{bx}, half by e^{−bx} (K = ∞); C =
cosh b. The neutral mean 0 is an equilibrium with slope

    J(0) = (1 − a)(2 + BC)(2 + B)/(2C + B)².

If J(0) ≤ 1 it is the only equilibrium. If J(0) > 1, that is (1 − a)(2 + BC)(2 + B) > (2C + B)², there are
exactly two others, ±μ̂, both stable: a supercritical pitchfork. At B = 18, e^b = 16, a = 1/2, μ̂ =
0.13106663454547701255812478645301….

Argument. In z = e^θ the mean is μ(z) = (z − 1/z)/(z + B + 1/z) and a tilt takes z to ze^{±b}. With c = cosh
θ the sum of the two curated means has the numerator 4 sinh θ (BC + 2c) over B² + 4BCc + 4c² + 4C² − 4, so
that

    μ − μ' = (z² − 1)E²z² Q(c)/((z² + Bz + 1)(z² + BEz + E²)(E²z² + BEz + 1)),   E = e^b,
    Q(c) = 4ac² + 2B(2C − (1 − a)(C + 1))c + B² + 4C² − 4 − (1 − a)B²C.

An equilibrium other than z = 1 is a root c > 1 of Q, and (z, 1/z) share one c. For c ≥ 1 ≥ 0, Q increases,
since 2C − (1 − a)(C + 1) ≥ C − 1 ≥ 0 and a > 0; and Q(1) = (2C + B)² − (1 − a)(2 + BC)(2 + B). So there is
one root c > 1 iff Q(1) < 0. At it Q′ > 0, so μ − μ' crosses zero upward in z > 1: d(μ − μ')/dμ = 1 − J > 0,
and J ≥ 0 as a share-weighted sum of ratios of variances.

The mean's variance function is not quadratic, so that scalar.quadratic-variance does not apply; for B ≤ 4
it is concave at 0 and nothing splits.

Machine-checked. J(0), by differentiation. The factorisation of μ − μ' and Q(1). For all B, C ≥ 1, 0 < a <
1: a root c > 1 of Q makes the inequality true; under it Q(1) < 0 and Q is positive at 1 + BC/(2a), so
there is a root; and there is only one. At every equilibrium z > 1: 0 ≤ J < 1. The number: at B = 18, E =
16, a = 1/2, μ − μ' changes sign on an interval of z of length 10⁻³⁵, on which the mean has these digits.
"""

from __future__ import annotations

import sympy

from proofs_check.claim import Case, Claim, Provenance
from proofs_check.encoding.relations import at_least, equal, less, positive, unequal
from proofs_check.encoding.symbols import UNIT, point, reals, variables
from proofs_check.encoding.three_points import MIDDLE, REAL_SHARE, STATE, WEIGHT, OpposedGroups, mean
from proofs_check.sharpness import Sharpness, dropping
from proofs_check.statements.statement import Condition, Statement

_COSH, _SPREAD, _OTHER = reals("C c d")
_MODEL = OpposedGroups()
_BOUND = (2 * _COSH + MIDDLE) ** 2
_GAIN = (1 - REAL_SHARE) * (2 + MIDDLE * _COSH) * (2 + MIDDLE)
_MEAN_DIGITS = sympy.Rational(13106663454547701255812478645301, 10**32)
_STATE_DIGITS = sympy.Rational(313081386299272432478120054218368316, 10**35)


def claim() -> Claim:
    """The claim ``scalar.neutral-bistable``."""
    return Claim(
        id="scalar.neutral-bistable",
        title="Opposed groups split a three-point law exactly when its neutral state loses stability",
        provenance=Provenance.DERIVED,
        source="",
        statement=(
            "One model on {−1, 0, 1}, base weights (1, B, 1), real mean 0 and share 0 < a < 1, the rest its "
            "own output tilted half by e^{bx}, half by e^{−bx}: besides 0 there are equilibria iff "
            "(1 − a)(2 + BC)(2 + B) > (2C + B)², C = cosh b; then exactly two, ±μ̂, both stable. B = 18, "
            "e^b = 16, a = 1/2: μ̂ = 0.13106663454547701255812478645301…"
        ),
        latex=r"(1-a)(2+BC)(2+B)>(2C+B)^2,\qquad C=\cosh b",
        hypotheses=(
            "One model on {−1, 0, 1} with T = x and base weights (1, B, 1).",
            "Real data of mean 0.",
            "Real share 0 < a < 1.",
            "The rest is its own output, tilted half by e^{bx} and half by e^{−bx} (K = ∞).",
        ),
        cases=(
            _neutral_slope(),
            _factorisation(),
            _root_needs(),
            _root_exists(),
            _one_root(),
            _slopes(),
            _stable_branch(),
            _number(),
        ),
        scope="all B, b and a, and the digits at one of them",
        sharpness=(_needs_neutral_data(), _needs_real_data(), _needs_opposition()),
    )


def _groups() -> tuple[Condition, ...]:
    return (positive(MIDDLE), positive(WEIGHT), positive(REAL_SHARE), less(REAL_SHARE, 1))


def _quadratic(spread: sympy.Expr, cosh: sympy.Expr = _COSH) -> sympy.Expr:
    """Q(c)."""
    linear = 2 * MIDDLE * (2 * cosh - (1 - REAL_SHARE) * (cosh + 1))
    constant = MIDDLE**2 + 4 * cosh**2 - 4 - (1 - REAL_SHARE) * MIDDLE**2 * cosh
    return 4 * REAL_SHARE * spread**2 + linear * spread + constant


def _neutral_slope() -> Case:
    cosh = (WEIGHT + 1 / WEIGHT) / 2
    gain, bound = (e.subs(_COSH, cosh) for e in (_GAIN, _BOUND))
    return Case(
        name="the neutral slope",
        statement=Statement(
            variables=variables(MIDDLE, WEIGHT, REAL_SHARE, typical=UNIT),
            hypotheses=_groups(),
            conclusions=(equal(_MODEL.slope(sympy.Integer(1)), gain / bound),),
        ),
        witness=point({MIDDLE: 18, WEIGHT: 16, REAL_SHARE: "1/2"}),
    )


def _factorisation() -> Case:
    """μ − μ' as a multiple of (z² − 1)Q(c), and Q(1)."""
    cosh, spread = ((x + 1 / x) / 2 for x in (WEIGHT, STATE))
    divisor = sympy.Mul(
        STATE**2 + MIDDLE * STATE + 1,
        STATE**2 + MIDDLE * WEIGHT * STATE + WEIGHT**2,
        WEIGHT**2 * STATE**2 + MIDDLE * WEIGHT * STATE + 1,
    )
    multiple = (STATE**2 - 1) * WEIGHT**2 * STATE**2 / divisor
    return Case(
        name="factorisation",
        statement=Statement(
            variables=variables(MIDDLE, WEIGHT, REAL_SHARE, STATE, _COSH, typical=UNIT),
            hypotheses=(*_groups(), positive(STATE)),
            conclusions=(
                equal(
                    mean(STATE) - _MODEL.refitted(STATE),
                    multiple * _quadratic(spread, cosh),
                ),
                equal(_quadratic(sympy.Integer(1)), _BOUND - _GAIN),
            ),
        ),
        witness=point({MIDDLE: 18, WEIGHT: 16, REAL_SHARE: "1/2", STATE: 2, _COSH: 2}),
    )


def _shares() -> tuple[Condition, ...]:
    return positive(MIDDLE), at_least(_COSH, 1), positive(REAL_SHARE), less(REAL_SHARE, 1)


def _split() -> dict[sympy.Symbol, sympy.Expr]:
    """B = 18, C = 8 and a for which c = 3/2 is a root of Q."""
    known = {MIDDLE: sympy.Integer(18), _COSH: sympy.Integer(8), _SPREAD: sympy.Rational(3, 2)}
    (share,) = sympy.solve(_quadratic(_SPREAD).xreplace(known), REAL_SHARE)
    return known | {REAL_SHARE: share}


def _root_needs() -> Case:
    return Case(
        name="a root needs the inequality",
        statement=Statement(
            variables=variables(MIDDLE, _COSH, REAL_SHARE, _SPREAD),
            hypotheses=(*_shares(), less(1, _SPREAD), equal(_quadratic(_SPREAD))),
            conclusions=(less(_BOUND, _GAIN),),
        ),
        witness=point(_split()),
    )


def _root_exists() -> Case:
    """Q(1) < 0, and Q > 0 further out."""
    far = 1 + MIDDLE * _COSH / (2 * REAL_SHARE)
    return Case(
        name="the inequality gives a root",
        statement=Statement(
            variables=variables(MIDDLE, _COSH, REAL_SHARE),
            hypotheses=(*_shares(), less(_BOUND, _GAIN)),
            conclusions=(less(_quadratic(sympy.Integer(1)), 0), positive(_quadratic(far)), less(1, far)),
        ),
        witness=point({MIDDLE: 18, _COSH: 8, REAL_SHARE: "1/2"}),
    )


def _one_root() -> Case:
    """Q increases: Q(c) < Q(d) for 1 ≤ c < d."""
    return Case(
        name="only one root",
        statement=Statement(
            variables=variables(MIDDLE, _COSH, REAL_SHARE, _SPREAD, _OTHER),
            hypotheses=(*_shares(), at_least(_SPREAD, 1), less(_SPREAD, _OTHER)),
            conclusions=(less(_quadratic(_SPREAD), _quadratic(_OTHER)),),
        ),
        witness=point({MIDDLE: 18, _COSH: 8, REAL_SHARE: "1/2", _SPREAD: 1, _OTHER: 2}),
    )


def _branch_point() -> dict[sympy.Symbol, sympy.Expr]:
    """B = 18, E = 16 and a for which z = 2 is an equilibrium."""
    known = {MIDDLE: sympy.Integer(18), WEIGHT: sympy.Integer(16), STATE: sympy.Integer(2)}
    (share,) = sympy.solve(_MODEL.surplus(STATE).xreplace(known), REAL_SHARE)
    return known | {REAL_SHARE: share}


def _slopes() -> Case:
    """J ≥ 0 at every state."""
    return Case(
        name="slopes are not negative",
        statement=Statement(
            variables=variables(MIDDLE, WEIGHT, REAL_SHARE, STATE),
            hypotheses=(*_groups(), positive(STATE)),
            conclusions=(positive(_MODEL.slope(STATE)),),
        ),
        witness=point(_branch_point()),
    )


def _stable_branch() -> Case:
    return Case(
        name="the other equilibria are stable",
        statement=Statement(
            variables=variables(MIDDLE, WEIGHT, REAL_SHARE, STATE),
            hypotheses=(*_groups(), less(1, STATE), equal(_MODEL.surplus(STATE))),
            conclusions=(less(_MODEL.slope(STATE), 1),),
        ),
        witness=point(_branch_point()),
    )


def _number() -> Case:
    """μ − μ' < 0 at the lower end and > 0 at the upper end, the mean within 10⁻³² above the digits."""
    model = OpposedGroups(sympy.Integer(18), sympy.Integer(16), sympy.Rational(1, 2))
    low, high = _STATE_DIGITS, _STATE_DIGITS + sympy.Rational(1, 10**35)
    at = mean(STATE, model.middle)
    return Case(
        name="B = 18, e^b = 16, a = 1/2",
        statement=Statement(
            variables=variables(STATE),
            hypotheses=(at_least(STATE, low), at_least(high, STATE)),
            conclusions=(
                less(model.surplus(low), 0),
                positive(model.surplus(high)),
                less(_MEAN_DIGITS, at),
                less(at, _MEAN_DIGITS + sympy.Rational(1, 10**32)),
                less(model.slope(STATE), 1),
            ),
        ),
        witness=point({STATE: low}),
    )


def _needs_neutral_data() -> Sharpness:
    """b = 0 and real data at z = 2: the model is there too, and the inequality fails."""
    (real_mean,) = reals("m")
    stationary = mean(STATE) - REAL_SHARE * real_mean - _MODEL.refitted(STATE)
    at_two = mean(sympy.Integer(2), sympy.Integer(18))
    gain, bound = (e.subs(_COSH, (WEIGHT + 1 / WEIGHT) / 2) for e in (_GAIN, _BOUND))
    return Sharpness(
        hypothesis=1,
        weakened=Statement(
            variables=variables(MIDDLE, WEIGHT, REAL_SHARE, STATE, real_mean),
            hypotheses=(*_groups(), less(1, STATE), equal(stationary)),
            conclusions=(less(bound, gain),),
        ),
        point=point({MIDDLE: 18, WEIGHT: 1, REAL_SHARE: "1/2", STATE: 2, real_mean: at_two}),
    )


def _needs_real_data() -> Sharpness:
    """a = 0 and b = 0: every state is an equilibrium, and the two sides are equal."""
    at = point({MIDDLE: 18, _COSH: 1, REAL_SHARE: 0, _SPREAD: 2})
    return dropping(_root_needs(), positive(REAL_SHARE), hypothesis=2, point=at)


def _needs_opposition() -> Sharpness:
    """All of it tilted by e^{bx}: z = 2 is an equilibrium at B = 1, e^b = 2, where the inequality fails."""
    known = {MIDDLE: sympy.Integer(1), WEIGHT: sympy.Integer(2), STATE: sympy.Integer(2)}
    stationary = mean(STATE) - (1 - REAL_SHARE) * mean(STATE * WEIGHT)
    (share,) = sympy.solve(stationary.xreplace(known), REAL_SHARE)
    gain, bound = (e.subs(_COSH, (WEIGHT + 1 / WEIGHT) / 2) for e in (_GAIN, _BOUND))
    return Sharpness(
        hypothesis=3,
        weakened=Statement(
            variables=variables(MIDDLE, WEIGHT, REAL_SHARE, STATE),
            hypotheses=(*_groups(), unequal(STATE, 1), positive(STATE), equal(stationary)),
            conclusions=(less(bound, gain),),
        ),
        point=point(known | {REAL_SHARE: share}),
    )
