"""safe.only-one-curated: where only one model's own stream is chosen, its users gain by choosing harder.

Statement. N models in exponential families with a common statistic T of any dimension; no channels. Model i's
users hold one reward r = ⟨c,T⟩, not constant almost surely, and choose among K = ∞ candidates of i's own
output: a share w > 0 of i's data. Every other stream is raw. At every stable equilibrium the alignment R_i =
⟨c,μ_i⟩ rises with their strength β: with U ≥ 0 the raw shares, H_0 = ∇²A_i(θ_i), H_b = ∇²A_i(θ_i + βc),

    dR_i/dβ = w cᵀ((1 − u)H_b⁻¹ − wH_0⁻¹)⁻¹c > 0,   u = U_ii + U_ir(I − U_rr)⁻¹U_ri ∈ [0, 1),

r the other models: u is what comes back raw to i, directly or through the rest. This is safe.one-interest
with u in place of the raw own share.

Argument. In mean coordinates a raw stream j → m adds U_mj I to J, whatever the families are, as T is common;
the chosen stream adds wH_bH_0⁻¹ to J_ii and pushes model i alone, by wH_bc. So J = U ⊗ I + w e_ie_iᵀ ⊗
H_bH_0⁻¹. In a minimal family H_0 and H_b are positive definite, so there is an invertible L with H_0 = LLᵀ,
H_b = L diag(g) Lᵀ, g > 0. Write dμ_j = L y_j: J is similar to the direct sum over directions k of J_k = U +
wg_k e_ie_iᵀ, and y_k solves (I − J_k)y_k = wg_k p_k e_i with p = Lᵀc. Every J_k ≥ 0 and ρ(J_k) ≤ ρ(J) < 1. So
(I − J_k)⁻¹ ≥ 0, and ρ(U_rr) ≤ ρ(J_k) < 1. By blocks,

    [(I − J_k)⁻¹]_ii = 1/(1 − u − wg_k) = det(I − U_rr)/det(I − J_k) > 0,

both determinants being positive. Therefore u + wg_k < 1 for each k, and dR_i/dβ = cᵀL y_i = Σ_k p_k y_ik =
Σ_k wg_k p_k²/(1 − u − wg_k) = Σ_k w p_k²/((1 − u)/g_k − w), a sum of terms ≥ 0, one of them > 0 as Lᵀc ≠ 0.
In the basis L it is the formula. 0 ≤ u < 1 because (I − U_rr)⁻¹ ≥ 0 and wg_k > 0.

What breaks. Another model with curators of its own (false.needs-unstable-rest: −29248/719041); i's users
choosing also among what others make (false.needs-feedback: −1); a channel (a quarter turn: −1/13).

Machine-checked. N = 2, d = 2: from generic log-partitions, the linearised equilibrium and J in the basis L
are those of two scalar networks, and dR_1 = p·y_1; the formula in that basis. N = 3 (and N = 2, with model 3
apart), one direction, every J_k ≥ 0 with ρ(J_k) < 1: det(I − J_k) > 0, 0 ≤ u < 1, and p_k y_1k = w p_k²/((1 −
u)/g_k − w) > 0 for p_k ≠ 0. Sampled for N ≤ 8, d ≤ 3: formula and sign, from the whole system.
"""

from __future__ import annotations

import sympy

from proofs_check.claim import Case, Claim, Provenance
from proofs_check.conditions.common_statistic import only_one_curated
from proofs_check.conditions.ecosystem_condition import EcosystemCondition
from proofs_check.encoding.congruent_pair import CongruentPair
from proofs_check.encoding.matrices import determinant, identity_minus, inverse
from proofs_check.encoding.relations import all_nonnegative, at_least, equal, positive, unequal
from proofs_check.encoding.sampled_influences import sampled_one_curated, why_not_one_interest
from proofs_check.encoding.sharp_safety import needs_an_own_knob, needs_no_own_channel, needs_no_way_back
from proofs_check.encoding.symbols import UNIT, Matrix, entries, matrix, point, reals, variables
from proofs_check.sharpness import Sharpness, dropping
from proofs_check.statements.experiment import Experiment
from proofs_check.statements.statement import Condition, SchurStable, Statement
from theory.analysis import Analysis

_RAW = matrix("u", 3, 3)
_LINK, _GAIN, _PULL = reals("k g p")


def claim() -> Claim:
    """The claim ``safe.only-one-curated``."""
    return Claim(
        id="safe.only-one-curated",
        title="Where one model's own stream is all that is chosen, choosing harder helps",
        provenance=Provenance.DERIVED,
        source="",
        statement=(
            "Common statistic T, no channels, only i's own output is chosen (share w > 0, K = ∞, reward "
            "⟨c,T⟩ not constant), all else raw with shares U: at every stable equilibrium "
            "dRᵢ/dβ = w cᵀ((1 − u)H_b⁻¹ − wH₀⁻¹)⁻¹c > 0, u = Uᵢᵢ + Uᵢᵣ(I − Uᵣᵣ)⁻¹Uᵣᵢ ∈ [0, 1)."
        ),
        latex=(
            r"\frac{dR_i}{d\beta}=w\,c^{\top}\left((1-u)H_b^{-1}-wH_0^{-1}\right)^{-1}c>0,"
            r"\qquad u=U_{ii}+U_{ir}(I-U_{rr})^{-1}U_{ri}\in[0,1)"
        ),
        hypotheses=(
            "Exponential families with a common statistic T.",
            "No channels.",
            "One stream is chosen: one model's own output, by its own users; every other stream is raw.",
            "K = ∞, one reward in the span of T that is not constant almost surely, curated share w > 0.",
            "The equilibrium is stable: ρ(J) < 1.",
        ),
        cases=(
            _sampled(),
            CongruentPair(2).directions_separate(),
            CongruentPair(1).formula(reals("v")[0]),
            _returns(),
            _direction(),
        ),
        scope="directions N = 2, d = 2; each direction N ≤ 3; sampled N ≤ 8, d ≤ 3; any N, d by the argument",
        sharpness=(
            needs_no_own_channel(1),
            needs_no_way_back(2),
            needs_an_own_knob(2),
            _no_reward(),
            _unstable(),
        ),
    )


def condition(analysis: Analysis) -> EcosystemCondition:
    """Whether one model's own stream is all that anybody chooses, at a stable equilibrium."""
    return only_one_curated("safe.only-one-curated", analysis)


def _sampled() -> Case:
    experiment = Experiment(
        name="formula and sign, N ≤ 8, d ≤ 3", strategy=sampled_one_curated, predicate=why_not_one_interest
    )
    return Case(name=experiment.name, statement=experiment)


def _field() -> Matrix:
    """I − J_k, where the chosen stream adds k = wg to the first entry."""
    return Matrix(identity_minus(_RAW) - sympy.diag(_LINK, 0, 0))


def _back() -> sympy.Expr:
    """u = U_11 + U_1r (I − U_rr)⁻¹ U_r1."""
    rest = Matrix(sympy.eye(2) - _RAW[1:, 1:])
    return _RAW[0, 0] + (_RAW[:1, 1:] * inverse(rest) * _RAW[1:, :1])[0, 0]


def _stable() -> SchurStable:
    """ρ(J_k) < 1."""
    return SchurStable(identity_minus(_field()))


def _shares() -> tuple[Condition, ...]:
    """U ≥ 0, k > 0, ρ(J_k) < 1."""
    return (*all_nonnegative(_RAW), positive(_LINK), _stable())


def _values(**changed: int | str) -> dict[sympy.Symbol, sympy.Expr | int | str]:
    raw = [["1/8", "1/9", "1/10"], ["1/11", "1/12", "1/13"], ["1/14", "1/15", "1/16"]]
    known = entries({_RAW: raw}) | {_LINK: "1/4", _GAIN: 3, _PULL: 2}
    return known | {next(s for s in known if s.name == name): value for name, value in changed.items()}


def _returns() -> Case:
    """What comes back raw is a number in [0, 1), and there is room for the chosen stream beside it."""
    return Case(
        name="N = 3, 0 ≤ u < 1 − wg",
        statement=Statement(
            variables=variables(_RAW, _LINK, typical=UNIT),
            hypotheses=_shares(),
            conclusions=(
                positive(determinant(_field())),
                at_least(_back()),
                positive(1 - _back() - _LINK),
            ),
        ),
        witness=point({s: v for s, v in _values().items() if s not in (_GAIN, _PULL)}),
    )


def _direction() -> Case:
    """p y_1 for (I − J_k)y = k p e_1, with k = wg."""
    influence = _PULL * inverse(_field())[0, 0] * _LINK * _PULL
    share = _LINK / _GAIN
    return Case(
        name="N = 3, each direction helps",
        statement=Statement(
            variables=(*variables(_RAW, _LINK, typical=UNIT), *variables(_GAIN, _PULL)),
            hypotheses=(*_shares(), positive(_GAIN), unequal(_PULL)),
            conclusions=(
                equal(influence, share * _PULL**2 / ((1 - _back()) / _GAIN - share)),
                positive(influence),
            ),
        ),
        witness=point(_values()),
    )


def _no_reward() -> Sharpness:
    """c = 0: nothing moves."""
    return dropping(_direction(), unequal(_PULL), hypothesis=3, point=point(_values(p=0)))


def _unstable() -> Sharpness:
    """Own link 2, nothing else read: −2 for a push of 2."""
    alone = dict.fromkeys(_RAW, 0) | {_LINK: 2, _GAIN: 1, _PULL: 1}
    return dropping(_direction(), _stable(), hypothesis=4, point=point(alone))
