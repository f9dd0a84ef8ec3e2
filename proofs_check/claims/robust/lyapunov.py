"""robust.lyapunov: a potential that rises in every round of curation by a mixed crowd with real data.

Statement. A saturated model is trained on real data p_ref (share α) and on what a heterogeneous crowd keeps
of its output at K = ∞: rewards R with probabilities w_R. With T the round and

    F(p) = α E_ref log p + (1 − α) Σ_R w_R log E_p e^R,      F(Tp) − F(p) ≥ KL(Tp ‖ p).

If 0 < α and p_ref has full support, T has one equilibrium, which has full support, and every start ends
there: F is strictly concave, and its critical points on the simplex are the equilibria.

Argument. Let z = Tp/p and q_R = e^R p/E_p e^R, so Tp = α p_ref + (1 − α)Σ w_R q_R. E_{Tp} e^R/E_p e^R = Σ_i
(q_R)_i z_i, so by Jensen F(Tp) − F(p) ≥ α Σ p_ref log z + (1 − α)Σ w_R Σ q_R log z = Σ Tp log z = KL(Tp ‖
p). p_i ∂F/∂p_i = (Tp)_i: on the simplex, where the multiplier of Σp = 1 is Σ p_i ∂F/∂p_i = Σ (Tp)_i = 1,
the critical points have Tp = p; every equilibrium is one, as Tp ≥ α p_ref > 0. The second derivative along
h is −α Σ p_ref h²/p² − (1 − α)Σ w_R (E_h e^R/E_p e^R)² < 0 for h ≠ 0. After one round p ≥ α p_ref, a
compact set on which F is continuous and T has only the one fixed point, so F(p_t) converges, KL(p_{t+1} ‖
p_t) → 0 and p_t tends to it.

Machine-checked. For 2, 3 and 4 atoms and two rewards: E_{Tp} e^R/E_p e^R = Σ q_R z; p_i ∂F/∂p_i = (Tp)_i, F
differentiated; the second derivative as that sum; Jensen's inequality on two points, without logarithms
(more points follow by induction). For finite K, that F can fall.
"""

from __future__ import annotations

import sympy

from proofs_check.claim import Case, Claim, Provenance
from proofs_check.conditions.curated_with_real_data import crowd_potential
from proofs_check.conditions.ecosystem_condition import EcosystemCondition
from proofs_check.encoding.crowd_potential import CrowdPotential
from proofs_check.encoding.jensen import jensen_on_two_points
from proofs_check.encoding.relations import at_least, equal, negative, unequal
from proofs_check.encoding.symbols import Matrix, Rows, column, entries, point, real, variables
from proofs_check.sharpness import Sharpness
from proofs_check.statements.statement import Statement
from theory.analysis import Analysis

_SIZES = (2, 3, 4)


def claim() -> Claim:
    """The claim ``robust.lyapunov``."""
    return Claim(
        id="robust.lyapunov",
        title="A potential rises in every round of a mixed crowd's curation",
        provenance=Provenance.DERIVED,
        source="",
        statement=(
            "K = ∞, real share α, rewards R with probabilities w_R: F = αE_ref log p + (1 − α)Σ w_R log "
            "E_p e^R rises in a round by at least KL(Tp ‖ p); with 0 < α and p_ref of full support there is "
            "one equilibrium, reached from every start."
        ),
        latex=(
            r"F=\alpha\mathbb E_{\mathrm{ref}}\log p+(1-\alpha)\mathbb E_R\log\mathbb E_pe^R,\quad "
            r"F(Tp)-F(p)\ge\mathrm{KL}(Tp\,\|\,p)"
        ),
        hypotheses=(
            "A saturated model on a finite support.",
            "K = ∞ candidates.",
            "0 < α, and p_ref has full support (for the one equilibrium).",
        ),
        cases=(
            *(_ratio(n) for n in _SIZES),
            *(_critical(n) for n in _SIZES),
            *(_concave(n) for n in _SIZES),
            jensen_on_two_points(),
        ),
        scope="2, 3, 4 atoms and two rewards symbolic; every finite support and crowd by the argument",
        sharpness=(_needs_many_candidates(), _needs_real_data()),
    )


def condition(analysis: Analysis) -> EcosystemCondition:
    """Whether one saturated model has real data of full support, K = ∞."""
    return crowd_potential("robust.lyapunov", analysis)


def _values(crowd: CrowdPotential) -> dict[sympy.Symbol, sympy.Expr]:
    """Uniform laws, a rising and b falling, φ = ⅓, α = ½."""
    n = crowd.atoms
    a, b = crowd.weights
    rows: Rows = {crowd.law: [[f"1/{n}"]] * n, a: [[i + 1] for i in range(n)], b: [[n - i] for i in range(n)]}
    values = entries(rows) | {real("phi"): sympy.Rational(1, 3)}
    if not crowd.real_data:
        return values
    return values | entries({crowd.reference: [[f"1/{n}"]] * n}) | {real("alpha"): sympy.Rational(1, 2)}


def _ratio(n: int) -> Case:
    """E_{Tp} a · p-mass: E_{Tp} a/E_p a = Σ q z with q = a p/E_p a and z = Tp/p."""
    crowd = CrowdPotential(n)
    conclusions = []
    for a in crowd.weights:
        total = a.dot(crowd.law)
        tilted = [a[i] * crowd.law[i] / total for i in range(n)]
        mean = sympy.Add(*(tilted[i] * crowd.step[i] / crowd.law[i] for i in range(n)))
        conclusions.append(equal(a.dot(crowd.step) / total, mean))
    return Case(
        name=f"{n} atoms, the ratio of means",
        statement=Statement(
            variables=crowd.variables, hypotheses=crowd.domain(), conclusions=(*crowd.means(), *conclusions)
        ),
        witness=point(_values(crowd)),
    )


def _critical(n: int) -> Case:
    """p_i ∂F/∂p_i = (Tp)_i."""
    crowd = CrowdPotential(n)
    moved = zip(crowd.law, crowd.step, strict=True)
    return Case(
        name=f"{n} atoms, critical points",
        statement=Statement(
            variables=crowd.variables,
            hypotheses=crowd.domain(),
            conclusions=(
                *crowd.means(),
                *(equal(p * crowd.potential.diff(p), after) for p, after in moved),
            ),
        ),
        witness=point(_values(crowd)),
    )


def _bend(crowd: CrowdPotential, along: Matrix) -> sympy.Expr:
    """The second derivative of F along h."""
    t = sympy.Dummy("t", real=True)
    line = {p: p + t * h for p, h in zip(crowd.law, along, strict=True)}
    return crowd.potential.xreplace(line).diff(t, 2).xreplace({t: sympy.S.Zero})


def _concave(n: int) -> Case:
    """The second derivative of F along h as −Σ of weighted squares."""
    crowd, along = CrowdPotential(n), column("h", n)
    share = real("alpha")
    laws = zip(crowd.reference, along, crowd.law, strict=True)
    own = share * sympy.Add(*(q * (h / p) ** 2 for q, h, p in laws))
    chosen = (1 - share) * sympy.Add(*(w * (a.dot(along) / a.dot(crowd.law)) ** 2 for w, a in crowd.crowds))
    return Case(
        name=f"{n} atoms, strictly concave",
        statement=Statement(
            variables=(*crowd.variables, *variables(along)),
            hypotheses=crowd.domain(),
            conclusions=(*crowd.means(), equal(_bend(crowd, along), -own - chosen)),
        ),
        witness=point(_values(crowd) | dict.fromkeys(along, sympy.S.One)),
    )


def _kept_of_two(law: Matrix, weights: Matrix, i: int) -> sympy.Expr:
    """What K = 2 candidates make of atom i."""
    rivals = range(law.rows)
    return sympy.Add(*(2 * law[i] * law[j] * weights[i] / (weights[i] + weights[j]) for j in rivals))


def _needs_many_candidates() -> Sharpness:
    """K = 2 from the equilibrium of K = ∞: p_ref = (¾, ¼), α = ½, weights (1, 3), p = (½, ½): F falls."""
    crowd = CrowdPotential(2)
    a, _ = crowd.weights
    share = real("alpha")
    step = [
        share * crowd.reference[i] + (1 - share) * _kept_of_two(crowd.law, a, i) for i in range(crowd.atoms)
    ]
    moved = dict(zip(crowd.law, step, strict=True))
    known = {real("phi"): sympy.S.Zero}
    after, before = (f.xreplace(known) for f in (crowd.potential.xreplace(moved), crowd.potential))
    return Sharpness(
        hypothesis=1,
        weakened=Statement(
            variables=crowd.variables, hypotheses=crowd.domain(), conclusions=(at_least(after, before),)
        ),
        point=point(
            entries({crowd.law: [["1/2"]] * 2, crowd.reference: [["3/4"], ["1/4"]]})
            | entries({weights: [[1], [3]] for weights in crowd.weights})
            | {real("phi"): sympy.S.Zero, share: sympy.Rational(1, 2)}
        ),
    )


def _needs_real_data() -> Sharpness:
    """α = 0: along h = (2, −1), which weights (1, 2) do not see, F does not bend."""
    crowd, along = CrowdPotential(2), column("h", 2)
    flat = entries({weights: [[1], [2]] for weights in crowd.weights} | {along: [[2], [-1]]})
    return Sharpness(
        hypothesis=2,
        weakened=Statement(
            variables=(*crowd.variables, *variables(along)),
            hypotheses=(*crowd.domain(), at_least(real("alpha")), unequal(along[0])),
            conclusions=(negative(_bend(crowd, along)),),
        ),
        point=point(_values(crowd) | flat | {real("alpha"): sympy.S.Zero}),
    )
