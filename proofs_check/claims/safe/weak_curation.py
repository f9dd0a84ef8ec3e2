"""safe.weak-curation: the first bit of choice never backfires: inversion needs a finite strength.

Statement. N models in exponential families with a common statistic T (any dimension; the families may
differ), no channels, every strength 0, shares W ≥ 0 with ρ(W) < 1, M = (I − W)⁻¹, H_j the covariance of T
under model j. Let model i's users have K = ∞ candidates and the reward ⟨c_i,T⟩. Their strength β, raised from
0, moves R_i = ⟨c_i,μ_i⟩ at the rate

    own (share k of i's own output):     k M_ii c_iᵀH_ic_i,
    consumer (shares k_m that i reads):  M_ii Σ_m k_m c_iᵀH_mc_i,
    producer (shares k_m read from i):   (Σ_m M_im k_m) c_iᵀH_ic_i ≥ 0.

The first two are positive when some k > 0 and the reward is not constant almost surely (under each law it
chooses from). So at small enough strengths own and consumer strength help: backfire is an effect of finite
strength.

Argument. Moment matching reads μ_i = const + Σ_j u_ij ∇A_j(θ_j) + Σ_j k_ij ∇A_j(θ_j + t_ij), t the tilts. At
t = 0 both derivatives in θ_j are the same matrix H_j = ∇²A_j(θ_j), the covariance of T, so in mean
coordinates J_ij = (u_ij + k_ij)H_jH_j⁻¹ = W_ij I: J = W ⊗ I and (I − J)⁻¹ = M ⊗ I. The direct effect on the
mean of model m is Σ over touched streams of k H c_i; multiply by M and take ⟨c_i,·⟩. M = Σ Wᵗ ≥ 0 with M_ii ≥
1, and cᵀHc = Var⟨c,T⟩ > 0 iff ⟨c,T⟩ is not constant almost surely. I − J is invertible, so near strength 0
the equilibrium and the rates are continuous in the strengths, which gives the last sentence.

What breaks. At a finite strength: false.needs-unstable-rest (−29248/719041). A channel: a quarter turn of the
own output, direct effect +1/10, total −1/13.

Machine-checked. N = 2, d = 2: for consumer and producer strength (own strength is either with no other stream
touched), that the moves M ⊗ pull solve the equilibrium equations, linearised at strength 0 from generic
log-partitions. N = 3: the signs for every W ≥ 0 with ρ(W) < 1, strict with k > 0. d = 3: cᵀHc > 0. Sampled:
all formulas and signs, N ≤ 8, d ≤ 3.
"""

from __future__ import annotations

import sympy

from proofs_check.claim import Case, Claim, Provenance
from proofs_check.conditions.common_statistic import weak_curation
from proofs_check.conditions.ecosystem_condition import EcosystemCondition
from proofs_check.encoding.relations import positive
from proofs_check.encoding.sampled_influences import sampled_plain_shares, why_not_share_formulas
from proofs_check.encoding.scalar_knobs import Knob
from proofs_check.encoding.share_network import ShareKnob
from proofs_check.encoding.share_statements import positive_variance, share_signs, solves_the_equilibrium
from proofs_check.encoding.sharp_safety import needs_no_own_channel, needs_no_way_back
from proofs_check.encoding.symbols import Matrix, column, point, variables
from proofs_check.sharpness import Sharpness, dropping
from proofs_check.statements.experiment import Experiment
from proofs_check.statements.statement import Statement
from theory.analysis import Analysis


def claim() -> Claim:
    """The claim ``safe.weak-curation``."""
    return Claim(
        id="safe.weak-curation",
        title="The first bit of choice never backfires",
        provenance=Provenance.DERIVED,
        source="",
        statement=(
            "Common statistic T, no channels, every strength 0, W ≥ 0, ρ(W) < 1, M = (I − W)⁻¹: "
            "J = W ⊗ I; own strength moves Rᵢ at the rate k Mᵢᵢ cᵢᵀHᵢcᵢ, consumer strength at "
            "Mᵢᵢ cᵢᵀ(Σₘ kₘHₘ)cᵢ, both > 0 when a share k is; producer strength at (Σₘ Mᵢₘkₘ)cᵢᵀHᵢcᵢ ≥ 0."
        ),
        latex=(
            r"\beta=0:\quad J=W\otimes I,\qquad k\,M_{ii}\,c_i^{\top}H_ic_i>0,\qquad "
            r"M_{ii}\,c_i^{\top}\Bigl(\sum_m k_mH_m\Bigr)c_i>0"
        ),
        hypotheses=(
            "Exponential families with a common statistic; K = ∞ and a reward in its span where β is raised.",
            "No channels.",
            "Every strength is 0.",
            "Shares W ≥ 0 with ρ(W) < 1.",
            "The curated share is positive and the reward is not constant almost surely.",
        ),
        cases=(
            _sampled(),
            *map(_moves, (Knob.CONSUMER, Knob.PRODUCER)),
            *map(_helps, (1, 2)),
            _produced(),
            positive_variance(3),
        ),
        scope="moves N = 2, d = 2; signs N ≤ 3; sampled N ≤ 8, d ≤ 3; every N and d by the argument",
        sharpness=(needs_no_own_channel(1), needs_no_way_back(2), _unstable(), _nothing_chosen()),
    )


def condition(analysis: Analysis) -> EcosystemCondition:
    """Whether an ecosystem without channels has all strengths at 0, and users to start choosing."""
    return weak_curation("safe.weak-curation", analysis)


def _sampled() -> Case:
    experiment = Experiment(
        name="formulas and signs, N ≤ 8, d ≤ 3",
        strategy=sampled_plain_shares,
        predicate=why_not_share_formulas,
    )
    return Case(name=experiment.name, statement=experiment)


def _model(size: int, knob: Knob, dimension: int = 2) -> ShareKnob:
    return ShareKnob(size=size, dimension=dimension, knob=knob, fixed=False)


def _returns(model: ShareKnob) -> Matrix:
    """What multiplies the pull in each model's move: M_j1, and Σ_m M_jm k_m1 for the producer's strength."""
    if model.knob is not Knob.PRODUCER:
        return Matrix(model.returns[:, 0])
    read = Matrix([model.touched[m, 1] for m in range(1, model.size + 1)])
    return Matrix(model.returns * read)


def _moves(knob: Knob) -> Case:
    model = _model(2, knob)
    return solves_the_equilibrium(model, tuple(Matrix(r * model.pull) for r in _returns(model)))


def _helps(chosen: int) -> Case:
    """M_11 Σ_j k_1j q_j > 0 for sizes q_j = c·H_jc > 0 where some of what model `chosen` makes is chosen."""
    model = _model(3, Knob.CONSUMER, 1)
    sizes = column("q", 3)
    parts = (share * sizes[j - 1] for (_, j), share in model.touched.items())
    at = model.share_witness() | {q: sympy.Integer(k + 2) for k, q in enumerate(sizes)}
    return Case(
        name=f"N = 3, consumer strength helps, 1 ← {chosen} chosen",
        statement=Statement(
            variables=(*model.share_variables, *variables(sizes)),
            hypotheses=(*map(positive, (model.touched[1, chosen], *sizes)), *model.shares()),
            conclusions=(positive(model.returns[0, 0] * sympy.Add(*parts)),),
        ),
        witness=point(at),
        suspects=(point(at | dict.fromkeys(sizes, sympy.Rational(1, 1000))),),
    )


def _produced() -> Case:
    model = _model(3, Knob.PRODUCER, 1)
    return share_signs(model, _returns(model))


def _unstable() -> Sharpness:
    """W = diag(2, 0, 0): M_11 = −1."""
    model, sizes = _model(3, Knob.CONSUMER, 1), column("q", 3)
    at = dict.fromkeys(model.share_witness(), 0) | {model.touched[1, 1]: 1, model.untouched[0, 0]: 1}
    return dropping(_helps(1), model.stable, hypothesis=3, point=point(at | dict.fromkeys(sizes, 1)))


def _nothing_chosen() -> Sharpness:
    """Shares of 0 move nothing."""
    model, sizes = _model(3, Knob.CONSUMER, 1), column("q", 3)
    at = model.share_witness() | dict.fromkeys(model.touched.values(), 0) | dict.fromkeys(sizes, 1)
    return dropping(_helps(1), positive(model.touched[1, 1]), hypothesis=4, point=point(at))
