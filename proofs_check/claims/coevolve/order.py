"""coevolve.order: choice multiplies probabilities in the order of rewards, by factors that reward gaps bound.

Statement. Finitely many outcomes with unit features φ_i, a preference w in the unit ball, r_i = ⟨w, φ_i⟩, τ
> 0, K ≥ 2 candidates or K = ∞, a law p. C_K keeps one candidate with probability in proportion to a =
e^{τr}: it keeps outcome i with probability p_i H_i, H_i = E[K a_i/(a_i + S)], S the sum of a over K − 1
draws from p (H_i = a_i/E_p[a] for K = ∞). Then H_i > H_j iff r_i > r_j, and where r_i − r_j ≥ d ≥ 0,

    H_j ≤ λ*_K(d) H_i ≤ λ_K(d) H_i,    λ_K(d) = 1 − (1 − e^{−τd})(K − 1)/(e^{2τ} + K − 1),

where λ*_K(d) has e^{τ(2 − d)} for e^{2τ}; both are e^{−τd} for K = ∞. λ*_K(d) is the least such factor: it
is attained where p has all its mass on reward −1, r_i = 1 and r_j = 1 − d.

Argument. Rewards lie in [−1, 1] by Cauchy–Schwarz. Compare draw by draw of the K − 1 others. With ρ =
a_j/a_i,

    (a_j/(a_j + S)) / (a_i/(a_i + S)) = ρ(a_i + S)/(a_j + S) = 1 − (1 − ρ)S/(a_j + S).

For ρ < 1 this is < 1, and for ρ = 1 it is 1, which is the order. If r_i − r_j ≥ d then 1 − ρ ≥ 1 − e^{−τd}
≥ 0; S ≥ (K − 1)e^{−τ}; and r_j ≤ r_i − d ≤ 1 − d gives a_j ≤ e^{τ(1 − d)}, so that S/(a_j + S) ≥ (K −
1)/(e^{τ(2 − d)} + K − 1). So every draw's ratio is at most λ*_K(d), hence that of the means H; and λ* ≤ λ
as d ≥ 0. With all mass on reward −1, S = (K − 1)e^{−τ} surely, and with r_i = 1, r_j = 1 − d each
inequality is an equation; such rewards occur: φ_i = w of length 1, ⟨φ_j, w⟩ = 1 − d, and −w. For K = ∞ the
ratio is a_j/a_i ≤ e^{−τd}. [WXZZ26, Prop. 3.1] state the order and λ_K; λ*_K and that it is attained were
worked out here.

Machine-checked. The weights are scaled to e^{τ(r + 1)} in [1, E], E = e^{2τ}, and D = e^{τd} (1 + g below);
that exp rises is left to the reader. One draw of the others, for every real K ≥ 1: both constants. The
means over all draws on two outcomes (K = 3) and three (K = 2, ∞, and 3 draw by draw), every law and all
weights: λ*, and the order. The case of equality, any K. Sampled exactly: up to six outcomes, K ≤ 8.
"""

from __future__ import annotations

import sympy

from proofs_check.claim import Case, Claim, Provenance
from proofs_check.encoding.coevolving import (
    GAP,
    TOP,
    best_order_factor,
    order_factor,
    reduced_order_factor,
    selection_weight,
)
from proofs_check.encoding.relations import at_least, equal, less, positive
from proofs_check.encoding.sampled_coevolution import why_not_in_order
from proofs_check.encoding.sampled_rounds import sampled_rounds
from proofs_check.encoding.symbols import UNIT, column, point, reals, variables
from proofs_check.sharpness import Sharpness, dropping
from proofs_check.statements.experiment import Experiment
from proofs_check.statements.statement import Condition, Statement

_POOL, _OTHERS, _BETTER, _WORSE = reals("K S a b")
_RISE, _LOW, _OVER, _ABOVE, _THIRD = reals("g u v e f")
_WIDE = (sympy.Rational(1), sympy.Rational(6))


def claim() -> Claim:
    """The claim ``coevolve.order``."""
    return Claim(
        id="coevolve.order",
        title="Choice multiplies probabilities in the order of rewards, by factors that reward gaps bound",
        provenance=Provenance.STATED,
        source="WXZZ26",
        statement=(
            "Rewards ⟨w, φ_i⟩ in [−1, 1], choice weights e^{τr}, K ≥ 2: selection weights H are in the "
            "order of rewards; r_i − r_j ≥ d ≥ 0 gives H_j/H_i ≤ λ_K(d) = 1 − (1 − e^{−τd})(K − 1)/"
            "(e^{2τ} + K − 1). Derived here: the least such factor has e^{τ(2−d)} for e^{2τ}, attained where "
            "all mass is on reward −1."
        ),
        latex=(
            r"r_i-r_j\ge d\;\Rightarrow\;\frac{H_j}{H_i}\le1-\frac{(1-e^{-\tau d})(K-1)}{e^{\tau(2-d)}+K-1}"
            r"\le\lambda_K(d)=1-\frac{(1-e^{-\tau d})(K-1)}{e^{2\tau}+K-1}"
        ),
        hypotheses=(
            "Finitely many outcomes, unit features, |w| ≤ 1: all rewards lie in [−1, 1].",
            "r_i − r_j ≥ d ≥ 0.",
            "τ > 0 (for the order).",
            "K ≥ 2 candidates or K = ∞ (for the order).",
        ),
        cases=(
            _one_draw(),
            *(_factor(n, pool) for n, pool in ((2, 3), (3, 2), (3, None))),
            _draw_by_draw(),
            _order(2, (3,)),
            _order(3, (2, None)),
            _attained(),
            _sampled(),
        ),
        scope=(
            "one draw for every K; draws on 2 outcomes (K = 3) and 3 (K = 2, 3, ∞); sampled to 6 "
            "outcomes and K = 8"
        ),
        sharpness=(_needs_the_ball(), _needs_the_gap(), _needs_heat(), _needs_candidates()),
    )


def _one_draw() -> Case:
    """Any K: b/(b + S) ≤ λ*·a/(a + S), and λ* ≤ λ."""
    best = reduced_order_factor(_POOL, GAP, TOP)
    return Case(
        name="one draw of the others, any K",
        statement=Statement(
            variables=variables(_POOL, _OTHERS, _BETTER, _WORSE, TOP, GAP, typical=_WIDE),
            hypotheses=(
                at_least(_POOL, 1),
                at_least(_OTHERS, _POOL - 1),
                at_least(GAP, 1),
                at_least(_WORSE, 1),
                _apart(),
                _in_the_ball(),
            ),
            conclusions=(
                at_least(best * _BETTER / (_BETTER + _OTHERS), _WORSE / (_WORSE + _OTHERS)),
                at_least(order_factor(_POOL), best),
            ),
        ),
        witness=point({_POOL: 2, _OTHERS: 1, _BETTER: 2, _WORSE: 1, TOP: 2, GAP: 2}),
        suspects=(point({_POOL: 2, _OTHERS: 1, _BETTER: 2, _WORSE: 1, TOP: 3, GAP: 2}),),
    )


def _apart() -> Condition:
    """a ≥ Db."""
    return at_least(_BETTER, GAP * _WORSE)


def _in_the_ball() -> Condition:
    """a ≤ E."""
    return at_least(TOP, _BETTER)


def _weights(n: int) -> tuple[tuple[sympy.Expr, ...], sympy.Expr, tuple[sympy.Symbol, ...]]:
    """Weights a = (1 + g)b + v, b = 1 + u, and 1 + f; E = a + e; the numbers ≥ 0 that are free."""
    worse = 1 + _LOW
    better = (1 + _RISE) * worse + _OVER
    free = (_RISE, _LOW, _OVER, _ABOVE, *((_THIRD,) if n == 3 else ()))
    return (better, worse, 1 + _THIRD)[:n], better + _ABOVE, free


def _factor(n: int, pool: int | None) -> Case:
    """H_2 ≤ λ*H_1, over all draws; the law need not be normalised."""
    law = tuple(column("p", n))
    weights, top, free = _weights(n)
    better, worse = (selection_weight(law, weights, pool, i) for i in (0, 1))
    factor = reduced_order_factor(pool, 1 + _RISE, top)
    return Case(
        name=f"factor on {n} outcomes, K = {'∞' if pool is None else pool}",
        statement=Statement(
            variables=(*variables(*law, typical=UNIT), *variables(*free)),
            hypotheses=(*(at_least(x) for x in (*law, *free)), positive(sympy.Add(*law))),
            conclusions=(at_least(factor * better, worse),),
        ),
        witness=point({**dict.fromkeys((*law[:-1], *free), 0), law[-1]: 1, _RISE: 1}),
        suspects=(point({**dict.fromkeys((*law, *free), 1)}),),
    )


def _draw_by_draw() -> Case:
    """Three outcomes, K = 3: H_2 ≤ λ*H_1 for each pair of others with the third; others are draws of two."""
    weights, top, free = _weights(3)
    factor = reduced_order_factor(3, 1 + _RISE, top)
    goals = []
    for rival in weights:
        better, worse = (a / (a + rival + weights[2]) for a in weights[:2])
        goals.append(at_least(factor * better, worse))
    return Case(
        name="factor on 3 outcomes, K = 3, draw by draw",
        statement=Statement(
            variables=variables(*free), hypotheses=tuple(at_least(x) for x in free), conclusions=tuple(goals)
        ),
        witness=point({**dict.fromkeys(free, 0), _RISE: 1}),
        suspects=(point(dict.fromkeys(free, 1)),),
    )


def _order(n: int, pools: tuple[int | None, ...]) -> Case:
    """Weights b + v, b and c: H_1 > H_2."""
    law = tuple(column("p", n))
    third = reals("c")
    free = (_WORSE, _OVER, *third[: n - 2])
    weights = (_WORSE + _OVER, _WORSE, *third)[:n]
    goals = []
    for pool in pools:
        better, worse = (selection_weight(law, weights, pool, i) for i in (0, 1))
        goals.append(less(worse, better))
    names = ", ".join("∞" if pool is None else str(pool) for pool in pools)
    return Case(
        name=f"order on {n} outcomes, K = {names}",
        statement=Statement(
            variables=(*variables(*law, typical=UNIT), *variables(*free)),
            hypotheses=(*(at_least(p) for p in law), positive(sympy.Add(*law)), *map(positive, free)),
            conclusions=tuple(goals),
        ),
        witness=point(dict.fromkeys((*law, *free), 1)),
    )


def _attained() -> Case:
    """All mass on reward −1, weights E and E/D: the ratio is λ*, any K, and by the draws for K = 2, 3."""
    one, zero = sympy.Integer(1), sympy.Integer(0)
    high, low = TOP, TOP / GAP
    ratio = (low / (low + _POOL - 1)) / (high / (high + _POOL - 1))
    reduced = reduced_order_factor(_POOL, GAP, TOP)
    goals = [equal(ratio, best_order_factor(_POOL)), equal(reduced, best_order_factor(_POOL))]
    for pool in (2, 3):
        better, worse = (selection_weight((zero, zero, one), (high, low, one), pool, i) for i in (0, 1))
        goals.append(equal(worse / better, best_order_factor(pool)))
    return Case(
        name="attained with all mass on reward −1",
        statement=Statement(
            variables=variables(TOP, GAP, _POOL, typical=_WIDE),
            hypotheses=(at_least(GAP, 1), at_least(TOP, GAP), at_least(_POOL, 1)),
            conclusions=tuple(goals),
        ),
        witness=point({TOP: 3, GAP: 2, _POOL: 2}),
    )


def _sampled() -> Case:
    return Case(
        name="sampled to 6 outcomes and K = 8",
        statement=Experiment(
            name="order and factors, 2 to 6 outcomes, K = 2 to 8",
            strategy=sampled_rounds,
            predicate=why_not_in_order,
            samples=60,
        ),
    )


def _needs_the_ball() -> Sharpness:
    """Weights 8 and 4 where E = 2 is taken for the bound, D = 2: the worse one is more than E/D."""
    at = point({_POOL: 2, _OTHERS: 1, _BETTER: 8, _WORSE: 4, TOP: 2, GAP: 2})
    return dropping(_one_draw(), _in_the_ball(), hypothesis=0, point=at)


def _needs_the_gap() -> Sharpness:
    """Equal weights and D = 2: H_j = H_i."""
    at = point({_POOL: 2, _OTHERS: 1, _BETTER: 1, _WORSE: 1, TOP: 2, GAP: 2})
    return dropping(_one_draw(), _apart(), hypothesis=1, point=at)


def _needs_heat() -> Sharpness:
    """τ = 0: rewards 1 and 0 weigh the same."""
    heat, high, low = reals("tau r1 r2")
    half = sympy.Rational(1, 2)
    weights = (sympy.exp(heat * high), sympy.exp(heat * low))
    better, worse = (selection_weight((half, half), weights, 2, i) for i in (0, 1))
    return Sharpness(
        hypothesis=2,
        weakened=Statement(
            variables=variables(heat, high, low),
            hypotheses=(at_least(heat), less(low, high), at_least(1, high), at_least(low, -1)),
            conclusions=(less(worse, better),),
        ),
        point=point({heat: 0, high: 1, low: 0}),
    )


def _needs_candidates() -> Sharpness:
    """K = 1: nothing is chosen, H = 1."""
    law = tuple(column("p", 2))
    better, worse = (selection_weight(law, (_BETTER, _WORSE), 1, i) for i in (0, 1))
    return Sharpness(
        hypothesis=3,
        weakened=Statement(
            variables=variables(*law, _BETTER, _WORSE),
            hypotheses=(*map(positive, law), positive(_WORSE), less(_WORSE, _BETTER)),
            conclusions=(less(worse, better),),
        ),
        point=point({**dict.fromkeys(law, 1), _BETTER: 2, _WORSE: 1}),
    )
