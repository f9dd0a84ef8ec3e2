"""single.tilt-lipschitz: in total variation the tilt has the Lipschitz constant e^{osc r}, not attained.

Statement. On laws over a support on which r is bounded and not constant, C_∞(p) ∝ p e^r. For p ≠ q,

    TV(C_∞(p), C_∞(q)) < e^{osc r} TV(p, q),    osc r = sup r − inf r,

and no smaller constant will do: on two atoms of weights M > m, q on the atom of weight m and p with the
mass ε on the other, the ratio is M/(m + (M − m)ε), which tends to M/m = e^{osc r} as ε → 0. (Where the
extremes of r are not attained take atoms close to them.)

Argument. Let a = e^r, Z_p = E_p[a], δ = p − q, and let E_p[a] ≥ E_q[a], by exchange of p and q. C(p) − C(q)
= aδ/Z_p − C(q)(Z_p − Z_q)/Z_p, whose second term only lowers: the positive part of the difference is at
most that of aδ/Z_p, which sums to at most M Σ δ⁺/Z_p = (M/Z_p) TV(p, q), M = sup a. And Z_p ≥ m = inf a, so
the constant M/m holds. Equality needs Z_p = m or TV = 0: all of p on atoms of weight m; then Z_q ≤ Z_p
makes q such a law too, and the tilt leaves both, so that the ratio is 1 < M/m.

Machine-checked. Two atoms, every two different laws: the strict bound, and the ratio for q on the worse
atom, which lies below M/m and within (M − m)Mε/m² of it. Three atoms: the formula for C(p) − C(q). One atom
of any number: the bounds from it.
"""

from __future__ import annotations

import sympy

from proofs_check.claim import Case, Claim, Provenance
from proofs_check.encoding.one_curated_model import OneCuratedModel, kept
from proofs_check.encoding.relations import at_least, equal, less, positive, unequal
from proofs_check.encoding.symbols import UNIT, point, reals, variables
from proofs_check.sharpness import Sharpness, dropping
from proofs_check.statements.statement import Statement

_HIGH, _LOW, _P, _Q, _EPS = reals("M m p q eps")


def claim() -> Claim:
    """The claim ``single.tilt-lipschitz``."""
    return Claim(
        id="single.tilt-lipschitz",
        title=(
            "The total-variation Lipschitz constant of the tilt is e^{osc r}, a supremum that is not attained"
        ),
        provenance=Provenance.DERIVED,
        source="",
        statement=(
            "TV(C_∞(p), C_∞(q)) < e^{osc r} TV(p, q) for p ≠ q and r not constant; no smaller "
            "constant will do: on "
            "two atoms (M, m) with q at m and p = (ε, 1 − ε) the ratio is M/(m + (M − m)ε) → M/m."
        ),
        latex=(
            r"\sup_{p\ne q}\frac{\mathrm{TV}(C_\infty(p),C_\infty(q))}{\mathrm{TV}(p,q)}"
            r"=e^{\operatorname{osc} r}\quad\text{(not attained)}"
        ),
        hypotheses=(
            "One reward, bounded on the support, and K = ∞.",
            "The reward is not constant on the support.",
            "Two different laws.",
        ),
        cases=(_two_atoms(), _approached(), _difference(3), _atom()),
        scope="2 atoms symbolic; 3 atoms the difference; every support by the argument",
        sharpness=(_needs_a_bound(), _needs_levels(), _needs_two_laws()),
    )


def _tilted(mass: sympy.Expr) -> sympy.Expr:
    """C(p) at the atom of weight M."""
    return kept((mass, 1 - mass), (_HIGH, _LOW), None)[0]


def _two_atoms() -> Case:
    """0 ≤ q < p ≤ 1: 0 < C(p) − C(q) < (M/m)(p − q)."""
    gap = _tilted(_P) - _tilted(_Q)
    return Case(
        name="two atoms",
        statement=Statement(
            variables=variables(_HIGH, _LOW, _P, _Q, typical=UNIT),
            hypotheses=(
                positive(_LOW),
                less(_LOW, _HIGH),
                at_least(_Q),
                less(_Q, _P),
                at_least(1, _P),
            ),
            conclusions=(positive(gap), less(gap, _HIGH / _LOW * (_P - _Q))),
        ),
        witness=point({_HIGH: "1001/1000", _LOW: 1, _P: "1/1000", _Q: 0}),
    )


def _approached() -> Case:
    """q = 0, p = ε: the ratio is below M/m, by at most (M − m)Mε/m²."""
    ratio = (_tilted(_EPS) - _tilted(sympy.Integer(0))) / _EPS
    return Case(
        name="approached at the worse atom",
        statement=Statement(
            variables=variables(_HIGH, _LOW, _EPS, typical=UNIT),
            hypotheses=(positive(_LOW), less(_LOW, _HIGH), positive(_EPS), at_least(1, _EPS)),
            conclusions=(
                equal(ratio, _HIGH / (_LOW + (_HIGH - _LOW) * _EPS)),
                less(ratio, _HIGH / _LOW),
                less(_HIGH / _LOW - ratio, (_HIGH - _LOW) * _HIGH * _EPS / _LOW**2),
            ),
        ),
        witness=point({_HIGH: 2, _LOW: 1, _EPS: "1/1000"}),
    )


def _difference(n: int) -> Case:
    """C(p)_1 − C(q)_1 = (a_1(p_1 − q_1) − C(q)_1(Z_p − Z_q))/Z_p."""
    first, second = OneCuratedModel(n), OneCuratedModel(n, name="q")
    weights = first.weights
    z_p, z_q = first.mean(weights), second.mean(weights)
    new, old = (kept(model.law, weights, None)[0] for model in (first, second))
    moved = first.law[0] - second.law[0]
    return Case(
        name=f"difference of tilts, {n} atoms",
        statement=Statement(
            variables=(*first.law_variables, *second.law_variables, *first.weight_variables),
            hypotheses=(unequal(z_p), unequal(z_q)),
            conclusions=(equal(new - old, (weights[0] * moved - old * (z_p - z_q)) / z_p),),
        ),
        witness=point({**first.typical_point(), **second.at([f"1/{n}"] * (n - 1))}),
    )


def _atom() -> Case:
    """Any number of atoms, one of them: Z_p > m, Z_p ≥ Z_q, and p rises by d: its tilt by less than Md/m.

    Where p does not rise, its tilt does not.
    """
    weight, moved, old, total, less_by = reals("a d c Z D")
    gap = (weight * moved - old * less_by) / total
    return Case(
        name="one atom of any number",
        statement=Statement(
            variables=variables(_HIGH, _LOW, weight, moved, old, total, less_by, typical=UNIT),
            hypotheses=(
                positive(_LOW),
                at_least(weight, _LOW),
                at_least(_HIGH, weight),
                less(_LOW, total),
                at_least(old),
                at_least(less_by),
                positive(moved),
            ),
            conclusions=(
                less(gap, _HIGH / _LOW * moved),
                at_least(0, (-weight * moved - old * less_by) / total),
            ),
        ),
        witness=point({_HIGH: 1, _LOW: 1, weight: 1, moved: 1, old: 0, total: "101/100", less_by: 0}),
        suspects=(point({_HIGH: 1, _LOW: 1, weight: 1, moved: "1/100000", old: 0, total: 2, less_by: 0}),),
    )


def _needs_a_bound() -> Sharpness:
    """M below a weight that occurs: M = 2, m = 1 as bounds, weights (1, 8)."""
    high, low = reals("a b")
    first, second = (kept((mass, 1 - mass), (high, low), None)[0] for mass in (_P, _Q))
    return Sharpness(
        hypothesis=0,
        weakened=Statement(
            variables=variables(_HIGH, _LOW, high, low, _P, _Q),
            hypotheses=(
                positive(_LOW),
                less(_LOW, _HIGH),
                positive(high),
                positive(low),
                at_least(_Q),
                less(_Q, _P),
                at_least(1, _P),
            ),
            conclusions=(less(first - second, _HIGH / _LOW * (_P - _Q)),),
        ),
        point=point({_HIGH: 2, _LOW: 1, high: 8, low: 1, _P: "1/10", _Q: 0}),
    )


def _needs_levels() -> Sharpness:
    """M = m: the tilt is the identity, and 1 = e^0 is attained."""
    case = Case(
        name="two atoms, M ≥ m",
        statement=Statement(
            variables=variables(_HIGH, _LOW, _P, _Q, typical=UNIT),
            hypotheses=(
                positive(_LOW),
                at_least(_HIGH, _LOW),
                less(_LOW, _HIGH),
                at_least(_Q),
                less(_Q, _P),
                at_least(1, _P),
            ),
            conclusions=(less(_tilted(_P) - _tilted(_Q), _HIGH / _LOW * (_P - _Q)),),
        ),
        witness=point({_HIGH: 2, _LOW: 1, _P: "1/2", _Q: 0}),
    )
    return dropping(case, less(_LOW, _HIGH), hypothesis=1, point=point({_HIGH: 1, _LOW: 1, _P: 1, _Q: 0}))


def _needs_two_laws() -> Sharpness:
    """p = q: 0 < 0 is false."""
    at = point({_HIGH: 2, _LOW: 1, _P: "1/2", _Q: "1/2"})
    return dropping(_two_atoms(), less(_Q, _P), hypothesis=2, point=at)
