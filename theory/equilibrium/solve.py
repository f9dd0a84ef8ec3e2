"""All that is proved about an update map's equilibria, within a budget."""

from __future__ import annotations

from theory.budget import Budget
from theory.ecosystem import DataRegime
from theory.equilibrium.closed_forms import Solution, SolutionSet
from theory.equilibrium.closed_forms import solve as solve_in_closed_form
from theory.equilibrium.closed_forms.solutions import point_of
from theory.equilibrium.describe import described, uniqueness_in, unresolved, with_exact_value
from theory.equilibrium.enclosures import precision_for
from theory.equilibrium.face import invariant_values, on_face, start_values
from theory.equilibrium.orbits.linear_orbit import linear_orbit
from theory.equilibrium.orbits.reach import Journey, Progress, journey
from theory.equilibrium.problem import FixedPointProblem, Rationals, problem_of, rational_values
from theory.equilibrium.result import Equilibria, Equilibrium, Reached
from theory.update_map import UpdateMap

_LARGEST_EXACT_ORBIT = 12


def solve(update_map: UpdateMap, budget: Budget, progress: Progress = lambda _: None) -> Equilibria:
    """Equilibria of an update map, each certified, and the one that iteration is proved to reach.

    Parameters
    ----------
    update_map : UpdateMap
    budget : Budget
        Its clock should run (`Budget.started`); when it is spent, verdicts are undecided.
    progress : callable
        Receives short messages.
    """
    bits = precision_for(budget.digits)
    problem = problem_of(update_map)
    progress("closed form")
    closed = solve_in_closed_form(problem, bits)
    progress("iteration")
    trip = _travel(update_map, closed, bits, budget, progress)
    found, reached = _listed(closed, trip)
    progress("stability")
    regime = update_map.ecosystem.data
    equilibria = tuple(_full(problem, s, closed, regime, bits, budget) for s in found)
    if trip.approximation is not None:
        equilibria = (*equilibria, unresolved(trip.approximation, trip.detail))
    return _ordered(equilibria, reached, trip, closed)


def destination(update_map: UpdateMap, budget: Budget) -> Journey:
    """Where iteration from the start goes, without what is proved of the equilibrium there.

    Parameters
    ----------
    update_map : UpdateMap
    budget : Budget
        Its clock should run.
    """
    bits = precision_for(budget.digits)
    closed = solve_in_closed_form(problem_of(update_map), bits)
    return _travel(update_map, closed, bits, budget, lambda _: None)


def _travel(
    update_map: UpdateMap,
    closed: SolutionSet | None,
    bits: int,
    budget: Budget,
    progress: Progress,
) -> Journey:
    face = on_face(update_map, invariant_values(update_map, start_values(update_map)))
    if update_map.ecosystem.data.accumulates:
        return Journey(reached=Reached.UNDECIDED, detail="nothing is proved about accumulated data")
    orbit = linear_orbit(face, bits) if face.size <= _LARGEST_EXACT_ORBIT else None
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


def _listed(closed: SolutionSet | None, trip: Journey) -> tuple[tuple[Solution, ...], int | None]:
    """The closed form's solutions and the one that the journey ends at or near, once each.

    The second item is the index of the one that is reached.
    """
    found = () if closed is None else closed.solutions
    if trip.solution is None:
        return found, None
    same = [k for k, s in enumerate(found) if _overlap(s, trip.solution)]
    if not same:
        found, same = (*found, trip.solution), [len(found)]
    return found, same[0] if trip.reached is Reached.CONVERGED else None


def _overlap(first: Solution, second: Solution) -> bool:
    return all(a.overlaps(b) for a, b in zip(first.point, second.point, strict=True))


def _full(
    problem: FixedPointProblem,
    solution: Solution,
    closed: SolutionSet | None,
    regime: DataRegime,
    bits: int,
    budget: Budget,
) -> Equilibrium:
    precise = with_exact_value(problem, solution, bits)
    return described(
        problem,
        precise,
        uniqueness=uniqueness_in(problem, solution, closed, bits),
        method="iteration" if closed is None or not closed.solutions else closed.method,
        accumulates=regime.accumulates,
        bits=bits,
        budget=budget,
    )


def _ordered(
    equilibria: tuple[Equilibrium, ...],
    reached: int | None,
    trip: Journey,
    closed: SolutionSet | None,
) -> Equilibria:
    """In the order of the state's coordinates."""
    order = sorted(range(len(equilibria)), key=lambda k: [x.mid() for x in equilibria[k].point])
    complete = closed is not None and closed.complete
    detail = trip.detail or ("" if closed is None else closed.detail)
    return Equilibria(
        found=tuple(equilibria[k] for k in order),
        reached=None if reached is None else order.index(reached),
        reached_detail=trip.reached,
        complete=complete,
        detail=detail,
    )
