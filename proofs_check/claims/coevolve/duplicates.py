"""coevolve.duplicates: outcomes that share a feature are locked in together, in any proportions.

Statement. The model of coevolve.lock-in (η = 1, K ≥ 2 or K = ∞, τ > 0, 0 ≤ β ≤ 1; unit features). Let D be
the outcomes of feature φ_i, at least two of them. Every state (p*, φ_i) with p* carried by D is an
equilibrium. None of them is asymptotically stable; all of them are Lyapunov stable: for δ ≤ γ/8, γ = 1 −
max_{j∉D} ⟨φ_i, φ_j⟩ > 0, from a start with |p_0(x) − p*(x)| ≤ δ on D, 1 − p_0(D) ≤ δ and |w_0 − φ_i| ≤ γ/4,
for all t

    |p_t(x) − p*(x)| ≤ 2δ on D,    1 − p_t(D) ≤ δ,    |w_t − φ_i| ≤ max(|w_0 − φ_i|, 2δ),

and p_t tends to p_0 conditioned on D. If no other outcome has the feature of x_i, (δ_{x_i}, φ_i) is
asymptotically stable for β > 0.

Argument. Outcomes of one feature have one reward under every preference, hence one choice weight a, and
C_K(p)_k = p_k E[K a/(a + S)] keeps their proportions. If p is carried by D all candidates weigh the same,
so that C_K(p) = p, and E_p[φ] = φ_i: an equilibrium. In every neighbourhood of one there are others, whose
orbits stay where they are: it is not asymptotically stable. For stability merge D into one outcome:
coevolve.lock-in applies to it, with this γ, which is > 0 as unit vectors with ⟨φ_i, φ_j⟩ = 1 are equal. P_t
= p_t(D) does not fall, and tends to 1; p_t = P_t q on D with q = p_0/P_0, so p_t tends to q. p_t(x) lies
between p_0(x) and q(x), and q(x) − p_0(x) = q(x)(1 − P_0) ≤ δ, so |p_t(x) − p*(x)| ≤ 2δ. w_{t+1} is a mean
of w_t and E_{p_{t+1}}[φ], which is within 2(1 − P_{t+1}) ≤ 2δ of φ_i. The last part is coevolve.lock-in:
p_t → δ_{x_i}, so E_{p_t}[φ] → φ_i and with β > 0 also w_t → φ_i; and the bounds above, with D = {x_i}, are
Lyapunov's. [WXZZ26, Cor. 3.5] state that duplicates are not asymptotically stable; the rest was worked out
here.

Machine-checked. Three outcomes in the plane, two of one feature, every preference and temperature, K = 2,
3, ∞: the proportions, with the weights e^{τ⟨w, φ⟩} themselves; the line of equilibria. The mass of the
third outcome does not rise (K = 2, 3, ∞). The bound 2δ, for any number of outcomes. Iterated at 100 digits,
K = 2: from (1/2, 1/4, 1/4) to (2/3, 1/3, 0).
"""

from __future__ import annotations

from collections.abc import Sequence

import sympy

from proofs_check.claim import Case, Claim, Provenance
from proofs_check.encoding.coevolving_orbits import coevolving, iterated, rationals
from proofs_check.encoding.one_curated_model import kept
from proofs_check.encoding.relations import at_least, equal, positive
from proofs_check.encoding.symbols import UNIT, column, point, reals, variables
from proofs_check.sharpness import Sharpness
from proofs_check.statements.statement import Relation, Statement
from theory.coevolution.model import CoevolutionState

_POOLS = (2, 3, None)
_HEAT, _SHARE, _BETA = reals("tau s beta")


def claim() -> Claim:
    """The claim ``coevolve.duplicates``."""
    return Claim(
        id="coevolve.duplicates",
        title="Outcomes of one feature are not asymptotically stable, yet Lyapunov stable",
        provenance=Provenance.STATED,
        source="WXZZ26",
        statement=(
            "η = 1, 0 ≤ β ≤ 1, at least two outcomes of feature φ_i: all (p*, φ_i) with p* carried by them "
            "are equilibria, so none is asymptotically stable. Derived here: all are Lyapunov stable, and "
            "p_t tends to p_0 conditioned on these outcomes; outcomes of a feature of their own are "
            "asymptotically stable for β > 0."
        ),
        latex=(
            r"\varphi_i=\varphi_j,\ i\ne j\;\Rightarrow\;(s\delta_{x_i}+(1-s)\delta_{x_j},\varphi_i)"
            r"\text{ is an equilibrium for every } s\in[0,1],\text{ stable, not asymptotically stable}"
        ),
        hypotheses=(
            "No real data: η = 1.",
            "Finitely many outcomes with unit features, 0 ≤ β ≤ 1, τ > 0, K ≥ 2 or K = ∞.",
            "At least two outcomes have the feature φ_i.",
        ),
        cases=(
            *(_proportions(pool) for pool in _POOLS),
            _line_of_equilibria(),
            *(_mass_elsewhere(pool) for pool in _POOLS),
            _stays_near(),
            _iterated(),
        ),
        scope="3 outcomes in the plane, K = 2, 3, ∞ symbolic; the bound for any number; iterated",
        sharpness=(_needs_no_real_data(), _needs_one_feature()),
    )


def _weights(
    preference: Sequence[sympy.Expr], feature: Sequence[sympy.Expr], other: Sequence[sympy.Expr]
) -> tuple[sympy.Expr, ...]:
    """e^{τ⟨w, φ⟩} of two outcomes of one feature and a third of another."""
    rewards = (
        sympy.Add(*(w * x for w, x in zip(preference, vector, strict=True))) for vector in (feature, other)
    )
    shared, third = (sympy.exp(_HEAT * reward) for reward in rewards)
    return shared, shared, third


def _proportions(pool: int | None) -> Case:
    """φ_1 = φ_2 = f, φ_3 = g, any preference: p'_1 p_2 = p'_2 p_1."""
    law, preference = column("p", 3), column("w", 2)
    feature, other = column("f", 2), column("g", 2)
    new = kept(tuple(law), _weights(preference, feature, other), pool)
    at = dict.fromkeys((*preference, *feature, *other), 0)
    at |= {preference[0]: 1, feature[0]: 1, other[1]: 1}
    return Case(
        name=f"duplicates keep their proportions, K = {'∞' if pool is None else pool}",
        statement=Statement(
            variables=variables(law, preference, feature, other, _HEAT, typical=UNIT),
            hypotheses=tuple(positive(p) for p in law),
            conclusions=(equal(new[0] * law[1], new[1] * law[0]),),
        ),
        witness=point({law[0]: 1, law[1]: 2, law[2]: 3, **at, _HEAT: 1}),
    )


def _one_round(share: sympy.Expr) -> tuple[Relation, ...]:
    """p = (s, 1 − s, 0), w = φ_1 = φ_2 and a share `share` of choices, else uniform real data: both stay."""
    feature, other = column("f", 2), column("g", 2)
    law = (_SHARE, 1 - _SHARE, sympy.Integer(0))
    goals = []
    for pool in _POOLS:
        new = kept(law, _weights(tuple(feature), feature, other), pool)
        goals += [equal((1 - share) / 3 + share * c, p) for c, p in zip(new, law, strict=True)]
    for f, g in zip(feature, other, strict=True):
        seen = sympy.Add(*(p * x for p, x in zip(law, (f, f, g), strict=True)))
        goals.append(equal((1 - _BETA) * f + _BETA * seen, f))
    return tuple(goals)


def _line_of_equilibria() -> Case:
    """A round leaves (s, 1 − s, 0) and φ_1 = φ_2 as they are, for every s."""
    feature, other = column("f", 2), column("g", 2)
    at = {_SHARE: "1/3", _BETA: "1/2", _HEAT: 1, feature[0]: 1, feature[1]: 0, other[0]: 0, other[1]: 1}
    return Case(
        name="a line of equilibria",
        statement=Statement(
            variables=variables(_SHARE, _BETA, _HEAT, feature, other, typical=UNIT),
            hypotheses=(),
            conclusions=_one_round(sympy.Integer(1)),
        ),
        witness=point(at),
    )


def _mass_elsewhere(pool: int | None) -> Case:
    """Weights b + v twice and b: the mass of the third outcome does not rise."""
    law, (low, over) = tuple(column("p", 3)), reals("b v")
    new = kept(law, (low + over, low + over, low), pool)
    return Case(
        name=f"the mass elsewhere does not rise, K = {'∞' if pool is None else pool}",
        statement=Statement(
            variables=(*variables(*law, typical=UNIT), *variables(low, over)),
            hypotheses=(
                *(at_least(p) for p in law),
                equal(sympy.Add(*law), 1),
                positive(low),
                at_least(over),
            ),
            conclusions=(at_least(law[2], new[2]),),
        ),
        witness=point({law[0]: "1/2", law[1]: 0, law[2]: "1/2", low: 1, over: 0}),
    )


def _stays_near() -> Case:
    """p_t = P_t p_0/P_0, 1 − δ ≤ P_0 ≤ P_t ≤ 1 and |p_0 − p*| ≤ δ: −δ ≤ p_t − p* ≤ 2δ."""
    first, later, start, limit, near = reals("P0 P p0 p delta")
    now = later * start / first
    return Case(
        name="orbits stay within 2δ",
        statement=Statement(
            variables=variables(first, later, start, limit, near, typical=UNIT),
            hypotheses=(
                positive(first),
                at_least(first, 1 - near),
                at_least(later, first),
                at_least(1, later),
                at_least(start),
                at_least(first, start),
                at_least(near, start - limit),
                at_least(near, limit - start),
            ),
            conclusions=(at_least(2 * near, now - limit), at_least(near, limit - now)),
        ),
        witness=point({first: "1/2", later: 1, start: "1/2", limit: 0, near: "1/2"}),
        suspects=(point({first: "1/2", later: "1/2", start: 0, limit: "1/2", near: "1/2"}),),
    )


def _iterated() -> Case:
    """Features (1, 0), (1, 0), (0, 1), e^τ = 4, K = 2, β = 1: the rate is 2/(4 + 1)."""
    return iterated(
        "iterated, K = 2",
        coevolving(((1, 0), (1, 0), (0, 1)), power=4, pool=2),
        CoevolutionState(law=rationals("1/2", "1/4", "1/4"), preference=rationals(1, 0)),
        CoevolutionState(law=rationals("2/3", "1/3", 0), preference=rationals(1, 0)),
        sympy.Rational(2, 5),
    )


def _needs_no_real_data() -> Sharpness:
    """η = 1/2 and uniform real data: (1/2, 1/2, 0) is left."""
    feature, other, (share,) = column("f", 2), column("g", 2), reals("eta")
    return Sharpness(
        hypothesis=0,
        weakened=Statement(
            variables=variables(_SHARE, _BETA, _HEAT, share, feature, other, typical=UNIT),
            hypotheses=(at_least(share), at_least(1, share)),
            conclusions=_one_round(share),
        ),
        point=point(
            {
                _SHARE: "1/2",
                _BETA: 1,
                _HEAT: 1,
                share: "1/2",
                **dict(zip((*feature, *other), (1, 0, 0, 1), strict=True)),
            }
        ),
    )


def _needs_one_feature() -> Sharpness:
    """Orthonormal features, w = φ_1, K = ∞: of (1/2, 1/2) more is kept of the first."""
    own, other = column("f", 2), column("g", 2)
    weights = _weights(tuple(own), own, other)[1:]
    law = (_SHARE, 1 - _SHARE)
    return Sharpness(
        hypothesis=2,
        weakened=Statement(
            variables=variables(_SHARE, _HEAT, own, other, typical=UNIT),
            hypotheses=(
                at_least(_SHARE),
                at_least(1, _SHARE),
                positive(_HEAT),
                *(equal(v[0] ** 2 + v[1] ** 2, 1) for v in (own, other)),
            ),
            conclusions=(equal(kept(law, weights, None)[0], _SHARE),),
        ),
        point=point({_SHARE: "1/2", _HEAT: 1, **dict(zip((*own, *other), (1, 0, 0, 1), strict=True))}),
    )
