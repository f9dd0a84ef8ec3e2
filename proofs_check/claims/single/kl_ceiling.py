"""single.kl-ceiling: with enough real data a curated model never exceeds a fixed multiple of its real data.

Statement. One model that can be any law, retrained from p_0 = p_ref on real data and λ times as much of its
own output chosen from K candidates: p_{t+1} = (p_ref + λC_K(p_t))/(1 + λ). If 0 ≤ λ(K − 1) < 1 then for all
t,

    p_t ≤ p_ref/(1 − λ(K − 1))    pointwise, hence    KL(p_t ‖ p_ref) ≤ −log(1 − λ(K − 1)).

Argument. An atom x among K draws is kept with probability at most K p(x): the chance that x is drawn at all
is at most that. (For any law: C_K(p) has the density E[K a(x)/(a(x) + Σ_{m<K} a(x_m))] ≤ K with respect to
p.) Put c = 1/(1 − λ(K − 1)) ≥ 1. Then p_0 ≤ c p_ref, and p_t ≤ c p_ref gives p_{t+1} ≤ p_ref (1 + λKc)/(1 +
λ) = c p_ref, because c(1 + λ) − λKc = c(1 − λ(K − 1)) = 1. KL(p‖q) = E_p log(p/q) ≤ log c where p ≤ cq.
[FBBG24] bound the divergence from the real data; this form was worked out here.

Beyond the range there is no such ceiling, whatever its form: for K = 2, every λ > 1 and C > 1 there are two
atoms on which an equilibrium has p* = C p_ref at the preferred one. It is reached from p_ref: on two atoms
the round F increases, and F(p) − p, concave and quadratic in the preferred one's p, is > 0 at p_ref and < 0
at 1, so it has one zero in between, to which the orbit rises.

Machine-checked. Two and three atoms, K = 2 and 3: C_K(p)_i ≤ K p_i for every law and all weights, from the
draws. The step for any real K ≥ 1. The divergence, given log(p_i/q_i) ≤ log c, on 3 atoms. Beyond the
range, K = 2: the family of equilibria.
"""

from __future__ import annotations

import sympy

from proofs_check.claim import Case, Claim, Provenance
from proofs_check.conditions.curated_with_real_data import ceiling
from proofs_check.conditions.ecosystem_condition import EcosystemCondition
from proofs_check.encoding.one_curated_model import OneCuratedModel, kept
from proofs_check.encoding.relations import at_least, equal, less, positive
from proofs_check.encoding.symbols import UNIT, column, point, reals, variables
from proofs_check.sharpness import Sharpness, dropping
from proofs_check.statements.statement import Condition, Statement
from theory.analysis import Analysis

_SHARE, _POOL, _LAW, _PICKED, _REAL = reals("lam K p c q")
_SKEW, _FACTOR = reals("g C")


def claim() -> Claim:
    """The claim ``single.kl-ceiling``."""
    return Claim(
        id="single.kl-ceiling",
        title="With λ < 1/(K − 1) a curated model stays below a multiple of its real data",
        provenance=Provenance.DERIVED,
        source="",
        statement=(
            "p_{t+1} = (p_ref + λC_K(p_t))/(1 + λ), p_0 = p_ref, λ(K − 1) < 1: for all t, p_t ≤ "
            "p_ref/(1 − λ(K − 1)) pointwise and KL(p_t ‖ p_ref) ≤ −log(1 − λ(K − 1)). For K = 2 and λ > 1 no "
            "ceiling holds."
        ),
        latex=(
            r"\lambda(K-1)<1,\ p_0=p_{\mathrm{ref}}\;\Rightarrow\;p_t\le"
            r"\frac{p_{\mathrm{ref}}}{1-\lambda(K-1)},\quad"
            r"\operatorname{KL}(p_t\,\|\,p_{\mathrm{ref}})\le-\log\bigl(1-\lambda(K-1)\bigr)"
        ),
        hypotheses=(
            "One model that can be any law; λ ≥ 0 times as much curated output as real data, K candidates.",
            "λ(K − 1) < 1.",
            "The start is the real data, p_0 = p_ref (or any p_0 below the ceiling).",
        ),
        cases=(
            *(_kept_at_most(n) for n in (2, 3)),
            _step(),
            _divergence(3),
            _no_ceiling(),
        ),
        scope="C_K ≤ K p on 2 and 3 atoms, K = 2, 3; the step for every K ≥ 1; any support by the argument",
        sharpness=(_needs_the_range(), _needs_the_start()),
    )


def condition(analysis: Analysis) -> EcosystemCondition:
    """Whether one saturated model starts at its real data, with λ(K − 1) < 1."""
    return ceiling("single.kl-ceiling", analysis)


def _kept_at_most(n: int) -> Case:
    model = OneCuratedModel(n)
    return Case(
        name=f"C_K ≤ K p on {n} atoms, K = 2 and 3",
        statement=Statement(
            variables=(*model.law_variables, *model.weight_variables),
            hypotheses=(*model.is_law, *model.positive_weights),
            conclusions=tuple(
                at_least(pool * p, chosen)
                for pool in (2, 3)
                for p, chosen in zip(model.law[:1], kept(model.law, model.weights, pool)[:1], strict=True)
            ),
        ),
        witness=point({**model.typical_point(), **dict.fromkeys(model.free, 0)}),
    )


def _step_hypotheses() -> tuple[Condition, ...]:
    return (at_least(_SHARE), at_least(_POOL, 1), at_least(_REAL), at_least(_POOL * _LAW, _PICKED))


def _in_range() -> Condition:
    return less(_SHARE * (_POOL - 1), 1)


def _below() -> Condition:
    return at_least(_REAL / (1 - _SHARE * (_POOL - 1)), _LAW)


def _step() -> Case:
    """p ≤ q/(1 − λ(K − 1)) and c ≤ K p give the same for (q + λc)/(1 + λ)."""
    following = (_REAL + _SHARE * _PICKED) / (1 + _SHARE)
    return Case(
        name="one round, any K",
        statement=Statement(
            variables=variables(_SHARE, _POOL, _REAL, _LAW, _PICKED, typical=UNIT),
            hypotheses=(*_step_hypotheses(), _in_range(), _below()),
            conclusions=(at_least(_REAL / (1 - _SHARE * (_POOL - 1)), following),),
        ),
        witness=point({_SHARE: "1/2", _POOL: 2, _REAL: "1/4", _LAW: "1/2", _PICKED: 1}),
        suspects=(point({_SHARE: "1/2", _POOL: 2, _REAL: "-1/4", _LAW: "-1/2", _PICKED: -1}),),
    )


def _divergence(n: int) -> Case:
    """Σ p_i l_i ≤ L where l_i = log(p_i/q_i) ≤ L = log c."""
    model, logs, (top,) = OneCuratedModel(n), column("l", n), reals("L")
    return Case(
        name=f"divergence on {n} atoms",
        statement=Statement(
            variables=(*model.law_variables, *variables(logs, top)),
            hypotheses=(*model.is_law, *(at_least(top, entry) for entry in logs)),
            conclusions=(at_least(top, model.mean(tuple(logs))),),
        ),
        witness=point({**model.at([f"1/{n}"] * (n - 1)), **dict.fromkeys(logs, 1), top: 1}),
    )


def _no_ceiling() -> Case:
    """λ > 1, K = 2, weights 1 + g and 1 − g with 1/λ < g < 1: an equilibrium with p = C q, any C > 1."""
    ends = (_SHARE * _SKEW - 1) / (_SHARE * _SKEW) + 1 / (_SHARE * _SKEW * _FACTOR)
    start = ends / _FACTOR
    picked = kept((ends, 1 - ends), (1 + _SKEW, 1 - _SKEW), 2)[0]
    return Case(
        name="no ceiling beyond the range, K = 2",
        statement=Statement(
            variables=variables(_SHARE, _SKEW, _FACTOR, typical=(sympy.Rational(1, 2), sympy.Rational(4))),
            hypotheses=(less(1, _SHARE), less(1, _SHARE * _SKEW), less(_SKEW, 1), less(1, _FACTOR)),
            conclusions=(
                positive(start),
                less(ends, 1),
                equal(ends, (start + _SHARE * picked) / (1 + _SHARE)),
                equal(ends, _FACTOR * start),
            ),
        ),
        witness=point({_SHARE: 2, _SKEW: "3/4", _FACTOR: 10}),
    )


def _needs_the_range() -> Sharpness:
    """λ = 2, K = 2, weights 7/4 and 1/4: an equilibrium with p = 10 q."""
    model = OneCuratedModel(2)
    picked = kept(model.law, model.weights, 2)[0]
    return Sharpness(
        hypothesis=1,
        weakened=Statement(
            variables=(*model.law_variables, *model.weight_variables, *variables(_SHARE, _REAL)),
            hypotheses=(
                *model.is_law,
                *model.positive_weights,
                at_least(_SHARE),
                positive(_REAL),
                less(_REAL, 1),
                equal(model.law[0], (_REAL + _SHARE * picked) / (1 + _SHARE)),
            ),
            conclusions=(at_least(_REAL / (1 - _SHARE), model.law[0]),),
        ),
        point=point({**model.at(["2/5"], ["7/4", "1/4"]), _SHARE: 2, _REAL: "1/25"}),
    )


def _needs_the_start() -> Sharpness:
    """q = 0 where the start has mass: what is chosen keeps some there."""
    at = point({_SHARE: "1/2", _POOL: 2, _REAL: 0, _LAW: "1/2", _PICKED: "1/2"})
    return dropping(_step(), _below(), hypothesis=2, point=at)
