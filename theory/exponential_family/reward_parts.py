"""Reward parts: a reward split along a family's statistic."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sympy

from theory.errors import InvalidInput
from theory.expressions.polynomials import NotPolynomial, coefficients
from theory.expressions.render import render
from theory.reward import REWARD_VARIABLE, Reward


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
    used = tuple(v for v in variables if v in reward.polynomial.free_symbols)
    if not used:
        return {(0,) * len(variables): reward.polynomial}
    try:
        terms = coefficients(reward.polynomial, used)
    except NotPolynomial as problem:
        raise InvalidInput(expected=expected, found=render(reward.polynomial)[:80]) from problem
    highest = max(sum(exponents) for exponents in terms)
    if highest > degree:
        raise InvalidInput(expected=expected, found=f"degree {highest}")
    positions = [variables.index(v) for v in used]
    return {_spread(exponents, positions, len(variables)): c for exponents, c in terms.items()}


def linear_parts(reward: Reward) -> RewardParts:
    """Parts of a reward of degree at most 1 in x, along T = x.

    Raises
    ------
    InvalidInput
        When the reward is a table, no polynomial, or of a higher degree.
    """
    terms = polynomial_terms(reward, (REWARD_VARIABLE,), degree=1)
    constant, slope = (terms.get((k,), sympy.S.Zero) for k in range(2))
    return RewardParts(constant=constant, linear=(slope,))


def _spread(exponents: tuple[int, ...], positions: Sequence[int], length: int) -> tuple[int, ...]:
    spread = [0] * length
    for k, power in zip(positions, exponents, strict=True):
        spread[k] = power
    return tuple(spread)


def table_values(reward: Reward, atoms: int) -> tuple[sympy.Expr, ...]:
    """The numbers of a reward given as a list, one an atom.

    Raises
    ------
    InvalidInput
        When the reward is a polynomial, or the list has another length.
    """
    expected = f"a list of {atoms} numbers, one an atom"
    if reward.table is None:
        raise InvalidInput(expected=expected, found=f"the polynomial {render(reward.polynomial)[:80]}")
    if len(reward.table) != atoms:
        raise InvalidInput(expected=expected, found=f"{len(reward.table)} numbers")
    return reward.table
