"""single.reward-floor: with real data, curation lifts E[e^r] by λ/(1 + λ) of one round's bound.

Statement. One model that can be any law, retrained from p_0 = p_ref on real data and λ ≥ 0 times as much of
its own output chosen from K ≥ 2 candidates (or K = ∞): p_{t+1} = (p_ref + λC_K(p_t))/(1 + λ), 0 < a = e^r ≤
M = e^{r*}. With V = ((K − 1)/K) Var_ref(a)/M, for every t ≥ 1,

    E_t[a] ≥ E_ref[a] + λ/(1 + λ) V,

in particular with λ/(1 + λ)² and λ/(1 + λ)³ in place of λ/(1 + λ). The constant λ/(1 + λ) is best possible:
it is attained at t = 1 in the limit of single.gain-bound.

Argument. Let d_t = E_t[a] − E_ref[a] and γ_t the gain E_{C_K(p_t)}[a] − E_t[a], so that d_{t+1} = λ/(1 +
λ)(d_t + γ_t). By single.gain-bound γ_t ≥ ((K − 1)/K) Var_t(a)/M. For t ≥ 1, p_t ≥ p_ref/(1 + λ), so for any
number x, E_t[(a − x)²] ≥ E_ref[(a − x)²]/(1 + λ) ≥ Var_ref(a)/(1 + λ); with x = E_t[a], Var_t(a) ≥
Var_ref(a)/(1 + λ) and γ_t ≥ V/(1 + λ). At t = 0, d_0 = 0 and γ_0 ≥ V: d_1 ≥ λ/(1 + λ) V. And d_t ≥ λ/(1 +
λ) V gives d_{t+1} ≥ λ/(1 + λ)(λ/(1 + λ) V + V/(1 + λ)) = λ/(1 + λ) V. [FBBG24] prove a floor of the form
λ/(1 + λ)³; the sharper constant was worked out here, and does not need that E_t[a] is monotone in t
(open.reward-monotone).

From another start it fails at finite t: a model that starts on the atom of least weight is below E_ref[a]
for ever longer, the larger λ.

Machine-checked. The first round from the draws, on two atoms (K = 2, 3, ∞) and three (K = 2, ∞). Three
atoms: the mixture with any law keeps Var_ref(a)/(1 + λ). The step in d, V and λ; the order of the three
constants. Two rounds on two atoms, K = ∞, by iteration. Sampled exactly: up to six atoms, one round with K
≤ 8 and two with K ≤ 3.
"""

from __future__ import annotations

import sympy

from proofs_check.claim import Case, Claim, Provenance
from proofs_check.conditions.curated_with_real_data import reward_floor
from proofs_check.conditions.ecosystem_condition import EcosystemCondition
from proofs_check.encoding.one_curated_model import OneCuratedModel, kept, mean_and_variance
from proofs_check.encoding.relations import at_least, equal, less, positive
from proofs_check.encoding.sampled_rounds import sampled_floors, why_not_above_the_floor
from proofs_check.encoding.symbols import UNIT, point, reals, variables
from proofs_check.sharpness import Sharpness, dropping
from proofs_check.statements.experiment import Experiment
from proofs_check.statements.statement import Condition, Statement
from theory.analysis import Analysis

_SHARE, _LIFT, _GAIN, _BOUND = reals("lam d gamma V")


def claim() -> Claim:
    """The claim ``single.reward-floor``."""
    return Claim(
        id="single.reward-floor",
        title="With real data, curation lifts the expected choice weight by λ/(1 + λ) of one round's bound",
        provenance=Provenance.DERIVED,
        source="",
        statement=(
            "p_{t+1} = (p_ref + λC_K(p_t))/(1 + λ), p_0 = p_ref, a = e^r ≤ M: for every t ≥ 1, "
            "E_t[a] ≥ E_ref[a] "
            "+ λ/(1 + λ) ((K − 1)/K) Var_ref(a)/M, hence also with λ/(1 + λ)² and λ/(1 + λ)³."
        ),
        latex=(
            r"\mathbb E_t[a]\ge\mathbb E_{\mathrm{ref}}[a]+\frac{\lambda}{1+\lambda}\,\frac{K-1}{K}\,"
            r"\frac{\operatorname{Var}_{\mathrm{ref}}(a)}{e^{r^*}}\qquad(t\ge1)"
        ),
        hypotheses=(
            "One model that can be any law; one reward, 0 < a = e^r ≤ M.",
            "λ ≥ 0 times as much curated output as real data; K ≥ 2 candidates, or K = ∞.",
            "The start is the real data, p_0 = p_ref.",
        ),
        cases=(
            _first_round(2, (2, 3, None)),
            _first_round(3, (2, None)),
            _keeps_variance(3),
            _step(),
            _constants(),
            _two_rounds(),
            _sampled(),
        ),
        scope=(
            "2 atoms, K = 2, 3, ∞, and 3 atoms, K = 2, ∞, symbolic; every t by the step; sampled to 6 atoms "
            "and K = 8"
        ),
        sharpness=(_needs_a_bound(), _needs_the_start()),
    )


def condition(analysis: Analysis) -> EcosystemCondition:
    """Whether one saturated model starts at its real data and curates by one reward."""
    return reward_floor("single.reward-floor", analysis)


def _first_round(n: int, pools: tuple[int | None, ...]) -> Case:
    """E_1[a] against the floor, atoms in rising order, M = a_n."""
    model = OneCuratedModel(n)
    weights = model.rising
    mean, variance = mean_and_variance(model.law, weights)
    goals = []
    for pool in pools:
        picked = kept(model.law, weights, pool)
        following = [(q + _SHARE * c) / (1 + _SHARE) for q, c in zip(model.law, picked, strict=True)]
        part = sympy.Integer(1) if pool is None else sympy.Rational(pool - 1, pool)
        floor = mean + _SHARE / (1 + _SHARE) * part * variance / weights[-1]
        goals.append(at_least(model.mean(weights, following), floor))
    at = {**model.at([f"1/{n}"] * (n - 1)), **dict(zip(model.gaps, (1, *[0] * (n - 1)), strict=True))}
    names = ", ".join("∞" if pool is None else str(pool) for pool in pools)
    return Case(
        name=f"first round on {n} atoms, K = {names}",
        statement=Statement(
            variables=(*model.law_variables, *model.gap_variables, *variables(_SHARE, typical=UNIT)),
            hypotheses=(*model.is_law, *model.rises_weakly, at_least(_SHARE)),
            conclusions=tuple(goals),
        ),
        witness=point({**at, _SHARE: 1}),
        suspects=(point({**at, **dict.fromkeys(model.gaps, 1), _SHARE: 1}),),
    )


def _keeps_variance(n: int) -> Case:
    """Var of a under (q + λc)/(1 + λ) is at least Var_q(a)/(1 + λ), whatever the law c."""
    model, other = OneCuratedModel(n, name="q"), OneCuratedModel(n, name="c")
    mixed = [(q + _SHARE * c) / (1 + _SHARE) for q, c in zip(model.law, other.law, strict=True)]
    kept_part = model.moments()[1] / (1 + _SHARE)
    at = {**model.at([f"1/{n}"] * (n - 1), [1] * n), **other.at([f"1/{n}"] * (n - 1))}
    return Case(
        name=f"the variance that stays, {n} atoms",
        statement=Statement(
            variables=(
                *model.law_variables,
                *other.law_variables,
                *model.weight_variables,
                *variables(_SHARE, typical=UNIT),
            ),
            hypotheses=(*model.is_law, *other.is_law, at_least(_SHARE)),
            conclusions=(at_least(mean_and_variance(mixed, model.weights)[1], kept_part),),
        ),
        witness=point({**at, _SHARE: 1}),
    )


def _lifted() -> Condition:
    return at_least(_LIFT, _SHARE / (1 + _SHARE) * _BOUND)


def _step() -> Case:
    """d ≥ λ/(1 + λ) V and γ ≥ V/(1 + λ): λ/(1 + λ)(d + γ) ≥ λ/(1 + λ) V."""
    following = _SHARE / (1 + _SHARE) * (_LIFT + _GAIN)
    return Case(
        name="from round to round",
        statement=Statement(
            variables=variables(_SHARE, _LIFT, _GAIN, _BOUND, typical=UNIT),
            hypotheses=(at_least(_SHARE), _lifted(), at_least(_GAIN, _BOUND / (1 + _SHARE))),
            conclusions=(at_least(following, _SHARE / (1 + _SHARE) * _BOUND),),
        ),
        witness=point({_SHARE: 1, _BOUND: 2, _LIFT: 1, _GAIN: 1}),
        suspects=(point({_SHARE: "-1/2", _BOUND: 1, _LIFT: 0, _GAIN: 4}),),
    )


def _constants() -> Case:
    """λ/(1 + λ) ≥ λ/(1 + λ)² ≥ λ/(1 + λ)³."""
    size = [_SHARE / (1 + _SHARE) ** k for k in (1, 2, 3)]
    return Case(
        name="the three constants",
        statement=Statement(
            variables=variables(_SHARE, typical=UNIT),
            hypotheses=(at_least(_SHARE),),
            conclusions=(at_least(size[0], size[1]), at_least(size[1], size[2])),
        ),
        witness=point({_SHARE: 0}),
    )


def _two_rounds() -> Case:
    """E_2[a] − E_ref[a] on two atoms by iteration, K = ∞."""
    model = OneCuratedModel(2)
    weights, law = model.rising, model.law
    for _ in range(2):
        picked = kept(law, weights, None)
        law = tuple((q + _SHARE * c) / (1 + _SHARE) for q, c in zip(model.law, picked, strict=True))
    mean, variance = mean_and_variance(model.law, weights)
    floor = mean + _SHARE / (1 + _SHARE) * variance / weights[-1]
    at = {**model.at(["1/2"]), **dict(zip(model.gaps, (1, 0), strict=True)), _SHARE: 1}
    return Case(
        name="two rounds, two atoms, K = ∞",
        statement=Statement(
            variables=(*model.law_variables, *model.gap_variables, *variables(_SHARE, typical=UNIT)),
            hypotheses=(*model.is_law, *model.rises_weakly, at_least(_SHARE)),
            conclusions=(at_least(model.mean(weights, law), floor),),
        ),
        witness=point(at),
        suspects=(point({**at, model.gaps[1]: 1}),),
    )


def _sampled() -> Case:
    experiment = Experiment(
        name="first rounds, up to six atoms, K ≤ 8",
        strategy=sampled_floors,
        predicate=why_not_above_the_floor,
        samples=40,
    )
    return Case(name=experiment.name, statement=experiment)


def _needs_a_bound() -> Sharpness:
    """The floor with M = 1 where the weights are 1 and 4, K = ∞, λ = 1."""
    model, bound = OneCuratedModel(2), sympy.Integer(1)
    mean, variance = model.moments()
    picked = kept(model.law, model.weights, None)
    after = (mean + _SHARE * model.mean(model.weights, picked)) / (1 + _SHARE)
    return Sharpness(
        hypothesis=0,
        weakened=Statement(
            variables=(*model.law_variables, *model.weight_variables, *variables(_SHARE)),
            hypotheses=(*model.is_law, *model.positive_weights, at_least(_SHARE)),
            conclusions=(at_least(after, mean + _SHARE / (1 + _SHARE) * variance / bound),),
        ),
        point=point({**model.at(["1/2"], [1, 4]), _SHARE: 1}),
    )


def _needs_the_start() -> Sharpness:
    """A start on the atom of weight 1 is at 5/4 < 3/2 after a round, K = 2, λ = 1."""
    real, start = OneCuratedModel(2, name="q"), OneCuratedModel(2)
    mean, variance = real.moments()
    picked = kept(start.law, real.weights, 2)
    after = (mean + _SHARE * real.mean(real.weights, picked)) / (1 + _SHARE)
    same_start = equal(start.law[0], real.law[0])
    case = Case(
        name="first round, two atoms, K = 2",
        statement=Statement(
            variables=(
                *real.law_variables,
                *start.law_variables,
                *real.weight_variables,
                *variables(_SHARE),
            ),
            hypotheses=(
                *real.is_law,
                *start.is_law,
                positive(real.weights[0]),
                less(real.weights[0], real.weights[1]),
                at_least(_SHARE),
                same_start,
            ),
            conclusions=(
                at_least(after, mean + _SHARE / (1 + _SHARE) ** 3 * variance / real.weights[1] / 2),
            ),
        ),
        witness=point({**real.at(["1/2"], [1, 2]), **start.at(["1/2"]), _SHARE: 1}),
    )
    at = point({**real.at(["1/2"], [1, 2]), **start.at([1]), _SHARE: 1})
    return dropping(case, same_start, hypothesis=2, point=at)
