"""scalar.quadratic-variance: quadratic variance functions leave at most one stable equilibrium.

Statement. N models of exponential families of numbers (T = x, or another single statistic) whose variance
functions are polynomials of degree at most two in the mean, V = v_0 + v_1 μ + v_2 μ², not necessarily the
same: the Gaussian of fixed variance, Poisson, gamma, binomial, negative binomial and generalised hyperbolic
secant laws. Each is trained on real data (share a_i ≥ 0) and on any number of streams, raw or tilted by
e^{bx}, upward and downward at once. If x ≠ y are two equilibria, then

    ρ(J(x)) ρ(J(y)) ≥ 1,   one model: J(x) J(y) ≥ 1.

So there is at most one stable equilibrium, in one model with any mixture of opposed tilts and in every
network.

Argument. A tilt moves the mean by dν/db = V(ν), and dν/dμ = V(ν)/V(μ). The Schwarzian derivative of μ ↦ ν
is [(VV″ − V′²/2)(ν) − (VV″ − V′²/2)(μ)]/V(μ)², and VV″ − V′²/2 is the constant 2v_0v_2 − v_1²/2. So the
Schwarzian vanishes, ν is a Möbius function of μ, increasing, and without a pole where the tilt is defined
(an interval of means). For an increasing Möbius function the chord is the geometric mean of the slopes,

    ν(x) − ν(y) = √(ν′(x)ν′(y)) (x − y).

One model: x − y = Σ_k w_k (ν_k(x) − ν_k(y)), hence 1 = Σ_k w_k √(ν_k′(x)ν_k′(y)) ≤ √(J(x)J(y)) by Cauchy
and Schwarz, J = Σ_k w_k ν_k′.

Network: with δ = x − y and the chords s, δ_i = Σ_k w_ik s_ik δ_{j(k)} = (Sδ)_i, and by Cauchy and Schwarz 0
≤ S_ij ≤ √(J(x)_ij J(y)_ij). Let α > ρ(J(x)), β > ρ(J(y)). As J ≥ 0, u = Σ_t α^{−t}J(x)^t 1 > 0 has J(x)u <
αu, and likewise J(y)v < βv. For t_i = √(u_i v_i), Cauchy and Schwarz again give (St)_i ≤ √((J(x)u)_i
(J(y)v)_i) < √(αβ) t_i, so ρ(S) < √(αβ). But S has the eigenvalue 1. Hence αβ > 1 for all such α, β, which
is the claim.

Another view: the update extends to a holomorphic map of the product of upper half-planes into itself, which
increases no hyperbolic distance, so two attracting boundary points are impossible.

What is needed: on {−1, 0, 1} with base weights (1, 18, 1) the variance is not quadratic, and two opposed
groups make two stable states (scalar.neutral-bistable).

Machine-checked. The Schwarzian derivative, for all v_0, v_1, v_2. The chord for the six families, from
their log-partitions. J(x)J(y) ≥ 1 for one model with 2 and 3 streams, the means, tilted means and slopes
free but for the equilibrium and the chords. For N = 2 and 3: Σ_j √(f_j g_j) < 1 when Σ f_j < 1 and Σ g_j <
1 (f_j = J(x)_1j u_j/u_1, g_j = J(y)_1j v_j/v_1), and that a difference then vanishes.
"""

from __future__ import annotations

from collections.abc import Sequence

import sympy

from proofs_check.claim import Case, Claim, Provenance
from proofs_check.conditions.ecosystem_condition import EcosystemCondition
from proofs_check.conditions.variance_functions import quadratic_variance
from proofs_check.encoding.differences import largest_difference_is_zero
from proofs_check.encoding.relations import all_nonnegative, at_least, equal, less, positive, unequal
from proofs_check.encoding.sharp_variances import needs_quadratic
from proofs_check.encoding.symbols import UNIT, Matrix, column, point, real, reals, variables
from proofs_check.encoding.variance_functions import (
    SIZE,
    SPREAD,
    MixedMeans,
    NaturalFamily,
    at_natural,
    concave_families,
    convex_families,
    quadratic,
)
from proofs_check.sharpness import Sharpness, dropping
from proofs_check.statements.statement import Condition, Statement
from theory.analysis import Analysis

_SIZES = (2, 3)
_COEFFICIENTS = reals("v0 v1 v2")
_MEAN, _TILTED, _APART = reals("mu nu h")
_PLACES = reals("theta phi")
_STRENGTH = real("b")


def claim() -> Claim:
    """The claim ``scalar.quadratic-variance``."""
    return Claim(
        id="scalar.quadratic-variance",
        title="Quadratic variance functions leave at most one stable equilibrium",
        provenance=Provenance.DERIVED,
        source="",
        statement=(
            "Models of exponential families of numbers whose variance functions are polynomials of degree "
            "≤ 2 in the mean, any network, any mixture of opposed tilts: two equilibria x ≠ y have "
            "ρ(J(x))ρ(J(y)) ≥ 1. At most one is stable."
        ),
        latex=(
            r"x\ne y\text{ equilibria}\;\Rightarrow\;\rho(J(x))\,\rho(J(y))\ge 1"
            r"\qquad(V_i=v_{i0}+v_{i1}\mu+v_{i2}\mu^2)"
        ),
        hypotheses=(
            "Exponential families with one statistic T and variance functions of degree ≤ 2 in its mean.",
            "Every stream is raw or tilted by e^{bT} (K = ∞, rewards linear in T, any b); no channels.",
            "x and y are different equilibria.",
        ),
        cases=(
            _schwarzian(),
            *(_chord(family) for family in (*concave_families()[1:], *convex_families())),
            *(_chords_sum(n) for n in _SIZES),
            *(_slopes(n) for n in _SIZES),
            *(_geometric_mean(n) for n in _SIZES),
            *(largest_difference_is_zero(n) for n in _SIZES),
        ),
        scope="one model with 2, 3 streams, and the steps for N = 2, 3; any number by the argument",
        sharpness=(needs_quadratic(0), _needs_two()),
    )


def condition(analysis: Analysis) -> EcosystemCondition:
    """Whether all variance functions are quadratic; then a stable equilibrium is the only stable one."""
    return quadratic_variance("scalar.quadratic-variance", analysis)


def _schwarzian() -> Case:
    """ν‴/ν′ − (3/2)(ν″/ν′)² = 0, differentiated along dν/dμ = V(ν)/V(μ)."""
    at_mean, at_tilted = (quadratic(_COEFFICIENTS, x) for x in (_MEAN, _TILTED))
    first = at_tilted / at_mean

    def along(expression: sympy.Expr) -> sympy.Expr:
        return expression.diff(_MEAN) + expression.diff(_TILTED) * first

    second = along(first)
    third = along(second)
    return Case(
        name="tilts are Möbius functions of the mean",
        statement=Statement(
            variables=variables(*_COEFFICIENTS, _MEAN, _TILTED),
            hypotheses=(positive(at_mean), positive(at_tilted)),
            conclusions=(equal(third / first, sympy.Rational(3, 2) * (second / first) ** 2),),
        ),
        witness=point(dict(zip((*_COEFFICIENTS, _MEAN, _TILTED), (0, 1, 1, 1, 2), strict=True))),
    )


def _chord(family: NaturalFamily) -> Case:
    """V = A″ in the mean, and the chord between θ and φ of the tilt by b.

    With means x, y, tilted means ν: (ν(x) − ν(y))² = ν′(x) ν′(y) (x − y)², both differences of one sign.
    """
    x, y = (at_natural(family.mean, place) for place in _PLACES)
    tilted_x, tilted_y = (at_natural(family.mean, place, _STRENGTH) for place in _PLACES)
    slopes = [
        at_natural(family.variance, place, _STRENGTH) / at_natural(family.variance, place)
        for place in _PLACES
    ]
    domain = [
        at_natural(e, *parts)
        for e in family.positive
        for place in _PLACES
        for parts in ((place,), (place, _STRENGTH))
    ]
    used = sorted(
        {s for e in (x, y, tilted_x, tilted_y, *slopes, *domain) for s in e.free_symbols} | {SIZE, SPREAD},
        key=str,
    )
    conditions, known = _of_the_symbols(used)
    return Case(
        name=f"the chord, {family.name}",
        statement=Statement(
            variables=variables(*used),
            hypotheses=(*conditions, *(positive(e) for e in domain)),
            conclusions=(
                equal(
                    at_natural(family.variance, _PLACES[0]),
                    quadratic(family.coefficients, x),
                ),
                equal((tilted_x - tilted_y) ** 2, slopes[0] * slopes[1] * (x - y) ** 2),
                at_least((tilted_x - tilted_y) * (x - y)),
            ),
        ),
        witness=point(known),
    )


def _of_the_symbols(
    used: Sequence[sympy.Symbol],
) -> tuple[list[Condition], dict[sympy.Symbol, sympy.Expr | int | str]]:
    """Exponentials and sizes are positive; and values of all symbols.  No identity of sines is needed."""
    conditions: list[Condition] = []
    known: dict[sympy.Symbol, sympy.Expr | int | str] = {}
    plain = {"theta": -4, "phi": -3, "b": 1, "n": 2, "s": 1}
    exponentials = {"exp_theta": "1/2", "exp_phi": "1/3", "exp_b": "1/2"}
    circles = {"theta": ("4/5", "3/5"), "phi": ("1", "0"), "b": ("12/13", "5/13")}
    for symbol in used:
        kind, _, part = symbol.name.partition("_")
        if symbol.name in plain:
            known[symbol] = plain[symbol.name]
        elif kind == "exp":
            known[symbol] = exponentials[symbol.name]
        else:
            known[symbol] = circles[part][kind == "sin"]
        if kind == "exp" or symbol in (SIZE, SPREAD):
            conditions.append(positive(symbol))
    return conditions, known


def _chords_sum(streams: int) -> Case:
    """x and x + h are equilibria with chords f_k g_k: Σ w_k f_k g_k = 1."""
    row, at_second = MixedMeans(streams), column("Y", streams)
    first, second = _roots(streams)
    chords = [f * g for f, g in zip(first, second, strict=True)]
    jumps = zip(at_second, row.tilted, chords, strict=True)
    moved = row.real_share * row.real_mean + row.weighted(at_second)
    return Case(
        name=f"one model, {streams} streams: chords",
        statement=Statement(
            variables=variables(
                _MEAN, _APART, row.real_mean, row.shares, row.tilted, at_second, first, second, typical=UNIT
            ),
            hypotheses=(
                *(positive(r) for r in (*first, *second)),
                unequal(_APART),
                equal(_MEAN, row.mean),
                equal(_MEAN + _APART, moved),
                *(equal(y - x, chord * _APART) for y, x, chord in jumps),
            ),
            conclusions=(equal(row.weighted(Matrix(chords)), 1),),
        ),
        witness=point(
            {_MEAN: 1, _APART: 1, row.real_mean: 1}
            | dict.fromkeys(row.shares, sympy.Rational(1, streams))
            | dict.fromkeys(row.tilted, 1)
            | dict.fromkeys(at_second, 2)
            | dict.fromkeys(first, sympy.Rational(1, 2))
            | dict.fromkeys(second, 2)
        ),
    )


def _slopes(streams: int) -> Case:
    """Then J(x) = Σ w_k f_k² and J(x + h) = Σ w_k g_k² have a product ≥ 1."""
    row, (first, second) = MixedMeans(streams), _roots(streams)
    chords = Matrix([f * g for f, g in zip(first, second, strict=True)])
    slopes = [row.weighted(Matrix([r**2 for r in root])) for root in (first, second)]
    return Case(
        name=f"one model, {streams} streams: slopes",
        statement=Statement(
            variables=variables(row.shares, first, second, typical=UNIT),
            hypotheses=(*all_nonnegative(row.shares), equal(row.weighted(chords), 1)),
            conclusions=(at_least(slopes[0] * slopes[1], 1),),
        ),
        witness=point(
            dict.fromkeys(row.shares, sympy.Rational(1, streams))
            | dict.fromkeys(first, sympy.Rational(1, 2))
            | dict.fromkeys(second, 2)
        ),
    )


def _roots(streams: int) -> tuple[Matrix, Matrix]:
    """f_k and g_k, the square roots of the slopes at the two equilibria."""
    return column("f", streams), column("g", streams)


def _geometric_mean(n: int) -> Case:
    """Rows of squares φ_j², ψ_j² with sums < 1 have Σ φ_jψ_j < 1."""
    first, second = column("f", n), column("g", n)
    products = sympy.Add(*(f * g for f, g in zip(first, second, strict=True)))
    return Case(
        name=f"N = {n}: chords below both slopes",
        statement=Statement(
            variables=variables(first, second, typical=UNIT),
            hypotheses=tuple(less(sympy.Add(*(r**2 for r in root)), 1) for root in (first, second)),
            conclusions=(less(products, 1),),
        ),
        witness=point(dict.fromkeys((*first, *second), sympy.Rational(1, 2 * n))),
    )


def _needs_two() -> Sharpness:
    """x = y: one stable equilibrium, whose chords sum to J = 1/8."""
    row, halves = MixedMeans(2), sympy.Rational(1, 2)
    quarters = dict.fromkeys(row.shares, sympy.Rational(1, 4))
    ones = dict.fromkeys((_MEAN, row.real_mean, *row.tilted, *column("Y", 2)), 1)
    roots = dict.fromkeys((*column("f", 2), *column("g", 2)), halves)
    at = point(quarters | ones | roots | {_APART: 0})
    return dropping(_chords_sum(2), unequal(_APART), hypothesis=2, point=at)
