"""robust.reward-stability: with real data, equilibria move in proportion to the rewards.

Statement. A saturated model on a finite support is trained on real data p_ref > 0 of share α > 0 and on the
tilt of its own output by e^r (K = ∞). For two rewards, the equilibria satisfy

    TV(p*, p*') ≤ (1 − α)/(2α min p_ref) · ‖r − r'‖_∞.

At α = 0 the limit is discontinuous exactly at ties of the maximum.

Argument. Along r + t(r' − r), let δ = r' − r and c = p a/E_p a. p_i(1 − (1 − α)a_i/E_p a) = αp_ref,i at an
equilibrium; differentiating it in t, α(p_ref,i/p_i) dp_i/dt = (1 − α)c_i(δ_i − ζ), where ζ does not depend
on i. So dp_i/dt = (1 − α)/α · W_i(δ_i − ζ) with W_i = p_i c_i/p_ref,i, and Σ dp_i/dt = 0 makes ζ the W-mean
of δ. The mean absolute deviation of a variable in [−s, s] from its mean is at most s, so the speed in total
variation is at most (1 − α)/(2α) ‖δ‖_∞ Σ W_i, and Σ W_i ≤ max p/min p_ref ≤ 1/min p_ref. Integrate over t
in [0, 1]. At α = 0 the round is the tilt: p_t tends to p_0 conditioned on the argmax of r.

Machine-checked. For 2, 3 and 4 atoms the derivative of T(p) − p as rewards and law move: where it vanishes
and p − (1 − α)c = αp_ref, it is the formula for dp/dt. An atom's part of Σ W_i ≤ 1/m for p_ref ≥ m. The
mean absolute deviation for two groups of atoms, above and below the mean, which is any number of atoms. At
α = 0, iteration from the uniform law at a tie and next to it.
"""

from __future__ import annotations

import sympy

from proofs_check.claim import Case, Claim, Provenance
from proofs_check.conditions.curated_with_real_data import reward_stability
from proofs_check.conditions.ecosystem_condition import EcosystemCondition
from proofs_check.encoding.relations import at_least, equal, less, positive
from proofs_check.encoding.symbols import UNIT, Matrix, Rows, column, entries, point, real, reals, variables
from proofs_check.sharpness import Sharpness, dropping
from proofs_check.statements.limit_statement import LimitStatement
from proofs_check.statements.statement import Relation, Statement
from theory.analysis import Analysis

_SIZES = (2, 3, 4)
_ALPHA = real("alpha")


def claim() -> Claim:
    """The claim ``robust.reward-stability``."""
    return Claim(
        id="robust.reward-stability",
        title="With real data, equilibria move in proportion to the rewards",
        provenance=Provenance.DERIVED,
        source="",
        statement=(
            "Finite support, p_ref > 0, K = ∞, α > 0: TV(p*, p*') ≤ (1 − α)/(2α min p_ref)·‖r − r'‖_∞. "
            "At α = 0 the limit jumps exactly at ties of the maximum."
        ),
        latex=(
            r"\mathrm{TV}(p^*,p^{*\prime})\le\frac{1-\alpha}{2\alpha\min p_{\mathrm{ref}}}"
            r"\lVert r-r'\rVert_\infty"
        ),
        hypotheses=(
            "A saturated model on a finite support, p_ref > 0.",
            "K = ∞ candidates, chosen by one reward.",
            "α > 0.",
        ),
        cases=(
            *(_speed(n) for n in _SIZES),
            _part(),
            _deviation(),
            _no_real_data("a tie", "1", "1/2"),
            _no_real_data("next to a tie", "11/10", "1"),
        ),
        scope="derivative and bound on 2, 3, 4 atoms symbolic; every finite support by the argument",
        sharpness=(_needs_mass_everywhere(), _needs_real_data()),
    )


def condition(analysis: Analysis) -> EcosystemCondition:
    """Whether one saturated model reads real data and its own tilted output alone."""
    return reward_stability("robust.reward-stability", analysis)


def _equilibrium(n: int) -> tuple[Matrix, Matrix, Matrix, Matrix, Matrix]:
    """p, p_ref, weights, direction δ and speed dp/dt."""
    law, data, weights, turn, speed = (column(name, n) for name in "pqadu")
    return law, data, weights, turn, speed


def _speed(n: int) -> Case:
    """p_i d(T(p) − p)_i/dt = (1 − α)p_i c_i(δ_i − ζ) − (p_i − (1 − α)c_i) dp_i/dt."""
    law, data, weights, turn, speed = _equilibrium(n)
    total = weights.dot(law)
    residue = [_ALPHA * data[i] + (1 - _ALPHA) * law[i] * weights[i] / total - law[i] for i in range(n)]
    pushed = Matrix([a * d for a, d in zip(weights, turn, strict=True)])
    moving = [_along(f, law, speed) + _along(f, weights, pushed) for f in residue]
    kept = [weights[i] * law[i] / total for i in range(n)]
    centre = sympy.Add(*(weights[i] * (speed[i] + law[i] * turn[i]) for i in range(n))) / total
    values: Rows = {law: [[f"1/{n}"]] * n, weights: [[1]] * n, turn: [[0]] * n, speed: [[0]] * n}
    return Case(
        name=f"{n} atoms, the speed",
        statement=Statement(
            variables=variables(law, weights, turn, speed, _ALPHA, typical=UNIT),
            hypotheses=tuple(positive(x) for x in (*law, *weights)),
            conclusions=(
                positive(total),
                *(
                    equal(
                        law[i] * moving[i],
                        (1 - _ALPHA) * law[i] * kept[i] * (turn[i] - centre)
                        - (law[i] - (1 - _ALPHA) * kept[i]) * speed[i],
                    )
                    for i in range(n)
                ),
            ),
        ),
        witness=point(entries(values) | {_ALPHA: sympy.Rational(1, 2)}),
    )


def _along(function: sympy.Expr, moved: Matrix, speed: Matrix) -> sympy.Expr:
    """Derivative of a function as some of its symbols move."""
    return sympy.Add(*(function.diff(p) * u for p, u in zip(moved, speed, strict=True)))


def _part() -> Case:
    """p c/p_ref ≤ c/m, where p_ref ≥ m > 0, 0 ≤ p ≤ 1 and c ≥ 0: summed over the atoms, Σ W ≤ 1/m."""
    law, data, kept, least = reals("p q c m")
    return Case(
        name="an atom's part of the total",
        statement=Statement(
            variables=variables(law, data, kept, least, typical=UNIT),
            hypotheses=(positive(least), *_covered(), at_least(kept), at_least(law), at_least(1, law)),
            conclusions=(at_least(kept / least, law * kept / data),),
        ),
        witness=point({law: "1/2", data: "1/2", kept: "1/2", least: "1/4"}),
    )


def _covered() -> tuple[Relation]:
    """p_ref ≥ m."""
    data, least = reals("q m")
    return (at_least(data, least),)


def _deviation() -> Case:
    """W_1(δ_1 − ζ) + W_2(ζ − δ_2) ≤ s(W_1 + W_2) for |δ| ≤ s and ζ the W-mean."""
    above, below, high, low, size = reals("W1 W2 d1 d2 s")
    mean = (above * high + below * low) / (above + below)
    return Case(
        name="the mean absolute deviation",
        statement=Statement(
            variables=variables(above, below, high, low, size, typical=UNIT),
            hypotheses=(
                positive(above),
                positive(below),
                at_least(size, high),
                at_least(high, low),
                at_least(low, -size),
            ),
            conclusions=(at_least(size * (above + below), above * (high - mean) + below * (mean - low)),),
        ),
        witness=point({above: 1, below: 2, high: "1/2", low: "-1/2", size: 1}),
    )


def _no_real_data(name: str, weight: str, limit: str) -> Case:
    """p' = wp/(wp + 1 − p) from p = ½."""
    law, better = real("p"), sympy.Rational(weight)
    after = better * law / (better * law + 1 - law)
    return Case(
        name=f"no real data, {name}",
        statement=LimitStatement(
            variables=(law,),
            step=(after,),
            start=(sympy.Rational(1, 2),),
            limit=(sympy.Rational(limit),),
        ),
    )


def _needs_mass_everywhere() -> Sharpness:
    """p_ref = 1/10 under p = c = 1 has the part 10 > 1/m = 2."""
    law, data, kept, least = reals("p q c m")
    at = point({law: 1, data: "1/10", kept: 1, least: "1/2"})
    return dropping(_part(), *_covered(), hypothesis=0, point=at)


def _needs_real_data() -> Sharpness:
    """α = 0: weights (1, 1) keep p = ½ while (w, 1), w > 1, ends at 1: no bound by w − 1 holds."""
    first, second, weight, scale = reals("p r w s")
    tilted = weight * second / (weight * second + 1 - second)
    return Sharpness(
        hypothesis=2,
        weakened=Statement(
            variables=variables(first, second, weight, scale),
            hypotheses=(positive(weight), less(weight * scale, scale + first), equal(second, tilted)),
            conclusions=(at_least(scale * (weight - 1), second - first),),
        ),
        point=point({first: "1/2", second: 1, weight: "11/10", scale: 4}),
    )
