"""Reward parts: a reward split along a family's statistic."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sympy

from theory.ecosystem import Reward
from theory.errors import InvalidInput


@dataclass(frozen=True, kw_only=True)
class RewardParts:
    """r(x) = constant + ⟨linear, T(x)⟩ − ½ xᵀ(curvature)x.

    `curvature` is None unless part of the reward lies outside the span of T.
    """

    constant: sympy.Expr
    linear: tuple[sympy.Expr, ...]
    curvature: sympy.ImmutableDenseMatrix | None = None


def polynomial_terms(
    reward: Reward, variables: Sequence[sympy.Symbol], degree: int
) -> dict[tuple[int, ...], sympy.Expr]:
    """Coefficient of each monomial (by exponents) of a polynomial reward.

    Raises
    ------
    InvalidInput
        When the reward is a table, is no polynomial in `variables`, or exceeds `degree`.
    """
    names = ", ".join(v.name for v in variables[:3])
    expected = f"a polynomial of degree at most {degree} in {names}{', …' if len(variables) > 3 else ''}"
    if reward.polynomial is None:
        raise InvalidInput(expected=expected, found="a list, one number an atom")
    if not reward.polynomial.is_polynomial(*variables):
        raise InvalidInput(expected=expected, found=str(reward.polynomial)[:80])
    polynomial = sympy.Poly(reward.polynomial, *variables)
    if polynomial.total_degree() > degree:
        raise InvalidInput(expected=expected, found=f"degree {polynomial.total_degree()}")
    return {exponents: sympy.sympify(c) for exponents, c in polynomial.terms()}


def table_values(reward: Reward, atoms: int) -> tuple[sympy.Expr, ...]:
    """The numbers of a reward given as a list, one an atom.

    Raises
    ------
    InvalidInput
        When the reward is a polynomial, or the list has another length.
    """
    expected = f"a list of {atoms} numbers, one an atom"
    if reward.table is None:
        raise InvalidInput(expected=expected, found=f"the polynomial {str(reward.polynomial)[:80]}")
    if len(reward.table) != atoms:
        raise InvalidInput(expected=expected, found=f"{len(reward.table)} numbers")
    return reward.table
