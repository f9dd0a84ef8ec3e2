"""coevolve.lock-in: without real data a slight lead of one outcome, and of users for it, becomes permanent.

Statement. Finitely many outcomes with unit features φ_i, a preference w in the unit ball, τ > 0, K ≥ 2 (or
K = ∞), no real data: p' = C_K(p; w) by the weights e^{τ⟨w, φ⟩}, w' = (1 − β)w + βE_{p'}[φ] projected on the
unit ball, 0 ≤ β ≤ 1. Let γ = min_{j≠i} ⟨φ_i, φ_i − φ_j⟩ > 0 and λ = λ_K(γ/2) of coevolve.order. If

    1 − p_0(x_i) ≤ ε < min(1 − λ, γ/8)    and    |w_0 − φ_i| ≤ γ/4

then for all t, 1 − p_t(x_i) ≤ (λ/(1 − ε))^t (1 − p_0(x_i)), with λ/(1 − ε) < 1. More is true: ε ≤ γ/8 is
enough for the bound, ε < 1 − λ only makes its factor < 1, and the odds (1 − p_t(x_i))/p_t(x_i) fall by the
factor λ in every round, so that p_t(x_i) → 1 from 1 − p_0(x_i) ≤ γ/8 on. For K = 2 and 3 conversely ε < 1 −
λ implies ε < γ/8.

Argument. The projection never acts: w' is a mean of points of the ball. By induction let 1 − p_t(x_i) ≤ ε ≤
γ/8 and |w_t − φ_i| ≤ γ/4. For j ≠ i let z = φ_i − φ_j; |z| ≤ 2 and ⟨φ_i, z⟩ ≥ γ, hence ⟨w_t, z⟩ ≥ γ −
(γ/4)|z| ≥ γ/2, and H_j ≤ λH_i by coevolve.order. With m = 1 − p_t(x_i) and m' = 1 − p_{t+1}(x_i) = Σ_{j≠i}
p_j H_j ≤ λmH_i and 1 − m' = (1 − m)H_i, the odds fall by λ:

    m'(1 − m) ≤ λm(1 − m'),    hence    m' ≤ m    and    m' ≤ λm/(1 − m) ≤ (λ/(1 − ε))m.

And |E_{p_{t+1}}[φ] − φ_i| ≤ Σ_{j≠i} p_{t+1}(x_j)|φ_j − φ_i| ≤ 2m' ≤ 2ε ≤ γ/4: w_{t+1}, a mean of w_t and
that point, is within γ/4 of φ_i. This closes the induction. For K = 2, 3: 1 − λ = (1 − e^{−x})(K −
1)/(e^{y} + K − 1) with y = 2τ and x = γy/4; 1 − e^{−x} ≤ x, and 2(K − 1)y < e^y + K − 1 since e^y ≥ 1 + y +
y²/2 + y³/6, so that 1 − λ < γ/8. [WXZZ26, Thm 3.3] state the bound under both conditions on ε; what goes
beyond was worked out here.

Where hypotheses matter. With real data p_t(x_i) does not tend to 1. Users who prefer another outcome raise
it at once. That γ > 0, and λ < 1 (K ≥ 2, τ > 0), follows from 0 ≤ ε < min(1 − λ, γ/8). For the odds γ/8
cannot be replaced by a larger multiple of γ: with φ_2 = −φ_1 (γ = 2), w_0 = φ_1/2, β = 1, K = ∞ and 1 −
p_0(x_1) > 1/4 they fall by λ = e^{−τ} at first, and for small τ by e^{−2τ(1 − 2m)} with 1 − p_1(x_1) = m >
1/4 after that. Whether K ≥ 4 needs ε < γ/8 for the bound with λ/(1 − ε) < 1 is open here.

Machine-checked. The reward gap, in the plane of φ_i and φ_j (only the part of w in it enters). The odds
from H_j ≤ λH_i on three outcomes, and from the draws on two outcomes (K = 2, 3, ∞) and three (K = ∞), with
the best factor. The bound, the next start and λ/(1 − ε) < 1 from the odds. The mean feature on three
outcomes in the plane. Means of points of a ball of any radius, about φ_i and about 0. The second bound on ε
for K = 2, 3. Sampled in balls: up to five outcomes, K ≤ 8, three rounds. Iterated at 100 digits.
"""

from __future__ import annotations

import sympy

from proofs_check.claim import Case, Claim, Provenance
from proofs_check.encoding.coevolving import reduced_order_factor
from proofs_check.encoding.coevolving_orbits import coevolving, iterated, rationals
from proofs_check.encoding.one_curated_model import kept
from proofs_check.encoding.relations import at_least, equal, less, positive
from proofs_check.encoding.sampled_coevolution import sampled_basins, why_not_locked_in
from proofs_check.encoding.sharp_lock_in import (
    needs_a_lead,
    needs_an_eighth,
    needs_no_real_data,
    needs_users_who_agree,
)
from proofs_check.encoding.symbols import UNIT, column, point, reals, variables
from proofs_check.statements.experiment import Experiment
from proofs_check.statements.statement import Statement
from theory.coevolution.model import CoevolutionState

_MARGIN, _SHIFT_X, _SHIFT_Y, _COS, _SIN = reals("gamma x y c s")
_LAMBDA, _EPS, _BETA, _MASS, _NEW = reals("lam eps beta m n")


def claim() -> Claim:
    """The claim ``coevolve.lock-in``."""
    return Claim(
        id="coevolve.lock-in",
        title="Without real data a slight lead of one outcome, and of users for it, becomes permanent",
        provenance=Provenance.STATED,
        source="WXZZ26",
        statement=(
            "η = 1, β ∈ [0, 1], γ_i = min_{j≠i} ⟨φ_i, φ_i − φ_j⟩ > 0, λ = λ_K(γ_i/2), 1 − p_0(x_i) ≤ ε < "
            "min(1 − λ, γ_i/8), |w_0 − φ_i| ≤ γ_i/4: 1 − p_t(x_i) ≤ (λ/(1 − ε))^t (1 − p_0(x_i)). Derived "
            "here: for ε ≤ γ_i/8 alone the odds against x_i fall by λ in every round."
        ),
        latex=(
            r"1-p_0(x_i)\le\varepsilon<\min\bigl\{1-\lambda,\tfrac{\gamma_i}{8}\bigr\},\ "
            r"|w_0-\varphi_i|\le\tfrac{\gamma_i}{4}\;\Rightarrow\;"
            r"1-p_t(x_i)\le\Bigl(\frac{\lambda}{1-\varepsilon}\Bigr)^t(1-p_0(x_i)),\quad "
            r"\lambda=\lambda_K(\gamma_i/2)"
        ),
        hypotheses=(
            "No real data: η = 1.",
            "Finitely many outcomes with unit features, |w_0| ≤ 1, 0 ≤ β ≤ 1, τ > 0, K ≥ 2 or K = ∞.",
            "γ_i > 0, and 1 − p_0(x_i) ≤ ε < min(1 − λ_K(γ_i/2), γ_i/8).",
            "|w_0 − φ_i| ≤ γ_i/4.",
        ),
        cases=(
            _reward_gap(),
            _odds(3),
            *(_from_draws(n, pool) for n, pool in ((2, 2), (2, 3), (2, None), (3, None))),
            _rounds(),
            _mean_feature(),
            _learned(),
            _few_candidates(),
            _second_bound(),
            _sampled(),
            _iterated(2, "1/4", "3/4"),
            _iterated(None, "1", "1/16"),
        ),
        scope="steps on 3 outcomes; draws on 2 (K = 2, 3, ∞) and 3 (K = ∞); sampled to 5, K = 8; iterated",
        sharpness=(needs_no_real_data(), needs_a_lead(), needs_an_eighth(), needs_users_who_agree()),
    )


def _reward_gap() -> Case:
    """In the plane of φ_i = (1, 0) and φ_j = (c, s): |w − φ_i| ≤ γ/4 gives ⟨w, φ_i − φ_j⟩ ≥ γ/2."""
    return Case(
        name="rewards differ by γ/2",
        statement=Statement(
            variables=variables(_MARGIN, _COS, _SIN, _SHIFT_X, _SHIFT_Y),
            hypotheses=(
                equal(_COS**2 + _SIN**2, 1),
                positive(_MARGIN),
                at_least(1 - _COS, _MARGIN),
                at_least(_MARGIN**2 / 16, _SHIFT_X**2 + _SHIFT_Y**2),
            ),
            conclusions=(at_least((1 + _SHIFT_X) * (1 - _COS) - _SHIFT_Y * _SIN, _MARGIN / 2),),
        ),
        witness=point({_MARGIN: 2, _COS: -1, _SIN: 0, _SHIFT_X: "-1/2", _SHIFT_Y: 0}),
    )


def _odds(n: int) -> Case:
    """H_j ≤ λH_1 for all others: Σ p_j H_j · p_1 ≤ λ Σ p_j · p_1 H_1."""
    law, selected = column("p", n), column("H", n)
    rivals = sympy.Add(*(p * h for p, h in zip(law[1:], selected[1:], strict=True)))
    return Case(
        name=f"odds on {n} outcomes",
        statement=Statement(
            variables=variables(law, selected, _LAMBDA, typical=UNIT),
            hypotheses=(
                *(at_least(p) for p in law),
                *(at_least(_LAMBDA * selected[0], h) for h in selected[1:]),
            ),
            conclusions=(at_least(_LAMBDA * sympy.Add(*law[1:]) * law[0] * selected[0], rivals * law[0]),),
        ),
        witness=point({**dict.fromkeys(law, 1), **dict.fromkeys(selected, 1), _LAMBDA: 1}),
    )


def _from_draws(n: int, pool: int | None) -> Case:
    """Weights (1 + g)b + v, b = 1 + u + f and 1 + u: odds of what is kept, the law not normalised."""
    rise, low, over, above, other = reals("g u v e f")
    law = tuple(column("p", n))
    rivals = (1 + low + other, 1 + low)[3 - n :]
    best = (1 + rise) * rivals[0] + over
    factor = reduced_order_factor(pool, 1 + rise, best + above)
    new = kept(law, (best, *rivals), pool)
    free = (rise, low, over, above, *((other,) if n == 3 else ()))
    return Case(
        name=f"odds from the draws, {n} outcomes, K = {'∞' if pool is None else pool}",
        statement=Statement(
            variables=(*variables(*law, typical=UNIT), *variables(*free)),
            hypotheses=(*(at_least(x) for x in (*law, *free)), positive(sympy.Add(*law))),
            conclusions=(at_least(factor * sympy.Add(*law[1:]) * new[0], sympy.Add(*new[1:]) * law[0]),),
        ),
        witness=point({**dict.fromkeys(law, 1), **dict.fromkeys(free, 0), rise: 1}),
        suspects=(point(dict.fromkeys((*law, *free), 1)),),
    )


def _rounds() -> Case:
    """m'(1 − m) ≤ λm(1 − m') and m ≤ ε ≤ γ/8: m' ≤ m, 2m' ≤ γ/4, and m' ≤ λ/(1 − ε)·m."""
    return Case(
        name="from the odds to the bound and the next round",
        statement=Statement(
            variables=variables(_MASS, _NEW, _LAMBDA, _EPS, _MARGIN, typical=UNIT),
            hypotheses=(
                at_least(_MASS),
                at_least(_EPS, _MASS),
                at_least(_MARGIN / 8, _EPS),
                less(_EPS, 1),
                at_least(_LAMBDA),
                at_least(1, _LAMBDA),
                at_least(_NEW),
                at_least(1, _NEW),
                at_least(_LAMBDA * _MASS * (1 - _NEW), _NEW * (1 - _MASS)),
            ),
            conclusions=(
                at_least(_MASS, _NEW),
                at_least(_MARGIN / 4, 2 * _NEW),
                at_least(_LAMBDA / (1 - _EPS) * _MASS, _NEW),
            ),
        ),
        witness=point({_MASS: "1/4", _NEW: "1/4", _LAMBDA: 1, _EPS: "1/4", _MARGIN: 2}),
        suspects=(point({_MASS: "1/4", _NEW: "1/7", _LAMBDA: "1/2", _EPS: "1/4", _MARGIN: 2}),),
    )


def _mean_feature() -> Case:
    """Three unit vectors in the plane, the first (1, 0): |E_p[φ] − φ_1| ≤ 2(1 − p_1)."""
    second, third = column("q", 2), column("r", 2)
    p, q = reals("p2 p3")
    moved = [p * (a - b) + q * (c - b) for a, b, c in zip(second, (1, 0), third, strict=True)]
    return Case(
        name="the mean feature is within 2(1 − p_i)",
        statement=Statement(
            variables=variables(second, third, p, q),
            hypotheses=(
                equal(second[0] ** 2 + second[1] ** 2, 1),
                equal(third[0] ** 2 + third[1] ** 2, 1),
                at_least(p),
                at_least(q),
            ),
            conclusions=(at_least(4 * (p + q) ** 2, moved[0] ** 2 + moved[1] ** 2),),
        ),
        witness=point({second[0]: -1, second[1]: 0, third[0]: -1, third[1]: 0, p: "1/2", q: 0}),
    )


def _learned() -> Case:
    """|x|, |y| ≤ R give |(1 − β)x + βy| ≤ R: about φ_i, and about 0, where the ball is."""
    x, y, u, v, radius = reals("x1 x2 y1 y2 R")
    new = [(1 - _BETA) * a + _BETA * b for a, b in ((x, u), (y, v))]
    return Case(
        name="learning stays in a ball",
        statement=Statement(
            variables=variables(x, y, u, v, radius, _BETA),
            hypotheses=(
                at_least(radius),
                at_least(radius**2, x**2 + y**2),
                at_least(radius**2, u**2 + v**2),
                at_least(_BETA),
                at_least(1, _BETA),
            ),
            conclusions=(at_least(radius**2, new[0] ** 2 + new[1] ** 2),),
        ),
        witness=point({x: 1, y: 0, u: 1, v: 0, radius: 1, _BETA: "1/2"}),
    )


def _few_candidates() -> Case:
    """e^y ≥ 1 + y + y²/2 + y³/6 =: E: 2y < E + 1 and 4y < E + 2, for y > 0."""
    heat, top = reals("y E")
    return Case(
        name="2(K − 1)y < e^y + K − 1 for K = 2, 3",
        statement=Statement(
            variables=variables(heat, top),
            hypotheses=(positive(heat), at_least(top, 1 + heat + heat**2 / 2 + heat**3 / 6)),
            conclusions=tuple(less(2 * (pool - 1) * heat, top + pool - 1) for pool in (2, 3)),
        ),
        witness=point({heat: "8/5", top: 5}),
    )


def _second_bound() -> Case:
    """k = K − 1: 1 − e^{−x} ≤ x = γy/4, 2ky < E + k and ε < 1 − λ give ε < γ/8."""
    heat, top, lost, others = reals("y E s k")
    return Case(
        name="ε < γ/8 from ε < 1 − λ",
        statement=Statement(
            variables=variables(heat, top, lost, others, _MARGIN, _EPS),
            hypotheses=(
                positive(_MARGIN),
                positive(others),
                positive(top),
                less(2 * others * heat, top + others),
                at_least(heat * _MARGIN / 4, lost),
                less(_EPS, lost * others / (top + others)),
            ),
            conclusions=(less(_EPS, _MARGIN / 8),),
        ),
        witness=point({heat: 1, top: 2, lost: "1/4", others: 1, _MARGIN: 1, _EPS: "1/13"}),
    )


def _sampled() -> Case:
    return Case(
        name="sampled to 5 outcomes and K = 8",
        statement=Experiment(
            name="1 − p_t(x_i) in 3 rounds, 2 to 5 outcomes in the plane, K = 2 to 8 and ∞",
            strategy=sampled_basins,
            predicate=why_not_locked_in,
            samples=40,
        ),
    )


def _iterated(pool: int | None, learning: str, rate: str) -> Case:
    """Two orthonormal features, e^τ = 16: the slower of 1 − β and K/((K − 1)16 + 1), or 1/16."""
    model = coevolving(((1, 0), (0, 1)), power=16, pool=pool, learning=learning)
    start = CoevolutionState(law=rationals("15/16", "1/16"), preference=rationals("4/5", "1/10"))
    limit = CoevolutionState(law=rationals(1, 0), preference=rationals(1, 0))
    name = f"iterated, K = {'∞' if pool is None else pool}, β = {learning}"
    return iterated(name, model, start, limit, sympy.Rational(rate))
