"""Where iteration from the start is proved to go: exactly for affine maps, else by following the orbit."""

from __future__ import annotations

from theory.budget import Budget
from theory.equilibrium.closed_forms.solutions import Solution, SolutionSet, point_of
from theory.equilibrium.face import invariant_values, on_face, start_values
from theory.equilibrium.orbits.linear_orbit import linear_orbit
from theory.equilibrium.orbits.reach import Journey, Progress, journey
from theory.equilibrium.problem import FixedPointProblem, Rationals, rational_values
from theory.update_map import UpdateMap

_LARGEST_EXACT_ORBIT = 12


def travel(
    update_map: UpdateMap,
    closed: SolutionSet | None,
    bits: int,
    budget: Budget,
    progress: Progress,
) -> Journey:
    """Follow the orbit of the start on the face that it cannot leave.

    Parameters
    ----------
    update_map : UpdateMap
        In mean parameters where data accumulate.
    closed : SolutionSet or None
        All solutions in closed form, where the map has one.
    bits : int
        Working precision.
    budget : Budget
    progress : callable
        Receives short messages.
    """
    accumulates = update_map.ecosystem.data.accumulates
    face = on_face(update_map, invariant_values(update_map, start_values(update_map)))
    small = face.size <= _LARGEST_EXACT_ORBIT
    orbit = linear_orbit(face, bits, accumulates=accumulates) if small else None
    if orbit is None:
        return journey(update_map, face, closed, bits=bits, budget=budget, progress=progress)
    if orbit.limit is None:
        return Journey(reached=orbit.reached, detail=orbit.detail)
    return Journey(reached=orbit.reached, solution=_lifted(update_map, face, orbit.limit, bits))


def _lifted(update_map: UpdateMap, face: FixedPointProblem, limit: Rationals, bits: int) -> Solution:
    """A rational equilibrium of the face in the full coordinates."""
    states = dict(zip(update_map.state, face.states_at(point_of(limit, bits), bits), strict=True))
    rational = rational_values(face.state_program, limit)
    exact = None if rational is None else dict(zip(update_map.state, rational, strict=True))
    return Solution(
        point=tuple(states[s] for s in update_map.coordinates),
        exact=None if exact is None else tuple(exact[s] for s in update_map.coordinates),
        states=tuple(states.values()),
    )
