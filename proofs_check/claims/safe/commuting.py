"""safe.commuting: where covariances are diagonal in one basis, or fixed, one's own wish never backfires.

Statement. N models in exponential families with a common statistic T; no channels; every choice is by a
reward in the span of T among K = ∞ candidates. Let i's users hold the reward ⟨c,T⟩ that also measures R_i,
and let their strength β tilt i's own stream, or all that i reads, or all that is made from i. Suppose that

(a) for one invertible P every covariance of T that occurs, ∇²A_j at the models' laws and at those of the
streams, is P diag(…) Pᵀ (scalar families, products of scalar families in fixed coordinates); or (b) the
covariances are fixed: ∇²A_j(θ) = Σ_j for every θ (location families).

Then at every stable equilibrium dR_i/dβ ≥ direct effect ≥ 0 in case (a) and (b) alike.

Argument. In mean coordinates J_ij = Σ over streams j → i of w B H_j⁻¹, H_j = ∇²A_j(θ_j) and B = ∇²A_j at the
stream's law, and ∂G_m/∂β = Σ over touched streams of w B c. (a) With H_j = P diag(h_j) Pᵀ and B = P diag(b)
Pᵀ, BH_j⁻¹ = P diag(b/h_j) P⁻¹: in the coordinates dμ_j = P y_j the system splits into one scalar network for
each coordinate k, with the links (J_k)_ij = Σ w b_k/h_jk ≥ 0 (the diagonals are positive, as P is invertible
and the matrices positive definite) and the pushes Σ w b_k p_k, p = Pᵀc. J is similar to the direct sum of the
J_k, so ρ(J_k) ≤ ρ(J) < 1 and (I − J_k)⁻¹ = Σ J_kᵗ ≥ I entrywise. R_i moves by cᵀP y_i = Σ_k p_k y_ik, and p_k
y_ik = p_k² Σ_m [(I − J_k)⁻¹]_im (Σ w b_k)_m ≥ p_k² (Σ w b_k)_i ≥ 0: term by term at least the direct effect.
(b) B = H_j, J = W ⊗ I with W ≥ 0 and ρ(W) = ρ(J) < 1, M = (I − W)⁻¹ ≥ I. The push on model m is Σ over
touched streams of w Σ_j c, so dR_i/dβ = Σ_m M_im Σ w cᵀΣ_jc ≥ Σ w cᵀΣ_jc over what i itself reads, the direct
effect, as cᵀΣ_jc ≥ 0.

What breaks. A producer's strength with the consumer's reward. Covariances that move with the law
(false.needs-unstable-rest: −29248/719041 for mean–variance Gaussians). A channel (a quarter turn: −1/13).

Machine-checked. (a) N = 2, d = 2: from generic log-partitions, the equations of the linearised equilibrium in
the basis P are those of two scalar networks, and dR_1 = p·y_1; N = 3 (and N = 2, with model 3 apart), every
J_k ≥ 0 with ρ(J_k) < 1 and consumer and producer strength (own strength is either with no other stream
touched): p_k y_1k ≥ its direct effect ≥ 0. (b) N = 3, W ≥ 0 with ρ(W) < 1: the same, from the moves that
influence.fixed-covariance derives. Sampled for N ≤ 8, d ≤ 3, both cases, from the whole system.
"""

from __future__ import annotations

import sympy

from proofs_check.claim import Case, Claim, Provenance
from proofs_check.conditions.common_statistic import commuting
from proofs_check.conditions.ecosystem_condition import EcosystemCondition
from proofs_check.encoding.common_basis import CommonBasis
from proofs_check.encoding.relations import at_least, positive, unequal
from proofs_check.encoding.sampled_influences import (
    sampled_common_basis,
    sampled_plain_shares,
    why_below_one_round,
)
from proofs_check.encoding.scalar_knobs import Knob, ScalarKnob
from proofs_check.encoding.share_network import ShareKnob
from proofs_check.encoding.share_statements import share_signs
from proofs_check.encoding.sharp_safety import (
    needs_a_common_statistic,
    needs_no_own_channel,
    needs_no_way_back,
)
from proofs_check.encoding.symbols import Matrix, point, real, variables
from proofs_check.sharpness import Sharpness, dropping
from proofs_check.statements.experiment import Experiment
from proofs_check.statements.statement import Statement
from theory.analysis import Analysis


def claim() -> Claim:
    """The claim ``safe.commuting``."""
    return Claim(
        id="safe.commuting",
        title="Covariances diagonal in one basis, or fixed: one's own wish never backfires",
        provenance=Provenance.DERIVED,
        source="",
        statement=(
            "Common statistic T, no channels, K = ∞, rewards in the span of T; all ∇²A diagonal in one fixed "
            "basis, or all covariances fixed; the strength of i's users, with i's own reward, tilts i's own "
            "stream, all that i reads or all that is made from i: dRᵢ/dβ ≥ direct effect ≥ 0 when stable."
        ),
        latex=(
            r"\nabla^2A_j=P\,\mathrm{diag}(\cdot)\,P^{\top}\ \text{or}\ \nabla^2A_j\equiv\Sigma_j,\ \rho(J)<1"
            r"\;\Rightarrow\;\frac{dR_i}{d\beta_i}\ge c_i^{\top}\frac{\partial G_i}{\partial\beta_i}\ge 0"
        ),
        hypotheses=(
            "Exponential families with a common statistic T; K = ∞ and rewards in its span.",
            "No channels.",
            "The covariances of T that occur are diagonal in one fixed basis, or each model's is fixed.",
            "The strength carries i's own reward; it tilts i's own stream, what i reads, or what i makes.",
            "The equilibrium is stable: ρ(J) < 1.",
        ),
        cases=(
            _sampled_basis(),
            _sampled_shares(),
            CommonBasis().coordinates_separate(),
            *map(_coordinate, (Knob.CONSUMER, Knob.PRODUCER)),
            *map(_fixed, (Knob.CONSUMER, Knob.PRODUCER)),
        ),
        scope="separation N = 2, d = 2; signs N ≤ 3; sampled N ≤ 8, d ≤ 3; every N and d by the argument",
        sharpness=(
            needs_a_common_statistic(0),
            needs_no_own_channel(1),
            needs_no_way_back(2),
            _another_reward(),
            _unstable(),
        ),
    )


def condition(analysis: Analysis) -> EcosystemCondition:
    """Whether covariances commute in an ecosystem without channels that has a strength of known reach."""
    return commuting("safe.commuting", analysis)


def _sampled_basis() -> Case:
    experiment = Experiment(
        name="one basis, N ≤ 8, d ≤ 3", strategy=sampled_common_basis, predicate=why_below_one_round
    )
    return Case(name=experiment.name, statement=experiment)


def _sampled_shares() -> Case:
    experiment = Experiment(
        name="fixed covariances, N ≤ 8, d ≤ 3", strategy=sampled_plain_shares, predicate=why_below_one_round
    )
    return Case(name=experiment.name, statement=experiment)


def _coordinate(knob: Knob) -> Case:
    """One coordinate: p y_1 is at least its direct effect, not negative; own strength: other links 0."""
    model = ScalarKnob(3, knob)
    return Case(
        name=f"N = 3, {knob.value} strength, each coordinate",
        statement=Statement(
            variables=model.variables,
            hypotheses=model.hypotheses(),
            conclusions=(
                at_least(model.influence(1), model.one_round()),
                at_least(model.one_round()),
            ),
        ),
        witness=model.witness(),
    )


def _fixed(knob: Knob) -> Case:
    """Fixed covariances: what multiplies the pull is not negative, and neither is the effect on model 1."""
    model = ShareKnob(size=3, dimension=1, knob=knob, fixed=True)
    if knob is not Knob.PRODUCER:
        return share_signs(model, Matrix(model.returns[:, 0]))
    read = Matrix([model.touched[m, 1] for m in (1, 2, 3)])
    return share_signs(model, Matrix(model.returns * read))


def _another_reward() -> Sharpness:
    """Model 2 reads what model 1's producer strength chooses, but by model 2's reward e: model 1 loses."""
    model = ScalarKnob(3, Knob.PRODUCER)
    wanted = real("e")
    effect = (model.influence(1) / model.rewards[0] ** 2) * model.rewards[0] * wanted
    at = dict(model.witness()) | {"e": sympy.Integer(-1)}
    return Sharpness(
        hypothesis=3,
        weakened=Statement(
            variables=(*model.variables, *variables(wanted)),
            hypotheses=(*model.hypotheses(), unequal(model.rewards[0]), positive(model.touched[1, 1])),
            conclusions=(at_least(effect),),
        ),
        point=tuple(at.items()),
    )


def _unstable() -> Sharpness:
    """Own link 2, nothing else read: the effect of a push of 1 is −1."""
    model = ScalarKnob(3, Knob.CONSUMER)
    values = dict.fromkeys((*model.links, *model.touched.values()), 0) | dict.fromkeys(
        (*model.variances, *model.rewards), 1
    )
    at = values | {model.links[0, 0]: 1, model.touched[1, 1]: 1}
    return dropping(_coordinate(Knob.CONSUMER), model.stable, hypothesis=4, point=point(at))
