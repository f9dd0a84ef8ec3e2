"""Inverse gradient: the natural parameter with a given mean parameter, where no formula gives it.

θ(μ) solves ∇A(θ) = μ.  A is strictly convex on the natural parameter space, so there is at most one
solution, and ∂θ/∂μ = (∇²A)⁻¹ at it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import sympy
from mpmath.libmp import prec_to_dps
from sympy.core.symbol import Str

from theory.arithmetic.abstract import AbstractArithmetic
from theory.arithmetic.arrays import ArrayArithmetic
from theory.arithmetic.ball import BallArithmetic
from theory.arithmetic.high_precision import HighPrecisionArithmetic
from theory.arithmetic.inverse_entry import inverse_entries
from theory.arithmetic.program import AbstractSpecialFunction, Operation
from theory.errors import OutsideArithmetic
from theory.exponential_family.inversion import ConvexProblem, enclosed, iterated, vectorised
from theory.expressions.exact_matrix import Matrix, inverse, inverse_of_raised_diagonal

Exprs = tuple[sympy.Expr, ...]

GUARD_DIGITS = 15


class inverse_gradient(AbstractSpecialFunction):  # noqa: N801 -- SymPy prints functions by their class name
    """Coordinate k of the natural parameter with mean parameter μ.

    Written ``inverse_gradient(label, k, problem, μ_1 … μ_n)`` where the problem is a SymPy ``Lambda``
    from θ to (A(θ), start_1 … start_n, conditions > 0 …); the start lies in the natural parameter space.
    """

    @property
    def operands(self) -> Exprs:
        label, _, problem, *means = self.args
        return (_Solution(label, problem, *means),)

    def fdiff(self, argindex: int = 1) -> sympy.Expr:
        label, k, problem, *means = self.args
        theta = tuple(self.func(label, sympy.Integer(j), problem, *means) for j in range(len(means)))
        symbols, hessian = _hessian(problem)
        at = dict(zip(symbols, theta, strict=True))
        return _inverse_entries(hessian)[int(k), argindex - 4].xreplace(at)

    def _eval_derivative(self, symbol: sympy.Symbol) -> sympy.Expr:
        partials = ((self.fdiff(j), mean.diff(symbol)) for j, mean in enumerate(self.args[3:], start=4))
        return sympy.Add(*(outer * inner for outer, inner in partials if inner != 0))

    def operation(self) -> Operation:
        k = int(self.args[1])
        return lambda _, solutions: solutions[0][k]

    def _eval_evalf(self, prec: int) -> sympy.Expr | None:
        _, k, problem, *means = self.args
        arithmetic = HighPrecisionArithmetic(prec_to_dps(prec) + GUARD_DIGITS)
        values = [mean.evalf(arithmetic.digits) for mean in means]
        if not all(isinstance(value, sympy.Float) or value.is_zero for value in values):
            return None
        point = tuple(sympy.Float(value, arithmetic.digits) for value in values)
        found = _solution(problem, arithmetic.digits, point)[int(k)]
        return sympy.Float(found, precision=prec) if arithmetic.context.isfinite(found) else None

    def _sympystr(self, printer: Any) -> str:
        label, k, _, *means = self.args
        return f"{label}_natural({k}, {', '.join(printer.doprint(m) for m in means)})"

    def _latex(self, printer: Any) -> str:
        _, k, _, *means = self.args
        return rf"(\nabla A)^{{-1}}_{{{k}}}\left({', '.join(printer.doprint(m) for m in means)}\right)"


class _Solution(AbstractSpecialFunction):
    """All coordinates at once, so that they are solved for only once."""

    @property
    def operands(self) -> Exprs:
        return tuple(self.args[2:])

    def operation(self) -> Operation:
        problem = convex_problem(self.args[1])
        return lambda arithmetic, means: _solved(arithmetic, problem, means)


def natural_parameter(
    label: str,
    symbols: Sequence[sympy.Symbol],
    partition: sympy.Expr,
    start: Exprs,
    domain: Exprs,
    means: Exprs,
) -> Exprs:
    """θ with ∇A(θ) = μ, one implicit function a coordinate.

    Parameters
    ----------
    label : str
        Name that it prints under, the family's.
    symbols : sequence of Symbol
        θ_1 … θ_n, dummies.
    partition : Expr
        A(θ), strictly convex.
    start : tuple of Expr
        A point of the natural parameter space, free of symbols.
    domain : tuple of Expr
        Conditions > 0 that make up the natural parameter space.
    means : tuple of Expr
        μ.
    """
    problem = sympy.Lambda(tuple(symbols), sympy.Tuple(partition, *start, *domain))
    return tuple(inverse_gradient(Str(label), sympy.Integer(k), problem, *means) for k in range(len(symbols)))


@lru_cache(maxsize=256)
def convex_problem(problem: sympy.Lambda) -> ConvexProblem:
    """The compiled problem of a ``Lambda``."""
    symbols = tuple(problem.variables)
    partition, *rest = problem.expr
    count = len(symbols)
    return ConvexProblem.compile(symbols, partition, tuple(rest[:count]), tuple(rest[count:]))


@lru_cache(maxsize=256)
def _hessian(problem: sympy.Lambda) -> tuple[Exprs, Matrix]:
    symbols, partition = tuple(problem.variables), problem.expr[0]
    return symbols, Matrix(
        len(symbols), len(symbols), [partition.diff(s, t) for s in symbols for t in symbols]
    )


@lru_cache(maxsize=256)
def _inverse_entries(hessian: Matrix) -> Matrix:
    """The inverse Hessian by a short formula, else entry by entry: reduced fractions may take hours."""
    if hessian.rows == 1:
        return inverse(hessian)
    if hessian.rows == 2:
        return hessian.adjugate() / hessian.det()
    raised = inverse_of_raised_diagonal(hessian)
    return inverse_entries(hessian) if raised is None else raised


@lru_cache(maxsize=1024)
def _solution(problem: sympy.Lambda, digits: int, point: tuple[sympy.Float, ...]) -> tuple[Any, ...]:
    """All coordinates at once: SymPy evaluates every occurrence by itself."""
    arithmetic = HighPrecisionArithmetic(digits)
    means = [arithmetic.context.make_mpf(value._mpf_) for value in point]
    return iterated(convex_problem(problem), arithmetic, means)


def _solved(arithmetic: AbstractArithmetic, problem: ConvexProblem, means: Sequence[Any]) -> Sequence[Any]:
    if isinstance(arithmetic, BallArithmetic):
        return enclosed(problem, arithmetic, means)
    if isinstance(arithmetic, HighPrecisionArithmetic):
        return iterated(problem, arithmetic, means)
    if isinstance(arithmetic, ArrayArithmetic):
        return vectorised(problem, arithmetic, means)
    raise OutsideArithmetic("Expected a rational number, got the solution of an equation: use balls instead")
