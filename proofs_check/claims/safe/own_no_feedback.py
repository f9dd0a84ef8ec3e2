"""safe.own-no-feedback: a model that does not reach itself through others gains by choosing harder.

Statement. An ecosystem of any families. Model i's users hold one reward r = ⟨c,T_i⟩, not constant almost
surely, and choose among K = ∞ candidates of i's own output: a share w > 0 of i's data; a share u ≥ 0 of it is
i's own raw output; no channel on these two. Everything else that i reads is whatever it may be, curated by
anybody or passed through channels, but no chain of reading leads from i through other models back to i. At
every stable equilibrium R_i = ⟨c,μ_i⟩ rises with the strength β of i's users on this stream: with H_0 =
∇²A_i(θ_i), H_b = ∇²A_i(θ_i + βc),

    dR_i/dβ = w cᵀ((1 − u)H_b⁻¹ − wH_0⁻¹)⁻¹c > 0.

Argument. Let D be the models that read i directly or through a chain, U all others but i. i reads nobody in
D, or it would reach itself; nor does a model in U read i or a model in D, or it would be in D. So in the
order U, i, D the Jacobian is block triangular, its spectrum is the union of those of its diagonal blocks, and
ρ(J_ii) ≤ ρ(J) < 1. The strength enters the update of i only. The rows of U read (I − J_UU)dx_U = 0, so dx_U =
0: upstream nothing moves. The rows of i read then (I − J_ii)dμ_i = ∂G_i/∂β. As no channel is in the way, J_ii
= uI + wH_bH_0⁻¹ and ∂G_i/∂β = wH_bc. What is downstream of i has no part in this. It is one model with one
interest and exogenous data (safe.one-interest): with H_0 = LLᵀ, H_b = L diag(g) Lᵀ (any two positive definite
matrices), J_ii is similar to uI + w diag(g), stability says u + wg_k < 1, and with p = Lᵀc ≠ 0

    dR_i/dβ = Σ_k wg_k p_k²/(1 − u − wg_k) > 0,

which in the basis L is the formula.

What breaks. A chain back to i (false.needs-unstable-rest: −29248/719041). A strength that also tilts what i
reads from others (false.needs-feedback: −1). Two groups of users on i's own stream (gaussian.user-groups:
−1/7). A channel on it (a quarter turn: −1/13).

Machine-checked. Model i with two coordinates, one model upstream and one downstream, one coordinate each, all
blocks generic: the characteristic polynomial of J is the product of those of the blocks; nothing moves
upstream and i moves as if alone. d = 2: from a generic log-partition, equations and J of model i in the basis
L are scalar; the formula; each direction helps. Scalar states, N = 2, from definition to sign, with ρ(J) < 1
as it is. Sampled for N ≤ 8, d ≤ 3: formula and sign, from the whole system.
"""

from __future__ import annotations

import sympy

from proofs_check.claim import Case, Claim, Provenance
from proofs_check.conditions.common_statistic import own_no_feedback
from proofs_check.conditions.ecosystem_condition import EcosystemCondition
from proofs_check.encoding.congruent_pair import CongruentPair
from proofs_check.encoding.matrices import determinant, identity_minus, inverse
from proofs_check.encoding.relations import all_equal, at_least, equal, positive, unequal
from proofs_check.encoding.sampled_influences import sampled_no_way_back, why_not_alone
from proofs_check.encoding.sharp_safety import (
    needs_an_own_knob,
    needs_no_own_channel,
    needs_no_way_back,
    needs_one_reward,
)
from proofs_check.encoding.symbols import Matrix, column, entries, matrix, point, reals, variables
from proofs_check.encoding.tilted_network import TiltedNetwork, TiltedStream
from proofs_check.sharpness import Sharpness, dropping
from proofs_check.statements.experiment import Experiment
from proofs_check.statements.statement import SchurStable, Statement
from theory.analysis import Analysis

_RAW, _CURATED, _REWARD = reals("u w c")
_ROOMS, _READ, _OTHER = column("s", 2), reals("r")[0], reals("b")[0]
_VARIANCES, _LAW = column("H", 2), reals("B")[0]
_HYPOTHESES = (
    "No chain of reading leads from model i through other models back to it.",
    "The strength tilts i's own stream and no other.",
    "i's own output is raw or chosen by one group of users; K = ∞, a reward in the span of T.",
    "No channel on what i reads of its own output.",
    "The reward is not constant almost surely and the curated share w is positive.",
    "The equilibrium is stable: ρ(J) < 1.",
)


def claim() -> Claim:
    """The claim ``safe.own-no-feedback``."""
    return Claim(
        id="safe.own-no-feedback",
        title="A model that does not reach itself through others gains by choosing harder",
        provenance=Provenance.DERIVED,
        source="",
        statement=(
            "i's users choose i's own output (share w > 0, K = ∞, one reward ⟨c,T⟩ not constant), own raw "
            "share u ≥ 0, no channel on these, no chain of reading from i through others back to i: at every "
            "stable equilibrium dRᵢ/dβ = w cᵀ((1 − u)H_b⁻¹ − wH₀⁻¹)⁻¹c > 0."
        ),
        latex=(
            r"\frac{dR_i}{d\beta}=w\,c^{\top}\left((1-u)H_b^{-1}-wH_0^{-1}\right)^{-1}c>0,"
            r"\qquad H_0=\nabla^2A_i(\theta_i),\ H_b=\nabla^2A_i(\theta_i+\beta c)"
        ),
        hypotheses=_HYPOTHESES,
        cases=(
            _sampled(),
            _spectrum(),
            _upstream_rests(),
            CongruentPair(1).directions_separate(),
            CongruentPair(1).formula(_RAW),
            _direction(),
            _scalar(),
        ),
        scope="upstream, i, downstream; d = 2 for i; scalar N = 2 whole; sampled N ≤ 8; any N, d by argument",
        sharpness=(
            needs_no_way_back(0),
            needs_an_own_knob(1),
            needs_one_reward(2),
            needs_no_own_channel(3),
            _no_reward(),
            _unstable(),
        ),
    )


def condition(analysis: Analysis) -> EcosystemCondition:
    """Whether some model's users are alone on its own stream, and it does not reach itself through others."""
    return own_no_feedback("safe.own-no-feedback", analysis)


def _sampled() -> Case:
    experiment = Experiment(
        name="formula and sign, N ≤ 8, d ≤ 3", strategy=sampled_no_way_back, predicate=why_not_alone
    )
    return Case(name=experiment.name, statement=experiment)


def _blocks() -> tuple[sympy.Symbol, Matrix, sympy.Symbol, Matrix]:
    """J_UU, J_ii, J_DD, and J in the order U, i, D with generic blocks below the diagonal."""
    upstream, downstream = reals("a d")
    own, first, last = matrix("J", 2, 2), column("x", 2), matrix("y", 1, 3)
    whole = sympy.zeros(4, 4)
    whole[0, 0], whole[3, 3] = upstream, downstream
    whole[1:3, 0], whole[1:3, 1:3], whole[3, :3] = first, own, last
    return upstream, own, downstream, Matrix(whole)


def _spectrum() -> Case:
    upstream, own, downstream, whole = _blocks()
    value = reals("z")[0]
    symbols = [s for s in whole if s != 0]
    numbers = {s: k + 2 for k, s in enumerate((value, *symbols))}
    characteristic = determinant(Matrix(value * sympy.eye(4) - whole))
    alone = determinant(Matrix(value * sympy.eye(2) - own))
    return Case(
        name="upstream, i (d = 2), downstream: spectrum",
        statement=Statement(
            variables=variables(value, *symbols),
            hypotheses=(),
            conclusions=(equal(characteristic, (value - upstream) * alone * (value - downstream)),),
        ),
        witness=point(numbers),
    )


def _upstream_rests() -> Case:
    """(I − J)dx = (0, pull, 0): dx_U = 0 and (I − J_ii)dx_i = pull."""
    upstream, own, _, whole = _blocks()
    moves, pull = column("m", 4), column("q", 2)
    equations = identity_minus(whole) * moves
    symbols = [s for s in whole if s != 0]
    at = dict.fromkeys((*symbols, *moves), 0) | dict.fromkeys(pull, 1)
    return Case(
        name="upstream, i (d = 2), downstream: moves",
        statement=Statement(
            variables=variables(*symbols, moves, pull),
            hypotheses=(
                unequal(1 - upstream),
                equal(equations[0]),
                *all_equal(Matrix(equations[1:3, 0]), pull),
                equal(equations[3]),
            ),
            conclusions=(
                equal(moves[0]),
                *all_equal(Matrix(identity_minus(own) * Matrix(moves[1:3])), pull),
            ),
        ),
        witness=point(at | {moves[1]: 1, moves[2]: 1}),
    )


def _direction() -> Case:
    """p y for (1 − u − wg)y = wg p."""
    gain, pull = reals("g p")
    influence = pull * _CURATED * gain * pull / (1 - _RAW - _CURATED * gain)
    return Case(
        name="d = 1, each direction helps",
        statement=Statement(
            variables=variables(_RAW, _CURATED, gain, pull),
            hypotheses=(
                at_least(_RAW),
                positive(_CURATED),
                positive(gain),
                positive(1 - _RAW - _CURATED * gain),
                unequal(pull),
            ),
            conclusions=(
                positive(influence),
                equal(influence, _CURATED * pull**2 / ((1 - _RAW) / gain - _CURATED)),
            ),
        ),
        witness=point({_RAW: "1/4", _CURATED: "1/8", gain: 2, pull: 3}),
    )


def _network() -> TiltedNetwork:
    """Model 2 upstream, its links 1 − s_2 and r chosen by anybody; model 1 has the link 1 − s_1 to itself."""
    first, second = (Matrix([[h]]) for h in _VARIANCES)
    any_law = Matrix([[_OTHER]])
    raw = 1 - _ROOMS[0] - _CURATED * _LAW / _VARIANCES[0]
    streams = (
        TiltedStream(reader=1, producer=1, share=raw),
        TiltedStream(
            reader=1, producer=1, share=_CURATED, variance=Matrix([[_LAW]]), reward=Matrix([_REWARD])
        ),
        TiltedStream(reader=1, producer=2, share=_READ * _VARIANCES[1] / _OTHER, variance=any_law),
        TiltedStream(reader=2, producer=2, share=(1 - _ROOMS[1]) * _VARIANCES[1] / _OTHER, variance=any_law),
    )
    return TiltedNetwork((first, second), streams)


def _scalar() -> Case:
    network = _network()
    jacobian = network.jacobian.applyfunc(sympy.cancel)
    influence = _REWARD * (inverse(identity_minus(jacobian)) * network.direct)[0]
    return Case(
        name="N = 2, scalar states",
        statement=Statement(
            variables=variables(_ROOMS, _READ, _CURATED, _LAW, _VARIANCES[0], _REWARD),
            hypotheses=(
                SchurStable(jacobian),
                *map(positive, (_CURATED, _LAW, _VARIANCES[0])),
                unequal(_REWARD),
            ),
            conclusions=(positive(influence),),
        ),
        witness=point(
            entries({_ROOMS: [["1/2"], ["3/4"]]})
            | {_READ: "1/3", _CURATED: "1/8", _LAW: 2, _VARIANCES[0]: 3, _REWARD: 2}
        ),
    )


def _no_reward() -> Sharpness:
    """c = 0: nothing moves."""
    at = entries({_ROOMS: [[1], [1]]}) | {_READ: 0, _CURATED: 1, _LAW: 1, _VARIANCES[0]: 1, _REWARD: 0}
    return dropping(_scalar(), unequal(_REWARD), hypothesis=4, point=point(at))


def _unstable() -> Sharpness:
    """J_11 = 2: a push of 1 ends as −1."""
    at = entries({_ROOMS: [[-1], [1]]}) | {_READ: 0, _CURATED: 1, _LAW: 1, _VARIANCES[0]: 1, _REWARD: 1}
    stable = SchurStable(_network().jacobian.applyfunc(sympy.cancel))
    return dropping(_scalar(), stable, hypothesis=5, point=point(at))
