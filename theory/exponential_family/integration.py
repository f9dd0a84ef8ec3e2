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
    statistic : tuple of Terms
        T, sample by sample.
    terms : callable
        What has the same mean as a feature of a sample after any choice by T; None where nothing has.
    determined : bool
        Whether that is the feature itself, so that choices by it are integrated too; else its even part, say.
    """

    base: AbstractBase
    natural: Exprs
    statistic: tuple[Terms, ...]
    terms: Callable[[sympy.Expr], Terms | None]
    determined: bool = True

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
