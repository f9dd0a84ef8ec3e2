"""An equilibrium of an exact map as hypotheses: stationary, stable, with its derivative in a knob."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import sympy

from proofs_check.claim import Point
from proofs_check.encoding.matrices import identity_minus
from proofs_check.encoding.relations import equal
from proofs_check.encoding.symbols import Matrix, point, real
from proofs_check.statements.statement import Condition, SchurStable


@dataclass(frozen=True, kw_only=True)
class KnobAtEquilibrium:
    """A state x, one round x' = G(x, τ), and the derivative dx/dτ of the equilibrium.

    Parameters
    ----------
    state : tuple of Symbol
    step : tuple of Expr
        G, one expression a coordinate.
    knob : Symbol
        τ.
    """

    state: tuple[sympy.Symbol, ...]
    step: tuple[sympy.Expr, ...]
    knob: sympy.Symbol

    @cached_property
    def moves(self) -> tuple[sympy.Symbol, ...]:
        """Symbols for dx/dτ, named ``d`` and the coordinate."""
        return tuple(real(f"d{symbol.name}") for symbol in self.state)

    @cached_property
    def jacobian(self) -> Matrix:
        """J = ∂G/∂x."""
        return Matrix(sympy.Matrix(self.step).jacobian(list(self.state)))

    @cached_property
    def linearised(self) -> Matrix:
        """(I − J) dx/dτ − ∂G/∂τ, zero for the derivative of the equilibrium."""
        direct = Matrix([g.diff(self.knob) for g in self.step])
        return Matrix(identity_minus(self.jacobian) * Matrix(self.moves) - direct)

    def hypotheses(self) -> tuple[Condition, ...]:
        """x = G(x), ρ(J) < 1, and (I − J) dx/dτ = ∂G/∂τ."""
        stationary = tuple(equal(x, g) for x, g in zip(self.state, self.step, strict=True))
        return (*stationary, SchurStable(self.jacobian), *(equal(e, 0) for e in self.linearised))

    def influence(self, alignment: sympy.Expr) -> sympy.Expr:
        """dR/dτ = ∇R · dx/dτ + ∂R/∂τ."""
        along = sympy.Add(*(alignment.diff(x) * dx for x, dx in zip(self.state, self.moves, strict=True)))
        return along + alignment.diff(self.knob)

    def point(self, values: Mapping[sympy.Symbol, sympy.Expr | int | str]) -> Point:
        """The exact point with these values, completed by the derivative that they imply.

        Raises
        ------
        ValueError
            When I − J is singular there, so that the derivative is not defined.
        """
        exact = {symbol: sympy.Rational(value) for symbol, value in values.items()}
        field = identity_minus(self.jacobian.xreplace(exact))
        direct = Matrix([g.diff(self.knob) for g in self.step]).xreplace(exact)
        if field.det() == 0:
            raise ValueError("Expected a point where I − J is invertible, got a singular one")
        moves = field.LUsolve(direct)
        return point(exact | dict(zip(self.moves, moves, strict=True)))
