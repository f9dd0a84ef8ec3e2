"""Two states, one of which enters its own equation linearly: one Gaussian, above all.

The mean m solves m = A(v) + B(v)·m, so m = A/(1 − B); put into the equation of the
variance this leaves a polynomial in v alone, all of whose real roots are isolated.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar, final

import sympy
from flint import arb, ctx, fmpq

from theory.arithmetic.program import Program
from theory.equilibrium.closed_forms.rational_functions import (
    Constants,
    Root,
    coefficients,
    is_small_rational_function,
    numerator_and_denominator,
    real_roots,
    with_constants_named,
)
from theory.equilibrium.closed_forms.solutions import (
    AbstractClosedForm,
    Solution,
    SolutionSet,
    point_of,
    within_domain,
)
from theory.equilibrium.enclosures import all_finite
from theory.equilibrium.identities import is_identically_zero
from theory.equilibrium.problem import FixedPointProblem, ball_values, rational_values

Number = TypeVar("Number", arb, fmpq)


@dataclass(frozen=True, kw_only=True)
class _Elimination:
    """m = `solved` over v, and the polynomial whose roots are the equilibrium values of v.

    `gap` is the numerator of 1 − B(v); `intercept` that of A(v).
    """

    eliminated: sympy.Symbol
    kept: sympy.Symbol
    solved: sympy.Expr
    gap: sympy.Poly
    intercept: sympy.Poly
    polynomial: sympy.Poly
    constants: Constants


@final
class LinearElimination(AbstractClosedForm):
    """One Gaussian model with linear or quadratic rewards and any user groups."""

    name = "one gaussian"
    rank = 2

    def solve(self, problem: FixedPointProblem, bits: int) -> SolutionSet | None:
        if problem.size != 2:
            return None
        elimination = _eliminate(problem, 0) or _eliminate(problem, 1)
        if elimination is None:
            return None
        roots = real_roots(coefficients(elimination.polynomial, elimination.constants), bits)
        if roots is None:
            return self._open("the roots of the equilibrium polynomial could not be isolated")
        if not _always_eliminates(problem, elimination, bits):
            return self._open("the mean's equation may degenerate in the domain")
        roots = tuple(r for r in roots if not _is_outside(problem, elimination, r, bits))
        solutions = tuple(_solution(problem, elimination, r, bits) for r in roots)
        if not all(all_finite(s.point) for s in solutions):
            return self._open("a root is not separated from a pole of the map")
        found = SolutionSet(solutions=solutions, complete=True, method=self.name)
        return within_domain(problem, found, bits)

    def _open(self, detail: str) -> SolutionSet:
        return SolutionSet(solutions=(), complete=False, method=self.name, detail=detail)


def _eliminate(problem: FixedPointProblem, which: int) -> _Elimination | None:
    steps, constants = with_constants_named(problem.step, problem.coordinates)
    eliminated, kept = problem.coordinates[which], problem.coordinates[1 - which]
    if not is_small_rational_function(steps, problem.coordinates, constants):
        return None
    slope = steps[which].diff(eliminated)
    if not is_identically_zero(slope.diff(eliminated)):
        return None
    intercept = steps[which].xreplace({eliminated: sympy.S.Zero})
    gap = numerator_and_denominator(1 - slope, (kept,))
    line = numerator_and_denominator(intercept, (kept,))
    if gap is None or line is None or gap[0].is_zero:
        return None
    solved = sympy.cancel(intercept / (1 - slope))
    remaining = (steps[1 - which] - kept).xreplace({eliminated: solved})
    if not is_small_rational_function((remaining,), (kept,), constants):
        return None
    equation = numerator_and_denominator(remaining, (kept,))
    if equation is None:
        return None
    return _Elimination(
        eliminated=eliminated,
        kept=kept,
        solved=solved.xreplace(constants),
        gap=gap[0],
        intercept=line[0],
        polynomial=equation[0],
        constants=constants,
    )


def _solution(problem: FixedPointProblem, elimination: _Elimination, root: Root, bits: int) -> Solution:
    """The equilibrium over one root; its balls are not finite where the map has a pole."""
    program = Program.compile([elimination.solved], [elimination.kept])
    if root.exact is not None:
        value = rational_values(program, (root.exact,))
        if value is not None:
            exact = _ordered(problem, elimination, value[0], root.exact)
            return Solution(point=point_of(exact, bits), exact=exact)
    eliminated = ball_values(program, (root.ball,), bits)[0]
    return Solution(point=_ordered(problem, elimination, eliminated, root.ball))


def _ordered(
    problem: FixedPointProblem, elimination: _Elimination, m: Number, v: Number
) -> tuple[Number, ...]:
    return tuple(m if s == elimination.eliminated else v for s in problem.coordinates)


def _always_eliminates(problem: FixedPointProblem, elimination: _Elimination, bits: int) -> bool:
    """Whether no v in the domain makes the mean's equation lose its unknown and still hold."""
    roots = real_roots(coefficients(elimination.gap, elimination.constants), bits)
    if roots is None:
        return False
    line = elimination.intercept.as_expr().xreplace(elimination.constants)
    program = Program.compile([line], [elimination.kept])
    return all(_is_outside(problem, elimination, r, bits) or _is_nonzero(program, r, bits) for r in roots)


def _is_nonzero(program: Program, root: Root, bits: int) -> bool:
    value = ball_values(program, (root.ball,), bits)[0]
    return value.is_finite() and not value.contains(0)


def _is_outside(problem: FixedPointProblem, elimination: _Elimination, root: Root, bits: int) -> bool:
    conditions = [e for e in problem.domain if e.free_symbols == {elimination.kept}]
    program = Program.compile(conditions, [elimination.kept])
    if root.exact is not None:
        values = rational_values(program, (root.exact,))
        if values is not None:
            return any(v <= 0 for v in values)
    with ctx.workprec(bits):
        return any(v <= 0 for v in ball_values(program, (root.ball,), bits))


CLOSED_FORM = LinearElimination()
