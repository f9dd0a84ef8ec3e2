"""Parameter: a named exact number that an ecosystem file declares."""

from __future__ import annotations

from dataclasses import dataclass

import sympy


@dataclass(frozen=True, kw_only=True)
class Parameter:
    """A named exact number with its closed range (``lower`` and ``upper`` None when unbounded)."""

    name: str
    value: sympy.Expr
    lower: sympy.Expr | None = None
    upper: sympy.Expr | None = None

    @property
    def symbol(self) -> sympy.Symbol:
        """The SymPy symbol that stands for this parameter in every expression."""
        return sympy.Symbol(self.name, real=True)
