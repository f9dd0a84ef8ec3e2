"""single.gain-bound: a round of choice adds at least ((K − 1)/K) Var(a)/e^{r*} to the expected choice weight.

Statement. One model that can be any law, no real data, users who keep one of K candidates with probability
in proportion to a = e^r ≤ M = e^{r*}. Then

    E_{t+1}[a] ≥ E_t[a] + ((K − 1)/K) Var_t(a)/M,        (K − 1)/K = 1 for K = ∞.

If moreover a ≥ m > 0 then the gain is at most M/m times that, so the bound is tight as m/M → 1. On two
atoms of weights m < M the ratio of gain to bound lies between

    KM/((K − 1)M + m),  its limit as P(M) → 1,    and    KM/(M + (K − 1)m),  its limit as P(m) → 1;

for K = 2 both are 2M/(M + m). So at finite K the bound is not tight on two given atoms; at K = ∞ the ratio
is M/E_t[a], which tends to 1 as P(M) → 1.

Argument. The gain is E[s²/ā] (single.gain-identity), ā ≤ M, and the population variance of K independent
draws has E[s²] = ((K − 1)/K) Var_t(a). With ā ≥ m instead, the gain is at most that over m. On two atoms a
choice set with j of weight M has s² = j(K − j)(M − m)²/K² and ā = m + j(M − m)/K, so the gain is Σ over 0 <
j < K of its chance times s²/ā; sets with j = 0 and K add nothing, the others have m + (M − m)/K ≤ ā ≤ M −
(M − m)/K, and as P(M) → 1 all but a vanishing part of E[s²] comes from j = K − 1 (as P(m) → 1 from j = 1).
The bound is [FBBG24]'s; how tight it is was worked out here.

Machine-checked. Two atoms (K = 2, 3, ∞) and three (K = 2, ∞), every law, all weights 0 < a ≤ M: the bound,
from the draws. K = 2 and 3: E[s²] = ((K − 1)/K) Var(a). One choice set of 3 candidates: s²/M ≤ s²/ā ≤ s²/m.
Two atoms, K = 2 and 3: the ratio is P(M) times the lower bound plus P(m) times the upper one. Sampled
exactly: up to six atoms, K ≤ 8.
"""

from __future__ import annotations

import sympy

from proofs_check.claim import Case, Claim, Provenance
from proofs_check.conditions.choice_alone import one_round_gain
from proofs_check.conditions.ecosystem_condition import EcosystemCondition
from proofs_check.encoding.one_curated_model import (
    OneCuratedModel,
    candidate_sets,
    kept,
    mean_and_variance,
    within_set,
)
from proofs_check.encoding.relations import at_least, equal, less, positive
from proofs_check.encoding.sampled_rounds import sampled_rounds, why_not_the_gain
from proofs_check.encoding.symbols import column, point, real, reals, variables
from proofs_check.sharpness import Sharpness, dropping
from proofs_check.statements.experiment import Experiment
from proofs_check.statements.statement import Relation, Statement
from theory.analysis import Analysis

_POOLS = (2, 3)
_ATOMS = (2, 3)
_LEAST, _EXCESS = reals("m e")


def claim() -> Claim:
    """The claim ``single.gain-bound``."""
    return Claim(
        id="single.gain-bound",
        title="A round of choice adds at least ((K − 1)/K) Var(a)/e^{r*} to the expected choice weight",
        provenance=Provenance.STATED,
        source="FBBG24",
        statement=(
            "p_{t+1} = C_K(p_t), a = e^r ≤ M: E_{t+1}[a] ≥ E_t[a] + ((K − 1)/K) Var_t(a)/M. With a ≥ m the "
            "gain is at most M/m times that; on two atoms gain/bound lies between KM/((K − 1)M + "
            "m), its limit "
            "as P(M) → 1, and KM/(M + (K − 1)m), and at K = ∞ it is M/E_t[a]."
        ),
        latex=r"\mathbb E_{t+1}[a]\ge\mathbb E_t[a]+\frac{K-1}{K}\frac{\operatorname{Var}_t(a)}{e^{r^*}}",
        hypotheses=(
            "One model that can be any law; one reward, 0 < a = e^r ≤ M = e^{r*}.",
            "All of the next training set is chosen from K candidates: no real data.",
        ),
        cases=(
            _one_set(3),
            *(_variance(n) for n in _ATOMS),
            bound(2, (2, 3, None)),
            bound(3, (2, None)),
            *(_ratio(pool) for pool in _POOLS),
            _ratio_at_infinity(3),
            _sampled(),
        ),
        scope=(
            "2 atoms, K = 2, 3, ∞, and 3 atoms, K = 2, ∞, symbolic; choice sets of 3; sampled to 6 "
            "atoms and K = 8"
        ),
        sharpness=(_needs_a_bound(), _needs_no_real_data()),
    )


def condition(analysis: Analysis) -> EcosystemCondition:
    """Whether one saturated model reads only its own output, curated by one reward."""
    return one_round_gain("single.gain-bound", analysis)


def _one_set(size: int) -> Case:
    """s²/M ≤ s²/ā ≤ s²/m."""
    model = OneCuratedModel(size)
    mean, variance = within_set((1,) * size, model.weights)
    return Case(
        name=f"one choice set of {size}",
        statement=Statement(
            variables=(*model.weight_variables, *variables(model.top, _LEAST)),
            hypotheses=(positive(_LEAST), *model.bounded, *(at_least(a, _LEAST) for a in model.weights)),
            conclusions=(
                at_least(variance / mean, variance / model.top),
                at_least(variance / _LEAST, variance / mean),
            ),
        ),
        witness=point({**dict.fromkeys(model.weights, 2), model.top: 2, _LEAST: 2}),
    )


def _variance(n: int) -> Case:
    """E[s²] = ((K − 1)/K) Var(a), K = 2 and 3."""
    model = OneCuratedModel(n)

    def expected(pool: int) -> sympy.Expr:
        sets = candidate_sets(model.law, pool)
        return sympy.Add(*(q * within_set(counts, model.weights)[1] for q, counts in sets))

    return Case(
        name=f"E[s²] on {n} atoms, K = 2 and 3",
        statement=Statement(
            variables=(*model.law_variables, *model.weight_variables),
            hypotheses=(),
            conclusions=tuple(
                equal(expected(pool), sympy.Rational(pool - 1, pool) * model.moments()[1]) for pool in _POOLS
            ),
        ),
        witness=point(model.typical_point()),
    )


def bound(n: int, pools: tuple[int | None, ...]) -> Case:
    """The gain, from what is kept of each atom, against its bound; atoms in rising order, M = a_n + e."""
    model = OneCuratedModel(n)
    weights = model.rising
    mean, variance = mean_and_variance(model.law, weights)
    goals = []
    for pool in pools:
        gain = model.mean(weights, kept(model.law, weights, pool)) - mean
        part = sympy.Integer(1) if pool is None else sympy.Rational(pool - 1, pool)
        goals.append(at_least(gain, part * variance / (weights[-1] + _EXCESS)))
    at = {**model.at([f"1/{n}"] * (n - 1)), **dict(zip(model.gaps, (1, *[0] * (n - 1)), strict=True))}
    return Case(
        name=f"bound on {n} atoms, K = {', '.join('∞' if pool is None else str(pool) for pool in pools)}",
        statement=Statement(
            variables=(*model.law_variables, *model.gap_variables, *variables(_EXCESS)),
            hypotheses=(*model.is_law, *model.rises_weakly, at_least(_EXCESS)),
            conclusions=tuple(goals),
        ),
        witness=point({**at, _EXCESS: 0}),
        suspects=(point({**at, **dict.fromkeys(model.gaps, 1), _EXCESS: 0}),),
    )


def _two_levels() -> tuple[OneCuratedModel, sympy.Symbol, sympy.Symbol]:
    """Two atoms: p_1 = P(M), weights M and m."""
    return OneCuratedModel(2), real("M"), _LEAST


def _ratio(pool: int) -> Case:
    """K = 2, 3: gain/bound is p_1 KM/((K − 1)M + m) + p_2 KM/(M + (K − 1)m)."""
    model, high, low = _two_levels()
    weights = (high, low)
    gain = model.mean(weights, kept(model.law, weights, pool)) - model.mean(weights)
    variance = model.law[0] * model.law[1] * (high - low) ** 2
    ratio = gain / (sympy.Rational(pool - 1, pool) * variance / high)
    least, most = pool * high / ((pool - 1) * high + low), pool * high / (high + (pool - 1) * low)
    between: tuple[Relation, ...] = (less(least, ratio), less(ratio, most)) if pool == 3 else ()
    mixed = equal(ratio, model.law[0] * least + model.law[1] * most)
    return Case(
        name=f"two atoms, gain over bound, K = {pool}",
        statement=Statement(
            variables=(*model.law_variables, *variables(high, low)),
            hypotheses=(*model.full_support, positive(low), less(low, high)),
            conclusions=(mixed, *between, less(1, least)),
        ),
        witness=point({**model.at(["1/3"]), high: 2, low: 1}),
    )


def _ratio_at_infinity(n: int) -> Case:
    """K = ∞: the gain is Var(a)/E[a], so gain/bound is M/E[a]."""
    model = OneCuratedModel(n)
    mean, variance = model.moments()
    gain = model.mean(model.weights, kept(model.law, model.weights, None)) - mean
    return Case(
        name=f"{n} atoms, gain over bound, K = ∞",
        statement=Statement(
            variables=(*model.law_variables, *model.weight_variables, *variables(model.top)),
            hypotheses=(*model.full_support, *model.positive_weights, positive(model.top)),
            conclusions=(equal(gain, model.top / mean * (variance / model.top)),),
        ),
        witness=point({**model.typical_point(), model.top: n}),
    )


def _sampled() -> Case:
    experiment = Experiment(
        name="up to six atoms, K ≤ 8", strategy=sampled_rounds, predicate=why_not_the_gain, samples=60
    )
    return Case(name=experiment.name, statement=experiment)


def _needs_a_bound() -> Sharpness:
    """Weights 1 and 3 against M = 1."""
    case, model = bound(2, (2,)), OneCuratedModel(2)
    at = point({**model.at(["1/2"]), **dict(zip(model.gaps, (1, 2), strict=True)), _EXCESS: -2})
    return dropping(case, at_least(_EXCESS), hypothesis=0, point=at)


def _needs_no_real_data() -> Sharpness:
    """A model of weight 2 on real data of weight 1."""
    model, share, (first, _) = OneCuratedModel(2), real("alpha"), column("a", 2)
    mixed = [
        share * q + (1 - share) * c for q, c in zip((1, 0), kept(model.law, model.weights, 2), strict=True)
    ]
    mean, variance = model.moments()
    return Sharpness(
        hypothesis=1,
        weakened=Statement(
            variables=(*model.law_variables, *model.weight_variables, *variables(model.top, share)),
            hypotheses=(*model.is_law, positive(first), *model.bounded, at_least(share), less(share, 1)),
            conclusions=(at_least(model.mean(model.weights, mixed), mean + variance / model.top / 2),),
        ),
        point=point({**model.at([0], [1, 2]), model.top: 2, share: "1/2"}),
    )
