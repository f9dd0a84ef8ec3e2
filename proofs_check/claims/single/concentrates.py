"""single.concentrates: choice without real data puts all mass on the best outcomes, geometrically fast.

Statement. One model, p_{t+1} = C_K(p_t), K ≥ 2 (or K = ∞), no real data. Let a = e^r reach its maximum M
over the support of p_0 on a set with P_0 = p_0(a = M) > 0, and p_* be p_0 conditioned on it. Then p_t
conditioned on it is p_* for all t, P_t = p_t(a = M) tends to 1, and

    KL(p_* ‖ p_t) = −log P_t → 0.

If all other weights are at most b < M, then P_{t+1} ≥ P_t + κP_t(1 − P_t) with κ = ((K − 1)/K)(1 − b/M), (K
− 1)/K = 1 for K = ∞; hence 1 − P_t ≤ (1 − κP_0)^t (1 − P_0). In the long run 1 − P_t falls by the factor
Kb/((K − 1)M + b) a round, where b is the next best weight that occurs.

Argument. The chance that an atom is kept is p(x) times a function of its weight and p, so atoms of weight M
keep their proportions: p_t = P_t p_* on them, and E_{p_*} log(p_*/p_t) = −log P_t. Of K candidates let j
have the weight M; one of these is kept with probability jM/(jM + S), S ≤ (K − j)b the others' weights, and
jM/(jM + (K − j)b) − j/K = j(K − j)(M − b)/(K(jM + (K − j)b)) ≥ j(K − j)(M − b)/(K²M). Since E[j(K − j)] =
K(K − 1)P(1 − P), the gain is at least κP(1 − P). (K = ∞: P' = PM/Z with Z ≤ PM + (1 − P)b.) Then 1 − P' ≤
(1 − P)(1 − κP) ≤ (1 − P)(1 − κP_0), as P_t does not fall. If no b < M bounds the other weights, take x with
ρ = a(x)/M < 1. Beside K − 1 others of total weight S ≤ (K − 1)M, a best one counts for g = KM/(M + S), 1 ≤
g ≤ K, and x for g times ρ(M + S)/(a(x) + S) = 1 − (1 − ρ)S/(a(x) + S) ≤ 1; with probability at least
P_0^{K−1} all others are best, S = (K − 1)M, and the factor is at most 1 − (1 − ρ)(K − 1)/K. So the mass at
x falls, against that of the best, by at least the factor 1 − c(x) a round, c(x) = (1 − ρ)(K −
1)P_0^{K−1}/K² (K = ∞: by ρ). Hence (1 − P_t)/P_t ≤ ∫_{a<M} (1 − c)^t dp_0/P_0 → 0 by dominated convergence.
[FBBG24] state the convergence; the rate was worked out here.

No atom at the maximum. A Gaussian N(m, v) with r = cx moves by cv each round and keeps its variance: it
never settles.

Machine-checked. Three atoms, K = 2 and 3: two best atoms keep their proportions. Two best atoms: the
divergence. The growth of P, from the draws: two atoms (K = 2, 3, ∞) and three (K = 2, ∞), weights M and two
others ≤ b; the rate from it. Iterated at 100 digits: p_0 = (1/5, 2/5, 2/5), a = (4, 2, 1), K = 2, to (1, 0,
0) at the rate 2/3; K = ∞ at the rate 1/2; the Gaussian leaves every bounded set.
"""

from __future__ import annotations

from typing import Any

import sympy

from proofs_check.claim import Case, Claim, Provenance
from proofs_check.conditions.choice_alone import concentrates
from proofs_check.conditions.ecosystem_condition import EcosystemCondition
from proofs_check.encoding.one_curated_model import OneCuratedModel, kept
from proofs_check.encoding.relations import at_least, equal, less, positive
from proofs_check.encoding.symbols import UNIT, point, reals, variables
from proofs_check.sharpness import Sharpness
from proofs_check.statements.limit_statement import Behaviour, LimitStatement
from proofs_check.statements.statement import Statement
from theory.analysis import Analysis

_TOP, _LOSS, _EXTRA, _P, _START, _RATE, _FIRST, _SECOND = reals("M d f P P0 kappa x y")


def claim() -> Claim:
    """The claim ``single.concentrates``."""
    return Claim(
        id="single.concentrates",
        title="Choice without real data concentrates on the best outcomes, at a geometric rate",
        provenance=Provenance.STATED,
        source="FBBG24",
        statement=(
            "p_{t+1} = C_K(p_t), K ≥ 2, P_0(argmax) > 0: KL(p_* ‖ p_t) = −log P_t(argmax) → 0, p_* "
            "= p_0 conditioned "
            "on the argmax of r over its support. If all other weights are ≤ b < M: 1 − P_t ≤ (1 − "
            "κP_0)^t (1 − P_0), "
            "κ = ((K − 1)/K)(1 − b/M)."
        ),
        latex=(
            r"\operatorname{KL}(p_*\,\|\,p_t)=-\log P_t(\arg\max r)\to0,\qquad "
            r"1-P_t\le(1-\kappa P_0)^t(1-P_0)"
        ),
        hypotheses=(
            "One model that can be any law; all of the next training set is chosen: no real data.",
            "K ≥ 2 candidates, or K = ∞; one reward.",
            "P_0(argmax) > 0.",
        ),
        cases=(
            _proportions(),
            _divergence(),
            _growth(2, (2, 3, None)),
            _growth(3, (2, None)),
            _rate(),
            _iterated(2, "2/3"),
            _iterated(None, "1/2"),
            _gaussian(),
        ),
        scope=(
            "2 atoms, K = 2, 3, ∞, and 3 atoms, K = 2, ∞, symbolic; proportions on 3 atoms, K = 2, 3; any "
            "support and K by the argument; iterated"
        ),
        sharpness=(_needs_no_real_data(), _needs_candidates(), _needs_an_atom()),
    )


def condition(analysis: Analysis) -> EcosystemCondition:
    """Whether one saturated model reads only its own output, curated by one reward."""
    return concentrates("single.concentrates", analysis)


def _proportions() -> Case:
    """Atoms 1 and 2 of weight M, K = 2 and 3: p'_1 p_2 = p'_2 p_1."""
    model = OneCuratedModel(3)
    weights = (_TOP, _TOP, model.weights[2])
    goals = []
    for pool in (2, 3):
        new = kept(model.law, weights, pool)
        goals.append(equal(new[0] * model.law[1], new[1] * model.law[0]))
    return Case(
        name="the best keep their proportions, three atoms",
        statement=Statement(
            variables=(*model.law_variables, *variables(_TOP, weights[2])),
            hypotheses=(*model.full_support, positive(_TOP), positive(weights[2])),
            conclusions=tuple(goals),
        ),
        witness=point({**model.at(["1/6", "1/3"]), _TOP: 2, weights[2]: 1}),
    )


def _divergence() -> Case:
    """p_* = (x, y)/(x + y) and p_t = P·p_*: KL(p_* ‖ p_t) = log(1/P)."""
    total = _FIRST + _SECOND
    best = [_FIRST / total, _SECOND / total]
    divergence = sympy.Add(*(p * sympy.log(p / (_P * p)) for p in best))
    return Case(
        name="divergence from the limit",
        statement=Statement(
            variables=variables(_FIRST, _SECOND, _P, typical=UNIT),
            hypotheses=(positive(_FIRST), positive(_SECOND), positive(_P), at_least(1, _P)),
            conclusions=(equal(divergence, sympy.log(1 / _P)),),
        ),
        witness=point({_FIRST: 1, _SECOND: 2, _P: 1}),
        suspects=(point({_FIRST: 1, _SECOND: 2, _P: "1/2"}),),
    )


def _growth(n: int, pools: tuple[int | None, ...]) -> Case:
    """Weights M = b + d on the first atom, b and b − f (on a third) on others: P' ≥ P + κP(1 − P)."""
    model, bound = OneCuratedModel(n), reals("b")[0]
    weights = (bound + _EXTRA + _LOSS, bound + _EXTRA, bound)[:n]
    mass, goals = model.law[0], []
    for pool in pools:
        part = sympy.Integer(1) if pool is None else sympy.Rational(pool - 1, pool)
        gain = part * _LOSS / weights[0] * mass * (1 - mass)
        goals.append(at_least(kept(model.law, weights, pool)[0], mass + gain))
    extra = () if n == 3 else (equal(_EXTRA),)
    names = ", ".join("∞" if pool is None else str(pool) for pool in pools)
    at = {**model.at([f"1/{n}"] * (n - 1)), bound: 1, _EXTRA: 0}
    return Case(
        name=f"growth of P on {n} atoms, K = {names}",
        statement=Statement(
            variables=(*model.law_variables, *variables(bound, _LOSS, _EXTRA, typical=UNIT)),
            hypotheses=(*model.is_law, positive(bound), at_least(_LOSS), at_least(_EXTRA), *extra),
            conclusions=tuple(goals),
        ),
        witness=point({**at, _LOSS: 0}),
        suspects=(point({**at, _LOSS: 1}), point({**at, _LOSS: "1/100"})),
    )


def _rate() -> Case:
    """P' ≥ P + κP(1 − P) and P ≥ P_0: P' ≥ P_0 and 1 − P' ≤ (1 − κP_0)(1 − P)."""
    (new,) = reals("Q")
    return Case(
        name="the rate",
        statement=Statement(
            variables=variables(_P, _START, _RATE, new, typical=UNIT),
            hypotheses=(
                positive(_START),
                at_least(_P, _START),
                at_least(1, _P),
                positive(_RATE),
                at_least(1, _RATE),
                at_least(new, _P + _RATE * _P * (1 - _P)),
            ),
            conclusions=(
                at_least(new, _START),
                at_least((1 - _RATE * _START) * (1 - _P), 1 - new),
                less(1 - _RATE * _START, 1),
            ),
        ),
        witness=point({_P: 1, _START: 1, _RATE: "1/2", new: 1}),
        suspects=(point({_P: "1/2", _START: "1/2", _RATE: "1/2", new: "5/8"}),),
    )


def _iterated(pool: int | None, rate: str) -> Case:
    """a = (4, 2, 1): the factor Kb/((K − 1)M + b), or b/M."""
    first, second = reals("p1 p2")
    law = (first, second, 1 - first - second)
    step = kept(law, tuple(map(sympy.Integer, (4, 2, 1))), pool)
    fifth = sympy.Rational(1, 5)
    return Case(
        name=f"iterated on three atoms, K = {'∞' if pool is None else pool}",
        statement=LimitStatement(
            variables=(first, second),
            step=step[:2],
            start=(fifth, 2 * fifth),
            limit=(sympy.Integer(1), sympy.Integer(0)),
            rate=sympy.Rational(rate),
        ),
    )


def _gaussian() -> Case:
    """m' = m + cv with c = v = 1."""
    (mean,) = reals("m")
    return Case(
        name="a Gaussian never settles",
        statement=LimitStatement(
            variables=(mean,), step=(mean + 1,), start=(sympy.Integer(0),), behaviour=Behaviour.LEAVES
        ),
    )


def _all_mass(
    hypothesis: int, pool: int, share: tuple[sympy.Expr, ...], values: dict[sympy.Symbol, Any]
) -> Sharpness:
    """Two atoms, a law that one round leaves, with mass on the best atom: it has all its mass there."""
    model = OneCuratedModel(2)
    part = share[0] if share else sympy.Integer(0)
    new = part / 2 + (1 - part) * kept(model.law, model.weights, pool)[0]
    return Sharpness(
        hypothesis=hypothesis,
        weakened=Statement(
            variables=(
                *model.law_variables,
                *model.weight_variables,
                *variables(*(reals("alpha") if share else ())),
            ),
            hypotheses=(
                positive(model.law[0]),
                at_least(1, model.law[0]),
                positive(model.weights[1]),
                less(model.weights[1], model.weights[0]),
                equal(model.law[0], new),
            ),
            conclusions=(equal(model.law[0], 1),),
        ),
        point=point(values),
    )


def _needs_no_real_data() -> Sharpness:
    """Uniform real data of share 1/5, a = (2, 1), K = 2: the law (3/4, 1/4) stays."""
    model, alpha = OneCuratedModel(2), reals("alpha")
    return _all_mass(0, 2, alpha, {**model.at(["3/4"], [2, 1]), alpha[0]: "1/5"})


def _needs_candidates() -> Sharpness:
    """K = 1: nothing is chosen, every law stays."""
    return _all_mass(1, 1, (), {**OneCuratedModel(2).at(["1/2"], [2, 1])})


def _needs_an_atom() -> Sharpness:
    """N(m, v) with r = cx: no state stays, since the mean moves by cv."""
    mean, variance, slope = reals("m v c")
    return Sharpness(
        hypothesis=2,
        weakened=Statement(
            variables=variables(mean, variance, slope),
            hypotheses=(positive(variance), positive(slope)),
            conclusions=(equal(mean + slope * variance, mean),),
        ),
        point=point({mean: 0, variance: 1, slope: 1}),
    )
