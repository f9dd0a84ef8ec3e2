"""ecosystem.tv-contraction: weak enough curation of finite supports converges in total variation.

Statement. Models that can be any law on finitely many atoms, K = ∞. Let B_ij add, over the streams that i
reads from j, the share of a raw stream and the share times e^{osc(βr)} of a curated one (osc: largest minus
smallest over the atoms; for mixed curators the mixture of their e^{osc}). If ρ(B) < 1 there is one
equilibrium, and every start converges to it in total variation. Far from necessary.

Argument. A tilt C(p) = pa/Z_p, a = e^{βr}, Z_p = E_p a. With μ = a(p − q)/Z_p, of total mass m = (Z_p −
Z_q)/Z_p, C(p) − C(q) = μ − m C(q). If m ≥ 0 its positive part is at most that of μ, if m ≤ 0 its negative
part at most that of μ; both parts have the same mass, and those of μ have at most (max a/Z_p)·TV(p, q) ≤
e^{osc} TV(p, q). Mixtures add up: TV(p_i', q_i') ≤ Σ B_ij TV(p_j, q_j). ecosystem.contraction does the rest.

Why far from necessary: real data and one model with a = 1/2 contract Hilbert's metric at any strength, while
B = e^{osc}/2 exceeds 1 from osc = log 2 on.

Machine-checked. Two atoms: |C(p) − C(q)| ≤ (max a/min a)|p − q|, all p, q, a. Two, three and four atoms: the
identity C(p) − C(q) = μ − m C(q); and atom by atom the bound on the part that counts. One model on two atoms
with B = 2, stationary with slope 2/9.
"""

from __future__ import annotations

import sympy

from proofs_check.claim import Case, Claim, Provenance
from proofs_check.conditions.contractions import total_variation_contraction
from proofs_check.conditions.ecosystem_condition import EcosystemCondition
from proofs_check.encoding.relations import at_least, equal, positive, unequal
from proofs_check.encoding.symbols import UNIT, column, entries, point, reals, variables
from proofs_check.sharpness import Sharpness
from proofs_check.statements.statement import Statement
from theory.analysis import Analysis

_SIZES = (2, 3, 4)
_P, _Q = reals("p q")


def claim() -> Claim:
    """The claim ``ecosystem.tv-contraction``."""
    return Claim(
        id="ecosystem.tv-contraction",
        title="Finite supports with weak curation converge in total variation",
        provenance=Provenance.DERIVED,
        source="",
        statement=(
            "K = ∞, Bᵢⱼ = Σ share · (1 raw, e^{osc(βr)} curated) over what i reads from j: "
            "ρ(B) < 1 makes every start converge to one equilibrium in total variation."
        ),
        latex=r"B_{ij}=w_{ij}((1-c_{ij})+c_{ij}e^{\operatorname{osc}(\beta r_{ij})}),\quad\rho(B)<1",
        hypotheses=("Each model can be any law on its finite support.", "K = ∞ candidates.", "ρ(B) < 1."),
        cases=(_two_atoms(), *(_difference(n) for n in _SIZES), _part(), _not_necessary()),
        scope="tilts on two atoms; their identity on 2, 3, 4 atoms; every support by the argument",
        sharpness=(_needs_weak_curation(),),
    )


def condition(analysis: Analysis) -> EcosystemCondition:
    """Whether ρ(B) < 1 for an ecosystem of Bernoulli and categorical models with K = ∞."""
    return total_variation_contraction("ecosystem.tv-contraction", analysis)


def _two_atoms() -> Case:
    """Weights a ≥ b > 0 on two atoms, 0 ≤ q ≤ p ≤ 1: 0 ≤ C(p) − C(q) ≤ (a/b)(p − q)."""
    large, small = reals("a b")
    first, second = large * _P + small * (1 - _P), large * _Q + small * (1 - _Q)
    gap = large * _P / first - large * _Q / second
    return Case(
        name="two atoms",
        statement=Statement(
            variables=variables(large, small, _P, _Q, typical=UNIT),
            hypotheses=(
                positive(small),
                at_least(large, small),
                at_least(_Q),
                at_least(_P, _Q),
                at_least(1, _P),
            ),
            conclusions=(
                positive(first),
                positive(second),
                at_least(gap),
                at_least(large / small * (_P - _Q), gap),
            ),
        ),
        witness=point({large: 1, small: "1/2", _P: "3/4", _Q: "1/4"}),
    )


def _difference(n: int) -> Case:
    """C(p) − C(q) = μ − m C(q) with μ = a(p − q)/Z_p and m = Σ μ."""
    weight, first, second = column("a", n), column("p", n), column("q", n)
    z_p, z_q = weight.dot(first), weight.dot(second)
    mu = [a * (p - q) / z_p for a, p, q in zip(weight, first, second, strict=True)]
    return Case(
        name=f"difference of tilts, {n} atoms",
        statement=Statement(
            variables=variables(weight, first, second, typical=UNIT),
            hypotheses=(unequal(z_p), unequal(z_q)),
            conclusions=tuple(
                equal(a * p / z_p - a * q / z_q, mu[k] - sympy.Add(*mu) * a * q / z_q)
                for k, (a, p, q) in enumerate(zip(weight, first, second, strict=True))
            ),
        ),
        witness=point(entries({weight: [[1]] * n, first: [[f"1/{n}"]] * n, second: [[f"1/{n}"]] * n})),
    )


def _part() -> Case:
    """On atoms where C(p) − C(q) > 0 and m ≥ 0: p > q there, and the difference is ≤ (M/Z)(p − q), a ≤ M."""
    weight, most, mass, total, tilted = reals("a M m Z c")
    mu = weight * (_P - _Q) / total
    return Case(
        name="the part that counts, atom by atom",
        statement=Statement(
            variables=variables(weight, most, mass, total, tilted, _P, _Q, typical=UNIT),
            hypotheses=(
                positive(weight),
                at_least(most, weight),
                positive(total),
                at_least(mass),
                at_least(tilted),
                positive(mu - mass * tilted),
            ),
            conclusions=(
                positive(mu),
                positive(_P - _Q),
                at_least(most / total * (_P - _Q), mu - mass * tilted),
            ),
        ),
        witness=point({weight: 1, most: 1, mass: 0, total: 1, tilted: 0, _P: "3/4", _Q: "1/4"}),
    )


def _not_necessary() -> Case:
    """Weights 4 and 1, real data of share 1/2 with mass M on the first atom: p' = M/2 + 2p/(3p + 1).

    M = 4/9: stationary at p = 2/3 with the slope 2/9 there, while B = 2.
    """
    law, real_law = reals("p M")
    step = real_law / 2 + 2 * law / (4 * law + 1 - law)
    return Case(
        name="not necessary: B = 2",
        statement=Statement(
            variables=variables(law, real_law, typical=UNIT),
            hypotheses=(equal(law, sympy.Rational(2, 3)), equal(real_law, sympy.Rational(4, 9))),
            conclusions=(equal(step, law), equal(step.diff(law), sympy.Rational(2, 9))),
        ),
        witness=point({law: "2/3", real_law: "4/9"}),
    )


def _needs_weak_curation() -> Sharpness:
    """B = 2 and no real data: both atoms alone are equilibria of the tilt by weights 2 and 1."""
    large, small = reals("a b")
    fixed = [large * law / (large * law + small * (1 - law)) for law in (_P, _Q)]
    return Sharpness(
        hypothesis=2,
        weakened=Statement(
            variables=variables(large, small, _P, _Q, typical=UNIT),
            hypotheses=(
                positive(small),
                at_least(large, small),
                *(equal(law, tilted) for law, tilted in zip((_P, _Q), fixed, strict=True)),
            ),
            conclusions=(equal(_P, _Q),),
        ),
        point=point({large: 2, small: 1, _P: 1, _Q: 0}),
    )
