"""From a certified point to an `Equilibrium`: exact value, spectral radius, stability."""

from __future__ import annotations

from flint import arb_mat, ctx, fmpq_mat

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
from theory.real_parts import exact_real_parts, real_parts
from theory.stability import exact_spectral_radius, spectral_radius, stability

_LARGEST_EXACT = 24
_ACCUMULATED = {
    Stability.STABLE: "every eigenvalue of J has a real part below 1, which suffices where data accumulate",
    Stability.UNSTABLE: "an eigenvalue of J has a real part above 1",
    Stability.UNDECIDED: "the real parts of J's eigenvalues are not separated from 1",
}


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
    accumulates: bool,
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
    accumulates : bool
        Whether earlier data stay; then stability asks for real parts below 1.
    bits : int
        Working precision.
    budget : Budget
    """
    exact, states = solution.exact, solution.states
    rational = _exact_jacobian(problem, solution)
    if rational is not None:
        radius = exact_spectral_radius(rational, bits=bits)
    else:
        radius = spectral_radius(problem.jacobian_at(solution.point, bits), bits=bits, budget=budget)
    verdict, detail = _by_radius(radius)
    if accumulates and verdict is not Stability.STABLE:
        if rational is not None:
            verdict = exact_real_parts(rational, bits=bits)
        else:
            verdict = real_parts(problem.jacobian_at(solution.point, bits), bits=bits, budget=budget)
        detail = _ACCUMULATED[verdict]
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


def _by_radius(radius: Interval) -> tuple[Stability, str]:
    """What the spectral radius proves where data are replaced, and why when it proves nothing."""
    verdict = stability(radius)
    if radius.lower == 1 and radius.upper == 1:
        return verdict, "the spectral radius is exactly 1"
    return verdict, "the spectral radius is not separated from 1" if verdict is Stability.UNDECIDED else ""


def _exact_jacobian(problem: FixedPointProblem, solution: Solution) -> fmpq_mat | None:
    small = solution.exact is not None and problem.size <= _LARGEST_EXACT
    return problem.exact_jacobian(solution.exact) if small and solution.exact is not None else None
