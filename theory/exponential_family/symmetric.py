"""Symmetric laws: moments of x = c ± y when a power of |y| has a gamma law."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import sympy

from theory.exponential_family.family import Exprs
from theory.exponential_family.features import no_closed_form
from theory.exponential_family.integration import Terms
from theory.reward import REWARD_VARIABLE

if TYPE_CHECKING:
    from theory.exact_input import ExactInput
    from theory.exponential_family.gamma_statistic import AbstractGammaStatisticFamily


def read_location(table: Mapping[str, object], read: ExactInput, place: str) -> sympy.Expr:
    """The known location of a model's table, 0 by default.  Raises `InvalidInput`."""
    return read.number(table.get("location", 0), f"{place}.location")


def symmetric_feature(
    family: AbstractGammaStatisticFamily,
    feature: sympy.Expr,
    location: sympy.Expr,
    power: sympy.Expr,
    state: Exprs,
) -> sympy.Expr:
    """E[x^n] = Σ binomial(n, j) c^(n−j) E|y|^j over even j, for x = c ± y and |y| = T^p.

    Parameters
    ----------
    family : AbstractGammaStatisticFamily
    feature : Expr
        x^n, or T itself.
    location : Expr
        c.
    power : Expr
        p.
    state : tuple of Expr

    Raises
    ------
    NoClosedForm
        When the feature is no power of x.
    """
    if feature in family.statistic:
        return state[0]
    base, n = (REWARD_VARIABLE, sympy.S.Zero) if feature == 1 else feature.as_base_exp()
    if base != REWARD_VARIABLE or not n.is_Integer or n < 0:
        raise no_closed_form(feature, family.name)
    return sympy.Add(
        *(
            sympy.binomial(n, j) * location ** (n - j) * family.expected_power(j * power, state)
            for j in range(0, int(n) + 1, 2)
        )
    )


def symmetric_terms(
    family: AbstractGammaStatisticFamily,
    feature: sympy.Expr,
    location: sympy.Expr,
    power: sympy.Expr,
    state: Exprs,
) -> Terms | None:
    """x^n as Σ binomial(n, j) c^{n−j} T^{jp} over even j: after a choice by T, x − c keeps an even law.

    Parameters
    ----------
    family : AbstractGammaStatisticFamily
    feature : Expr
        x^n or T; None is returned for others.
    location, power : Expr
        c and p, as in `symmetric_feature`.
    state : tuple of Expr
    """
    scale = state[0] / family.statistic_shape
    if feature in family.statistic:
        return {(sympy.S.One, sympy.S.Zero): scale}
    base, n = feature.as_base_exp()
    if base != REWARD_VARIABLE or not n.is_Integer or n < 0:
        return None
    return {
        (j * power, sympy.S.Zero): sympy.binomial(n, j) * location ** (n - j) * scale ** (j * power)
        for j in range(0, int(n) + 1, 2)
    }
