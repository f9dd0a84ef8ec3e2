"""From a certified point to an `Equilibrium`: exact value, spectral radius, stability."""

from __future__ import annotations

from flint import arb_mat, ctx

from theory.budget import Budget
from theory.equilibrium.closed_forms.solutions import Solution, SolutionSet, point_of
from theory.equilibrium.enclosures import Balls, all_finite, midpoints
from theory.equilibrium.exact import exact_equilibrium
from theory.equilibrium.problem import FixedPointProblem, rational_values
from theory.equilibrium.result import (
    Equilibrium,
    Existence,
    Interval,
    Stability,
    Uniqueness,
)
from theory.stability import exact_spectral_radius, spectral_radius, stability

_LARGEST_EXACT = 24


def with_exact_value(problem: FixedPointProblem, solution: Solution, bits: int) -> Solution:
    """The same solution with its rational value, where it has a simple one."""
    exact = solution.exact
    if exact is None:
        exact = exact_equilibrium(problem, solution.point, bits)
    if exact is None:
        return solution
    return Solution(point=point_of(exact, bits), exact=exact)


def uniqueness_in(
    problem: FixedPointProblem, solution: Solution, closed: SolutionSet | None, bits: int
) -> Uniqueness:
    """Global when a complete closed form has one solution; in a box when that is proved.

    A complete closed form has its solutions in disjoint balls.  Otherwise: two equilibria x, y
    in one box satisfy (I − M)(x − y) = 0 for an average M of J over the segment between them,
    so I − J(box) regular leaves only one.

    Parameters
    ----------
    problem : FixedPointProblem
    solution : Solution
        One that is certified.
    closed : SolutionSet or None
        All solutions in closed form, where the map has one.
    bits : int
        Working precision.
    """
    if closed is not None and closed.complete:
        return Uniqueness.GLOBAL if len(closed.solutions) == 1 else Uniqueness.IN_BOX
    return Uniqueness.IN_BOX if _is_regular(problem, solution, bits) else Uniqueness.UNRESOLVED


def described(
    problem: FixedPointProblem,
    solution: Solution,
    *,
    uniqueness: Uniqueness,
    method: str,
    bits: int,
    budget: Budget,
) -> Equilibrium:
    """The equilibrium with its spectral radius and stability, on the full tangent space.

    Parameters
    ----------
    problem : FixedPointProblem
    solution : Solution
        One that is certified.
    uniqueness : Uniqueness
        What `uniqueness_in` proved.
    method : str
        How the solution was found.
    bits : int
        Working precision.
    budget : Budget
    """
    exact, states = solution.exact, solution.states
    radius = _radius(problem, solution, bits, budget)
    verdict = stability(radius)
    detail = "the spectral radius is not separated from 1" if verdict is Stability.UNDECIDED else ""
    if radius.lower == 1 and radius.upper == 1:
        detail = "the spectral radius is exactly 1"
    return Equilibrium(
        point=problem.states_at(solution.point, bits) if states is None else states,
        exact=None if exact is None else rational_values(problem.state_program, exact),
        existence=Existence.CERTIFIED,
        uniqueness=uniqueness,
        stability=verdict,
        spectral_radius=radius,
        method=method,
        detail=detail,
    )


def unresolved(approximation: Balls, detail: str) -> Equilibrium:
    """An approximate equilibrium (over all states) about which nothing is proved."""
    return Equilibrium(
        point=midpoints(approximation),
        exact=None,
        existence=Existence.UNRESOLVED,
        uniqueness=Uniqueness.UNRESOLVED,
        stability=Stability.UNDECIDED,
        spectral_radius=None,
        method="iteration",
        detail=detail,
    )


def _is_regular(problem: FixedPointProblem, solution: Solution, bits: int) -> bool:
    n = problem.size
    identity = arb_mat(n, n, [int(i == j) for i in range(n) for j in range(n)])
    jacobian = problem.jacobian_at(solution.point, bits)
    if not all_finite(jacobian.entries()):
        return False
    with ctx.workprec(bits):
        try:
            (identity - jacobian).inv()
        except ZeroDivisionError:
            return False
    return True


def _radius(problem: FixedPointProblem, solution: Solution, bits: int, budget: Budget) -> Interval:
    if solution.exact is not None and problem.size <= _LARGEST_EXACT:
        jacobian = problem.exact_jacobian(solution.exact)
        if jacobian is not None:
            return exact_spectral_radius(jacobian, bits=bits)
    jacobian_balls = problem.jacobian_at(solution.point, bits)
    return spectral_radius(jacobian_balls, bits=bits, budget=budget)
