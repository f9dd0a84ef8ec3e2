"""Affine maps x' = Jx + b: one equilibrium (I − J)⁻¹b when 1 is no eigenvalue of J."""

from __future__ import annotations

from typing import final

import sympy
from flint import arb, arb_mat, ctx, fmpq_mat

from theory.arithmetic.program import Program
from theory.equilibrium.closed_forms.solutions import (
    AbstractClosedForm,
    Solution,
    SolutionSet,
    point_of,
    within_domain,
)
from theory.equilibrium.problem import FixedPointProblem, ball_values, rational_values


@final
class Affine(AbstractClosedForm):
    """Jacobian free of the states."""

    name = "affine"
    rank = 0

    def solve(self, problem: FixedPointProblem, bits: int) -> SolutionSet | None:
        if not is_affine(problem):
            return None
        exact = exact_affine_parts(problem)
        found = self._solve_in_balls(problem, bits) if exact is None else self._solve(*exact, bits)
        return within_domain(problem, found, bits)

    def _solve(self, jacobian: fmpq_mat, constant: fmpq_mat, bits: int) -> SolutionSet:
        matrix = identity_minus(jacobian)
        if matrix.det() != 0:
            exact = tuple(matrix.solve(constant).entries())
            solution = Solution(point=point_of(exact, bits), exact=exact)
            return SolutionSet(solutions=(solution,), complete=True, method=self.name)
        if _augmented(matrix, constant).rank() > matrix.rank():
            detail = "1 is an eigenvalue of J and (I − J)x = b has no solution: no equilibrium"
            return SolutionSet(solutions=(), complete=True, method=self.name, detail=detail)
        detail = "1 is an eigenvalue of J and (I − J)x = b has infinitely many solutions"
        return SolutionSet(solutions=(), complete=False, method=self.name, detail=detail)

    def _solve_in_balls(self, problem: FixedPointProblem, bits: int) -> SolutionSet:
        n = problem.size
        with ctx.workprec(bits):
            jacobian = problem.jacobian_at([arb(0)] * n, bits)
            constant = ball_values(Program.compile(constant_part(problem), ()), (), bits)
            identity = arb_mat(n, n, [int(i == j) for i in range(n) for j in range(n)])
            try:
                point = tuple((identity - jacobian).solve(arb_mat(n, 1, list(constant))).entries())
            except ZeroDivisionError:
                detail = "I − J is not proved invertible"
                return SolutionSet(solutions=(), complete=False, method=self.name, detail=detail)
        return SolutionSet(solutions=(Solution(point=point),), complete=True, method=self.name)


def is_affine(problem: FixedPointProblem) -> bool:
    """Whether no entry of the Jacobian holds a state."""
    states = set(problem.coordinates)
    return all(not (entry.free_symbols & states) for entry in problem.jacobian)


def constant_part(problem: FixedPointProblem) -> tuple[sympy.Expr, ...]:
    """b = G(c) − Jc of an affine map, at a rational c (0 may be a removable pole of an expression)."""
    n = problem.size
    values = [sympy.Rational(2 * k + 3, 7 * k + 17) for k in range(n)]
    at = dict(zip(problem.coordinates, values, strict=True))
    rows = [problem.jacobian[i * n : (i + 1) * n] for i in range(n)]
    return tuple(
        g.xreplace(at) - sympy.Add(*(slope * c for slope, c in zip(row, values, strict=True)))
        for g, row in zip(problem.step, rows, strict=True)
    )


def exact_affine_parts(problem: FixedPointProblem) -> tuple[fmpq_mat, fmpq_mat] | None:
    """J ``(n, n)`` and b ``(n, 1)`` of an affine map when they are rational."""
    n = problem.size
    jacobian = rational_values(Program.compile(problem.jacobian, ()), ())
    constant = rational_values(Program.compile(constant_part(problem), ()), ())
    if jacobian is None or constant is None:
        return None
    return fmpq_mat(n, n, list(jacobian)), fmpq_mat(n, 1, list(constant))


def identity_minus(matrix: fmpq_mat) -> fmpq_mat:
    """I − J."""
    n = matrix.nrows()
    return fmpq_mat(n, n, [int(i == j) for i in range(n) for j in range(n)]) - matrix


def _augmented(matrix: fmpq_mat, column: fmpq_mat) -> fmpq_mat:
    n = matrix.nrows()
    rows = [[*(matrix[i, j] for j in range(n)), column[i, 0]] for i in range(n)]
    return fmpq_mat(n, n + 1, [x for row in rows for x in row])


CLOSED_FORM = Affine()
