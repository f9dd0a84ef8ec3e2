"""single.isolated-curation-helps: in one saturated model alone more curation raises the reward.

Statement. One model that can be any law on finitely many atoms, p_ref of full support with share 0 < α < 1,
the rest its own output, a part λ of it tilted by a = e^r > 0 (K = ∞), r not constant: p' = αp_ref + (1 −
α)[(1 − λ)p + λC_∞(p)], 0 < λ ≤ 1. Its only equilibrium is

    p* ∝ p_ref/(c − a),    c > max a the only root of E_ref[a/(c − a)] = (1 − α)λ/α.

So p* depends on α and λ through (1 − α)λ/α, curated over real share: the raw own share drops out.
E_{p*}[f(r)] rises strictly in λ for every increasing f that is not constant on the support.

Argument. With Z = E_p[a], stationarity reads p_i(α + (1 − α)λ − (1 − α)λa_i/Z) = αp_ref,i > 0. Put c = Z(α
+ (1 − α)λ)/((1 − α)λ): p_i = (α/((1 − α)λ)) Z p_ref,i/(c − a_i), so c > a_i; and Σ a_i p_i = Z gives the
equation for c. Conversely a root c makes p_i, with Z the number that normalises it, stationary. The left
side of the equation falls strictly from ∞ to 0 on (max a, ∞): one root, and a larger λ has a smaller c. For
c < c' the ratio of the two equilibria is proportional to (c' − a)/(c − a), which increases strictly in a:
p* at c dominates that at c' in the likelihood ratio order, hence every tail P(a ≥ x) is larger, strictly
for 0 < P < 1, and so is E f(r). [WZZ26] state in their abstract that curation alone improves alignment in
isolation; the form and the proof were worked out here.

Machine-checked. Two and three atoms: an equilibrium has the form, and (two atoms) c is a root; three atoms:
a root gives an equilibrium; two and three: for c' > c > max a every tail is strictly larger at c, and
E_ref[a/(c − a)] too; curated over real share rises in λ.
"""

from __future__ import annotations

from typing import Any

import sympy

from proofs_check.claim import Case, Claim, Provenance
from proofs_check.conditions.curated_with_real_data import isolated_curation
from proofs_check.conditions.ecosystem_condition import EcosystemCondition
from proofs_check.encoding.one_curated_model import OneCuratedModel, kept
from proofs_check.encoding.relations import at_least, equal, less, positive, unequal
from proofs_check.encoding.symbols import UNIT, point, reals, variables
from proofs_check.sharpness import Sharpness, dropping
from proofs_check.statements.statement import Condition, Statement
from theory.analysis import Analysis

_ALPHA, _PART, _MORE = reals("alpha lam nu")
_C, _EXCESS, _STEP = reals("c e d")
_CURATED = (1 - _ALPHA) * _PART


def claim() -> Claim:
    """The claim ``single.isolated-curation-helps``."""
    return Claim(
        id="single.isolated-curation-helps",
        title="One saturated model alone: more curation raises every increasing function of the reward",
        provenance=Provenance.DERIVED,
        source="",
        statement=(
            "p' = αp_ref + (1 − α)[(1 − λ)p + λC_∞(p)], 0 < α < 1, p_ref of full support: p* ∝ "
            "p_ref/(c − a), "
            "E_ref[a/(c − a)] = (1 − α)λ/α; E_{p*}[f(r)] rises in λ for every increasing f; the "
            "raw self share drops "
            "out of p*."
        ),
        latex=(
            r"p^*\propto\frac{p_{\mathrm{ref}}}{c-a},\qquad \mathbb E_{\mathrm{ref}}\Bigl[\frac{a}{c-a}\Bigr]"
            r"=\frac{(1-\alpha)\lambda}{\alpha},\qquad \frac{d}{d\lambda}\mathbb E_{p^*}[f(r)]>0"
        ),
        hypotheses=(
            "One model that can be any law on finitely many atoms; one reward, not constant; K = ∞.",
            "Real share 0 < α < 1, p_ref of full support.",
            "Curated part 0 < λ ≤ 1 of the rest, which is the model's own output.",
        ),
        cases=(
            *(_has_the_form(n) for n in (2, 3)),
            _is_stationary(3),
            *(_tails(n) for n in (2, 3)),
            _share_rises(),
        ),
        scope="2 and 3 atoms symbolic; every finite support by the argument",
        sharpness=(_needs_levels(), _needs_real_data(), _needs_curation()),
    )


def condition(analysis: Analysis) -> EcosystemCondition:
    """Whether one saturated model with real data curates its own output by one reward."""
    return isolated_curation("single.isolated-curation-helps", analysis)


def _domain() -> tuple[Condition, ...]:
    return (positive(_ALPHA), less(_ALPHA, 1), positive(_PART), at_least(1, _PART))


def _next(real: OneCuratedModel, law: OneCuratedModel, i: int) -> sympy.Expr:
    """Atom i after one round."""
    picked = kept(law.law, real.weights, None)[i]
    return _ALPHA * real.law[i] + (1 - _ALPHA) * ((1 - _PART) * law.law[i] + _PART * picked)


def _uniform(n: int) -> dict[sympy.Symbol, Any]:
    real, law = OneCuratedModel(n, name="q"), OneCuratedModel(n)
    same = [f"1/{n}"] * (n - 1)
    return {**real.at(same, [1] * n), **law.at(same), _ALPHA: "1/2", _PART: 1}


def _has_the_form(n: int) -> Case:
    """c = Z(α + w)/w, w = (1 − α)λ, exceeds every weight; p_i/p_j as stated; on two atoms c is a root."""
    real, law = OneCuratedModel(n, name="q"), OneCuratedModel(n)
    total = law.mean(real.weights)
    (p, o), (q, x), (a, b) = law.law[:2], real.law[:2], real.weights[:2]
    level = real.mean([w / (_C - w) for w in real.weights])
    return Case(
        name=f"an equilibrium has the form, {n} atoms",
        statement=Statement(
            variables=(
                *real.law_variables,
                *law.law_variables,
                *real.weight_variables,
                *variables(_ALPHA, _PART, _C, typical=UNIT),
            ),
            hypotheses=(
                *_domain(),
                *real.full_support,
                *real.positive_weights,
                *law.full_support,
                positive(total),
                equal(_CURATED * _C, total * (_ALPHA + _CURATED)),
                *(equal(law.law[i], _next(real, law, i)) for i in range(n)),
            ),
            conclusions=(
                *(positive(_C - w) for w in real.weights),
                equal(p * x * (_C - a), o * q * (_C - b)),
                *((equal(level, _CURATED / _ALPHA),) if n == 2 else ()),
            ),
        ),
        witness=point({**_uniform(n), _C: 2}),
    )


def _is_stationary(n: int) -> Case:
    """A root c > max a gives an equilibrium, the curated share w = (1 − α)λ and the raw share 1 − α − w.

    p_i = (α/w) Z q_i/(c − a_i) with Z = wc/(α + w).
    """
    real, share = OneCuratedModel(n, name="q"), reals("w")[0]
    total = share * _C / (_ALPHA + share)
    law = [_ALPHA / share * total * q / (_C - a) for q, a in zip(real.law, real.weights, strict=True)]
    chosen = law[0] * real.weights[0] / total
    new = _ALPHA * real.law[0] + (1 - _ALPHA - share) * law[0] + share * chosen
    level = real.mean([w / (_C - w) for w in real.weights])
    return Case(
        name=f"a root gives an equilibrium, {n} atoms",
        statement=Statement(
            variables=(
                *real.law_variables,
                *real.weight_variables,
                *variables(_ALPHA, share, _C, typical=UNIT),
            ),
            hypotheses=(
                positive(_ALPHA),
                positive(share),
                unequal(_ALPHA + share),
                *real.full_support,
                *real.positive_weights,
                positive(_C),
                *(positive(_C - a) for a in real.weights),
                equal(level, share / _ALPHA),
            ),
            conclusions=(
                equal(sympy.Add(*law), 1),
                equal(real.mean(real.weights, law), total),
                equal(new, law[0]),
            ),
        ),
        witness=point({**real.at([f"1/{n}"] * (n - 1), [1] * n), _ALPHA: "1/2", share: "1/2", _C: 2}),
    )


def _tails(n: int) -> Case:
    """Atoms in rising order, c = a_n + e and c + d: tails, and the curated share, are larger at c."""
    real = OneCuratedModel(n, name="q")
    near, far = real.rising[-1] + _EXCESS, real.rising[-1] + _EXCESS + _STEP

    def tail(c: sympy.Expr, k: int) -> sympy.Expr:
        parts = [q / (c - a) for q, a in zip(real.law, real.rising, strict=True)]
        return sympy.Add(*parts[k:]) / sympy.Add(*parts)

    def level(c: sympy.Expr) -> sympy.Expr:
        return real.mean([a / (c - a) for a in real.rising])

    return Case(
        name=f"a smaller c raises every tail, {n} atoms",
        statement=Statement(
            variables=(*real.law_variables, *real.gap_variables, *variables(_EXCESS, _STEP, typical=UNIT)),
            hypotheses=(*real.full_support, *real.rises, positive(_EXCESS), positive(_STEP)),
            conclusions=(
                less(level(far), level(near)),
                *(less(tail(far, k), tail(near, k)) for k in range(1, n)),
            ),
        ),
        witness=point(
            {**real.at([f"1/{n}"] * (n - 1)), **dict.fromkeys(real.gaps, 1), _EXCESS: 1, _STEP: "1/100"}
        ),
    )


def _share_rises() -> Case:
    """Curated over real share at λ and at λ + ν."""
    more = (1 - _ALPHA) * (_PART + _MORE) / _ALPHA
    return Case(
        name="curated over real share rises in λ",
        statement=Statement(
            variables=variables(_ALPHA, _PART, _MORE, typical=UNIT),
            hypotheses=(*_domain()[:3], positive(_MORE)),
            conclusions=(less(_CURATED / _ALPHA, more),),
        ),
        witness=point({_ALPHA: "1/2", _PART: "1/2", _MORE: "1/1000"}),
    )


def _needs_levels() -> Sharpness:
    """Equal weights: no tail moves."""
    case, real = _tails(2), OneCuratedModel(2, name="q")
    at = {**real.at(["1/2"]), **dict(zip(real.gaps, (1, 0), strict=True)), _EXCESS: 1, _STEP: 1}
    return dropping(case, positive(real.gaps[1]), hypothesis=0, point=point(at))


def _at_equilibrium(
    hypothesis: int,
    share: tuple[Condition, ...],
    laws: tuple[Condition, ...],
    conclusion: Condition,
    values: dict[sympy.Symbol, Any],
) -> Sharpness:
    """What an equilibrium on two atoms need not satisfy without some hypothesis."""
    real, law = OneCuratedModel(2, name="q"), OneCuratedModel(2)
    return Sharpness(
        hypothesis=hypothesis,
        weakened=Statement(
            variables=(
                *real.law_variables,
                *law.law_variables,
                *real.weight_variables,
                *variables(_ALPHA, _PART, _C),
            ),
            hypotheses=(*share, *laws, *real.positive_weights, equal(law.law[0], _next(real, law, 0))),
            conclusions=(conclusion,),
        ),
        point=point(values),
    )


def _needs_real_data() -> Sharpness:
    """No real data on the better atom: a law on the other is stationary, and c = 2 < a_2."""
    real, law = OneCuratedModel(2, name="q"), OneCuratedModel(2)
    values = {**real.at([1], [1, 4]), **law.at([1]), _ALPHA: "1/2", _PART: 1, _C: 2}
    level = equal(_CURATED * _C, law.mean(real.weights) * (_ALPHA + _CURATED))
    laws = (*real.is_law, *law.is_law, level)
    return _at_equilibrium(1, _domain(), laws, positive(_C - real.weights[1]), values)


def _needs_curation() -> Sharpness:
    """λ = 0: p* = p_ref, which is not in proportion to p_ref/(c − a) for unequal weights."""
    real, law = OneCuratedModel(2, name="q"), OneCuratedModel(2)
    (p, o), (q, x), (a, b) = law.law, real.law, real.weights
    values = {**real.at(["1/2"], [1, 2]), **law.at(["1/2"]), _ALPHA: "1/2", _PART: 0, _C: 3}
    share = (positive(_ALPHA), less(_ALPHA, 1), at_least(_PART), at_least(1, _PART))
    form = equal(p * x * (_C - a), o * q * (_C - b))
    return _at_equilibrium(2, share, (*real.full_support, *law.full_support), form, values)
