"""single.hilbert-contraction: with real data the tilt contracts Hilbert's projective metric.

Statement. One model on n atoms, real data p_ref > 0 with share α > 0, K = ∞: F(p) = αp_ref + (1 − α)C_∞(p),
where C_∞(p) ∝ a p, a > 0. On laws of full support, with d(p, q) = log max_{i,j} (p_i q_j)/(p_j q_i),

    d(F(p), F(q)) ≤ m/(1 + m) d(p, q),    m = (1 − α)/(α min p_ref).

So there is one equilibrium, and every start of full support (after one round, every start) tends to it at
that geometric rate. For α = 0, F is an isometry.

Argument. d is invariant under p ↦ a p, so the tilt is an isometry. For the rest write x, y for the tilted
laws, v = αp_ref, u_i = x_i/y_i; as both are laws, min u ≤ 1 ≤ max u. With k = (1 − α)x_i/v_i ≤ m and u_i ≥
1, the ratio of the new laws is (1 + k)/(1 + k/u_i) ≤ u_i^{k/(1 + k)} ≤ (max u)^{m/(1 + m)}, by the
inequality of the weighted means, 1/(1 + k) + (k/(1 + k))/u ≥ (1/u)^{k/(1 + k)}; where u_i ≤ 1 the ratio is
≤ 1. By exchange of x and y it is ≥ (min u)^{m/(1 + m)}. The quotient of the two bounds is the claim.
Infinitesimally: if p_i changes at the relative rate g_i, then F(p)_i does so at the rate w_i(g_i − ḡ), ḡ
the mean of g under x and w_i = (1 − α)x_i/F(p)_i ≤ m/(1 + m); since min g ≤ ḡ ≤ max g, two of these differ
by at most m/(1 + m)(max g − min g).

For finite K it is false: choice among pairs stretches d at every law on two atoms of unequal weights, and
with α = 1/100 and p_ref uniform by more than the factor 1 still.

Machine-checked. Two and three atoms, every law, all weights and every 0 < α ≤ 1: the rates w_i(g_i − ḡ), F
differentiated; for any number, w_i ≤ m/(1 + m) and the bound on two differences. For m = 1 and 2 the bound
on one ratio in the large. The isometry on three atoms. Two atoms, K = 2: the relative rate of the odds
exceeds 1.
"""

from __future__ import annotations

import sympy

from proofs_check.claim import Case, Claim, Provenance
from proofs_check.conditions.curated_with_real_data import projective_contraction
from proofs_check.conditions.ecosystem_condition import EcosystemCondition
from proofs_check.encoding.one_curated_model import OneCuratedModel, kept
from proofs_check.encoding.relations import at_least, equal, less, positive
from proofs_check.encoding.symbols import UNIT, column, point, reals, variables
from proofs_check.sharpness import Sharpness
from proofs_check.statements.statement import Statement
from theory.analysis import Analysis

_SHARE, _LEAST = reals("alpha qmin")


def claim() -> Claim:
    """The claim ``single.hilbert-contraction``."""
    return Claim(
        id="single.hilbert-contraction",
        title="With real data the tilt contracts Hilbert's projective metric",
        provenance=Provenance.DERIVED,
        source="",
        statement=(
            "F(p) = αp_ref + (1 − α)C_∞(p), p_ref > 0 on finitely many atoms, α > 0: Hilbert's "
            "projective metric "
            "contracts by the factor m/(1 + m), m = (1 − α)/(α min p_ref)."
        ),
        latex=(
            r"d\bigl(F(p),F(q)\bigr)\le\frac{m}{1+m}\,d(p,q),\qquad "
            r"m=\frac{1-\alpha}{\alpha\min p_{\mathrm{ref}}}"
        ),
        hypotheses=(
            "One model that can be any law on finitely many atoms; one reward.",
            "Real share α > 0 with p_ref > 0 everywhere.",
            "K = ∞.",
        ),
        cases=(
            *(_rates_case(n) for n in (2, 3)),
            _weight(),
            _difference(),
            *(_in_the_large(m) for m in (1, 2)),
            _isometry(3),
            _pairs(),
        ),
        scope="2 and 3 atoms infinitesimally, every number by the argument; m = 1, 2 in the large",
        sharpness=(_needs_real_data(), _needs_the_tilt()),
    )


def condition(analysis: Analysis) -> EcosystemCondition:
    """Whether one saturated model reads real data and its own tilted output alone."""
    return projective_contraction("single.hilbert-contraction", analysis)


def _rates_case(n: int) -> Case:
    """Rate of F(p)_1 = w_1(g_1 − ḡ), F differentiated by every p_j; its total mass is free."""
    law, real, moved = (tuple(column(name, n)) for name in "pqg")
    weights = tuple(column("a", n))
    tilted = kept(law, weights, None)
    new = _SHARE * real[0] + (1 - _SHARE) * tilted[0]
    rate = sympy.Add(*(new.diff(p) * p * g for p, g in zip(law, moved, strict=True))) / new
    mean = sympy.Add(*(x * g for x, g in zip(tilted, moved, strict=True)))
    at: dict[sympy.Symbol, object] = dict.fromkeys((*law, *weights), 1)
    at |= {**dict.fromkeys(real, sympy.Rational(1, n)), _SHARE: sympy.Rational(1, 2)}
    at |= {g: k for k, g in enumerate(moved)}
    return Case(
        name=f"rates, {n} atoms",
        statement=Statement(
            variables=variables(*law, *weights, real[0], *moved, _SHARE, typical=UNIT),
            hypotheses=(
                positive(_SHARE),
                at_least(1, _SHARE),
                *(positive(x) for x in (*law, *weights, real[0])),
            ),
            conclusions=(equal(rate, (1 - _SHARE) * tilted[0] / new * (moved[0] - mean)),),
        ),
        witness=point({s: v for s, v in at.items() if s not in real[1:]}),
    )


def _weight() -> Case:
    """w = (1 − α)x/(αq + (1 − α)x) ≤ m/(1 + m) for x ≤ 1 and q ≥ min q."""
    tilted, mass = reals("x q")
    most = (1 - _SHARE) / (_SHARE * _LEAST)
    return Case(
        name="weights at most m/(1 + m)",
        statement=Statement(
            variables=variables(_SHARE, _LEAST, tilted, mass, typical=UNIT),
            hypotheses=(
                positive(_SHARE),
                at_least(1, _SHARE),
                positive(_LEAST),
                at_least(mass, _LEAST),
                at_least(tilted),
                at_least(1, tilted),
            ),
            conclusions=(
                at_least(most / (1 + most), (1 - _SHARE) * tilted / (_SHARE * mass + (1 - _SHARE) * tilted)),
            ),
        ),
        witness=point({_SHARE: "1/2", _LEAST: "1/4", tilted: 1, mass: "1/4"}),
    )


def _difference() -> Case:
    """w_1(g_1 − ḡ) − w_2(g_2 − ḡ) ≤ W(high − low), 0 ≤ w ≤ W, all rates between low and high."""
    first, second, most, one, other, mean, low, high = reals("w1 w2 W g1 g2 gm l h")
    between = [bound for g in (one, other, mean) for bound in (at_least(g, low), at_least(high, g))]
    return Case(
        name="two rates differ by at most m/(1 + m) of the width",
        statement=Statement(
            variables=variables(first, second, most, one, other, mean, low, high),
            hypotheses=(
                at_least(first),
                at_least(second),
                at_least(most, first),
                at_least(most, second),
                *between,
            ),
            conclusions=(at_least(most * (high - low), first * (one - mean) - second * (other - mean)),),
        ),
        witness=point({first: 1, second: 1, most: 1, one: 1, other: 0, mean: "1/2", low: 0, high: 1}),
    )


def _in_the_large(m: int) -> Case:
    """((1 + k)/(1 + k/u))^{m + 1} ≤ u^m for u ≥ 1 and 0 ≤ k ≤ m."""
    ratio, load = reals("u k")
    return Case(
        name=f"in the large, m = {m}",
        statement=Statement(
            variables=variables(ratio, load, typical=(sympy.Rational(0), sympy.Rational(3))),
            hypotheses=(at_least(ratio, 1), at_least(load), at_least(m, load)),
            conclusions=(at_least(ratio**m, ((1 + load) / (1 + load / ratio)) ** (m + 1)),),
        ),
        witness=point({ratio: 1, load: 1}),
        suspects=(point({ratio: "11/10", load: 1}),),
    )


def _isometry(n: int) -> Case:
    """α = 0: cross ratios of two laws stay as they are."""
    first, second = OneCuratedModel(n), OneCuratedModel(n, name="q")
    (p, q), (x, y) = ((model.law, kept(model.law, first.weights, None)) for model in (first, second))
    return Case(
        name=f"the tilt is an isometry, {n} atoms",
        statement=Statement(
            variables=(*first.law_variables, *second.law_variables, *first.weight_variables),
            hypotheses=(*first.full_support, *second.full_support, *first.positive_weights),
            conclusions=(equal(q[0] * y[1] / (q[1] * y[0]), p[0] * x[1] / (p[1] * x[0])),),
        ),
        witness=point({**first.typical_point(), **second.at([f"1/{n}"] * (n - 1))}),
    )


def _odds_rate(share: sympy.Expr, pool: int | None) -> tuple[OneCuratedModel, sympy.Expr]:
    """Relative rate of the odds after a round, over that of the odds before; p_ref uniform on two atoms."""
    model = OneCuratedModel(2)
    p = model.free[0]
    new = share / 2 + (1 - share) * kept(model.law, model.weights, pool)[0]
    return model, new.diff(p) * p * (1 - p) / (new * (1 - new))


def _pairs() -> Case:
    """K = 2 alone stretches the odds, at every law on two atoms of unequal weights."""
    model, rate = _odds_rate(sympy.Integer(0), 2)
    first, second = model.weights
    return Case(
        name="choice among pairs stretches, two atoms",
        statement=Statement(
            variables=(*model.law_variables, *model.weight_variables),
            hypotheses=(*model.full_support, positive(first), less(first, second)),
            conclusions=(less(1, rate),),
        ),
        witness=point(model.typical_point()),
    )


def _needs_real_data() -> Sharpness:
    """p_ref with no mass on an atom, m unbounded: taking 1/2 for the least mass instead, the factor fails."""
    model, share = OneCuratedModel(2), _SHARE
    p, q = model.free[0], reals("q")[0]
    new = share * q + (1 - share) * kept(model.law, model.weights, None)[0]
    rate = new.diff(p) * p * (1 - p) / (new * (1 - new))
    most = 2 * (1 - share) / share
    return Sharpness(
        hypothesis=1,
        weakened=Statement(
            variables=(*model.law_variables, *model.weight_variables, *variables(share, q)),
            hypotheses=(
                *model.full_support,
                *model.positive_weights,
                positive(share),
                less(share, 1),
                at_least(q),
                at_least(1, q),
            ),
            conclusions=(at_least(most / (1 + most), rate),),
        ),
        point=point({**model.at(["1/1000"], [1, 1]), share: "1/2", q: 0}),
    )


def _needs_the_tilt() -> Sharpness:
    """K = 2, p_ref uniform, α = 1/100: the rate exceeds 1."""
    model, rate = _odds_rate(_SHARE, 2)
    most = 2 * (1 - _SHARE) / _SHARE
    return Sharpness(
        hypothesis=2,
        weakened=Statement(
            variables=(*model.law_variables, *model.weight_variables, *variables(_SHARE, typical=UNIT)),
            hypotheses=(*model.full_support, *model.positive_weights, positive(_SHARE), less(_SHARE, 1)),
            conclusions=(at_least(most / (1 + most), rate),),
        ),
        point=point({**model.at(["1/5"], [50, 1]), _SHARE: "1/100"}),
    )
