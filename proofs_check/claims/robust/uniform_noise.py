"""robust.uniform-noise: what choosers who pick at random with probability ε do to influences.

Statement. Noise ε in [0, 1] turns a curated share c into (1 − ε)c curated and εc raw. In location families
of known variance every influence of a curator's strength is exactly 1 − ε times what it is without noise.
In others noise can change its sign: for one mean–variance Gaussian with real share a and linear curators of
shares w_j and tilts t_j (K = ∞), at an equilibrium of variance v with 2Γ_ε v < 1,

    dm*/dt_1 < 0   iff   2v(1 − ε) Σ_j w_j t_j (t_j − t_1) > a,   Γ_ε = ((1 − ε)k/a)² + (1 − ε)q/a,

k = Σ w_j t_j, q = Σ w_j t_j². With real N(M, 44/81), w = (1/6, 1/3), t = (1/2, −2/3) the sign is − without
noise (v = 1) and + with ε = 19/125 (v = 550/721).

Argument. A refitted mean is the mixture's: m_i' = a_i M_i + Σ_j w_ij (m_j + (1 − ε)c_ij t_ij), of which the
Jacobian W has no ε, and ∂/∂t is (1 − ε) times that without noise. For the Gaussian, with noise the moments
are those of curated shares (1 − ε)w_j and raw shares εw_j. At an equilibrium m − M = (1 − ε)kv/a and v = V
+ Γ_ε v², which are the equations of gaussian.user-groups with (1 − ε)w_j for w_j; differentiating them in
t_1 gives the criterion.

Machine-checked. The factor 1 − ε for N = 1, 2 and 3 models, every W, the derivatives taken of the round;
for one and two groups the criterion in both directions from the round of the noisy mixture; the change of
sign of the example.
"""

from __future__ import annotations

import sympy

from proofs_check.claim import Case, Claim, Provenance
from proofs_check.conditions.ecosystem_condition import EcosystemCondition
from proofs_check.conditions.retraining import random_picks
from proofs_check.encoding.matrices import determinant, identity_minus
from proofs_check.encoding.noisy_groups import NOISE, NoisyGroups
from proofs_check.encoding.relations import all_equal, equal, less, negative, positive, unequal
from proofs_check.encoding.symbols import UNIT, Matrix, column, entries, matrix, point, real, variables
from proofs_check.sharpness import Sharpness
from proofs_check.statements.statement import Statement
from theory.analysis import Analysis

_SIZES = (1, 2, 3)
_EXAMPLE = {"w1": "1/6", "w2": "1/3", "t1": "1/2", "t2": "-2/3", "V": "44/81"}


def claim() -> Claim:
    """The claim ``robust.uniform-noise``."""
    return Claim(
        id="robust.uniform-noise",
        title="Random picks scale influences where variances are known, and can change a sign elsewhere",
        provenance=Provenance.DERIVED,
        source="",
        statement=(
            "Noise ε scales every influence of a strength by exactly 1 − ε in location families of "
            "known variance. One mean–variance Gaussian: dm*/dt₁ < 0 iff 2v(1 − ε)Σ wⱼtⱼ(tⱼ − t₁) > a where "
            "2Γ_ε v < 1; with w = (1/6, 1/3), t = (1/2, −2/3), V = 44/81 it is − at ε = 0 and + at "
            "ε = 19/125."
        ),
        latex=(
            r"\frac{dm_1^*}{dt}\Big|_\varepsilon=(1-\varepsilon)\frac{dm_1^*}{dt}\Big|_0;\qquad "
            r"\frac{dm^*}{dt_1}<0\iff2v(1-\varepsilon)\sum_jw_jt_j(t_j-t_1)>a"
        ),
        hypotheses=(
            "Known variances (for the factor): Gaussians that refit their means; linear rewards, K = ∞.",
            "2Γ_ε v < 1 (for the criterion).",
        ),
        cases=(
            *(_factor(n) for n in _SIZES),
            *(_derivative(n) for n in (1, 2)),
            _side(2, past=True),
            _side(2, past=False),
            _sign(0, "without noise", negative_side=True),
            _sign(sympy.Rational(19, 125), "with noise", negative_side=False),
        ),
        scope="N ≤ 3 models with known variances; one mean–variance Gaussian with one or two groups",
        sharpness=(_needs_known_variances(),),
    )


def condition(analysis: Analysis) -> EcosystemCondition:
    """Whether Gaussians of known variance are curated with noise by linear rewards."""
    return random_picks("robust.uniform-noise", analysis)


def _factor(n: int) -> Case:
    """If z solves (I − W)z = ∂G/∂t without noise, (1 − ε)z solves it with noise."""
    weights, means, shares = matrix("w", n, n), column("m", n), column("c", n)
    outer, tilt, plain = column("d", n), real("t"), column("z", n)
    step = Matrix([outer[i] + weights[i, :].dot(means) + (1 - NOISE) * shares[i] * tilt for i in range(n)])
    field, effect = identity_minus(step.jacobian(means)), step.diff(tilt)
    values = entries({weights: [[0] * n] * n, shares: [[1]] * n, plain: [[1]] * n})
    return Case(
        name=f"N = {n}, known variances",
        statement=Statement(
            variables=variables(weights, shares, plain, NOISE),
            hypotheses=all_equal(field * plain, effect.xreplace({NOISE: sympy.S.Zero})),
            conclusions=all_equal(field * (1 - NOISE) * plain, effect),
        ),
        witness=point(values | {NOISE: sympy.Rational(1, 3)}),
    )


def _derivative(n: int) -> Case:
    """dm*/dt_1 of the noisy mixture against the formula."""
    groups = NoisyGroups(n)
    return Case(
        name=f"one Gaussian, groups: {n}, derivative",
        statement=Statement(
            variables=groups.variables,
            hypotheses=(*groups.hypotheses(), unequal(determinant(groups.field))),
            conclusions=(equal(groups.moves[0], groups.formula),),
        ),
        witness=point(_values(n)),
    )


def _values(n: int) -> dict[sympy.Symbol, sympy.Expr]:
    """The first groups of the example, v = 1, ε = 1/2."""
    plain = NoisyGroups(n).plain
    given = {key: _EXAMPLE[str(key)] for key in (*plain.shares, *plain.tilts)}
    values = {key: sympy.Rational(value) for key, value in given.items()}
    return values | {plain.state[1]: sympy.S.One, NOISE: sympy.Rational(1, 2)}


def _side(n: int, *, past: bool) -> Case:
    """The sign of the formula on one side of the criterion."""
    groups = NoisyGroups(n)
    pull, share = 2 * groups.variance * (1 - NOISE) * groups.plain.discord, groups.plain.real_share
    return Case(
        name=f"one Gaussian, groups: {n}, {'past' if past else 'before'} the criterion",
        statement=Statement(
            variables=groups.variables,
            hypotheses=(*groups.hypotheses(), less(share, pull) if past else less(pull, share)),
            conclusions=(negative(groups.formula) if past else positive(groups.formula),),
        ),
        witness=point(_values(n) | ({NOISE: sympy.S.Zero} if past else {})),
    )


def _sign(noise: sympy.Expr | int, name: str, *, negative_side: bool) -> Case:
    """The criterion at the smaller root of v = V + Γ_ε v²."""
    groups = NoisyGroups(2)
    known = {real(key): sympy.Rational(value) for key, value in _EXAMPLE.items()} | {
        NOISE: sympy.Rational(noise)
    }
    variance = groups.variance
    pull = (2 * variance * (1 - NOISE) * groups.plain.discord - groups.plain.real_share).xreplace(known)
    spread = groups.spread.xreplace(known)
    located = equal(variance, known[real("V")] + spread * variance**2)
    return Case(
        name=f"the example, {name}",
        statement=Statement(
            variables=variables(variance, typical=UNIT),
            hypotheses=(positive(variance), less(2 * spread * variance, 1), located),
            conclusions=(positive(pull) if negative_side else negative(pull),),
        ),
        witness=point({variance: 1 if noise == 0 else "550/721"}),
    )


def _needs_known_variances() -> Sharpness:
    """The groups of the example at v = 1: half of the noise does not halve the influence."""
    groups = NoisyGroups(2)
    return Sharpness(
        hypothesis=0,
        weakened=Statement(
            variables=groups.variables,
            hypotheses=groups.hypotheses(),
            conclusions=(
                equal(groups.formula, (1 - NOISE) * groups.formula.xreplace({NOISE: sympy.S.Zero})),
            ),
        ),
        point=point(_values(2)),
    )
