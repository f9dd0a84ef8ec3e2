"""Along the curve: a measure at the equilibrium x*(φ), against a fixed reference."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import final

import sympy
from flint import arb, arb_mat, ctx, fmpq

from theory.arithmetic.program import Program
from theory.equilibrium.enclosures import Balls
from theory.equilibrium.exact import exact_equilibrium, to_sympy
from theory.equilibrium.identities import is_identically_zero
from theory.equilibrium.problem import FixedPointProblem, ball_values
from theory.expressions.differentiation import partial_derivatives
from theory.robustness.course import AbstractTrace
from theory.robustness.equilibrium_curve import EquilibriumCurve
from theory.robustness.share_problem import ShareProblem

Level = Callable[[int], arb]
"""A number, as a ball at so many bits."""


@final
@dataclass(frozen=True, kw_only=True)
class CurveTrace(AbstractTrace):
    """A quantity at x*(φ), minus a reference.

    Parameters
    ----------
    curve : EquilibriumCurve
    quantity : Expr
        Over the coordinates of the curve's face.
    domain : tuple of Expr
        Must be > 0 for the quantity to exist.
    reference : callable
        The reference in balls.
    exact_reference : Expr or None
        The reference itself, where it is known.
    starts_at_reference : bool
        Whether the reference is the quantity at φ = 0.
    """

    curve: EquilibriumCurve
    quantity: sympy.Expr
    domain: tuple[sympy.Expr, ...]
    reference: Level
    exact_reference: sympy.Expr | None = None
    starts_at_reference: bool = False

    @property
    def end(self) -> fmpq:
        return self.curve.until

    @property
    def why_it_ends(self) -> str:
        return self.curve.detail

    @cached_property
    def _value(self) -> Program:
        return Program.compile([self.quantity, *self.domain], self._coordinates)

    @cached_property
    def _gradient(self) -> Program:
        partials = partial_derivatives(self.quantity, self._coordinates)
        return Program.compile([partials.get(s, sympy.S.Zero) for s in self._coordinates], self._coordinates)

    @property
    def is_constant(self) -> bool:
        return not self.quantity.free_symbols

    @property
    def _coordinates(self) -> tuple[sympy.Symbol, ...]:
        return self.curve.problem.face.coordinates

    def value(self, share: arb, bits: int) -> arb:
        point = self.curve.at(share, bits)
        level = None if point is None else self.level(point, bits)
        if level is None:
            return arb.nan()
        with ctx.workprec(bits):
            return level - self.reference(bits)

    def level(self, point: Balls, bits: int) -> arb | None:
        """The quantity itself at a point of the face; None where it is not proved to exist."""
        value, *conditions = ball_values(self._value, point, bits)
        return value if all(c > 0 for c in conditions) else None

    def slope(self, share: arb, bits: int) -> arb:
        point = self.curve.at(share, bits)
        if point is None:
            return arb.nan()
        square, column = self.curve.problem.slopes(point, share, bits)
        gradient = ball_values(self._gradient, point, bits)
        with ctx.workprec(bits):
            try:
                moved = square.solve(column) if gradient else column
            except ZeroDivisionError:
                return arb.nan()
            return -(arb_mat(1, len(gradient), list(gradient)) * moved)[0, 0] if gradient else arb(0)

    def vanishes(self, share: fmpq) -> bool:
        if self.starts_at_reference and share == 0:
            return True
        if self.exact_reference is None:
            return False
        bits = 4 * 96
        point = self.curve.at(arb(share), bits)
        exact = None if point is None else exact_equilibrium(self._problem_at(share), point, bits)
        if exact is None:
            return False
        there = {s: to_sympy(x) for s, x in zip(self._coordinates, exact, strict=True)}
        return is_identically_zero(self.quantity.xreplace(there) - self.exact_reference)

    def _problem_at(self, share: fmpq) -> FixedPointProblem:
        problem: ShareProblem = self.curve.problem
        known = {problem.share: to_sympy(share)}
        return replace(problem.face, step=tuple(g.xreplace(known) for g in problem.face.step))
