"""robust.threshold: how large a fraction of other choosers lowers the expected weight in one round.

Statement. A saturated model reads only its own output, chosen at K = ∞ by a = e^r with probability 1 − φ
and by b = e^s with probability φ. Let V = Var(a)/E[a] and C = Cov(a, b)/E[b] in the current law. If C ≥ 0,
no φ in [0, 1] makes E[a] decrease in the round; if C < 0, it decreases iff φ > V/(V + |C|).

Argument. By robust.one-step the gain is (1 − φ)V + φC, with V ≥ 0. If C ≥ 0 both terms are ≥ 0. If C < 0,
then V > 0 (a is not constant), and the gain V − φ(V + |C|) is negative exactly past the threshold.

Machine-checked. For 2, 3 and 4 atoms, every law and all weights > 0: E[a], E[b] > 0, Var(a) ≥ 0 and the
gain of the round itself is (1 − φ)V + φC; from these, all three directions.
"""

from __future__ import annotations

import sympy

from proofs_check.claim import Case, Claim, Provenance
from proofs_check.conditions.choice_alone import threshold
from proofs_check.conditions.ecosystem_condition import EcosystemCondition
from proofs_check.encoding.relations import at_least, equal, less, negative, positive, with_values
from proofs_check.encoding.symbols import UNIT, point, reals, variables
from proofs_check.encoding.two_crowds import TwoCrowds
from proofs_check.sharpness import Sharpness, dropping
from proofs_check.statements.statement import Condition, Relation, Statement
from theory.analysis import Analysis

_SIZES = (2, 3, 4)
_MEAN, _RIVAL, _SPREAD, _JOINT, _SHARE = _NUMBERS = reals("A B W c phi")
"""E[a], E[b], Var(a), Cov(a, b), φ."""


def claim() -> Claim:
    """The claim ``robust.threshold``."""
    return Claim(
        id="robust.threshold",
        title="The fraction of other choosers from which the expected weight falls",
        provenance=Provenance.DERIVED,
        source="",
        statement=(
            "K = ∞, V = Var(a)/E[a], C = Cov(a, b)/E[b]: if C ≥ 0, E[a] falls for no fraction φ; "
            "if C < 0, it falls iff φ > V/(V + |C|)."
        ),
        latex=(
            r"\mathbb E_{t+1}a<\mathbb E_ta\iff C<0\text{ and }\varphi>\frac{V}{V+|C|},\quad "
            r"V=\tfrac{\operatorname{Var}a}{\mathbb Ea},\ C=\tfrac{\operatorname{Cov}(a,b)}{\mathbb Eb}"
        ),
        hypotheses=(
            "A saturated model that reads only its own curated output.",
            "K = ∞ candidates.",
            "0 ≤ φ ≤ 1.",
        ),
        cases=(*(_moments(n) for n in _SIZES), _agreeing(), _below(), _above()),
        scope="2, 3, 4 atoms symbolic, both directions; any law by the argument",
        sharpness=(_needs_no_real_data(), _needs_many_candidates(), _needs_a_fraction()),
    )


def condition(analysis: Analysis) -> EcosystemCondition:
    """Whether one saturated model reads only its own output, with adversaries, K = ∞."""
    return threshold("robust.threshold", analysis)


def _moments(n: int) -> Case:
    """The gain of the round by the moments of the law, and their signs."""
    crowds = TwoCrowds(n)
    a, b = crowds.honest, crowds.other
    moments = (crowds.mean(a), crowds.mean(b), crowds.covariance(a, a), crowds.covariance(a, b))
    filled = dict(zip(_NUMBERS, (*moments, crowds.share), strict=True))
    return Case(
        name=f"{n} atoms, the moments",
        statement=Statement(
            variables=crowds.variables,
            hypotheses=crowds.domain(),
            conclusions=(
                positive(moments[0]),
                positive(moments[1]),
                at_least(moments[2]),
                equal(crowds.gain, gain().xreplace(filled)),
            ),
        ),
        witness=point(crowds.at([f"1/{n}"] * (n - 1), range(1, n + 1), range(n, 0, -1), "1/3")),
    )


def gain() -> sympy.Expr:
    """(1 − φ)V + φC over the moments."""
    return (1 - _SHARE) * _SPREAD / _MEAN + _SHARE * _JOINT / _RIVAL


def _threshold() -> sympy.Expr:
    """V/(V + |C|) where C < 0."""
    spread, pull = _SPREAD / _MEAN, _JOINT / _RIVAL
    return spread / (spread - pull)


def _case(name: str, where: tuple[Relation, ...], conclusion: Relation, joint: str, share: str) -> Case:
    return Case(
        name=name,
        statement=Statement(
            variables=variables(*_NUMBERS, typical=UNIT),
            hypotheses=(
                positive(_MEAN),
                positive(_RIVAL),
                at_least(_SPREAD),
                *_fraction(),
                *where,
            ),
            conclusions=(conclusion,),
        ),
        witness=point({_MEAN: 1, _RIVAL: 1, _SPREAD: 1, _JOINT: joint, _SHARE: share}),
    )


def _fraction() -> tuple[Relation, Relation]:
    return at_least(_SHARE), at_least(1, _SHARE)


def _agreeing() -> Case:
    return _case("agreeing crowds", (at_least(_JOINT),), at_least(gain()), "1", "2/3")


def _below() -> Case:
    where = (negative(_JOINT), at_least(_threshold(), _SHARE))
    return _case("conflict, up to the threshold", where, at_least(gain()), "-1", "1/4")


def _above() -> Case:
    where = (negative(_JOINT), less(_threshold(), _SHARE))
    return _case("conflict, past the threshold", where, negative(gain()), "-1", "3/4")


def _in_a_law(crowds: TwoCrowds, condition: Relation) -> Condition:
    """A condition on the moments as one on the law."""
    a, b = crowds.honest, crowds.other
    moments = (crowds.mean(a), crowds.mean(b), crowds.covariance(a, a), crowds.covariance(a, b))
    return with_values(condition, dict(zip(_NUMBERS, (*moments, crowds.share), strict=True)))


def _needs_no_real_data() -> Sharpness:
    """Real data on the second atom, a = (2, 1), b = (1, 2), p = ½: φ = 0, and yet E[a] falls by 1/6."""
    crowds = TwoCrowds(2)
    mixed = crowds.step[0] / 2
    moved = mixed * crowds.honest[0] + (1 - mixed) * crowds.honest[1] - crowds.mean(crowds.honest)
    conflict = _in_a_law(crowds, negative(_JOINT))
    return Sharpness(
        hypothesis=0,
        weakened=Statement(
            variables=crowds.variables,
            hypotheses=(*crowds.domain(), equal(crowds.share), conflict),
            conclusions=(at_least(moved),),
        ),
        point=point(crowds.at(["1/2"], (2, 1), (1, 2), 0)),
    )


def _needs_many_candidates() -> Sharpness:
    """K = 2, all choosers by b = (1, 9, 4): a = (1, 1, 2) has Cov < 0 in the law and yet gains 14/585."""
    crowds = TwoCrowds(3)
    kept = crowds.kept(crowds.other, 2)
    after = sympy.Add(*(p * a for p, a in zip(kept, crowds.honest, strict=True)))
    where = (negative(_JOINT), less(_threshold(), _SHARE))
    return Sharpness(
        hypothesis=1,
        weakened=Statement(
            variables=crowds.variables,
            hypotheses=(
                *crowds.domain(),
                equal(crowds.share, 1),
                *(_in_a_law(crowds, condition) for condition in where),
            ),
            conclusions=(negative(after - crowds.mean(crowds.honest)),),
        ),
        point=point(crowds.at(["1/3", "1/3"], (1, 1, 2), (1, 9, 4), 1)),
    )


def _needs_a_fraction() -> Sharpness:
    """φ = 3 with agreeing crowds: a part −2 for a lowers E[a]."""
    values = {_MEAN: 1, _RIVAL: 1, _SPREAD: 1, _JOINT: "1/2", _SHARE: 3}
    return dropping(_agreeing(), *_fraction(), hypothesis=2, point=point(values))
