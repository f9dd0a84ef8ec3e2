"""safe.scalar-cooperative: scalar models of one statistic never flip, and help whom they agree with.

Statement. N models, each a one-parameter exponential family; the families may differ, the statistic T is
common to all. No channels; every choice is by a reward in the span of T among K = ∞ candidates, a reward of
its own for each stream. At a stable equilibrium J ≥ 0 and (I − J)⁻¹ ≥ 0. Let model i's users hold the reward
c_i T, and let their strength β tilt i's own stream, or all that i reads, or all that is made from i. Then

    dR_i/dβ ≥ direct effect ≥ 0,   dR_j/dβ has the sign of c_i c_j,

and dR_j/dβ is 0 where no chain of reading leads from j to a touched stream. The rest, with i frozen, is
stable.

Argument. Let A_j be the log-partition of model j, θ_j its natural parameter, μ_j = A_j'(θ_j) its mean of T.
Tilting the law θ by a reward cT at strength β gives the law θ + βc of the same family, with the mean A_j'(θ +
βc). As T is common, moment matching of model i reads μ_i = const + Σ over streams of w A_j'(θ_j + tilt).
Hence in mean coordinates J_ij = Σ over streams j → i of w A_j''(θ_j + tilt)/A_j''(θ_j) ≥ 0: variances are
positive and shares non-negative. (A noisy or adversarial chooser splits a stream into several.) As ρ(J) < 1,
(I − J)⁻¹ = Σ Jᵗ ≥ I entrywise, and its entry (j, k) is positive iff a chain of links leads from j to k. The
direct effect of β on the mean of model k is ∂G_k/∂β = Σ over touched streams of w A_j''(θ_j + tilt) c_i = c_i
b_k with b ≥ 0, so dR_j/dβ = c_j c_i [(I − J)⁻¹b]_j, and for j = i it is c_i²[(I − J)⁻¹b]_i ≥ c_i² b_i, the
direct effect. Principal submatrices of J ≥ 0 have spectral radius at most ρ(J) < 1: the rest is stable, so
that det(I − K) > 0 and nothing flips (influence.frozen-rest).

What breaks. Different statistics (false.scalar-never-flips, −1/11), a channel, an unstable equilibrium.

Machine-checked. N = 2: J and ∂G/∂β, differentiated from generic log-partitions; J ≥ 0. N = 3 (and N = 2, with
the third model apart), every J ≥ 0 with ρ(J) < 1, consumer and producer strength (own strength is either with
the other links 0): det(I − J) > 0, dR_i/dβ ≥ direct effect ≥ 0, c_i c_j dR_j/dβ ≥ 0; strict along a chain, 0
without one; the rest is stable. Sampled for N ≤ 8.
"""

from __future__ import annotations

import sympy

from proofs_check.claim import Case, Claim, Provenance
from proofs_check.conditions.common_statistic import scalar_cooperative
from proofs_check.conditions.ecosystem_condition import EcosystemCondition
from proofs_check.encoding.matrices import determinant, without
from proofs_check.encoding.relations import at_least, equal, positive, unequal, with_values
from proofs_check.encoding.sampled_scalars import sampled_scalars, why_not_cooperative
from proofs_check.encoding.scalar_knobs import GenericPair, Knob, ScalarKnob
from proofs_check.encoding.sharp_safety import needs_a_common_statistic, needs_no_channels
from proofs_check.encoding.symbols import Matrix, entries, point
from proofs_check.sharpness import Sharpness, dropping
from proofs_check.statements.experiment import Experiment
from proofs_check.statements.statement import Relation, SchurStable, Statement
from theory.analysis import Analysis


def claim() -> Claim:
    """The claim ``safe.scalar-cooperative``."""
    return Claim(
        id="safe.scalar-cooperative",
        title="Scalar models of one statistic never flip, and help whom they agree with",
        provenance=Provenance.DERIVED,
        source="",
        statement=(
            "Scalar families with a common T, no channels, K = ∞, rewards cᵢT, stable equilibrium: J ≥ 0, "
            "(I − J)⁻¹ ≥ 0; the rest with i frozen is stable; own, consumer and producer strength: "
            "dRᵢ/dβ ≥ direct effect ≥ 0, and dRⱼ/dβ has the sign of cᵢcⱼ (0 without a path)."
        ),
        latex=(
            r"J_{ij}=\sum w\,\frac{A_j''(\theta_j+t)}{A_j''(\theta_j)}\ge 0,\ \rho(J)<1\;\Rightarrow\;"
            r"(I-J)^{-1}\ge 0,\quad \operatorname{sign}\frac{dR_j}{d\beta_i}=\operatorname{sign}c_ic_j"
        ),
        hypotheses=(
            "One-parameter exponential families with a common statistic T; K = ∞ and rewards in its span.",
            "No channels.",
            "The equilibrium is stable: ρ(J) < 1.",
        ),
        cases=(
            _sampled(),
            _links(),
            *map(_signs, (Knob.CONSUMER, Knob.PRODUCER)),
            _along_a_chain(),
            _no_chain(),
            _stable_rest(),
        ),
        scope="N ≤ 3 symbolic, every J ≥ 0 with ρ(J) < 1; N ≤ 8 sampled; every N by the argument",
        sharpness=(needs_a_common_statistic(0), needs_no_channels(1), _unstable()),
    )


def condition(analysis: Analysis) -> EcosystemCondition:
    """Whether an ecosystem is a stable one of scalar models with a common statistic, without channels."""
    return scalar_cooperative("safe.scalar-cooperative", analysis)


def _sampled() -> Case:
    experiment = Experiment(
        name="N ≤ 8, J ≥ 0 with ρ(J) < 1, all three strengths",
        strategy=sampled_scalars,
        predicate=why_not_cooperative,
    )
    return Case(name=experiment.name, statement=experiment)


def _links() -> Case:
    """Two models, each pair with a chosen stream: J and ∂G/∂β of the definition."""
    pair = GenericPair()
    links = Matrix(2, 2, lambda i, j: pair.shares[i, j] * pair.laws[i, j] / pair.variances[j])
    pushes = Matrix(
        2, 1, lambda i, _: sum(pair.shares[i, j] * pair.laws[i, j] * pair.reward for j in range(2))
    )
    jacobian, direct = pair.network.jacobian, pair.network.direct
    return Case(
        name="N = 2, links and pushes",
        statement=Statement(
            variables=pair.variables,
            hypotheses=pair.hypotheses(),
            conclusions=(
                *map(equal, jacobian, links),
                *map(equal, direct, pushes),
                *map(at_least, jacobian),
                *(at_least(pair.reward * push) for push in direct),
            ),
        ),
        witness=pair.witness(),
    )


def _case(
    name: str, model: ScalarKnob, *extra: Relation, to_show: tuple[Relation | SchurStable, ...]
) -> Case:
    return Case(
        name=f"N = {model.size}, {name}",
        statement=Statement(
            variables=model.variables,
            hypotheses=(*model.hypotheses(), *extra),
            conclusions=to_show,
        ),
        witness=model.witness(),
    )


def _signs(knob: Knob) -> Case:
    """What the strength does to model 1 and to the others; own strength is either with other links 0."""
    model = ScalarKnob(3, knob)
    others = (model.rewards[0] * model.rewards[j - 1] * model.influence(j) for j in (2, 3))
    return _case(
        f"{knob.value} strength",
        model,
        to_show=(
            positive(determinant(model.field)),
            at_least(model.influence(1), model.one_round()),
            at_least(model.one_round()),
            *map(at_least, others),
        ),
    )


def _along_a_chain() -> Case:
    """2 reads 3, which reads 1: model 1 gains, and model 2 iff its users agree with model 1's."""
    model = ScalarKnob(3, Knob.OWN)
    links = (model.links[1, 2], model.links[2, 0], model.touched[1, 1])
    rewards = (model.rewards[0], model.rewards[1])
    shown = (positive(rewards[0] * rewards[1] * model.influence(2)), positive(model.influence(1)))
    return _case(
        "strict along a chain of two links",
        model,
        *map(positive, links),
        *map(unequal, rewards),
        to_show=shown,
    )


def _no_chain() -> Case:
    """2 reads itself only."""
    model = ScalarKnob(3, Knob.OWN)
    cut = {model.links[1, 0]: sympy.S.Zero, model.links[1, 2]: sympy.S.Zero}
    known = [(name, value) for name, value in model.witness() if name not in {s.name for s in cut}]
    statement = Statement(
        variables=tuple(v for v in model.variables if v.symbol not in cut),
        hypotheses=tuple(with_values(h, cut) for h in model.hypotheses()),
        conclusions=(with_values(equal(model.influence(2)), cut),),
    )
    return Case(name="N = 3, 0 without a chain", statement=statement, witness=tuple(known))


def _stable_rest() -> Case:
    """K, what is left of J with model 1 frozen; a suspect has it near the boundary."""
    model = ScalarKnob(3, Knob.OWN)
    near = dict(model.witness()) | {s.name: sympy.S.Zero for s in (*model.links, model.touched[1, 1])}
    return Case(
        name="N = 3, the rest with model 1 frozen is stable",
        statement=Statement(
            variables=model.variables,
            hypotheses=model.hypotheses(),
            conclusions=(SchurStable(without(model.network.jacobian, 0, 0)),),
        ),
        witness=model.witness(),
        suspects=(tuple((near | {"l22": sympy.Rational(199, 200)}).items()),),
    )


def _unstable() -> Sharpness:
    """Own link 2, nothing else read: the effect of a push of 1 is −1."""
    model = ScalarKnob(3, Knob.CONSUMER)
    links = [[1, 0, 0], [0, 0, 0], [0, 0, 0]]
    values = entries({model.links: links, model.variances: [[1]] * 3, model.rewards: [[1]] * 3})
    touched = dict.fromkeys(model.touched.values(), 0) | {model.touched[1, 1]: 1}
    return dropping(_signs(Knob.CONSUMER), model.stable, hypothesis=2, point=point(values | touched))
