"""Certified equilibria near an iterate, and those of a closed form that lie on the start's face."""

from __future__ import annotations

from dataclasses import dataclass

import sympy
from flint import arb

from theory.budget import Budget
from theory.equilibrium.closed_forms.solutions import Place, Solution, SolutionSet, place_of
from theory.equilibrium.enclosures import Balls
from theory.equilibrium.exact import exact_equilibrium
from theory.equilibrium.face import invariant_values, on_face, touching_values
from theory.equilibrium.newton import certified_fixed_point, fixed_point_near
from theory.equilibrium.problem import FixedPointProblem, rational_values
from theory.update_map import UpdateMap

States = dict[sympy.Symbol, arb]


@dataclass(frozen=True, kw_only=True)
class FaceSolution:
    """An equilibrium in the coordinates of a face, and in the full ones."""

    point: Balls
    full: Solution


def candidate_near(
    update_map: UpdateMap, face: FixedPointProblem, iterate: Balls, bits: int, budget: Budget
) -> FaceSolution | None:
    """A certified equilibrium of the face, or of a face of it, that Newton's method finds from an iterate.

    Parameters
    ----------
    update_map : UpdateMap
    face : FixedPointProblem
        The invariant face on which the orbit stays.
    iterate : tuple of arb
        Where Newton's method starts, in the face's coordinates.
    bits : int
        Working precision.
    budget : Budget
    """
    near = fixed_point_near(face, iterate, bits, budget)
    states = _states(update_map, face, iterate if near is None else near, bits)
    smaller = _touched_face(update_map, face, states, bits)
    return _certified(update_map, face, smaller, states, bits, budget)


def on_the_face(
    update_map: UpdateMap,
    face: FixedPointProblem,
    closed: SolutionSet,
    bits: int,
    budget: Budget,
) -> tuple[FaceSolution, ...]:
    """Those solutions of a closed form that are proved to lie on the face.

    Parameters
    ----------
    update_map : UpdateMap
    face : FixedPointProblem
    closed : SolutionSet
        Solutions on the full space.
    bits : int
        Working precision.
    budget : Budget
    """
    if face.coordinates == update_map.coordinates:
        return tuple(FaceSolution(point=s.point, full=s) for s in closed.solutions)
    found = []
    for solution in closed.solutions:
        states = dict(zip(update_map.coordinates, solution.point, strict=True))
        again = _certified(update_map, face, face, states, bits, budget)
        same = [] if again is None else _overlapping(closed, again.full)
        if again is not None and closed.complete and same == [solution]:
            found.append(FaceSolution(point=again.point, full=solution))
    return tuple(found)


def _overlapping(closed: SolutionSet, solution: Solution) -> list[Solution]:
    return [
        s
        for s in closed.solutions
        if all(a.overlaps(b) for a, b in zip(s.point, solution.point, strict=True))
    ]


def _states(update_map: UpdateMap, face: FixedPointProblem, point: Balls, bits: int) -> States:
    return dict(zip(update_map.state, face.states_at(point, bits), strict=True))


def _touched_face(
    update_map: UpdateMap, face: FixedPointProblem, states: States, bits: int
) -> FixedPointProblem:
    """The face of `face` on whose boundary the point seems to lie; `face` itself if none is invariant."""
    frozen = {s: e for s, e in face.embedding if not e.free_symbols}
    touching = touching_values(update_map, states, bits)
    if all(s in frozen for s in touching):
        return face
    kept = invariant_values(update_map, touching | frozen)
    return on_face(update_map, kept) if all(s in kept for s in frozen) else face


def _certified(
    update_map: UpdateMap,
    face: FixedPointProblem,
    smaller: FixedPointProblem,
    states: States,
    bits: int,
    budget: Budget,
) -> FaceSolution | None:
    """The equilibrium that is proved to lie on `smaller` near `states`, inside the domain."""
    point = tuple(states[s] for s in smaller.coordinates)
    box = certified_fixed_point(smaller, point, bits, budget)
    if box is None:
        return None
    exact = exact_equilibrium(smaller, box, bits)
    inside = place_of(smaller, Solution(point=box, exact=exact), bits)
    if inside is not Place.INSIDE:
        return None
    everywhere = _states(update_map, smaller, box, bits)
    rational = None if exact is None else rational_values(smaller.state_program, exact)
    by_name = None if rational is None else dict(zip(update_map.state, rational, strict=True))
    full = Solution(
        point=tuple(everywhere[s] for s in update_map.coordinates),
        exact=None if by_name is None else tuple(by_name[s] for s in update_map.coordinates),
        states=tuple(everywhere[s] for s in update_map.state),
    )
    return FaceSolution(point=tuple(everywhere[s] for s in face.coordinates), full=full)
