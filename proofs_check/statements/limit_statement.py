"""LimitStatement: where an exact map's iterates go, and how fast."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import sympy

from proofs_check.statements.statement import require_exact, require_plain_symbols


class Behaviour(Enum):
    """What iterates do in the long run."""

    CONVERGES = "converges"
    LEAVES = "leaves every bounded set"
    WANDERS = "does not settle"


@dataclass(frozen=True, kw_only=True)
class LimitStatement:
    """The iterates of an exact map from an exact start converge to `limit`, or do as `behaviour` says.

    Only the iteration engine accepts it, so it is at best *supported*.

    Parameters
    ----------
    variables : tuple of Symbol
        State coordinates, plain ``real=True`` symbols.
    step : tuple of Expr
        One round, an expression in the variables for each coordinate.
    start : tuple of Expr
        Closed exact expressions, one a coordinate.
    limit : tuple of Expr
        Likewise; empty when the iterates are not to converge.
    rate : Expr or None
        Predicted limit of |x_{t+1} − x*| / |x_t − x*| in the maximum norm, in [0, 1); None predicts none.
    behaviour : Behaviour
        Leaving every bounded set means |x_t| → ∞; not settling, that there is no finite limit.

    Raises
    ------
    ValueError
        On lengths that differ, floats, free symbols that are not variables, or a limit or a rate of
        iterates that are not to converge.
    """

    variables: tuple[sympy.Symbol, ...]
    step: tuple[sympy.Expr, ...]
    start: tuple[sympy.Expr, ...]
    limit: tuple[sympy.Expr, ...] = ()
    rate: sympy.Expr | None = None
    behaviour: Behaviour = Behaviour.CONVERGES

    def __post_init__(self) -> None:
        require_plain_symbols(self.variables)
        size = len(self.variables)
        converges = self.behaviour is Behaviour.CONVERGES
        if not converges and (self.limit or self.rate is not None):
            raise ValueError(f"Expected no limit and no rate where the map {self.behaviour.value}")
        for name in ("step", "start", "limit") if converges else ("step", "start"):
            if len(getattr(self, name)) != size or size == 0:
                raise ValueError(f"Expected {size} coordinates in {name}, got {len(getattr(self, name))}")
        require_exact(self.step, self.variables)
        require_exact((*self.start, *self.limit), ())
        if self.rate is not None:
            require_exact((self.rate,), ())
