"""robust.real-data: bounds on the gains of curation bound where a model with real data ends.

Statement. p_{t+1} = (p_data + λ C_t)/(1 + λ), λ > 0, where C_t is what is kept of the model's own output,
by whomever; gain_t = E_{C_t}[a] − E_t[a]. If gain_t ≥ −g in every round, liminf E_t[a] ≥ E_data[a] − λg; if
gain_t ≤ −g in every round, limsup E_t[a] ≤ E_data[a] − λg. Always E_t[a] ≥ (E_data[a] + λ min a)/(1 + λ)
for t ≥ 1.

Argument. E_{t+1}[a] = (E_data[a] + λ(E_t[a] + gain_t))/(1 + λ). With L = E_data[a] − λg and r = λ/(1 + λ),
the first assumption gives E_{t+1}[a] − L ≥ r(E_t[a] − L), hence E_t[a] − L ≥ r^t(E_0[a] − L) → 0; the
second reverses both. E_{C_t}[a] ≥ min a gives the floor.

Machine-checked. The recursion for 2, 3 and 4 atoms, any C_t; the two steps with 0 < r < 1; the floor for 2,
3 and 4 atoms. The limits follow by the geometric series.
"""

from __future__ import annotations

import sympy

from proofs_check.claim import Case, Claim, Provenance
from proofs_check.conditions.curated_with_real_data import adversarial_floor
from proofs_check.conditions.ecosystem_condition import EcosystemCondition
from proofs_check.encoding.relations import all_equal, at_least, equal, less, positive
from proofs_check.encoding.symbols import UNIT, Matrix, column, entries, point, real, reals, variables
from proofs_check.encoding.two_crowds import TwoCrowds
from proofs_check.sharpness import Sharpness, dropping
from proofs_check.statements.statement import Relation, Statement
from theory.analysis import Analysis

_SIZES = (2, 3, 4)
_RATIO = real("lambda")
_DATA, _NOW, _GAIN, _BOUND = _NUMBERS = reals("d x k g")
"""E_data[a], E_t[a], gain_t and g."""


def claim() -> Claim:
    """The claim ``robust.real-data``."""
    return Claim(
        id="robust.real-data",
        title="Bounds on every round's gain bound the long run",
        provenance=Provenance.DERIVED,
        source="",
        statement=(
            "p_{t+1} = (p_data + λC_t)/(1 + λ), gain_t = E_{C_t}[a] − E_t[a]: gain_t ≥ −g in every round "
            "gives liminf E_t[a] ≥ E_data[a] − λg, gain_t ≤ −g gives limsup E_t[a] ≤ E_data[a] − λg, "
            "and always E_t[a] ≥ (E_data[a] + λ min a)/(1 + λ) for t ≥ 1."
        ),
        latex=(
            r"\forall t\ \mathrm{gain}_t\ge-g\;\Rightarrow\;\liminf_t\mathbb E_ta\ge"
            r"\mathbb E_{\mathrm{data}}a-\lambda g"
        ),
        hypotheses=(
            "A saturated model, refitted to real data and λ > 0 times as much of its own curated output.",
            "The gain is bounded in every round, not at the real data alone.",
        ),
        cases=(
            *(_recursion(n) for n in _SIZES),
            _step("gains of at least −g", at_least(_GAIN, -_BOUND), rising=True),
            _step("gains of at most −g", at_least(-_BOUND, _GAIN), rising=False),
            *(_floor(n) for n in _SIZES),
        ),
        scope="2, 3, 4 atoms symbolic, any choosers; any law by the argument",
        sharpness=(_needs_a_positive_ratio(), _needs_every_round()),
    )


def condition(analysis: Analysis) -> EcosystemCondition:
    """Whether one saturated model reads real data and its own curated output alone."""
    return adversarial_floor("robust.real-data", analysis)


def _numerator(gain: sympy.Expr) -> sympy.Expr:
    """d + λ(x + gain), which is (1 + λ)E_{t+1}[a]."""
    return _DATA + _RATIO * (_NOW + gain)


def _mixed(n: int) -> tuple[Matrix, Matrix, Matrix, Matrix]:
    """Real law, law, kept law and law after the round."""
    data, law, kept, after = (column(name, n) for name in "qpcn")
    return data, law, kept, after


def _refitted(data: Matrix, kept: Matrix, after: Matrix) -> tuple[Relation, ...]:
    """(1 + λ)p' = p_data + λC."""
    return all_equal((1 + _RATIO) * after, data + _RATIO * kept)


def _recursion(n: int) -> Case:
    """E_{t+1}[a] by the mixture against the recursion."""
    data, law, kept, after = laws = _mixed(n)
    weights = column("a", n)
    moments = {_DATA: weights.dot(data), _NOW: weights.dot(law)}
    gain = weights.dot(kept) - weights.dot(law)
    return Case(
        name=f"{n} atoms, the recursion",
        statement=Statement(
            variables=variables(*laws, weights, _RATIO, typical=UNIT),
            hypotheses=_refitted(data, kept, after),
            conclusions=(equal((1 + _RATIO) * weights.dot(after), _numerator(gain).xreplace(moments)),),
        ),
        witness=point(_values(n, laws, weights)),
    )


def _values(n: int, laws: tuple[Matrix, ...], weights: Matrix) -> dict[sympy.Symbol, sympy.Expr]:
    """Uniform laws, weights 1 … n, λ = ½."""
    uniform = entries({law: [[f"1/{n}"]] * n for law in laws})
    rising = entries({weights: [[i + 1] for i in range(n)]})
    return uniform | rising | {_RATIO: sympy.Rational(1, 2)}


def _step(name: str, bounded: Relation, *, rising: bool) -> Case:
    """E_{t+1}[a] − L against r(E_t[a] − L), and 0 < r < 1."""
    limit, rate = _DATA - _RATIO * _BOUND, _RATIO / (1 + _RATIO)
    after, shrunk = _numerator(_GAIN) / (1 + _RATIO) - limit, rate * (_NOW - limit)
    return Case(
        name=name,
        statement=Statement(
            variables=variables(*_NUMBERS, _RATIO, typical=UNIT),
            hypotheses=(positive(_RATIO), bounded),
            conclusions=(
                at_least(after, shrunk) if rising else at_least(shrunk, after),
                positive(rate),
                less(rate, 1),
            ),
        ),
        witness=point({_DATA: 1, _NOW: 2, _GAIN: 1 if rising else -2, _BOUND: 1, _RATIO: "1/2"}),
    )


def _floor(n: int) -> Case:
    """E_{t+1}[a] ≥ (E_data[a] + λ m)/(1 + λ) for weights ≥ m."""
    data, _, kept, after = _mixed(n)
    weights, least = column("a", n), real("m")
    return Case(
        name=f"{n} atoms, the floor",
        statement=Statement(
            variables=variables(data, kept, after, weights, least, _RATIO, typical=UNIT),
            hypotheses=(
                positive(_RATIO),
                *_refitted(data, kept, after),
                *(at_least(c) for c in kept),
                equal(sympy.Add(*kept), 1),
                *(at_least(a, least) for a in weights),
            ),
            conclusions=(at_least((1 + _RATIO) * weights.dot(after), weights.dot(data) + _RATIO * least),),
        ),
        witness=point(_values(n, (data, kept, after), weights) | {least: sympy.Integer(1)}),
    )


def _needs_a_positive_ratio() -> Sharpness:
    """λ = −½ turns the step around."""
    case = _step("gains of at least −g", at_least(_GAIN, -_BOUND), rising=True)
    at = point({_DATA: 1, _NOW: 1, _GAIN: 1, _BOUND: 0, _RATIO: "-1/2"})
    return dropping(case, positive(_RATIO), hypothesis=0, point=at)


def _needs_every_round() -> Sharpness:
    """λ = ½, a = (1, 2), data (2/5, 3/5): a gain of 3/20 there, but p* = (1/3, 2/3) is below 8/5 + 3/40."""
    crowds, data = TwoCrowds(2), real("q1")
    real_mean = data * crowds.honest[0] + (1 - data) * crowds.honest[1]
    at_data = {crowds.free[0]: data}
    stationary = equal((1 + _RATIO) * crowds.law[0], data + _RATIO * crowds.step[0])
    gain = crowds.gain.xreplace(at_data)
    return Sharpness(
        hypothesis=1,
        weakened=Statement(
            variables=(*crowds.variables, *variables(data, _RATIO, _BOUND, typical=UNIT)),
            hypotheses=(
                *crowds.domain(),
                positive(_RATIO),
                equal(crowds.share),
                stationary,
                at_least(gain, -_BOUND),
            ),
            conclusions=(at_least(crowds.mean(crowds.honest), real_mean - _RATIO * _BOUND),),
        ),
        point=point(crowds.at(["1/3"], (1, 2), (1, 1), 0) | {data: "2/5", _RATIO: "1/2", _BOUND: "-3/20"}),
    )
