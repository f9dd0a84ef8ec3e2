"""LimitStatement: where an exact map's iterates go, and how fast."""

from __future__ import annotations

from dataclasses import dataclass

import sympy

from proofs_check.statements.statement import require_exact, require_plain_symbols


@dataclass(frozen=True, kw_only=True)
class LimitStatement:
    """The iterates of an exact map from an exact start converge to `limit`.

    Only the iteration engine accepts it, so it is at best *supported*.

    Parameters
    ----------
    variables : tuple of Symbol
        State coordinates, plain ``real=True`` symbols.
    step : tuple of Expr
        One round, an expression in the variables for each coordinate.
    start, limit : tuple of Expr
        Closed exact expressions, one a coordinate.
    rate : Expr or None
        Predicted limit of |x_{t+1} − x*| / |x_t − x*| in the maximum norm, in [0, 1); None predicts none.

    Raises
    ------
    ValueError
        On lengths that differ, floats, or free symbols that are not variables.
    """

    variables: tuple[sympy.Symbol, ...]
    step: tuple[sympy.Expr, ...]
    start: tuple[sympy.Expr, ...]
    limit: tuple[sympy.Expr, ...]
    rate: sympy.Expr | None = None

    def __post_init__(self) -> None:
        require_plain_symbols(self.variables)
        size = len(self.variables)
        for name in ("step", "start", "limit"):
            if len(getattr(self, name)) != size or size == 0:
                raise ValueError(f"Expected {size} coordinates in {name}, got {len(getattr(self, name))}")
        require_exact(self.step, self.variables)
        require_exact((*self.start, *self.limit), ())
        if self.rate is not None:
            require_exact((self.rate,), ())
