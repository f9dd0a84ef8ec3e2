"""coevolve.unique-equilibrium: with enough real data users and model settle at one equilibrium.

Statement. Finitely many outcomes with unit features, τ > 0, K ≥ 2 or K = ∞, p' = (1 − η)p_ref + ηC_K(p; w),
w' = (1 − β)w + βE_{p'}[φ] projected on the unit ball, |w| ≤ 1, 0 < β ≤ 1. In total variation

    TV(C_K(p; w), C_K(q; v)) ≤ L_p TV(p, q) + L_w |w − v|,  L_p = KE/(E + K − 1),  L_w = τ/2,  E = e^{2τ}

(L_p = E for K = ∞). If s = η(L_p + 2L_w) < 1 then a round contracts max(TV(p, q), |w − v|/2) by the factor
1 − β(1 − s): there is one equilibrium, and every start tends to it at that rate. These constants are at
most those that [WXZZ26, Thm 3.9] state, L_p = 2E(2 + E) and L_w = 2τE², so that their condition η(L_p +
2L_w) < 1 suffices. L_p is the least constant that serves all features, and L_w the least that serves every
K as well.

Argument. L_p: let t = TV(p, q). Couple the K candidates one by one, each differing with probability t, and
go from candidates from q to candidates from p in K steps. Where candidate y (weight b) becomes x (weight a)
and the others have the sum S ≥ (K − 1)e^{−τ}, the chance of keeping one from any set of outcomes rises by
at most the larger of a/(a + S) and b/(b + S), since all others are kept with probability S/(a + S) or S/(b
+ S), in equal proportions; that is at most e^τ/(e^τ + (K − 1)e^{−τ}) = E/(E + K − 1). K such steps, each
with probability t. For K = ∞ let K → ∞ (single.tilt-limit), or take single.tilt-lipschitz. It is least: two
outcomes of rewards 1 and −1; as p → the worse one, C_K(p)/p at the better one tends to KE/(E + K − 1).

L_w: along w + r(v − w) the log weights change at the rates g_i = τ⟨v − w, φ_i⟩, |g_i| ≤ G = τ|v − w|. Given
the candidates, one of a set A is kept with a probability P_A that changes at the rate P_A(1 − P_A)(mean of
g over A − mean over the rest) ≤ (1/4)2G = G/2; so do means over candidates, and the tilt. It is least:
features u and −u, equal masses, w = 0 and K = ∞.

Contraction: |E_p[φ] − E_q[φ]| ≤ 2TV(p, q), and the projection never acts (coevolve.lock-in). With M =
max(TV(p, q), |w − v|/2): TV(p', q') ≤ η(L_p + 2L_w)M = sM, and |w' − v'|/2 ≤ (1 − β)M + βsM = (1 − β(1 −
s))M. The states are a complete metric space: Banach's theorem.

Without smallness: two orthonormal features, p_ref = (1/2, 1/2), e^τ = z² with z > 1. At p = (1/4, 3/4),
(1/2, 1/2), (3/4, 1/4) and w = E_p[φ] = p the choice weights e^{τp} are in the ratio 1 : z, 1 : 1, z : 1,
and with η = (1/4)/(1/2 − C_K(1/4, 3/4)_1) all three are equilibria; 0 < η < 1. For e^τ = 16, z = 4, η is
13/22 for K = ∞ and 20/29 for K = 2. With β = 0 every preference stays. The example and the sharp constants
were worked out here.

Machine-checked. One candidate replaced, any K and any set: L_p/K; from all draws, masses that move to one
outcome: two outcomes (K = 3, ∞) and three (K = 2, to the heaviest). The rates of C_K by differentiation (K
= 2, 3, ∞), and G/2 on three outcomes, one against the rest. |E_p[φ] − E_q[φ]| on three outcomes. The
contraction. The comparison with the stated constants, and both are approached. The three equilibria, every
z > 1, K = 2 and ∞. Sampled exactly: up to six outcomes, K ≤ 8. Iterated at 100 digits: to 1/4 and to 3/4;
with little synthetic data to 1/2.
"""

from __future__ import annotations

from collections.abc import Sequence

import sympy

from proofs_check.claim import Case, Claim, Provenance
from proofs_check.encoding.coevolving import TOP
from proofs_check.encoding.coevolving_bistable import bistable_cases, needs_learning, needs_smallness
from proofs_check.encoding.coevolving_lipschitz import lipschitz_cases
from proofs_check.encoding.one_curated_model import candidate_sets, kept
from proofs_check.encoding.relations import at_least, equal, less, positive
from proofs_check.encoding.sampled_coevolution import sampled_pairs, why_farther_apart
from proofs_check.encoding.symbols import UNIT, column, point, reals, variables
from proofs_check.statements.experiment import Experiment
from proofs_check.statements.statement import Statement

_HEAT, _SHARE, _BETA, _POOL = reals("tau eta beta K")


def claim() -> Claim:
    """The claim ``coevolve.unique-equilibrium``."""
    return Claim(
        id="coevolve.unique-equilibrium",
        title="With enough real data users and model settle at one equilibrium, geometrically",
        provenance=Provenance.STATED,
        source="WXZZ26",
        statement=(
            "β > 0, L_p = 2e^{2τ}(2 + e^{2τ}), L_w = 2τe^{4τ}, η(L_p + 2L_w) < 1: one equilibrium, and "
            "geometric convergence to it. Derived here: L_p = Ke^{2τ}/(e^{2τ} + K − 1) and L_w = τ/2 do; "
            "max(TV, |w − v|/2) contracts by 1 − β(1 − η(L_p + 2L_w)); without smallness there can be three "
            "equilibria."
        ),
        latex=(
            r"\beta>0,\ \eta(L_p+2L_w)<1\;\Rightarrow\;\text{a unique equilibrium};\quad "
            r"L_p=\frac{Ke^{2\tau}}{e^{2\tau}+K-1}\le2e^{2\tau}(2+e^{2\tau}),\ "
            r"L_w=\frac\tau2\le2\tau e^{4\tau}"
        ),
        hypotheses=(
            "Finitely many outcomes with unit features, |w| ≤ 1, τ > 0, K ≥ 2 or K = ∞.",
            "0 < β ≤ 1.",
            "η(L_p + 2L_w) < 1.",
        ),
        cases=(
            *lipschitz_cases(),
            _rates(2, (3,)),
            _rates(3, (2, None)),
            _any_set(3),
            _mean_features(),
            _contraction(),
            _stated_suffices(),
            _sampled(),
            *bistable_cases(),
        ),
        scope=(
            "any K for one candidate; all draws on 2 outcomes (K = 3, ∞) and 3 (K = 2); sampled to 6 "
            "and K = 8; iterated"
        ),
        sharpness=(needs_learning(), needs_smallness(None), needs_smallness(2)),
    )


def _rates(n: int, pools: tuple[int | None, ...]) -> Case:
    """Log weights that change at the rates g: the first is kept at the mean rate s_1(g_1 − mean of g)."""
    law, rates, base = column("p", n), column("g", n), column("a", n)
    (time,) = reals("t")
    weights = tuple(a * sympy.exp(time * g) for a, g in zip(base, rates, strict=True))

    def rate(counts: Sequence[sympy.Expr | int]) -> sympy.Expr:
        total = sympy.Add(*(c * a for c, a in zip(counts, base, strict=True)))
        parts = [c * a / total for c, a in zip(counts, base, strict=True)]
        return parts[0] * (rates[0] - sympy.Add(*(s * g for s, g in zip(parts, rates, strict=True))))

    goals = []
    for pool in pools:
        slope = kept(tuple(law), weights, pool)[0].diff(time).xreplace({time: sympy.Integer(0)})
        sets = ((1, tuple(law)),) if pool is None else candidate_sets(tuple(law), pool)
        goals.append(equal(slope, sympy.Add(*(q * rate(counts) for q, counts in sets))))
    names = ", ".join("∞" if pool is None else str(pool) for pool in pools)
    return Case(
        name=f"rates of C_K, {n} outcomes, K = {names}",
        statement=Statement(
            variables=(*variables(law, typical=UNIT), *variables(rates, base)),
            hypotheses=(*map(positive, law), *map(positive, base)),
            conclusions=tuple(goals),
        ),
        witness=point({**dict.fromkeys((*law, *base, *rates), 1), rates[0]: 2}),
    )


def _any_set(n: int) -> Case:
    """Rates |g| ≤ G: the chance of one outcome, or of all others, changes at most at the rate G/2."""
    law, rates, (most,) = column("p", n), column("g", n), reals("G")
    mean = sympy.Add(*(p * g for p, g in zip(law, rates, strict=True)))
    first, second, *others = law
    at = {first: "1/2", second: "1/2", most: 1, rates[0]: 1, rates[1]: -1}
    return Case(
        name=f"rates at most G/2, {n} outcomes",
        statement=Statement(
            variables=variables(law, rates, most, typical=UNIT),
            hypotheses=(
                *(at_least(p) for p in law),
                equal(sympy.Add(*law), 1),
                *(at_least(most, g) for g in rates),
                *(at_least(g, -most) for g in rates),
            ),
            conclusions=(
                at_least(most / 2, first * (rates[0] - mean)),
                at_least(most / 2, first * (mean - rates[0])),
            ),
        ),
        witness=point({**dict.fromkeys((*others, *rates), 0), **at}),
    )


def _mean_features() -> Case:
    """Masses s, t move from outcomes 2, 3 to 1: E[⟨u, φ⟩] moves by at most 2(s + t), |u| ≤ 1."""
    first, second = reals("s t")
    along = column("f", 3)
    shift = first * (along[0] - along[1]) + second * (along[0] - along[2])
    return Case(
        name="mean features",
        statement=Statement(
            variables=variables(first, second, along),
            hypotheses=(
                at_least(first),
                at_least(second),
                *(at_least(1, f) for f in along),
                *(at_least(f, -1) for f in along),
            ),
            conclusions=(at_least(2 * (first + second), shift), at_least(shift, -2 * (first + second))),
        ),
        witness=point({first: 1, second: 0, along[0]: 1, along[1]: -1, along[2]: 0}),
    )


def _contraction() -> Case:
    """D' ≤ η(L_p D + L_w W), W' ≤ (1 − β)W + 2βD', D ≤ M and W ≤ 2M: D', W'/2 ≤ (1 − β(1 − s))M."""
    law, taste, new_law, new_taste, most, first, second = reals("D W d w M Lp Lw")
    small = _SHARE * (first + 2 * second)
    factor = 1 - _BETA * (1 - small)
    at = {law: 1, taste: 2, most: 1, first: "1/2", second: "1/4", new_law: "1/2", _SHARE: "1/2"}
    return Case(
        name="a round contracts",
        statement=Statement(
            variables=variables(
                law, taste, new_law, new_taste, most, first, second, _SHARE, _BETA, typical=UNIT
            ),
            hypotheses=(
                at_least(most),
                at_least(most, law),
                at_least(2 * most, taste),
                *(at_least(x) for x in (first, second, _SHARE)),
                positive(_BETA),
                at_least(1, _BETA),
                at_least(_SHARE * (first * law + second * taste), new_law),
                at_least((1 - _BETA) * taste + 2 * _BETA * new_law, new_taste),
                less(small, 1),
            ),
            conclusions=(
                at_least(factor * most, new_law),
                at_least(factor * 2 * most, new_taste),
                less(factor, 1),
            ),
        ),
        witness=point({**at, _BETA: 1, new_taste: 1}),
    )


def _stated_suffices() -> Case:
    """E ≥ 1, τ ≥ 0, K ≥ 1: KE/(E + K − 1) ≤ 2E(2 + E) and τ/2 ≤ 2τE²."""
    return Case(
        name="the stated constants are larger",
        statement=Statement(
            variables=variables(TOP, _HEAT, _POOL),
            hypotheses=(at_least(TOP, 1), at_least(_HEAT), at_least(_POOL, 1)),
            conclusions=(
                at_least(2 * TOP * (2 + TOP), _POOL * TOP / (TOP + _POOL - 1)),
                at_least(2 * _HEAT * TOP**2, _HEAT / 2),
            ),
        ),
        witness=point({TOP: 1, _HEAT: 1, _POOL: 2}),
    )


def _sampled() -> Case:
    return Case(
        name="sampled to 6 outcomes and K = 8",
        statement=Experiment(
            name="TV(C_K(p), C_K(q)) against L_p TV(p, q), 2 to 6 outcomes, K = 2 to 8",
            strategy=sampled_pairs,
            predicate=why_farther_apart,
            samples=40,
        ),
    )
