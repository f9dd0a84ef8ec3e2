"""robust.compromise: two crowds can settle on an atom that neither likes best.

Statement. A saturated model reads only its own output, chosen at K = ∞ by the weights a with probability 1
− φ and by b with probability φ, 0 ≤ φ ≤ 1. Let c be an atom with p_0(c) > 0 and κ > 0 such that

    (1 − φ) a_i/a_c + φ b_i/b_c ≤ 1 − κ   for every other atom i.

Then 1 − p_t(c) shrinks in every round by a factor of at most (1 − κ)/(1 − κ(1 − p_t(c))) < 1: p_t settles
on c. With a = (4, 1, 3), b = (1, 4, 3) and φ = ½ this holds of the third atom with κ = 1/6, though it
maximises neither a nor b; from the uniform start p_t(3) = 6^t/(6^t + 2·5^t) → 1. So a lemma by which the
limit lives on the crowds' favourites ([F+26], Lemma 3.3 as stated) fails; see false.no-compromise. The
statement above takes its place.

Argument. Let X = E[a]/a_c, Y = E[b]/b_c and u = 1 − p(c). The assumption, averaged over the other atoms,
gives (1 − φ)X + φY ≤ 1 − κu. By the inequality of the harmonic and the arithmetic mean p'(c)/p(c) = (1 −
φ)/X + φ/Y ≥ 1/((1 − φ)X + φY) ≥ 1/(1 − κu), so 1 − p'(c) ≤ u(1 − κ)/(1 − κu). As u does not grow, the
factor stays below (1 − κ)/(1 − κu_0) < 1.

Machine-checked. For 2 and 3 atoms, every law and all weights > 0: (1 − φ)X + φY ≤ 1 − κu and p'(c)/p(c) by
the round itself; the bound on 1 − p'(c) from these; the exact trajectory, round by round and by iteration.
"""

from __future__ import annotations

import sympy

from proofs_check.claim import Case, Claim, Provenance
from proofs_check.encoding.relations import at_least, equal, less, positive
from proofs_check.encoding.symbols import UNIT, point, real, reals, variables
from proofs_check.encoding.two_crowds import TwoCrowds
from proofs_check.sharpness import Sharpness, dropping
from proofs_check.statements.limit_statement import LimitStatement
from proofs_check.statements.statement import Relation, Statement

_SIZES = (2, 3)
_SLACK = real("kappa")
_X, _Y, _REST, _SHARE = _NUMBERS = reals("X Y u phi")
HONEST, OTHER = (4, 1, 3), (1, 4, 3)


def claim() -> Claim:
    """The claim ``robust.compromise``."""
    return Claim(
        id="robust.compromise",
        title="Two crowds settle on a compromise that neither likes best",
        provenance=Provenance.DERIVED,
        source="",
        statement=(
            "K = ∞, weights a with probability 1 − φ and b with probability φ: if p₀(c) > 0 and "
            "(1 − φ)aᵢ/a_c + φbᵢ/b_c ≤ 1 − κ for all other atoms, κ > 0, then p_t settles on c. With "
            "a = (4, 1, 3), b = (1, 4, 3), φ = ½ from the uniform start: p_t(3) = 6^t/(6^t + 2·5^t)."
        ),
        latex=(
            r"(1-\varphi)\frac{a_i}{a_c}+\varphi\frac{b_i}{b_c}\le1-\kappa\ (i\ne c)\;\Rightarrow\;"
            r"1-p_{t+1}(c)\le\frac{(1-\kappa)(1-p_t(c))}{1-\kappa(1-p_t(c))}"
        ),
        hypotheses=(
            "A saturated model that reads only its own curated output, K = ∞.",
            "The start gives the compromise atom mass: p₀(c) > 0.",
            "On the average of the crowds every other atom weighs less than c: κ > 0.",
        ),
        cases=(*(_averages(n) for n in _SIZES), _shrinks(), _trajectory(), _limit()),
        scope="2, 3 atoms symbolic; any finite support by the argument; the example exactly",
        sharpness=(_needs_no_real_data(), _needs_mass(), _needs_slack()),
    )


def _averages(n: int) -> Case:
    """(1 − φ)X + φY ≤ 1 − κu, and p'(c)/p(c) = (1 − φ)/X + φ/Y; c is the last atom."""
    crowds = TwoCrowds(n)
    last = n - 1
    share, a, b = crowds.share, crowds.honest, crowds.other
    x, y = crowds.mean(a) / a[last], crowds.mean(b) / b[last]
    return Case(
        name=f"{n} atoms, averages",
        statement=Statement(
            variables=(*crowds.variables, *variables(_SLACK, typical=UNIT)),
            hypotheses=(*crowds.domain(), *_compromise(crowds)),
            conclusions=(
                at_least(1 - _SLACK * (1 - crowds.law[last]), (1 - share) * x + share * y),
                equal(crowds.step[last], crowds.law[last] * ((1 - share) / x + share / y)),
            ),
        ),
        witness=point(
            crowds.at([f"1/{n}"] * last, [1] * last + [3], [1] * last + [3], "1/2") | {_SLACK: "1/4"}
        ),
    )


def _compromise(crowds: TwoCrowds) -> tuple[Relation, ...]:
    """(1 − φ) a_i/a_c + φ b_i/b_c ≤ 1 − κ for all but the last atom, which is c."""
    (*honest, chosen), (*other, taken) = crowds.honest, crowds.other
    share = crowds.share
    return tuple(
        at_least(1 - _SLACK, (1 - share) * a / chosen + share * b / taken)
        for a, b in zip(honest, other, strict=True)
    )


def _shrinks() -> Case:
    """From (1 − φ)X + φY ≤ 1 − κu: 1 − p'(c) ≤ u(1 − κ)/(1 − κu), a factor below 1."""
    kept = (1 - _REST) * ((1 - _SHARE) / _X + _SHARE / _Y)
    factor = (1 - _SLACK) / (1 - _SLACK * _REST)
    return Case(
        name="the rest shrinks",
        statement=Statement(
            variables=variables(*_NUMBERS, _SLACK, typical=UNIT),
            hypotheses=(
                *_room(),
                positive(_SLACK),
                less(_SLACK, 1),
                at_least(_SHARE),
                at_least(1, _SHARE),
                positive(_X),
                positive(_Y),
                at_least(1 - _SLACK * _REST, (1 - _SHARE) * _X + _SHARE * _Y),
            ),
            conclusions=(at_least(_REST * factor, 1 - kept), less(factor, 1)),
        ),
        witness=point({_X: "1/2", _Y: "1/2", _REST: "1/2", _SHARE: "1/2", _SLACK: "1/2"}),
    )


def _room() -> tuple[Relation, Relation]:
    """0 ≤ u < 1."""
    return at_least(_REST), less(_REST, 1)


def example() -> tuple[TwoCrowds, tuple[sympy.Expr, ...]]:
    """The round of the example, over p_1 and p_2."""
    crowds = TwoCrowds(3)
    values = crowds.at([0, 0], HONEST, OTHER, "1/2")
    known = {s: value for s, value in values.items() if s not in set(crowds.free)}
    return crowds, tuple(sympy.cancel(p.xreplace(known)) for p in crowds.step)


def _trajectory() -> Case:
    """p = (1, 1, s)/(s + 2) goes to the same with 6s/5; s = 1 is the uniform start."""
    crowds, step = example()
    odds = real("s")
    ray = dict.fromkeys(crowds.free, 1 / (odds + 2))
    after = sympy.Rational(6, 5) * odds
    conclusions = [equal(step[k].xreplace(ray), 1 / (after + 2)) for k in (0, 1)]
    return Case(
        name="the example, a round",
        statement=Statement(
            variables=variables(odds),
            hypotheses=(positive(odds),),
            conclusions=(*conclusions, equal(step[2].xreplace(ray), after / (after + 2))),
        ),
        witness=point({odds: 1}),
    )


def _limit() -> Case:
    crowds, step = example()
    third = sympy.Rational(1, 3)
    return Case(
        name="the example, from the uniform start",
        statement=LimitStatement(
            variables=tuple(crowds.free),
            step=step[:2],
            start=(third, third),
            limit=(sympy.S.Zero, sympy.S.Zero),
            rate=sympy.Rational(5, 6),
        ),
    )


def _needs_no_real_data() -> Sharpness:
    """Half the training set is real data without c: a = b = (1, 3) takes p(c) from 1/2 to 3/8."""
    crowds = TwoCrowds(2)
    return Sharpness(
        hypothesis=0,
        weakened=Statement(
            variables=(*crowds.variables, *variables(_SLACK, typical=UNIT)),
            hypotheses=(*crowds.domain(), *_compromise(crowds), positive(_SLACK)),
            conclusions=(less(crowds.law[1], crowds.step[1] / 2),),
        ),
        point=point(crowds.at(["1/2"], (1, 3), (1, 3), "1/2") | {_SLACK: "1/2"}),
    )


def _needs_mass() -> Sharpness:
    """The example from p = (½, ½, 0): nothing moves."""
    crowds, step = example()
    return Sharpness(
        hypothesis=1,
        weakened=Statement(
            variables=variables(crowds.free, typical=UNIT),
            hypotheses=tuple(positive(p) for p in crowds.free),
            conclusions=(less(1 - step[2], crowds.free[0] + crowds.free[1]),),
        ),
        point=point({crowds.free[0]: "1/2", crowds.free[1]: "1/2"}),
    )


def _needs_slack() -> Sharpness:
    """κ = −1: the factor exceeds 1."""
    at = point({_X: "3/2", _Y: "3/2", _REST: "1/2", _SHARE: "1/2", _SLACK: -1})
    case = _shrinks()
    return dropping(case, positive(_SLACK), hypothesis=2, point=at)
