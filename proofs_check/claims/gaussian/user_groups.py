"""gaussian.user-groups: one Gaussian, several user groups, and when one loses by choosing more strongly.

Statement. One mean–variance Gaussian N(m, v) with real data N(M, V) of share a > 0 and groups k = 1 … K
that curate shares w_k of its own output (a + Σ w_k = 1) by the linear rewards t_k x, K = ∞ candidates. With
k = Σ w_k t_k and Γ = k²/a² + Σ w_k t_k²/a:

    an equilibrium has m = M + kv/a and v = V + Γv²,
    and is stable iff 2Γv < 1 (the lower root v* = (1 − √(1 − 4ΓV))/(2Γ));
    there dm*/dt_1 = (w_1 v*/a) [1 − (2v*/a) Σ_j w_j t_j (t_j − t_1)] / (1 − 2Γv*),
    so group 1 backfires iff 2v* Σ_j w_j t_j (t_j − t_1) > a;
    with two opposed groups (t, −δ) iff 2 w_2 δ (t + δ) v* > a.
    It can only happen when the mean is already on the far side of the real data for group 1:
    t_1 (m* − M) < 0.

Argument. Group k's stream is N(m + t_k v, v): the tilt of a Gaussian by t_k x shifts the mean by t_k v.
Matching moments with the mixture, m = aM + Σ w_k (m + t_k v) gives a(m − M) = kv, and the mixture variance
about m is aV + Σ w_k v + a(M − m)² + Σ w_k t_k² v² = v gives v = V + Γv². The Jacobian at an equilibrium is
J = [[1 − a, k], [2kv, 1 − a + 2vq]], q = Σ w_k t_k²: det(I − J) = a²(1 − 2Γv), so stability needs 2Γv < 1.
Conversely J is similar to the symmetric [[1 − a, κ], [κ, 1 − a + 2vq]], κ = k√(2v); it is positive
semidefinite since k² ≤ (1 − a)q (Cauchy–Schwarz), and I − J is positive definite when a > 0 and det(I − J)
> 0, so all eigenvalues lie in [0, 1). 2Γv < 1 singles out the smaller root of Γv² − v + V = 0.
Differentiating both equilibrium equations in t_1 and solving the 2 × 2 system gives the derivative; its
bracket decides the sign. If the bracket is negative, 2v(q − kt_1) > a > 2v(k²/a + q) by stability, hence
−kt_1 > k²/a ≥ 0, and m − M = kv/a has the sign of k.

Machine-checked. For K = 2, 3 groups: the two equilibrium equations from the mixture's moments; J,
differentiated from the update map, and det(I − J); Cauchy–Schwarz as a sum of squares; that stability needs
2Γv < 1; the derivative; the criterion in both directions; and for two opposed groups the shorter criterion.
For any number of groups, in k and q alone: that 2Γv < 1 is stable, and the condition on the real data. The
smaller root.
"""

from __future__ import annotations

from itertools import combinations

import sympy

from proofs_check.claim import Case, Claim, Provenance
from proofs_check.conditions.ecosystem_condition import EcosystemCondition
from proofs_check.conditions.own_curators import user_groups
from proofs_check.encoding.gaussian_groups import GaussianGroups
from proofs_check.encoding.matrices import determinant, identity_minus, inverse
from proofs_check.encoding.relations import all_equal, at_least, equal, less, negative, positive, unequal
from proofs_check.encoding.sharp_groups import needs_a_group, needs_the_lower_branch
from proofs_check.encoding.symbols import Matrix, point, real, reals, variables
from proofs_check.statements.statement import Condition, SchurStable, Statement, Variable
from theory.analysis import Analysis

_SIZES = (2, 3)
_A, _V, _K, _Q, _FIRST_TILT = reals("a v k q t1")
_Values = dict[sympy.Symbol, sympy.Expr | int | str]


def claim() -> Claim:
    """The claim ``gaussian.user-groups``."""
    two = GaussianGroups(2)
    sized = [
        make(GaussianGroups(n))
        for make in (_equilibrium, _jacobian, _cauchy, _stable_only_if, _derivative, _criterion, _no_backfire)
        for n in _SIZES
    ]
    return Claim(
        id="gaussian.user-groups",
        title="One Gaussian, several user groups: the exact criterion for backfire",
        provenance=Provenance.DERIVED,
        source="",
        statement=(
            "One mean–variance Gaussian, real share a > 0, groups (w_k, tilt t_k), k = Σ w t, Γ = k²/a² + "
            "Σ w t²/a: "
            "m* = M + kv*/a, v* = (1 − √(1 − 4ΓV))/(2Γ), stable iff 2Γv* < 1; "
            "dm*/dt₁ = (w₁v*/a)[1 − (2v*/a)Σ w_j t_j(t_j − t₁)]/(1 − 2Γv*): group 1 backfires iff "
            "2v*Σ w_j t_j(t_j − t₁) > a, which needs t₁(m* − M) < 0."
        ),
        latex=(
            r"\frac{dm^*}{dt_1}=\frac{w_1v^*}{a}\,"
            r"\frac{1-\frac{2v^*}{a}\sum_j w_jt_j(t_j-t_1)}{1-2\Gamma v^*},\qquad"
            r"\Gamma=\frac{k^2}{a^2}+\frac{\sum_j w_jt_j^2}{a},\quad k=\sum_j w_jt_j"
        ),
        hypotheses=(
            "One mean–variance Gaussian, K = ∞; groups curate shares w_k ≥ 0 of its output by rewards t_k x.",
            "Real share a > 0 with a + Σ w_k = 1; w_1 > 0; variance v > 0.",
            "The equilibrium is stable, 2Γv < 1 (for the derivative and the criterion).",
        ),
        cases=(*sized, _stable_if(), _far_side(), _opposed(), _lower_root()),
        scope="2 and 3 groups, symbolic; any number by the argument",
        sharpness=(
            needs_a_group(two, _criterion(two), 1),
            needs_the_lower_branch(two, _no_backfire(two), _below_fold(two), 2),
        ),
    )


def condition(analysis: Analysis) -> EcosystemCondition:
    """Whether the users of a one-Gaussian ecosystem meet the backfire criterion, with its slack."""
    return user_groups("gaussian.user-groups", analysis)


def _base(groups: GaussianGroups) -> _Values:
    """`user-groups.toml` at its equilibrium m = 0, v = 1 (a third group of share 0 when there are three)."""
    w, t = groups.shares, groups.tilts
    values: _Values = {w[0]: "1/6", w[1]: "1/3", t[0]: "1/2", t[1]: "-2/3"}
    if groups.groups == 3:
        values |= {w[2]: 0, t[2]: 1}
    return values | {groups.state[1]: 1}


def _case(
    name: str,
    groups: GaussianGroups,
    hypotheses: tuple[Condition, ...],
    conclusions: tuple[Condition, ...],
    witness: _Values,
    extra: tuple[Variable, ...] = (),
) -> Case:
    return Case(
        name=f"{name}, {groups.groups} groups",
        statement=groups.implication(hypotheses, conclusions, extra),
        witness=point(_base(groups) | witness),
    )


def _below_fold(groups: GaussianGroups) -> Condition:
    """2Γv < 1."""
    return less(2 * groups.spread * groups.state[1], 1)


def _equilibrium(groups: GaussianGroups) -> Case:
    (mean, variance), (real_mean, real_variance), a = groups.state, groups.real_law, groups.real_share
    return _case(
        "mean and variance",
        groups,
        (equal(mean, groups.step[0]), equal(variance, groups.step[1])),
        (
            equal(mean, real_mean + groups.total_tilt * variance / a),
            equal(variance, real_variance + groups.spread * variance**2),
        ),
        {mean: 0, real_mean: "5/18", real_variance: "44/81"},
        variables(mean, real_mean, real_variance),
    )


def _jacobian(groups: GaussianGroups) -> Case:
    """J and det(I − J) in a, v, k and q = Σ w t²."""
    a, variance = groups.real_share, groups.state[1]
    jacobian = groups.equilibrium_jacobian
    reduced = _reduced_jacobian(a, variance, groups.total_tilt, groups.square_tilt)
    return _case(
        "J and det(I − J)",
        groups,
        (),
        (
            *all_equal(jacobian, reduced),
            equal(determinant(identity_minus(jacobian)), a**2 * (1 - 2 * groups.spread * variance)),
        ),
        {},
    )


def _reduced_jacobian(a: sympy.Expr, v: sympy.Expr, k: sympy.Expr, q: sympy.Expr) -> Matrix:
    return Matrix([[1 - a, k], [2 * k * v, 1 - a + 2 * v * q]])


def _cauchy(groups: GaussianGroups) -> Case:
    """(1 − a)q − k² = Σ_{i<j} w_i w_j (t_i − t_j)²."""
    pairs = list(combinations(zip(groups.shares, groups.tilts, strict=True), 2))
    squares = sympy.Add(*(w * x * (t - s) ** 2 for (w, t), (x, s) in pairs))
    gap = (1 - groups.real_share) * groups.square_tilt - groups.total_tilt**2
    return _case("Cauchy–Schwarz", groups, (), (equal(gap, squares),), {})


def _any_number(name: str, hypotheses: tuple[Condition, ...], conclusion: Condition) -> Case:
    """A case in a, v, k, q and t_1, for any number of groups: 0 < a ≤ 1, v > 0, q ≥ 0, k² ≤ (1 − a)q."""
    return Case(
        name=f"{name}, any number of groups",
        statement=Statement(
            variables=variables(_A, _V, _K, _Q, _FIRST_TILT),
            hypotheses=(
                positive(_A),
                at_least(1, _A),
                positive(_V),
                at_least(_Q),
                at_least((1 - _A) * _Q, _K**2),
                less(2 * (_K**2 / _A**2 + _Q / _A) * _V, 1),
                *hypotheses,
            ),
            conclusions=(conclusion,),
        ),
        witness=point({_A: "1/2", _V: 1, _K: "-5/36", _Q: "41/216", _FIRST_TILT: "1/2"}),
    )


def _stable_if() -> Case:
    return _any_number("2Γv < 1 is stable", (), SchurStable(_reduced_jacobian(_A, _V, _K, _Q)))


def _far_side() -> Case:
    """Σ_j w_j t_j (t_j − t_1) = q − k t_1, and t_1 (m − M) = t_1 k v/a."""
    loses = less(_A, 2 * _V * (_Q - _K * _FIRST_TILT))
    shift = negative(_FIRST_TILT * _K * _V / _A)
    return _any_number("only on the far side of the real data", (loses,), shift)


def _stable_only_if(groups: GaussianGroups) -> Case:
    return _case(
        "stable needs 2Γv < 1",
        groups,
        (SchurStable(groups.equilibrium_jacobian),),
        (_below_fold(groups),),
        {},
    )


def _formula(groups: GaussianGroups) -> sympy.Expr:
    a, variance = groups.real_share, groups.state[1]
    bracket = 1 - 2 * variance / a * groups.discord
    return groups.shares[0] * variance / a * bracket / (1 - 2 * groups.spread * variance)


def _derivative(groups: GaussianGroups) -> Case:
    """dm*/dt_1 as the first entry of (I − J)⁻¹ ∂G/∂t_1."""
    field = identity_minus(groups.equilibrium_jacobian)
    moves = inverse(field) * groups.first_tilt_effect
    return _case(
        "derivative",
        groups,
        (_below_fold(groups), unequal(determinant(field))),
        (equal(moves[0, 0], _formula(groups)),),
        {},
    )


def _loses(groups: GaussianGroups) -> Condition:
    """2v Σ w_j t_j (t_j − t_1) > a."""
    return less(groups.real_share, 2 * groups.state[1] * groups.discord)


def _criterion(groups: GaussianGroups) -> Case:
    return _case(
        "backfires past the criterion",
        groups,
        (_below_fold(groups), _loses(groups)),
        (negative(_formula(groups)),),
        {},
    )


def _no_backfire(groups: GaussianGroups) -> Case:
    discord = 2 * groups.state[1] * groups.discord
    return _case(
        "does not backfire short of it",
        groups,
        (_below_fold(groups), at_least(groups.real_share, discord)),
        (at_least(_formula(groups), 0),),
        {groups.tilts[1]: 0},
    )


def _opposed() -> Case:
    """Tilts t and −δ: the sum has the one term w_2 δ (t + δ)."""
    groups = GaussianGroups(2)
    strength, against = groups.tilts[0], real("delta")
    discord = groups.discord.subs(groups.tilts[1], -against)
    shares = variables(groups.shares)
    return Case(
        name="two opposed groups",
        statement=Statement(
            variables=(*shares, *variables(strength, against)),
            hypotheses=(positive(strength), positive(against)),
            conclusions=(equal(discord, groups.shares[1] * against * (strength + against)),),
        ),
        witness=point({groups.shares[0]: "1/6", groups.shares[1]: "1/3", strength: "1/2", against: "2/3"}),
    )


def _lower_root() -> Case:
    """v = V + Γv² and 2Γv < 1 make 1 − 2Γv the positive root of 1 − 4ΓV, hence v the smaller root."""
    spread, real_variance, variance = reals("Gamma V v")
    return Case(
        name="v* is the smaller root",
        statement=Statement(
            variables=variables(spread, real_variance, variance),
            hypotheses=(
                positive(spread),
                equal(real_variance, variance - spread * variance**2),
                less(2 * spread * variance, 1),
            ),
            conclusions=(
                positive(1 - 2 * spread * variance),
                equal((1 - 2 * spread * variance) ** 2, 1 - 4 * spread * real_variance),
            ),
        ),
        witness=point({spread: "37/81", real_variance: "44/81", variance: 1}),
    )
