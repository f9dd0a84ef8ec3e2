"""Where iteration goes when data accumulate: the same search, in mean parameters."""

from __future__ import annotations

from dataclasses import replace

from theory.arithmetic.program import Program
from theory.budget import Budget
from theory.equilibrium.closed_forms.solutions import Solution, SolutionSet
from theory.equilibrium.orbits.reach import Journey, Progress
from theory.equilibrium.orbits.travel import travel
from theory.equilibrium.problem import ball_values, problem_of, rational_values
from theory.equilibrium.result import Reached
from theory.exponential_family.family import Exprs
from theory.update_map import UpdateMap
from theory.update_map.mean_chart import mean_chart


def accumulated_travel(
    update_map: UpdateMap, closed: SolutionSet | None, bits: int, budget: Budget, progress: Progress
) -> Journey:
    """Where the orbit μ' = μ + (M(μ) − μ)/(t + 2) of the start is proved to go, in the map's own states.

    Parameters
    ----------
    update_map : UpdateMap
    closed : SolutionSet or None
        All solutions in closed form, where the map has one.
    bits : int
        Working precision.
    budget : Budget
    progress : callable
        Receives short messages.
    """
    chart = mean_chart(update_map)
    if chart is None:
        return Journey(reached=Reached.UNDECIDED, detail="mean parameters do not decide the fits")
    there, back = chart.means, chart.states
    if closed is not None:
        found = tuple(_moved(s, update_map, there, chart.update_map, bits) for s in closed.solutions)
        closed = replace(closed, solutions=found)
    trip = travel(chart.update_map, closed, bits, budget, progress)
    solution, approximation = trip.solution, trip.approximation
    if solution is not None:
        solution = _moved(solution, chart.update_map, back, update_map, bits)
    if approximation is not None:
        approximation = ball_values(_program(chart.update_map, back), approximation, bits)
    return replace(trip, solution=solution, approximation=approximation)


def _moved(solution: Solution, source: UpdateMap, chart: Exprs, target: UpdateMap, bits: int) -> Solution:
    """A solution of one map in the coordinates of the other: `chart` over the states of `source`."""
    problem, program = problem_of(source), _program(source, chart)
    states = solution.states or problem.states_at(solution.point, bits)
    everywhere = dict(zip(target.state, ball_values(program, states, bits), strict=True))
    known = None if solution.exact is None else rational_values(problem.state_program, solution.exact)
    values = None if known is None else rational_values(program, known)
    exact = None if values is None else dict(zip(target.state, values, strict=True))
    return Solution(
        point=tuple(everywhere[s] for s in target.coordinates),
        exact=None if exact is None else tuple(exact[s] for s in target.coordinates),
        states=tuple(everywhere.values()),
    )


def _program(source: UpdateMap, chart: Exprs) -> Program:
    values = dict(source.values)
    return Program.compile([e.xreplace(values) for e in chart], source.state)
