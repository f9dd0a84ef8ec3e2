"""Starting point: the equilibrium without adversaries, as the beginning of a curve."""

from __future__ import annotations

import sympy
from flint import arb, ctx

from theory.budget import Budget
from theory.equilibrium.enclosures import Balls
from theory.equilibrium.face import invariant_values, on_face, touching_values
from theory.equilibrium.krawczyk import krawczyk
from theory.equilibrium.problem import FixedPointProblem, problem_of
from theory.equilibrium.result import Equilibria, Equilibrium, Existence, Stability
from theory.robustness.share_problem import BITS, ShareProblem, enclosed
from theory.update_map import UpdateMap

_RADII = tuple(arb(2) ** -k for k in (8, 16, 28, 40))


def chosen_equilibrium(equilibria: Equilibria) -> Equilibrium | None:
    """The stable equilibrium that iteration is proved to reach, else the only one proved stable, else None.

    Where several are proved stable and none is proved to be reached, nothing is chosen.
    """
    stable = [
        e for e in equilibria.found if e.existence is Existence.CERTIFIED and e.stability is Stability.STABLE
    ]
    if equilibria.reached is not None:
        reached = equilibria.found[equilibria.reached]
        return reached if reached in stable else None
    return stable[0] if len(stable) == 1 else None


def start_of_curve(
    update_map: UpdateMap, share: sympy.Symbol, honest: Equilibrium, budget: Budget
) -> tuple[ShareProblem, Balls] | None:
    """The problem on the face where the equilibrium lies, with an enclosure of it there; None when unproved.

    Parameters
    ----------
    update_map : UpdateMap
        With the share as a symbol.
    share : Symbol
        φ.
    honest : Equilibrium
        One of the ecosystem at φ = 0.
    budget : Budget
    """
    if budget.spent:
        return None
    whole, states = problem_of(update_map), dict(zip(update_map.state, honest.point, strict=True))
    problem = ShareProblem(
        face=_face(update_map, whole, states),
        whole=whole,
        share=share,
        accumulates=update_map.ecosystem.data.accumulates,
    )
    guess = tuple(states[s] for s in problem.face.coordinates)
    start = enclosed(problem, guess, arb(0), BITS)
    if start is None or not _same(problem, start, states):
        return None
    return problem, start


def _face(
    update_map: UpdateMap, whole: FixedPointProblem, states: dict[sympy.Symbol, arb]
) -> FixedPointProblem:
    """The face of states at 0 or 1, where adversaries of every share keep them there."""
    touching = touching_values(update_map, states, BITS)
    kept = invariant_values(update_map, touching) if touching else {}
    return on_face(update_map, kept) if touching and all(s in kept for s in touching) else whole


def _same(problem: ShareProblem, start: Balls, states: dict[sympy.Symbol, arb]) -> bool:
    """Whether the equilibrium in `start` is the one in `states`: some ball around both holds only one."""
    whole = ShareProblem(face=problem.whole, whole=problem.whole, share=problem.share)
    found = problem.states_at(start, BITS)
    known = tuple(states[s] for s in problem.whole.coordinates)
    here = tuple(found[s] for s in problem.whole.coordinates)
    none = arb(0)
    for radius in _RADII:
        only_one = krawczyk(
            lambda x: whole.residual(x, none, BITS),
            lambda x: whole.slopes(x, none, BITS)[0],
            known,
            radius,
            BITS,
        )
        if only_one is None:
            continue
        with ctx.workprec(BITS):
            box = [arb(x.mid(), radius) for x in known]
            if all(b.contains(p) for points in (known, here) for b, p in zip(box, points, strict=True)):
                return True
    return not known


def affected_states(update_map: UpdateMap, share: sympy.Symbol) -> frozenset[sympy.Symbol]:
    """States that φ may move in some round; the others are proved not to depend on it."""
    moved = {s for s, g in zip(update_map.state, update_map.step, strict=True) if share in g.free_symbols}
    while True:
        more = {
            s
            for s, g in zip(update_map.state, update_map.step, strict=True)
            if s not in moved and g.free_symbols & moved
        }
        if not more:
            return frozenset(moved)
        moved |= more
