"""single.tilt-limit: choice among K candidates tends to the tilt as K → ∞, with an error of at most const/K.

Statement. Let 0 < m ≤ a = e^r on the support of p, E_p[a²] finite, and Z = E_p[a]. For every K ≥ 1 and
every function f with values in an interval of length ≤ 1 (indicators of events, say), with h = f −
E_{C_∞(p)} f,

    |E_{C_K(p)} f − E_{C_∞(p)} f| ≤ √(E[h²a²] Var(a))/(K m Z) ≤ √(E[a²] Var(a))/(K m Z).

So C_K(p) → C_∞(p) in total variation at the rate O(1/K). The rate is exact: K times the difference tends to
−Cov(ha, a)/Z².

Argument. Of K draws write ā = (1/K)Σ a(x_k) and g = (1/K)Σ h(x_k)a(x_k). The draw that is kept has the
conditional mean Σ h(x_k)a(x_k)/Σ a(x_k) = g/ā of h, so E_{C_K}f − E_{C_∞}f = E[g/ā] = E[g/ā − g/Z] = E[g(Z
− ā)/(āZ)], since E[g] = E_p[ha] = 0. Now ā ≥ m, and Cauchy–Schwarz bounds E|g||Z − ā| by the root of
E[g²]E[(Z − ā)²] = (E[h²a²]/K)(Var(a)/K), means of K independent terms of mean 0 and Z. |h| ≤ 1 gives the
second bound. Exactness: K·E[g(Z − ā)]/Z² = −Cov(ha, a)/Z², and what is left, E[g(Z − ā)²/(āZ²)], is
O(K^{−3/2}) for bounded a. [FBBG24] state the limit.

Unbounded rewards. If E[e^r] is infinite there is no tilt: exponential law of rate θ_0 with r = cx, c ≥ θ_0.

Machine-checked. Two and three atoms, K = 2 and 3, f the indicator of the first atom, every law: E_{C_K}f −
E_{C_∞}f = E[g(Z − ā)/(āZ)], and E[g²] = E[h²a²]/K, E[(Z − ā)²] = Var(a)/K, from the draws. For one outcome
of the draws and every t > 0, 2mZ·g(Z − ā)/(āZ) ≤ tg² + (Z − ā)²/t, from which the bound follows with the
best t. Two atoms, K = 2: the bound itself, squared. Sampled exactly, squared: up to six atoms, K ≤ 8.
"""

from __future__ import annotations

import sympy

from proofs_check.claim import Case, Claim, Provenance
from proofs_check.encoding.one_curated_model import OneCuratedModel, candidate_sets, kept, within_set
from proofs_check.encoding.relations import at_least, equal, positive, unequal
from proofs_check.encoding.sampled_rounds import sampled_rounds, why_far_from_the_tilt
from proofs_check.encoding.symbols import point, reals, variables
from proofs_check.sharpness import Sharpness
from proofs_check.statements.experiment import Experiment
from proofs_check.statements.statement import Statement

_LEAST, _MEAN, _SET_MEAN, _SET, _T = reals("m Z A g t")


def claim() -> Claim:
    """The claim ``single.tilt-limit``."""
    return Claim(
        id="single.tilt-limit",
        title="Choice among K candidates is the tilt up to an error of order 1/K",
        provenance=Provenance.STATED,
        source="FBBG24",
        statement=(
            "C_K(p) → p e^r/E_p[e^r] as K → ∞: for a = e^r ≥ m > 0 with E[a²] < ∞, TV(C_K(p), C_∞(p)) ≤ "
            "√(E[a²] Var(a))/(K m E[a]), and 1/K is the exact order."
        ),
        latex=(
            r"\mathrm{TV}\bigl(C_K(p),C_\infty(p)\bigr)\le\frac{\sqrt{\mathbb E[a^2]\operatorname{Var}(a)}}"
            r"{K\,\min a\;\mathbb E[a]},\qquad a=e^r"
        ),
        hypotheses=(
            "One reward; r is bounded: a = e^r ≥ m > 0 with E_p[a²] finite.",
            "K independent candidates, kept with probability in proportion to a.",
        ),
        cases=(
            *(_difference(n) for n in (2, 3)),
            *(_second_moments(n) for n in (2, 3)),
            *(_one_set(sign) for sign in (1, -1)),
            _two_atoms(),
            _sampled(),
        ),
        scope="2 and 3 atoms, K = 2, 3 symbolic; any law and K by the argument; sampled to 6 atoms and K = 8",
        sharpness=(_needs_a_tilt(), _needs_the_rule()),
    )


def _centred(model: OneCuratedModel) -> list[sympy.Expr]:
    """h a, h = 1_{first} − C_∞(p)_1."""
    tilted = kept(model.law, model.weights, None)[0]
    return [(int(i == 0) - tilted) * a for i, a in enumerate(model.weights)]


def _case(name: str, model: OneCuratedModel, conclusions: list[sympy.Expr]) -> Case:
    sets = [counts for pool in (2, 3) for _, counts in candidate_sets(model.law, pool)]
    totals = [sympy.Add(*(k * a for k, a in zip(counts, model.weights, strict=True))) for counts in sets]
    return Case(
        name=f"{name}, {model.atoms} atoms, K = 2 and 3",
        statement=Statement(
            variables=(*model.law_variables, *model.weight_variables),
            hypotheses=(unequal(model.mean(model.weights)), *(unequal(total) for total in totals)),
            conclusions=tuple(equal(c) for c in conclusions),
        ),
        witness=point(model.typical_point()),
    )


def _difference(n: int) -> Case:
    """C_K(p)_1 − C_∞(p)_1 = E[g(Z − ā)/(āZ)]."""
    model = OneCuratedModel(n)
    values, total = _centred(model), model.mean(model.weights)
    goals = []
    for pool in (2, 3):
        expected = sympy.Integer(0)
        for chance, counts in candidate_sets(model.law, pool):
            mean = within_set(counts, model.weights)[0]
            g = within_set(counts, values)[0]
            expected += chance * g * (total - mean) / (mean * total)
        gap = kept(model.law, model.weights, pool)[0] - kept(model.law, model.weights, None)[0]
        goals.append(gap - expected)
    return _case("difference", model, goals)


def _second_moments(n: int) -> Case:
    """E[g²] = E[h²a²]/K and E[(ā − Z)²] = Var(a)/K; E[g] = 0."""
    model = OneCuratedModel(n)
    values, (total, variance) = _centred(model), model.moments()
    goals = [model.mean(values)]
    for pool in (2, 3):
        sets = list(candidate_sets(model.law, pool))
        g2 = sympy.Add(*(q * within_set(counts, values)[0] ** 2 for q, counts in sets))
        a2 = sympy.Add(*(q * (within_set(counts, model.weights)[0] - total) ** 2 for q, counts in sets))
        goals += [pool * g2 - model.mean([v**2 for v in values]), pool * a2 - variance]
    return _case("second moments", model, goals)


def _one_set(sign: int) -> Case:
    """±2mZ · g(Z − ā)/(āZ) ≤ tg² + (Z − ā)²/t for ā ≥ m > 0."""
    apart = _MEAN - _SET_MEAN
    return Case(
        name=f"one outcome of the draws, {'above' if sign > 0 else 'below'}",
        statement=Statement(
            variables=variables(_LEAST, _MEAN, _SET_MEAN, _SET, _T),
            hypotheses=(positive(_LEAST), positive(_MEAN), at_least(_SET_MEAN, _LEAST), positive(_T)),
            conclusions=(
                at_least(
                    _T * _SET**2 + apart**2 / _T,
                    sign * 2 * _LEAST * _MEAN * _SET * apart / (_SET_MEAN * _MEAN),
                ),
            ),
        ),
        witness=point({_LEAST: 1, _MEAN: 1, _SET_MEAN: 1, _SET: 0, _T: 1}),
        suspects=(point({_LEAST: 1, _MEAN: 2, _SET_MEAN: 1, _SET: sign, _T: 1}),),
    )


def _two_atoms() -> Case:
    """(K m Z (C_K − C_∞)_1)² ≤ E[h²a²] Var(a), K = 2, m = a_1 ≤ a_2 and the other way round."""
    model = OneCuratedModel(2)
    weights = model.rising
    tilted = kept(model.law, weights, None)[0]
    total = model.mean(weights)
    gap = kept(model.law, weights, 2)[0] - tilted
    square = model.mean([((int(i == 0) - tilted) * a) ** 2 for i, a in enumerate(weights)])
    variance = model.mean([a**2 for a in weights]) - total**2
    at = {**model.at(["1/2"]), **dict(zip(model.gaps, (1, 0), strict=True))}
    return Case(
        name="the bound on two atoms, K = 2",
        statement=Statement(
            variables=(*model.law_variables, *model.gap_variables),
            hypotheses=(*model.full_support, *model.rises_weakly),
            conclusions=(at_least(square * variance, (2 * weights[0] * total * gap) ** 2),),
        ),
        witness=point(at),
        suspects=(point({**at, model.gaps[1]: "1/100"}),),
    )


def _sampled() -> Case:
    experiment = Experiment(
        name="up to six atoms, K ≤ 8", strategy=sampled_rounds, predicate=why_far_from_the_tilt, samples=60
    )
    return Case(name=experiment.name, statement=experiment)


def _needs_a_tilt() -> Sharpness:
    """The exponential law of rate 1 with r = 2x: e^{2x}e^{−x} has no finite mass."""
    rate, slope = reals("theta c")
    return Sharpness(
        hypothesis=0,
        weakened=Statement(
            variables=variables(rate, slope),
            hypotheses=(positive(rate), positive(slope)),
            conclusions=(positive(rate - slope),),
        ),
        point=point({rate: 1, slope: 2}),
    )


def _needs_the_rule() -> Sharpness:
    """The best of K = 2 candidates instead: 3/4 on the better of two equal atoms, against 11/21 + bound."""
    model = OneCuratedModel(2)
    p, (a, b) = model.law[0], model.weights
    best = 1 - (1 - p) ** 2
    total, variance = model.moments()
    square = model.mean([a**2, b**2])
    gap = best - kept(model.law, model.weights, None)[0]
    return Sharpness(
        hypothesis=1,
        weakened=Statement(
            variables=(*model.law_variables, *model.weight_variables),
            hypotheses=(*model.full_support, positive(b), at_least(a, b)),
            conclusions=(at_least(square * variance, (2 * b * total * gap) ** 2),),
        ),
        point=point(model.at(["1/2"], ["11/10", 1])),
    )
