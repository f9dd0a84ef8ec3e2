"""influence.fixed-covariance: with fixed covariances a strength acts through Σc alone, and never backfires.

Statement. N Gaussian location models in d dimensions, model j with the fixed covariance Σ_j; no channels, K =
∞, linear rewards, shares W ≥ 0 with ρ(W) < 1, M = (I − W)⁻¹. The strength of model i's users, reward ⟨c_i,x⟩,
moves R_j = ⟨c_j,μ_j⟩, whatever all strengths are, by

    own (share k of i's own output):      M_ji k c_jᵀΣ_ic_i,               self k M_ii c_iᵀΣ_ic_i,
    consumer (shares k_m that i reads):   M_ji Σ_m k_m c_jᵀΣ_mc_i,         self M_ii Σ_m k_m c_iᵀΣ_mc_i,
    producer (all that is made from i):   (M_ji − δ_ji) c_jᵀΣ_ic_i,        self (M_ii − 1) c_iᵀΣ_ic_i.

Self-influence is never negative, and never below the direct effect. Cross-influence has the sign of
c_jᵀΣ_ic_i (own, producer), of Σ_m k_m c_jᵀΣ_mc_i (consumer), and is 0 where no chain of reading leads from j
to i. The angle between c_i and c_j does not decide: Σ_i = [[1, −2], [−2, 5]], c_i = (1, 0), c_j = (1, 1) have
c_i·c_j = 1, c_jᵀΣ_ic_i = −1.

Argument. A = ½θᵀΣθ, so μ = Σθ, and the choice by ⟨c,x⟩ at strength β turns N(μ, Σ) into N(μ + βΣc, Σ) (in the
natural parameter it adds βc). Hence μ_i' = const + Σ_j W_ij μ_j + Σ over chosen streams of kβ Σ_jc, J = W ⊗
I, and with ρ(W) < 1 the means move by dμ/dβ = (M ⊗ I) ∂G/∂β, where ∂G_m/∂β is k Σ_ic_i for m = i (own), Σ_m
k_m Σ_mc_i for i (consumer), and k_m Σ_ic_i for every m (producer). In the last case k_m = W_mi, and MW = M −
I. M = Σ Wᵗ ≥ 0, with M_ii ≥ 1 and M_ji > 0 iff a chain leads from j to i; Σ_m is positive definite, which
gives the signs.

What breaks. A fitted variance (false.needs-feedback: −1), a channel (a quarter turn: −1/13).

Machine-checked. N = 2, d = 2: for consumer and producer strength (own strength is either with no other stream
touched), that the moves above solve the equilibrium equations, linearised from generic log-partitions with
fixed second derivatives. N ≤ 3: the signs, for every W ≥ 0 with ρ(W) < 1. d = 3: cᵀΣc > 0. The acute example.
Sampled: all formulas, N ≤ 8, d ≤ 3.
"""

from __future__ import annotations

import sympy

from proofs_check.claim import Case, Claim, Provenance
from proofs_check.conditions.common_statistic import fixed_covariance
from proofs_check.conditions.ecosystem_condition import EcosystemCondition
from proofs_check.encoding.relations import at_least, equal, negative, positive
from proofs_check.encoding.sampled_influences import sampled_plain_shares, why_not_share_formulas
from proofs_check.encoding.scalar_knobs import Knob
from proofs_check.encoding.share_network import ShareKnob
from proofs_check.encoding.share_statements import positive_variance, share_signs, solves_the_equilibrium
from proofs_check.encoding.sharp_safety import needs_an_own_knob, needs_no_own_channel
from proofs_check.encoding.symbols import Matrix, column, entries, point, variables
from proofs_check.sharpness import Sharpness, dropping
from proofs_check.statements.experiment import Experiment
from proofs_check.statements.statement import Statement
from theory.analysis import Analysis


def claim() -> Claim:
    """The claim ``influence.fixed-covariance``."""
    return Claim(
        id="influence.fixed-covariance",
        title="With fixed covariances a strength acts through Σc alone, and never backfires",
        provenance=Provenance.DERIVED,
        source="",
        statement=(
            "Location models with fixed covariances Σⱼ, no channels, linear rewards, M = (I − W)⁻¹: "
            "self-influence own k Mᵢᵢ cᵢᵀΣᵢcᵢ, consumer Mᵢᵢ Σₘ kₘ cᵢᵀΣₘcᵢ, producer (Mᵢᵢ − 1)cᵢᵀΣᵢcᵢ, "
            "never negative; on Rⱼ: the sign of cⱼᵀΣᵢcᵢ (own, producer), of Σₘ kₘ cⱼᵀΣₘcᵢ (consumer)."
        ),
        latex=(
            r"\frac{dR_j}{d\beta_i}=M_{ji}\,k\,c_j^{\top}\Sigma_ic_i,\quad "
            r"M_{ji}\sum_m k_m\,c_j^{\top}\Sigma_mc_i,\quad (M_{ji}-\delta_{ji})\,c_j^{\top}\Sigma_ic_i,"
            r"\qquad M=(I-W)^{-1}"
        ),
        hypotheses=(
            "Gaussian location models with fixed covariances; K = ∞ and linear rewards.",
            "No channels.",
            "Shares W ≥ 0 with ρ(W) < 1.",
            "A producer's strength: all that is made from the model is chosen by its users.",
        ),
        cases=(
            _sampled(),
            *map(_moves, (Knob.CONSUMER, Knob.PRODUCER)),
            *map(_signs, (Knob.CONSUMER, Knob.PRODUCER)),
            positive_variance(3),
            _acute(),
        ),
        scope="moves N = 2, d = 2; signs N ≤ 3; sampled N ≤ 8, d ≤ 3; every N and d by the argument",
        sharpness=(needs_an_own_knob(0), needs_no_own_channel(1), _unstable(), _partly_chosen()),
    )


def condition(analysis: Analysis) -> EcosystemCondition:
    """Whether an ecosystem is one of location models with a strength that the formulas are about."""
    return fixed_covariance("influence.fixed-covariance", analysis)


def _sampled() -> Case:
    experiment = Experiment(
        name="formulas, N ≤ 8, d ≤ 3", strategy=sampled_plain_shares, predicate=why_not_share_formulas
    )
    return Case(name=experiment.name, statement=experiment)


def _model(size: int, knob: Knob, dimension: int = 2) -> ShareKnob:
    return ShareKnob(size=size, dimension=dimension, knob=knob, fixed=True, all_curated=knob is Knob.PRODUCER)


def _returns(model: ShareKnob) -> Matrix:
    """M_j1, and M_j1 − δ_j1 for the producer's strength: what multiplies Σc."""
    first = Matrix(model.returns[:, 0])
    if model.knob is not Knob.PRODUCER:
        return first
    return Matrix(first - sympy.eye(model.size)[:, 0])


def _moves(knob: Knob) -> Case:
    model = _model(2, knob)
    return solves_the_equilibrium(model, tuple(Matrix(r * model.pull) for r in _returns(model)))


def _signs(knob: Knob) -> Case:
    """M_j1 ≥ 0 and M_11 ≥ 1 against the shares and sizes of the chosen streams."""
    model = _model(3, knob, 1)
    return share_signs(model, _returns(model))


def _acute() -> Case:
    """Model 2 reads model 1, whose users choose along (1, 0): those of model 2, who want (1, 1), lose."""
    model = _model(2, Knob.OWN)
    (a, b, _, d), wanted = model.variances[0], column("e", 2)
    move = Matrix(model.returns[1, 0] * model.touched[1, 1] * model.variances[0] * model.reward)
    values = {a: 1, b: -2, d: 5} | entries({model.reward: [[1], [0]], wanted: [[1], [1]]})
    return Case(
        name="N = 2, d = 2, wishes at an acute angle",
        statement=Statement(
            variables=(*model.share_variables, *variables(a, b, d, model.reward, wanted)),
            hypotheses=(
                *model.shares(),
                positive(model.touched[1, 1]),
                positive(model.untouched[1, 0]),
                *(equal(symbol, value) for symbol, value in values.items()),
            ),
            conclusions=(positive(model.reward.dot(wanted)), negative(wanted.dot(move))),
        ),
        witness=point(model.share_witness() | values),
    )


def _unstable() -> Sharpness:
    """W = diag(2, 0, 0): M_11 = −1."""
    model, sizes = _model(3, Knob.CONSUMER, 1), column("q", 3)
    at = dict.fromkeys(model.share_witness(), 0) | {model.touched[1, 1]: 1, model.untouched[0, 0]: 1}
    point_of = point(at | dict.fromkeys(sizes, 1))
    return dropping(_signs(Knob.CONSUMER), model.stable, hypothesis=2, point=point_of)


def _partly_chosen() -> Sharpness:
    """Half of what model 1 makes of itself is raw: M_11 k = 1/2 in place of M_11 − 1 = 1."""
    model = ShareKnob(size=1, dimension=1, knob=Knob.PRODUCER, fixed=True)
    produced = model.returns[0, 0] * model.touched[1, 1]
    return Sharpness(
        hypothesis=3,
        weakened=Statement(
            variables=model.share_variables,
            hypotheses=model.shares(),
            conclusions=(equal(produced, model.returns[0, 0] - 1), at_least(produced)),
        ),
        point=point({model.untouched[0, 0]: "1/4", model.touched[1, 1]: "1/4"}),
    )
