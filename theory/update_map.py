"""Update map: one round of retraining as exact expressions in the state and the parameters."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import cached_property

import sympy

from theory.ecosystem import Ecosystem


class KnobKind(Enum):
    """What a knob belongs to."""

    PARAMETER = "parameter"
    STRENGTH = "strength"
    CURATION = "curation"


@dataclass(frozen=True, kw_only=True)
class Knob:
    """A number that people could turn.

    `symbol` is the parameter itself, or an offset added to the strength or the curation
    share; `owner` is the users' name (strength) or the model's name (curation).
    """

    name: str
    kind: KnobKind
    symbol: sympy.Symbol
    owner: str = ""


@dataclass(frozen=True, kw_only=True)
class UpdateMap:
    """One full round x' = G(x), in the ecosystem's order.

    Parameters
    ----------
    ecosystem : Ecosystem
    state : tuple of Symbol
        Every state name as printed, ``MODEL.COORDINATE``, models in file order.
    step : tuple of Expr
        New value of each state, over states, parameters and knob offsets.
    dependent : tuple of (Symbol, Expr)
        States that the others determine (the last atom of a finite support: 1 − Σ others).
    domain : tuple of Expr
        Expressions in the state that must all be > 0 for a round to be defined
        (variances, tilted natural parameters).
    nonnegative : tuple of Expr
        Expressions in the state that must be ≥ 0 (probabilities; the boundary is allowed).
    start : tuple of Expr
        Exact start of the iteration, one value a state.
    alignments : tuple of (model name, Expr)
        R_i over the states and parameters, for each model that has users.
    knobs : tuple of Knob
        Parameters, strengths, curation shares, in file order.
    values : tuple of (Symbol, Expr)
        Exact value of each parameter; 0 for each offset.
    """

    ecosystem: Ecosystem
    state: tuple[sympy.Symbol, ...]
    step: tuple[sympy.Expr, ...]
    dependent: tuple[tuple[sympy.Symbol, sympy.Expr], ...]
    domain: tuple[sympy.Expr, ...]
    nonnegative: tuple[sympy.Expr, ...]
    start: tuple[sympy.Expr, ...]
    alignments: tuple[tuple[str, sympy.Expr], ...]
    knobs: tuple[Knob, ...]
    values: tuple[tuple[sympy.Symbol, sympy.Expr], ...]

    @cached_property
    def coordinates(self) -> tuple[sympy.Symbol, ...]:
        """The states that are free: `state` without the dependent ones."""
        dependent = {symbol for symbol, _ in self.dependent}
        return tuple(s for s in self.state if s not in dependent)

    @cached_property
    def reduced_step(self) -> tuple[sympy.Expr, ...]:
        """G on the free coordinates alone (knob offsets and parameters still symbols)."""
        embedding = dict(self.dependent)
        free = set(self.coordinates)
        return tuple(
            g.xreplace(embedding) for s, g in zip(self.state, self.step, strict=True) if s in free
        )

    @cached_property
    def jacobian(self) -> sympy.ImmutableDenseMatrix:
        """J = ∂G/∂x on the free coordinates, shape ``(n, n)``."""
        rows = [[g.diff(s) for s in self.coordinates] for g in self.reduced_step]
        n = len(rows)
        return sympy.ImmutableDenseMatrix(n, n, [entry for row in rows for entry in row])

    def at_values(self, expression: sympy.Expr) -> sympy.Expr:
        """The expression with dependent states embedded and every knob at its value."""
        return expression.xreplace(dict(self.dependent)).xreplace(dict(self.values))
