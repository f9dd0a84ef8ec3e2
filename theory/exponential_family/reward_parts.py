"""Reward parts: a reward split along a family's statistic."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sympy

from theory.errors import InvalidInput
from theory.exponential_family.features import features
from theory.expressions.polynomials import NotPolynomial, coefficients, is_identically_zero
from theory.expressions.render import render
from theory.reward import REWARD_VARIABLE, Reward

HIGHEST_DEGREE = 16
"""Degree up to which a polynomial reward outside the span is integrated."""


@dataclass(frozen=True, kw_only=True)
class RewardParts:
    """r(x) = constant + ⟨linear, T(x)⟩ − ½ xᵀ(curvature)x + outside(x) + values at a finite support's points.

    `curvature`, `outside` and `values` are None unless part of the reward lies outside the span of T; a
    choice by what is `outside` has means by quadrature only.
    """

    constant: sympy.Expr
    linear: tuple[sympy.Expr, ...]
    curvature: sympy.ImmutableDenseMatrix | None = None
    values: tuple[sympy.Expr, ...] | None = None
    outside: sympy.Expr | None = None

    @property
    def bends(self) -> bool:
        """Whether a choice by the reward changes the base measure."""
        return any(part is not None for part in (self.curvature, self.values, self.outside))


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


def quadratic_terms(reward: Reward) -> tuple[tuple[sympy.Expr, ...], sympy.Expr | None]:
    """Coefficients of 1, x, x² in a reward on the line, and what is left of it, or None.

    Raises
    ------
    InvalidInput
        When the reward is a table, or what is left is no polynomial of even degree plus a bounded function.
    """
    expected = (
        f"a polynomial of degree at most 2 in x, or even and at most {HIGHEST_DEGREE}, plus cos and sin"
    )
    if reward.polynomial is None:
        raise InvalidInput(expected=expected, found="a list, one number an atom")
    terms = features(reward.polynomial, (REWARD_VARIABLE,))
    low = tuple(terms.pop(REWARD_VARIABLE**k, sympy.S.Zero) for k in range(3))
    powers = [sympy.degree(f, REWARD_VARIABLE) for f in terms if f.is_polynomial(REWARD_VARIABLE)]
    highest = max(powers, default=0)
    if highest % 2 or highest > HIGHEST_DEGREE:
        raise InvalidInput(expected=expected, found=f"degree {highest}")
    for feature in terms:
        if not feature.is_polynomial(REWARD_VARIABLE) and not _is_bounded(feature):
            raise InvalidInput(expected=expected, found=render(feature)[:80])
    outside = sympy.Add(*(c * f for f, c in terms.items()))
    return low, outside if outside != 0 else None


def bounded_above(outside: sympy.Expr, strength: sympy.Expr) -> tuple[sympy.Expr, ...]:
    """Conditions > 0 for e^{βr} to fall off where a polynomial decides: −β times its leading coefficient."""
    powers = {
        f: c for f, c in features(outside, (REWARD_VARIABLE,)).items() if f.is_polynomial(REWARD_VARIABLE)
    }
    if not powers or strength == 0:
        return ()
    highest = max(powers, key=lambda f: int(sympy.degree(f, REWARD_VARIABLE)))
    return (-strength * powers[highest],)


def _is_bounded(feature: sympy.Expr) -> bool:
    """Whether a feature is a polynomial in cosines and sines of affine functions of x."""
    known = feature.atoms(sympy.cos, sympy.sin)
    waves = {w: sympy.Dummy(real=True) for w in known if w.args[0].diff(REWARD_VARIABLE, 2) == 0}
    written = feature.xreplace(waves)
    return REWARD_VARIABLE not in written.free_symbols and bool(written.is_polynomial(*waves.values()))


def spanned_parts(reward: Reward, statistic: sympy.Expr) -> RewardParts:
    """Parts of a reward a + b T(x) for one statistic T of a number.

    Raises
    ------
    InvalidInput
        When the reward is a table, no polynomial, or not of this form.
    """
    if not statistic.is_polynomial(REWARD_VARIABLE):
        return combined_parts(reward, (statistic,), (REWARD_VARIABLE,))
    leading = coefficients(statistic, (REWARD_VARIABLE,))
    ((degree,), top) = max(leading.items())
    terms = polynomial_terms(reward, (REWARD_VARIABLE,), degree=int(degree))
    slope = terms.get((degree,), sympy.S.Zero) / top
    rest = {e: terms.get(e, sympy.S.Zero) - slope * leading.get(e, sympy.S.Zero) for e in {*terms, *leading}}
    if any(not is_identically_zero(c) for e, c in rest.items() if e != (0,)):
        expected = f"a reward a + b·{render(statistic)}"
        raise InvalidInput(expected=expected, found=render(reward.polynomial)[:80])
    return RewardParts(constant=rest.get((0,), sympy.S.Zero), linear=(slope,))


def combined_parts(
    reward: Reward, statistic: Sequence[sympy.Expr], variables: Sequence[sympy.Symbol]
) -> RewardParts:
    """Parts of a reward a + Σ b_k T_k whose statistics each have a feature that no other has.

    Raises
    ------
    InvalidInput
        When the reward is a table or not of this form.
    """
    terms = " + ".join(f"b{k}·{render(t)}" for k, t in enumerate(statistic, start=1))
    expected = f"a reward a + {terms}" if len(statistic) > 1 else f"a reward a + b·{render(statistic[0])}"
    if reward.polynomial is None:
        raise InvalidInput(expected=expected, found="a list, one number an atom")
    rest = features(reward.polynomial, variables)
    columns = [features(t, variables) for t in statistic]
    slopes = []
    for k, column in enumerate(columns):
        others = {f for j, other in enumerate(columns) if j != k for f in other}
        pivot = next(f for f in column if f != 1 and f not in others)
        slope = rest.get(pivot, sympy.S.Zero) / column[pivot]
        rest = {f: rest.get(f, sympy.S.Zero) - slope * column.get(f, 0) for f in {**rest, **column}}
        slopes.append(slope)
    if any(not is_identically_zero(c) for f, c in rest.items() if f != 1):
        raise InvalidInput(expected=expected, found=render(reward.polynomial)[:80])
    return RewardParts(constant=rest.get(sympy.S.One, sympy.S.Zero), linear=tuple(slopes))


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
        When the reward is a polynomial, or a list of lists, or the list has another length.
    """
    expected = f"a list of {atoms} numbers, one an atom"
    if reward.rows > 1:
        raise InvalidInput(expected=expected, found=f"{reward.rows} lists")
    if reward.table is None:
        raise InvalidInput(expected=expected, found=f"the polynomial {render(reward.polynomial)[:80]}")
    if len(reward.table) != atoms:
        raise InvalidInput(expected=expected, found=f"{len(reward.table)} numbers")
    return reward.table


def answer_values(reward: Reward, prompts: int, answers: int) -> tuple[sympy.Expr, ...]:
    """The numbers of a reward of answers to prompts, prompt by prompt; one list serves all prompts.

    Raises
    ------
    InvalidInput
        When the reward is neither a list of `answers` numbers nor `prompts` such lists.

    Examples
    --------
    >>> answer_values(Reward(table=(sympy.S.One, sympy.S.Zero)), prompts=2, answers=2)
    (1, 0, 1, 0)
    """
    expected = f"a list of {answers} numbers, one an answer, or {prompts} such lists, one a prompt"
    if reward.table is None:
        raise InvalidInput(expected=expected, found=f"the polynomial {render(reward.polynomial)[:80]}")
    if reward.rows not in (1, prompts):
        raise InvalidInput(expected=expected, found=f"{reward.rows} lists")
    columns = len(reward.table) // reward.rows
    if columns != answers:
        raise InvalidInput(expected=expected, found=f"{columns} numbers in a list")
    return reward.table if reward.rows == prompts else reward.table * prompts
