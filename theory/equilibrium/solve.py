"""All that is proved about an update map's equilibria, within a budget."""

from __future__ import annotations

from theory.budget import Budget
from theory.ecosystem import DataRegime
from theory.equilibrium.closed_forms import Solution, SolutionSet
from theory.equilibrium.closed_forms import solve as solve_in_closed_form
from theory.equilibrium.describe import described, uniqueness_in, unresolved, with_exact_value
from theory.equilibrium.enclosures import precision_for
from theory.equilibrium.orbits.accumulated import accumulated_travel
from theory.equilibrium.orbits.reach import Journey, Progress
from theory.equilibrium.orbits.travel import travel
from theory.equilibrium.problem import FixedPointProblem, problem_of
from theory.equilibrium.result import Equilibria, Equilibrium, Reached
from theory.update_map import UpdateMap


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
    trip = _trip(update_map, closed, bits, budget, progress)
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
    return _trip(update_map, solve_in_closed_form(problem_of(update_map), bits), bits, budget)


def _trip(
    update_map: UpdateMap,
    closed: SolutionSet | None,
    bits: int,
    budget: Budget,
    progress: Progress = lambda _: None,
) -> Journey:
    go = accumulated_travel if update_map.ecosystem.data.accumulates else travel
    return go(update_map, closed, bits, budget, progress)


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
    known = trip.reached is Reached.CONVERGED and len(same) == 1
    return found, same[0] if known else None


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
