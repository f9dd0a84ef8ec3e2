"""L_p: how far apart a round of choice takes two laws, in total variation.

Choice weights are scaled to [1, E].
"""

from __future__ import annotations

import sympy

from proofs_check.claim import Case
from proofs_check.encoding.coevolving import TOP
from proofs_check.encoding.one_curated_model import kept
from proofs_check.encoding.relations import at_least, equal, positive
from proofs_check.encoding.symbols import UNIT, column, point, real, reals, variables
from proofs_check.statements.statement import Statement

_POOL = real("K")


def lipschitz_cases() -> tuple[Case, ...]:
    """One candidate replaced, the bounds over all draws, and that the constants are approached."""
    return (
        _replaced(),
        _law_constant(2, 3, 0),
        _law_constant(2, 3, 1),
        _law_constant(3, 2, 2),
        _tilt(),
        _least(),
    )


def _replaced() -> Case:
    """x (weight a) for y (weight b), the others of sum S, R of it in A: P(A) rises by ≤ E/(E + K − 1).

    A holds x but not y, or neither.  Where it holds both, its complement holds neither, x and y exchanged;
    where it holds y but not x, P(A) does not rise.
    """
    new, old, others, inside = reals("a b S R")
    most = TOP / (TOP + _POOL - 1)

    def chance(weight: sympy.Symbol, held: bool) -> sympy.Expr:  # noqa: FBT001
        return (inside + (weight if held else 0)) / (weight + others)

    rises = [chance(new, x) - chance(old, y) for x, y in ((True, False), (False, False))]
    return Case(
        name="one candidate replaced, any K",
        statement=Statement(
            variables=variables(new, old, others, inside, TOP, _POOL),
            hypotheses=(
                at_least(_POOL, 1),
                *(at_least(weight, 1) for weight in (new, old)),
                *(at_least(TOP, weight) for weight in (new, old)),
                at_least(others, _POOL - 1),
                at_least(inside),
                at_least(others, inside),
            ),
            conclusions=tuple(at_least(most, rise) for rise in rises),
        ),
        witness=point({new: 1, old: 1, others: 1, inside: 0, TOP: 1, _POOL: 2}),
    )


def _law_constant(n: int, pool: int, place: int) -> Case:
    """Masses m_2, … move from outcomes 2, … to outcome 1, which gains at most L_p times them.

    Outcome 1 has the weight of that place among the rising ones.  The common part c need not be normalised.
    """
    common, moved, gaps = column("c", n), reals("m2 m3")[: n - 1], reals("x y z")[:n]
    above = real("e")
    rising = [1 + sympy.Add(*gaps[: k + 1]) for k in range(n)]
    weights = (rising.pop(place), *rising)
    top = 1 + sympy.Add(*gaps) + above
    total = sympy.Add(*common, *moved)
    new = (common[0] + sympy.Add(*moved), *common[1:])
    old = (common[0], *(c + d for c, d in zip(common[1:], moved, strict=True)))
    gain = kept(new, weights, pool)[0] - kept(old, weights, pool)[0]
    most = pool * top / (top + pool - 1) * sympy.Add(*moved) * total ** (pool - 1)
    free = (*common, *moved, *gaps, above)
    rank = "heaviest" if place == n - 1 else "lightest"
    return Case(
        name=f"L_p, {n} outcomes, K = {pool}, from others to the {rank}",
        statement=Statement(
            variables=variables(*free, typical=UNIT),
            hypotheses=(*(at_least(x) for x in free), positive(total)),
            conclusions=(at_least(most, gain), at_least(gain)),
        ),
        witness=point({**dict.fromkeys(free, 0), common[n - 1]: 1, moved[0]: 1}),
    )


def _tilt() -> Case:
    """Two outcomes, K = ∞, q_1 ≤ p_1: C(p)_1 − C(q)_1 ≤ E(p_1 − q_1)."""
    more, less_, heavy, light = reals("p q a b")
    first, second = (kept((x, 1 - x), (heavy, light), None)[0] for x in (more, less_))
    return Case(
        name="L_p, 2 outcomes, K = ∞",
        statement=Statement(
            variables=variables(more, less_, heavy, light, TOP, typical=UNIT),
            hypotheses=(
                at_least(less_),
                at_least(more, less_),
                at_least(1, more),
                *(at_least(x, 1) for x in (heavy, light)),
                *(at_least(TOP, x) for x in (heavy, light)),
            ),
            conclusions=(at_least(TOP * (more - less_), first - second), at_least(first - second)),
        ),
        witness=point({more: 1, less_: 0, heavy: 1, light: 1, TOP: 1}),
        suspects=(point({more: "1/1000", less_: 0, heavy: 2, light: 1, TOP: 2}),),
    )


def _least() -> Case:
    """Weights E and 1, mass t on the better outcome: C_K/t is KE/(E + K − 1) at t = 0 (K = 2, 3, ∞).

    Features 1 and −1, equal masses, w = 0, K = ∞: dC/dw = τ/2.
    """
    mass, heat, taste = reals("t tau w")
    half, zero = sympy.Rational(1, 2), sympy.Integer(0)
    weights = (sympy.exp(heat * taste), sympy.exp(-heat * taste))
    rise = kept((half, half), weights, None)[0].diff(taste).xreplace({taste: zero})
    goals = [equal(rise, heat / 2)]
    for pool in (2, 3, None):
        slope = kept((mass, 1 - mass), (TOP, sympy.Integer(1)), pool)[0].diff(mass)
        limit = TOP if pool is None else pool * TOP / (TOP + pool - 1)
        goals.append(equal(slope.xreplace({mass: zero}), limit))
    return Case(
        name="L_p and L_w are approached",
        statement=Statement(
            variables=variables(TOP, heat), hypotheses=(at_least(TOP, 1),), conclusions=tuple(goals)
        ),
        witness=point({TOP: 2, heat: 1}),
    )
