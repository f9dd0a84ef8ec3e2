"""robust.long-run: where a fixed fraction of other choosers leads without real data.

Statement. A saturated model on a finite support reads only its own output, chosen at K = ∞ by a with
probability 1 − φ and by b with probability φ. L(p) = (1 − φ) log E_p a + φ log E_p b rises in every round
by at least KL(p' ‖ p), and p_t tends to a maximiser of L (at ties it depends on the start which) if the
support of p_0 contains that of a maximiser. For a = (2, 1), b = (1, 2) the limit has p*(x_1) = clip(2 − 3φ,
0, 1).

Argument. The rise is robust.lyapunov with α = 0. p_t keeps the support of p_0. Let p̂ be a maximiser on it:
a critical point, so the shares π_a = (1 − φ)a/E_p̂ a and π_b = φb/E_p̂ b add up to 1 on the support of p̂.
There p'/p = π_a E_p̂ a/E_p a + π_b E_p̂ b/E_p b, and by Jensen KL(p̂ ‖ p) − KL(p̂ ‖ p') = Σ p̂ log(p'/p) ≥
Σ p̂ (π_a log(E_p̂ a/E_p a) + π_b log(E_p̂ b/E_p b)) = L(p̂) − L(p) ≥ 0. So KL(p̂ ‖ p_t) never grows, Σ_t
(L(p̂) − L(p_t)) ≤ KL(p̂ ‖ p_0) < ∞, and L(p_t) tends to the maximum. A limit of a subsequence is a
maximiser p̄ on the support, and KL(p̄ ‖ p_t), which does not grow, tends to 0 along it: p_t → p̄. In the
example with x = p(x_1) the round is x' = 2(1 − φ)x/(1 + x) + φx/(2 − x).

Machine-checked. For 2, 3 and 4 atoms: ∂L/∂p_i is p'_i/p_i, and E_{p'} a/E_p a = Σ q p'/p; Jensen on two
points. In the example, for every φ: if φ ≤ 1/3 then x' > x on (0, 1); if φ ≥ 2/3 then x' < x; in between x'
lies strictly between x and 2 − 3φ, on both sides. Iteration on a grid of φ settles on clip(2 − 3φ, 0, 1) at
the rate of the derivative there.
"""

from __future__ import annotations

import sympy

from proofs_check.claim import Case, Claim, Provenance
from proofs_check.conditions.choice_alone import long_run
from proofs_check.conditions.ecosystem_condition import EcosystemCondition
from proofs_check.encoding.crowd_potential import CrowdPotential
from proofs_check.encoding.jensen import jensen_on_two_points
from proofs_check.encoding.relations import at_least, equal, less, positive
from proofs_check.encoding.symbols import UNIT, Rows, entries, point, real, reals, variables
from proofs_check.encoding.two_crowds import TwoCrowds
from proofs_check.sharpness import Sharpness, dropping
from proofs_check.statements.limit_statement import LimitStatement
from proofs_check.statements.statement import Relation, Statement
from theory.analysis import Analysis

_SIZES = (2, 3, 4)
_X, _PHI = reals("x phi")
_END = 2 - 3 * _PHI
GRID = ("0", "1/5", "1/4", "2/5", "1/2", "5/9", "3/5", "3/4", "4/5", "1")
"""Fractions φ at which the limit is reached at a geometric rate."""


def claim() -> Claim:
    """The claim ``robust.long-run``."""
    return Claim(
        id="robust.long-run",
        title="Where a fixed fraction of other choosers leads",
        provenance=Provenance.DERIVED,
        source="",
        statement=(
            "K = ∞, no real data, finite support: (1 − φ)log E_p a + φ log E_p b rises each round by at "
            "least KL(p' ‖ p) and p_t tends to a maximiser. a = (2, 1), b = (1, 2): "
            "p*(x₁) = clip(2 − 3φ, 0, 1)."
        ),
        latex=(
            r"p_t\to\arg\max_p\,(1-\varphi)\log\mathbb E_pa+\varphi\log\mathbb E_pb;\quad "
            r"a=(2,1),\,b=(1,2):\ p^*(x_1)=\operatorname{clip}(2-3\varphi,0,1)"
        ),
        hypotheses=(
            "A saturated model on a finite support that reads only its own curated output.",
            "K = ∞ candidates; φ is the same in every round.",
            "The support of the start contains that of a maximiser.",
        ),
        cases=(
            *(_stationary(n) for n in _SIZES),
            jensen_on_two_points(),
            *_example(),
            *(_limit(phi) for phi in GRID),
        ),
        scope="identities on 2, 3, 4 atoms; the example for every φ; every finite support by the argument",
        sharpness=(_needs_no_real_data(), _needs_many_candidates(), _needs_mass()),
    )


def condition(analysis: Analysis) -> EcosystemCondition:
    """Whether one saturated model reads only its own output, with adversaries, K = ∞."""
    return long_run("robust.long-run", analysis)


def _stationary(n: int) -> Case:
    """∂L/∂p_i = p'_i/p_i; E_{p'} a/E_p a = Σ q p'/p."""
    crowd = CrowdPotential(n, real_data=False)
    a, b = crowd.weights
    total = a.dot(crowd.law)
    mean = sympy.Add(*(a[i] * crowd.step[i] / total for i in range(n)))
    tilted = sympy.Add(*(a[i] * crowd.law[i] / total * (crowd.step[i] / crowd.law[i]) for i in range(n)))
    moved = zip(crowd.law, crowd.step, strict=True)
    values: Rows = {
        crowd.law: [[f"1/{n}"]] * n,
        a: [[i + 1] for i in range(n)],
        b: [[n - i] for i in range(n)],
    }
    return Case(
        name=f"{n} atoms, the potential",
        statement=Statement(
            variables=crowd.variables,
            hypotheses=crowd.domain(),
            conclusions=(
                *(equal(crowd.potential.diff(p), after / p) for p, after in moved),
                equal(mean, tilted),
            ),
        ),
        witness=point(entries(values) | {real("phi"): sympy.Rational(1, 3)}),
    )


def step() -> sympy.Expr:
    """x' of the example."""
    crowds = TwoCrowds(2)
    values = crowds.at([0], (2, 1), (1, 2), 0)
    weights = {s: v for s, v in values.items() if s not in (*crowds.free, crowds.share)}
    return crowds.step[0].xreplace(weights).xreplace({crowds.free[0]: _X, crowds.share: _PHI})


def _inside() -> tuple[Relation, Relation]:
    return positive(_X), less(_X, 1)


def _moves(name: str, where: tuple[Relation, ...], *goals: Relation, x: str, phi: str) -> Case:
    """What the example's round does to x in (0, 1), 0 ≤ φ ≤ 1."""
    return Case(
        name=f"the example, {name}",
        statement=Statement(
            variables=variables(_X, _PHI, typical=UNIT),
            hypotheses=(*_inside(), at_least(_PHI), at_least(1, _PHI), *where),
            conclusions=goals,
        ),
        witness=point({_X: x, _PHI: phi}),
    )


def _example() -> tuple[Case, ...]:
    third, after = sympy.Rational(1, 3), step()
    return (
        _moves("few others", (at_least(third, _PHI),), less(_X, after), x="1/2", phi="1/4"),
        _moves("many others", (at_least(_PHI, 2 * third),), less(after, _X), x="1/2", phi="3/4"),
        _moves("from below", (less(_X, _END),), less(_X, after), less(after, _END), x="1/4", phi="1/2"),
        _moves("from above", (less(_END, _X),), less(_END, after), less(after, _X), x="3/4", phi="1/2"),
    )


def _limit(phi: str) -> Case:
    """The iterates at one φ, from x = 2/7."""
    fraction = sympy.Rational(phi)
    known = {_PHI: fraction}
    end = min(max(_END.xreplace(known), sympy.S.Zero), sympy.S.One)
    after = sympy.cancel(step().xreplace(known))
    return Case(
        name=f"the example, φ = {phi}",
        statement=LimitStatement(
            variables=(_X,),
            step=(after,),
            start=(sympy.Rational(2, 7),),
            limit=(end,),
            rate=abs(after.diff(_X).xreplace({_X: end})),
        ),
    )


def _needs_no_real_data() -> Sharpness:
    """Half the training set is real data on the second atom: at φ = 0 the first loses mass."""
    return Sharpness(
        hypothesis=0,
        weakened=Statement(
            variables=variables(_X, _PHI, typical=UNIT),
            hypotheses=(*_inside(), equal(_PHI)),
            conclusions=(less(_X, step() / 2),),
        ),
        point=point({_X: "1/2", _PHI: 0}),
    )


def _needs_many_candidates() -> Sharpness:
    """K = 2 at φ = 2/5 moves away from 2 − 3φ = 4/5."""
    crowds = TwoCrowds(2)
    honest, other = crowds.kept(crowds.honest, 2), crowds.kept(crowds.other, 2)
    after = (1 - crowds.share) * honest[0] + crowds.share * other[0]
    return Sharpness(
        hypothesis=1,
        weakened=Statement(
            variables=crowds.variables,
            hypotheses=(*crowds.domain(), equal(crowds.law[0], 2 - 3 * crowds.share)),
            conclusions=(equal(after, crowds.law[0]),),
        ),
        point=point(crowds.at(["4/5"], (2, 1), (1, 2), "2/5")),
    )


def _needs_mass() -> Sharpness:
    """x = 0 at φ = 0: the better atom never appears."""
    few = _example()[0]
    return dropping(few, positive(_X), hypothesis=2, point=point({_X: 0, _PHI: 0}))
