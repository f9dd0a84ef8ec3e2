"""Fixed-point problem: an update map at its values, ready to be evaluated exactly or in balls."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import sympy
from flint import arb, arb_mat, fmpq, fmpq_mat

from theory.arithmetic.ball import BallArithmetic
from theory.arithmetic.program import Program
from theory.arithmetic.rational import RationalArithmetic
from theory.equilibrium.enclosures import Balls
from theory.errors import OutsideArithmetic
from theory.expressions.differentiation import jacobian
from theory.update_map import UpdateMap

Exprs = tuple[sympy.Expr, ...]
Rationals = tuple[fmpq, ...]


@dataclass(frozen=True, kw_only=True)
class FixedPointProblem:
    """Find y with y = G(y), where every parameter and knob has its value.

    Parameters
    ----------
    coordinates : tuple of Symbol, shape ``(n,)``
        Unknowns y.
    step : tuple of Expr, shape ``(n,)``
        G over the unknowns alone.
    domain, nonnegative : tuple of Expr
        Must be > 0, respectively ≥ 0, at y.
    start : tuple of Expr, shape ``(n,)``
        Exact start of the iteration.
    embedding : tuple of (Symbol, Expr)
        Every state of the update map as an expression over the unknowns.
    """

    coordinates: tuple[sympy.Symbol, ...]
    step: Exprs
    domain: Exprs
    nonnegative: Exprs
    start: Exprs
    embedding: tuple[tuple[sympy.Symbol, sympy.Expr], ...]

    @property
    def size(self) -> int:
        """Number n of unknowns."""
        return len(self.coordinates)

    @cached_property
    def jacobian(self) -> Exprs:
        """∂G/∂y, row by row, shape ``(n·n,)``."""
        return tuple(jacobian(self.step, self.coordinates))

    @cached_property
    def step_program(self) -> Program:
        """G, compiled."""
        return Program.compile(self.step, self.coordinates)

    @cached_property
    def jacobian_program(self) -> Program:
        """∂G/∂y, compiled."""
        return Program.compile(self.jacobian, self.coordinates)

    @cached_property
    def condition_program(self) -> Program:
        """`domain`, then `nonnegative`, compiled."""
        return Program.compile((*self.domain, *self.nonnegative), self.coordinates)

    @cached_property
    def state_program(self) -> Program:
        """Every state of the update map, compiled."""
        return Program.compile([e for _, e in self.embedding], self.coordinates)

    def start_at(self, bits: int) -> Balls:
        """The start in balls."""
        return Program.compile(self.start, ()).evaluate(BallArithmetic(bits), ())

    def bound_step(self, bits: int) -> Callable[[Sequence[arb]], Balls]:
        """G in balls; call it under the same precision."""
        return in_balls(self.step_program, bits)

    def jacobian_at(self, point: Sequence[arb], bits: int) -> arb_mat:
        """∂G/∂y in balls, shape ``(n, n)``; entries are not finite where it is not defined."""
        entries = ball_values(self.jacobian_program, point, bits)
        return arb_mat(self.size, self.size, list(entries))

    def exact_jacobian(self, point: Rationals) -> fmpq_mat | None:
        """∂G/∂y at a rational point, or None when it is not rational there."""
        entries = rational_values(self.jacobian_program, point)
        return None if entries is None else fmpq_mat(self.size, self.size, list(entries))

    def states_at(self, point: Sequence[arb], bits: int) -> Balls:
        """Every state of the update map at a point."""
        return ball_values(self.state_program, point, bits)

    def conditions_at(self, point: Sequence[arb], bits: int) -> tuple[Balls, Balls]:
        """Values of `domain` and of `nonnegative`."""
        values = ball_values(self.condition_program, point, bits)
        return values[: len(self.domain)], values[len(self.domain) :]


def problem_of(update_map: UpdateMap) -> FixedPointProblem:
    """The problem on all free coordinates (the full tangent space)."""
    at = update_map.at_values
    free = set(update_map.coordinates)
    dependent = dict(update_map.dependent)
    return FixedPointProblem(
        coordinates=update_map.coordinates,
        step=tuple(at(g) for s, g in zip(update_map.state, update_map.step, strict=True) if s in free),
        domain=tuple(at(e) for e in update_map.domain),
        nonnegative=tuple(at(e) for e in update_map.nonnegative),
        start=tuple(at(e) for s, e in zip(update_map.state, update_map.start, strict=True) if s in free),
        embedding=tuple((s, dependent.get(s, s)) for s in update_map.state),
    )


def in_balls(program: Program, bits: int) -> Callable[[Sequence[arb]], Balls]:
    """A program in ball arithmetic that answers with NaN where it divides by zero."""
    run = program.bind(BallArithmetic(bits))

    def safe(point: Sequence[arb]) -> Balls:
        try:
            return tuple(arb(v) for v in run(point))
        except ZeroDivisionError:
            return tuple(arb.nan() for _ in program.outputs)

    return safe


def ball_values(program: Program, point: Sequence[arb], bits: int) -> Balls:
    """Values of a program in balls; NaN where it is not defined."""
    arithmetic = BallArithmetic(bits)
    with arithmetic.precision():
        return in_balls(program, bits)(point)


def rational_values(program: Program, point: Sequence[Any]) -> Rationals | None:
    """Exact values of a program, or None when one is not rational or not defined."""
    try:
        values = program.evaluate(RationalArithmetic(), [fmpq(v) for v in point])
    except (OutsideArithmetic, ZeroDivisionError):
        return None
    return tuple(fmpq(v) for v in values)
