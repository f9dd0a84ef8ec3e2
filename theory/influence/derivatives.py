"""Derivatives that influences are made of: ∂G/∂τ for each knob, ∇R_i and ∂R_i/∂τ for each model."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import sympy

from theory.arithmetic.program import Program
from theory.equilibrium.problem import FixedPointProblem, problem_of
from theory.expressions.differentiation import jacobian
from theory.update_map import Knob, UpdateMap

Exprs = tuple[sympy.Expr, ...]


@dataclass(frozen=True, kw_only=True)
class InfluenceDerivatives:
    """Exact derivatives of an update map at its values, on the free coordinates.

    Parameters
    ----------
    update_map : UpdateMap
    knobs : tuple of Knob
        Those whose influence is wanted.
    models : tuple of str
        Names of models with users.
    """

    update_map: UpdateMap
    knobs: tuple[Knob, ...]
    models: tuple[str, ...]

    @cached_property
    def problem(self) -> FixedPointProblem:
        """The fixed-point problem whose equilibria are differentiated."""
        return problem_of(self.update_map)

    @cached_property
    def rewards(self) -> Exprs:
        """R_i of each model, knobs still symbols."""
        embedding = dict(self.update_map.dependent)
        by_name = dict(self.update_map.alignments)
        return tuple(by_name[name].xreplace(embedding) for name in self.models)

    @cached_property
    def expressions(self) -> Exprs:
        """Every column ∂G/∂τ, then for each model ∇R_i and its row ∂R_i/∂τ, one after the other."""
        at, coordinates = self.update_map.at_values, self.update_map.coordinates
        knobs = tuple(k.symbol for k in self.knobs)
        moved = jacobian(self.update_map.reduced_step, knobs)
        sensed = jacobian(self.rewards, (*coordinates, *knobs))
        return tuple(at(e) for e in (*moved.T, *sensed))

    @cached_property
    def program(self) -> Program:
        """`expressions`, compiled."""
        return Program.compile(self.expressions, self.problem.coordinates)

    def column(self, knob: int) -> slice:
        """Where ∂G/∂τ of a knob stands in `expressions`."""
        n = self.problem.size
        return slice(knob * n, (knob + 1) * n)

    def gradient(self, model: int) -> slice:
        """Where ∇R_i stands in `expressions`."""
        begin = self._block(model)
        return slice(begin, begin + self.problem.size)

    def partial(self, model: int, knob: int) -> int:
        """Where ∂R_i/∂τ stands in `expressions`."""
        return self._block(model) + self.problem.size + knob

    def _block(self, model: int) -> int:
        n, m = self.problem.size, len(self.knobs)
        return m * n + model * (n + m)
