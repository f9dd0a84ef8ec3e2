"""Three equilibria of co-evolving preferences: two orthonormal features, a uniform p_ref, e^τ = z².

With w = E_p[φ] = p the choice weights e^{τp_1} and e^{τp_2} have the ratio e^{τ(2p_1 − 1)} = z^{4p_1 − 2}:
1/z, 1 and z at p_1 = 1/4, 1/2 and 3/4.
"""

from __future__ import annotations

import sympy

from proofs_check.claim import Case
from proofs_check.encoding.coevolving_orbits import coevolving, iterated, rationals
from proofs_check.encoding.one_curated_model import kept
from proofs_check.encoding.relations import at_least, equal, less, positive
from proofs_check.encoding.symbols import point, real, reals, variables
from proofs_check.sharpness import Sharpness
from proofs_check.statements.statement import Condition, Statement
from theory.coevolution.model import CoevolutionState

_ROOT = real("z")
_MASSES = rationals("1/4", "1/2", "3/4")


def bistable_cases() -> tuple[Case, ...]:
    """The three equilibria for every z, and where iteration ends: on either side, and at 1/2 for small η."""
    heat = sympy.log(16)
    quarter = sympy.Rational(1, 4)
    slope = sympy.Rational(13, 22) * sympy.Rational(12, 169) * (sympy.Rational(16, 3) + 2 * heat)
    return (
        _three_equilibria(),
        _settling("to 1/4", None, "13/22", "3/10", quarter, slope),
        _settling("to 3/4", None, "13/22", "7/10", 3 * quarter, slope),
        _settling("to 1/2", 2, "1/9", "9/10", 2 * quarter, (1 + heat / 4) / 9),
    )


def _three_equilibria() -> Case:
    """One η in (0, 1) makes all of 1/4, 1/2, 3/4 equilibria, for K = ∞ and for K = 2."""
    quarter, half, _ = _MASSES
    goals = []
    for pool in (None, 2):
        share = quarter / (half - kept((quarter, 1 - quarter), (sympy.Integer(1), _ROOT), pool)[0])
        goals += [less(share, 1), positive(share)]
        for mass, ratio in zip(_MASSES, (1 / _ROOT, sympy.Integer(1), _ROOT), strict=True):
            goals.append(equal(_retrained(mass, ratio, share, pool), mass))
    return Case(
        name="three equilibria, K = ∞ and 2",
        statement=Statement(
            variables=variables(_ROOT), hypotheses=(less(1, _ROOT),), conclusions=tuple(goals)
        ),
        witness=point({_ROOT: 4}),
        suspects=(point({_ROOT: "101/100"}),),
    )


def _retrained(mass: sympy.Expr, ratio: sympy.Expr, share: sympy.Expr, pool: int | None) -> sympy.Expr:
    """p'_1 from p_1 and the ratio of the choice weights."""
    return (1 - share) / 2 + share * kept((mass, 1 - mass), (ratio, sympy.Integer(1)), pool)[0]


def _settling(
    name: str, pool: int | None, share: str, start: str, limit: sympy.Expr, rate: sympy.Expr
) -> Case:
    """e^τ = 16, β = 1, w_0 = p_0."""
    model = coevolving(((1, 0), (0, 1)), power=16, pool=pool, synthetic=share)

    def state(mass: sympy.Expr) -> CoevolutionState:
        return CoevolutionState(law=(mass, 1 - mass), preference=(mass, 1 - mass))

    whole = f"iterated {name}, K = {_shown(pool)}, η = {share}"
    return iterated(whole, model, state(sympy.Rational(start)), state(limit), rate)


def needs_learning() -> Sharpness:
    """η = 0, β = 0: the law is p_ref, and every preference stays."""
    rate, first, second, mass = reals("beta w v p")
    stays = [equal((1 - rate) * w + rate * mass, w) for w in (first, second)]
    return Sharpness(
        hypothesis=1,
        weakened=Statement(
            variables=variables(rate, first, second, mass),
            hypotheses=(
                at_least(rate),
                at_least(1, rate),
                equal(mass, sympy.Rational(1, 2)),
                *stays,
            ),
            conclusions=(equal(first, second),),
        ),
        point=point({rate: 0, first: "1/2", second: 0, mass: "1/2"}),
    )


def needs_smallness(pool: int | None) -> Sharpness:
    """e^τ = 16, η = 13/22 for K = ∞ or 20/29 for K = 2: 1/4 and 3/4 are equilibria."""
    share, first, second = reals("eta p q")
    conditions: list[Condition] = [positive(share), less(share, 1), less(1, _ROOT)]
    for mass in (first, second):
        conditions.append(equal(sympy.Mul(*(mass - known for known in _MASSES))))
        conditions.append(equal(_retrained(mass, _ratio(mass), share, pool), mass))
    return Sharpness(
        hypothesis=2,
        weakened=Statement(
            variables=variables(share, first, second, _ROOT),
            hypotheses=tuple(conditions),
            conclusions=(equal(first, second),),
        ),
        point=point({share: "13/22" if pool is None else "20/29", first: "1/4", second: "3/4", _ROOT: 4}),
    )


def _ratio(mass: sympy.Symbol) -> sympy.Expr:
    """z^{4p − 2} at 1/4, 1/2 and 3/4, as the parabola through its three values there."""
    parts = []
    for known, value in zip(_MASSES, (1 / _ROOT, sympy.Integer(1), _ROOT), strict=True):
        others = [x for x in _MASSES if x != known]
        parts.append(value * sympy.Mul(*((mass - x) / (known - x) for x in others)))
    return sympy.Add(*parts)


def _shown(pool: int | None) -> str:
    return "∞" if pool is None else str(pool)
