"""robust.sigmoid-threshold: how many adversaries a Gaussian's curation bears depends on what is measured.

Statement. A Gaussian with reward r = cx and z = c²v > 0 (in d dimensions z = cᵀΣc), K = ∞; a fraction φ of
the choosers prefers −r. From the law to its curated law

    E[r] rises iff φ < 1/2;    E[e^r] rises iff φ < sigmoid(z) = e^z/(1 + e^z).

After a refit with mean and variance E[e^r] rises iff φ < (z − 1 + √(1 + z²))/(2z); after a refit with known
variance iff φ < 1/2.

Argument. The curated law is (1 − φ)N(m + cv, v) + φN(m − cv, v): r has the mean cm + (1 − 2φ)z, and E e^r =
e^{cm + z/2}((1 − φ)e^z + φe^{−z}). With E = e^z > 1, E((1 − φ)E + φ/E − 1) = (E − 1)((1 − φ)E − φ). The
refitted Gaussian has the mean m + (1 − 2φ)cv and the variance v + 4φ(1 − φ)c²v², so log E e^r grows by (1 −
2φ)z + 2φ(1 − φ)z² = z(1 − 2φ + 2φ(1 − φ)z), whose one positive root in φ is the third threshold: with h =
√(1 + z²), 1 − 2φ + 2φ(1 − φ)z = 2z(φ_+ − φ)(φ − φ_−), φ_± = (z − 1 ± h)/(2z), φ_− < 0. With s = z + h > 1,
z = (s − 1/s)/2 and φ_+ = s/(1 + s), the sigmoid of arsinh z. With the variance kept only (1 − 2φ)z remains.

Machine-checked. The three thresholds in both directions, E = e^z > 1 and s > 1 as variables; for the refit
the mixture's moments, the factorisation with h > 0, h² = 1 + z², and the threshold in s.
"""

from __future__ import annotations

import sympy

from proofs_check.claim import Case, Claim, Point, Provenance
from proofs_check.conditions.adversaries import opposed_adversaries
from proofs_check.conditions.ecosystem_condition import EcosystemCondition
from proofs_check.encoding.gaussian_streams import GaussianStream, refit
from proofs_check.encoding.relations import at_least, equal, less, positive
from proofs_check.encoding.symbols import UNIT, point, reals, variables
from proofs_check.sharpness import Sharpness, dropping
from proofs_check.statements.statement import Condition, Relation, Statement
from theory.analysis import Analysis

_WEIGHT, _SIZE, _ROOT, _GROWTH, _ADVERSARIES = reals("E z h s phi")
_FEW, _MANY = "1/4", "19/20"


def claim() -> Claim:
    """The claim ``robust.sigmoid-threshold``."""
    gain = (1 - _ADVERSARIES) * _WEIGHT + _ADVERSARIES / _WEIGHT - 1
    sigmoid = _WEIGHT / (1 + _WEIGHT)
    return Claim(
        id="robust.sigmoid-threshold",
        title="How many adversaries a Gaussian's curation bears",
        provenance=Provenance.DERIVED,
        source="",
        statement=(
            "Gaussian, r = cx against −cx, z = c²v: E[r] rises iff φ < ½, E[e^r] rises iff φ < sigmoid(z); "
            "after a mean–variance refit iff φ < (z − 1 + √(1 + z²))/(2z), after a known-variance refit ½."
        ),
        latex=(
            r"\mathbb E[e^r]\text{ rises}\iff\varphi<\frac{e^z}{1+e^z};\quad\text{after a refit}\iff"
            r"\varphi<\frac{z-1+\sqrt{1+z^2}}{2z}"
        ),
        hypotheses=(
            "A Gaussian with a linear reward of variance z > 0, K = ∞.",
            "A fraction 0 ≤ φ ≤ 1 of the choosers prefers −r.",
        ),
        cases=(
            *_both("E[e^r]", (_WEIGHT,), (less(1, _WEIGHT),), gain, sigmoid, {_WEIGHT: 3}),
            *_after_a_refit(),
        ),
        scope="one round and one refit: both directions, every z > 0",
        sharpness=(_needs_varied_rewards(gain, sigmoid), _needs_the_opposite_reward(sigmoid)),
    )


def condition(analysis: Analysis) -> EcosystemCondition:
    """Whether Gaussians' curators include adversaries with the negative reward, z > 0."""
    return opposed_adversaries("robust.sigmoid-threshold", analysis)


def _after_a_refit() -> tuple[Case, ...]:
    """log E e^r grows by (1 − 2φ)z + 2φ(1 − φ)z² with mean and variance, by (1 − 2φ)z with known variance."""
    known = (1 - 2 * _ADVERSARIES) * _SIZE
    refitted = known + 2 * _ADVERSARIES * (1 - _ADVERSARIES) * _SIZE**2
    root = (_SIZE - 1 + _ROOT) / (2 * _SIZE)
    circle = (positive(_SIZE), positive(_ROOT), equal(_ROOT**2, 1 + _SIZE**2))
    in_growth = refitted.xreplace({_SIZE: (_GROWTH - 1 / _GROWTH) / 2})
    threshold, half = _GROWTH / (1 + _GROWTH), sympy.Rational(1, 2)
    return (
        _factors(circle, refitted, root),
        _as_sigmoid(circle, root),
        *_both("mean–variance refit", (_GROWTH,), (less(1, _GROWTH),), in_growth, threshold, {_GROWTH: 3}),
        *_both("E[r], known variance", (_SIZE,), (positive(_SIZE),), known, half, {_SIZE: 1}),
        _refitted_moments(),
    )


def _needs_varied_rewards(gain: sympy.Expr, sigmoid: sympy.Expr) -> Sharpness:
    """z = 0: no choice changes anything."""
    varied = less(1, _WEIGHT)
    below, _ = _both("E[e^r]", (_WEIGHT,), (varied,), gain, sigmoid, {_WEIGHT: 3})
    return dropping(below, varied, hypothesis=0, point=point({_WEIGHT: 1, _ADVERSARIES: "1/4"}))


def _needs_the_opposite_reward(sigmoid: sympy.Expr) -> Sharpness:
    """Adversaries who prefer −2r: at e^z = 3 a fraction 74/100 < 3/4 of them lowers E[e^r]."""
    return Sharpness(
        hypothesis=1,
        weakened=Statement(
            variables=variables(_WEIGHT, _ADVERSARIES, typical=UNIT),
            hypotheses=(less(1, _WEIGHT), at_least(_ADVERSARIES), less(_ADVERSARIES, sigmoid)),
            conclusions=(positive((1 - _ADVERSARIES) * _WEIGHT + _ADVERSARIES / _WEIGHT**2 - 1),),
        ),
        point=point({_WEIGHT: 3, _ADVERSARIES: "37/50"}),
    )


def _both(
    name: str,
    symbols: tuple[sympy.Symbol, ...],
    known: tuple[Condition, ...],
    gain: sympy.Expr,
    threshold: sympy.Expr,
    values: dict[sympy.Symbol, int | str],
) -> tuple[Case, Case]:
    """The gain is positive below the threshold, and not positive from it on.

    Parameters
    ----------
    name : str
    symbols : tuple of Symbol
        Besides φ.
    known : tuple of Condition
    gain, threshold : Expr
    values : mapping from Symbol to exact value
        Of `symbols`, at the witnesses.
    """

    def case(side: str, where: Relation, conclusion: Relation, witness: Point) -> Case:
        return Case(
            name=f"{name}, {side} the threshold",
            statement=Statement(
                variables=variables(*symbols, _ADVERSARIES, typical=UNIT),
                hypotheses=(*known, at_least(_ADVERSARIES), at_least(1, _ADVERSARIES), where),
                conclusions=(conclusion,),
            ),
            witness=witness,
        )

    few, many = (point({**values, _ADVERSARIES: phi}) for phi in (_FEW, _MANY))
    return (
        case("below", less(_ADVERSARIES, threshold), positive(gain), few),
        case("past", at_least(_ADVERSARIES, threshold), at_least(-gain), many),
    )


def _factors(circle: tuple[Condition, ...], refitted: sympy.Expr, root: sympy.Expr) -> Case:
    """(1 − 2φ)z + 2φ(1 − φ)z² = 2z²(φ_+ − φ)(φ − φ_−)."""
    other = (_SIZE - 1 - _ROOT) / (2 * _SIZE)
    product = 2 * _SIZE**2 * (root - _ADVERSARIES) * (_ADVERSARIES - other)
    return Case(
        name="mean–variance refit, factorisation",
        statement=Statement(
            variables=variables(_SIZE, _ROOT, _ADVERSARIES, typical=UNIT),
            hypotheses=circle,
            conclusions=(equal(refitted, product),),
        ),
        witness=point({_SIZE: "3/4", _ROOT: "5/4", _ADVERSARIES: "1/4"}),
    )


def _as_sigmoid(circle: tuple[Condition, ...], root: sympy.Expr) -> Case:
    """With s = z + h: z = (s − 1/s)/2, h − z = 1/s, and the threshold is s/(1 + s)."""
    growth = _SIZE + _ROOT
    return Case(
        name="mean–variance refit, the threshold is s/(1 + s)",
        statement=Statement(
            variables=variables(_SIZE, _ROOT, typical=UNIT),
            hypotheses=circle,
            conclusions=(
                equal(growth * (_ROOT - _SIZE), 1),
                equal((growth - 1 / growth) / 2, _SIZE),
                equal(root, growth / (1 + growth)),
            ),
        ),
        witness=point({_SIZE: "3/4", _ROOT: "5/4"}),
    )


def _refitted_moments() -> Case:
    """Mean and variance of the refitted law, from the mixture."""
    mean, variance, slope = reals("m v c")
    stream = GaussianStream(1 - _ADVERSARIES, mean, variance).tilted_linearly(slope)
    other = GaussianStream(_ADVERSARIES, mean, variance).tilted_linearly(-slope)
    first, second = refit(stream, other)
    return Case(
        name="refitted mean and variance",
        statement=Statement(
            variables=variables(mean, variance, slope, _ADVERSARIES),
            hypotheses=(),
            conclusions=(
                equal(first, mean + (1 - 2 * _ADVERSARIES) * slope * variance),
                equal(second, variance + 4 * _ADVERSARIES * (1 - _ADVERSARIES) * (slope * variance) ** 2),
            ),
        ),
        witness=point({mean: 1, variance: 2, slope: 1, _ADVERSARIES: "1/3"}),
    )
