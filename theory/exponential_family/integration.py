"""Integration: a law written as one of a base, where means are computed by nodes with proved errors."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import sympy

from theory.quadrature.base.abstract import AbstractBase, Exprs, Feature

Terms = Mapping[Feature, sympy.Expr]
"""A function of a sample: the coefficient of each of the base's features."""


@dataclass(frozen=True, kw_only=True)
class Integration:
    """How to integrate under a family's law.

    Parameters
    ----------
    base : AbstractBase
        Which laws; without rewards.
    natural : tuple of Expr
        The base's own parameters.
    terms : callable
        A feature of a sample over the base's features, or None where it is no combination of them.
    """

    base: AbstractBase
    natural: Exprs
    terms: Callable[[sympy.Expr], Terms | None]

    def combined(self, terms: Mapping[sympy.Expr, sympy.Expr]) -> dict[Feature, sympy.Expr] | None:
        """Σ c·feature over the base's features."""
        found: dict[Feature, sympy.Expr] = {}
        for feature, coefficient in terms.items():
            written = {self.base.constant: sympy.S.One} if feature == 1 else self.terms(feature)
            if written is None:
                return None
            for key, value in written.items():
                found[key] = found.get(key, sympy.S.Zero) + coefficient * value
        return {key: value for key, value in found.items() if value != 0}
