"""scalar.concave-variance: with a concave variance function curation has one equilibrium, and it is stable.

Statement. N models of one exponential family of numbers (T = x, or another single statistic) with variance
function V(μ). Model i is trained on real data of mean m_i (share a_i > 0) and on streams k (shares w_ik ≥
0, a_i + Σ_k w_ik = 1), each the output of some model tilted by e^{b_ik x}, b_ik any real number. If V is
concave and V(m_i) > 0, then in the natural parameters, at every state, with μ_i' the refitted mean,

    Σ_j |∂θ_i'/∂θ_j| ≤ 1 − a_i V(m_i)/V(μ_i') < 1.

Hence there is at most one equilibrium, and every equilibrium is stable, however many groups curate and
however opposed they are. V is concave for the Bernoulli law, μ(1 − μ), the binomial, μ − μ²/n, the Poisson,
μ, and the Gaussian of fixed variance s, V = s. There need not be any equilibrium: a Poisson model that
reads its own output under e^β(1 − a) ≥ 1 has none (scalar.folds).

Argument. With the log-partition A the mean is μ = A′(θ), and V(μ) = A″(θ) > 0 inside its range. A stream of
model j tilted by b has the mean ν = A′(θ_j + b), so ∂ν/∂θ_j = V(ν); and dθ_i'/dμ_i' = 1/V(μ_i'). So
∂θ_i'/∂θ_j = Σ_k w_ik V(ν_k)/V(μ_i') over the streams k made by j, which is ≥ 0, and the row sum is Σ_k w_ik
V(ν_k)/V(μ_i'). The refitted mean is μ_i' = a_i m_i + Σ_k w_ik ν_k, and Jensen's inequality for the concave
V gives V(μ_i') ≥ a_i V(m_i) + Σ_k w_ik V(ν_k). Divide by V(μ_i') > 0. (For V = v_0 + v_1 μ + v_2 μ² this is
the law of total variance: the difference is −v_2 times the variance of the mixed means.)

Stable: J ≥ 0 in the natural parameters with row sums < 1, so ρ(J) ≤ max row sum < 1; another choice of
coordinates is a similarity of J. One equilibrium: the set of states at which all tilts are defined is
convex (θ lies in an interval for each model), so on the segment between two equilibria θ ≠ φ the mean value
theorem gives θ − φ = K(θ − φ), K the mean of J over the segment: K ≥ 0 with row sums < 1, hence max|θ_i −
φ_i| < max|θ_i − φ_i|, absurd. Real data on the boundary, V(m_i) = 0, are excluded with reason: the
Bernoulli model with m = 0, a = 1/2, e^β = 4 has the equilibria 0 (slope 2) and 1/3.

Machine-checked. V(A′) = A″ for the four families, by differentiation. The bound for N = 2 and 3 producers:
for any concave V (through its supporting line at μ_i'), and for V = v_0 + v_1μ + v_2μ², v_2 ≤ 0, with the
law of total variance as an identity, all means and tilted means free. For the Bernoulli law with two
producers the same from the update map itself, differentiated in θ. J ≥ 0 with row sums < 1 is stable, and a
fixed difference δ = Kδ is zero, for N = 2 and 3.
"""

from __future__ import annotations

import sympy

from proofs_check.claim import Case, Claim, Point, Provenance
from proofs_check.conditions.ecosystem_condition import EcosystemCondition
from proofs_check.conditions.variance_functions import concave_variance
from proofs_check.encoding.differences import largest_difference_is_zero
from proofs_check.encoding.relations import (
    all_nonnegative,
    at_least,
    equal,
    less,
    positive,
)
from proofs_check.encoding.sharp_variances import needs_one_family, needs_real_data_inside
from proofs_check.encoding.symbols import UNIT, Matrix, column, matrix, point, reals, variables
from proofs_check.encoding.variance_functions import (
    SIZE,
    SPREAD,
    THETA,
    MixedMeans,
    concave_families,
    quadratic,
)
from proofs_check.sharpness import Sharpness, dropping
from proofs_check.statements.statement import Condition, SchurStable, Statement
from theory.analysis import Analysis

_SIZES = (2, 3)
_COEFFICIENTS = reals("v0 v1 v2")
_AT_REAL, _AT_MEAN, _SLOPE = reals("Vm Vx g")


def claim() -> Claim:
    """The claim ``scalar.concave-variance``."""
    sized = [
        make(n)
        for make in (_any_concave, _total_variance, _stable, largest_difference_is_zero)
        for n in _SIZES
    ]
    return Claim(
        id="scalar.concave-variance",
        title="A concave variance function leaves at most one equilibrium, a stable one",
        provenance=Provenance.DERIVED,
        source="",
        statement=(
            "N models of one exponential family of numbers whose variance function V is concave (Bernoulli, "
            "binomial, Poisson, fixed-variance Gaussian), a_i > 0, V(m_i) > 0, every network and every tilt: "
            "Σ_j |∂θ_i'/∂θ_j| ≤ 1 − a_i V(m_i)/V(μ_i') < 1. At most one equilibrium; each is stable."
        ),
        latex=(
            r"\sum_j\left|\frac{\partial\theta_i'}{\partial\theta_j}\right|"
            r"\le 1-\frac{a_iV(m_i)}{V(\mu_i')}<1\qquad(V\text{ concave})"
        ),
        hypotheses=(
            "One exponential family with one statistic T for all models, with a concave variance function V.",
            "Every stream is raw or tilted by e^{bT} (K = ∞, rewards linear in T, any b); no channels.",
            "Real share a_i > 0.",
            "V(m_i) > 0: no real data on the boundary of the family's means.",
        ),
        cases=(_families(), *sized, _bernoulli()),
        scope="rows of 2 and 3 producers, J and uniqueness for N = 2, 3; any N by the argument",
        sharpness=(
            _needs_concavity(),
            needs_one_family(0),
            _needs_real_data(),
            _needs_the_inside(),
            needs_real_data_inside(3),
        ),
    )


def condition(analysis: Analysis) -> EcosystemCondition:
    """Whether all models share a concave variance function and have real data inside its range."""
    return concave_variance("scalar.concave-variance", analysis)


def _families() -> Case:
    families = concave_families()
    return Case(
        name="V = A″ in the mean",
        statement=Statement(
            variables=variables(THETA, SIZE, SPREAD),
            hypotheses=(positive(SIZE),),
            conclusions=(
                positive(1 + sympy.exp(THETA)),
                *(equal(f.variance, quadratic(f.coefficients, f.mean)) for f in families),
            ),
        ),
        witness=point({THETA: 0, SIZE: 2, SPREAD: 1}),
    )


def _domain(row: MixedMeans) -> tuple[Condition, ...]:
    """w_k ≥ 0 and a > 0."""
    return (*all_nonnegative(row.shares), positive(row.real_share))


def _bound(
    gains: sympy.Expr, real: sympy.Expr, refitted: sympy.Expr, row: MixedMeans
) -> tuple[Condition, ...]:
    """Row sum ≤ 1 − aV(m)/V(μ') < 1."""
    bound = 1 - row.real_share * real / refitted
    return at_least(bound, gains / refitted), less(bound, 1)


def _any_concave(n: int) -> Case:
    """V_k ≤ V(μ') + g(ν_k − μ'), and so for m: what concavity says at μ'."""
    row, values = MixedMeans(n), column("V", n)
    means = (row.real_mean, *row.tilted)
    below = tuple(
        at_least(_AT_MEAN + _SLOPE * (x - row.mean), v)
        for x, v in zip(means, (_AT_REAL, *values), strict=True)
    )
    return Case(
        name=f"any concave V, {n} producers",
        statement=Statement(
            variables=variables(
                row.shares, row.tilted, values, row.real_mean, _AT_REAL, _AT_MEAN, _SLOPE, typical=UNIT
            ),
            hypotheses=(
                *_domain(row),
                *all_nonnegative(values),
                positive(_AT_REAL),
                positive(_AT_MEAN),
                *below,
            ),
            conclusions=_bound(row.weighted(values), _AT_REAL, _AT_MEAN, row),
        ),
        witness=point(
            dict.fromkeys(row.shares, sympy.Rational(1, 4))
            | dict.fromkeys((row.real_mean, *row.tilted), sympy.Rational(1, 2))
            | dict.fromkeys((_AT_REAL, _AT_MEAN, *values), 1)
            | {_SLOPE: 0}
        ),
    )


def _total_variance(n: int) -> Case:
    """V(μ') = aV(m) + Σ wV(ν) − v_2 (a(m − μ')² + Σ w(ν − μ')²), and the bound."""
    row = MixedMeans(n)
    means = (row.real_mean, *row.tilted)
    at_real, *at_tilted = (quadratic(_COEFFICIENTS, x) for x in means)
    refitted, gains = quadratic(_COEFFICIENTS, row.mean), row.weighted(Matrix(at_tilted))
    apart = [(x - row.mean) ** 2 for x in means]
    spread = row.real_share * apart[0] + row.weighted(Matrix(apart[1:]))
    split = row.real_share * at_real + gains - _COEFFICIENTS[2] * spread
    return Case(
        name=f"quadratic V, {n} producers",
        statement=Statement(
            variables=variables(*_COEFFICIENTS, row.shares, row.tilted, row.real_mean, typical=UNIT),
            hypotheses=(
                at_least(-_COEFFICIENTS[2]),
                *_domain(row),
                *(at_least(v) for v in at_tilted),
                positive(at_real),
            ),
            conclusions=(
                equal(refitted, split),
                at_least(refitted, row.real_share * at_real + gains),
                positive(refitted),
                *_bound(gains, at_real, refitted, row),
            ),
        ),
        witness=point(
            dict(zip(_COEFFICIENTS, (0, 1, -1), strict=True))
            | dict.fromkeys(row.shares, sympy.Rational(1, 4))
            | {x: sympy.Rational(1, k + 2) for k, x in enumerate(means)}
        ),
    )


def _bernoulli() -> Case:
    """One row of z = e^θ ↦ θ': μ' = am + Σ w_j E_j z_j/(1 + E_j z_j), differentiated by θ_j = log z_j."""
    row, states, tilts = MixedMeans(2), column("z", 2), column("E", 2)
    tilted = Matrix([e * z / (1 + e * z) for e, z in zip(tilts, states, strict=True)])
    mean = row.mean.xreplace(dict(zip(row.tilted, tilted, strict=True)))
    natural = sympy.log(mean) - sympy.log(1 - mean)
    slopes = [sympy.factor(z * natural.diff(z)) for z in states]
    bernoulli = concave_families()[0].coefficients
    refitted = quadratic(bernoulli, mean)
    gains = [w * quadratic(bernoulli, x) / refitted for w, x in zip(row.shares, tilted, strict=True)]
    return Case(
        name="Bernoulli, from the update map",
        statement=Statement(
            variables=variables(row.shares, states, tilts, row.real_mean, typical=UNIT),
            hypotheses=(
                *_domain(row),
                *(positive(x) for x in (*states, *tilts, row.real_mean)),
                less(row.real_mean, 1),
            ),
            conclusions=(
                positive(mean),
                positive(1 - mean),
                *(equal(slope, gain) for slope, gain in zip(slopes, gains, strict=True)),
            ),
        ),
        witness=point(
            dict.fromkeys(row.shares, sympy.Rational(1, 4))
            | dict(zip((*states, *tilts), (1, 2, 2, 3), strict=True))
            | {row.real_mean: "1/3"}
        ),
    )


def _rows_below_one(square: Matrix) -> tuple[Condition, ...]:
    return (
        *all_nonnegative(square),
        *(less(sympy.Add(*square.row(i)), 1) for i in range(square.rows)),
    )


def _stable(n: int) -> Case:
    jacobian = matrix("J", n, n)
    return Case(
        name=f"N = {n}: row sums < 1 are stable",
        statement=Statement(
            variables=variables(jacobian, typical=UNIT),
            hypotheses=_rows_below_one(jacobian),
            conclusions=(SchurStable(jacobian),),
        ),
        witness=point(dict.fromkeys(jacobian, sympy.Rational(1, 2 * n))),
    )


def _at(row: MixedMeans, coefficients: tuple[int, ...], values: tuple[int | str, ...]) -> Point:
    """v_0 … v_2; w_1, w_2, ν_1, ν_2 and m."""
    symbols = (*_COEFFICIENTS, *row.shares, *row.tilted, row.real_mean)
    return point(dict(zip(symbols, (*coefficients, *values), strict=True)))


def _needs_concavity() -> Sharpness:
    """V = μ² (the exponential law), streams at 1 and 5, real mean 1: the row sum is 13/8."""
    case, row = _total_variance(2), MixedMeans(2)
    at = _at(row, (0, 0, 1), ("1/4", "1/4", 1, 5, 1))
    return dropping(case, at_least(-_COEFFICIENTS[2]), hypothesis=0, point=at)


def _needs_real_data() -> Sharpness:
    """a = 0 under the Poisson law: the row sum is 1."""
    case, row = _total_variance(2), MixedMeans(2)
    at = _at(row, (0, 1, 0), ("1/2", "1/2", 1, 2, 1))
    return dropping(case, positive(row.real_share), hypothesis=2, point=at)


def _needs_the_inside() -> Sharpness:
    """m = 0 under the Poisson law: the row sum is 1."""
    case, row = _total_variance(2), MixedMeans(2)
    at_real = quadratic(_COEFFICIENTS, row.real_mean)
    at = _at(row, (0, 1, 0), ("1/4", "1/4", 1, 2, 0))
    return dropping(case, positive(at_real), hypothesis=3, point=at)
