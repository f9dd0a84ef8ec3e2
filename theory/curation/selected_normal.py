"""Selected normal laws: what a choice keeps of a Gaussian, along the one direction that it looks at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

import sympy

from theory.exponential_family.family import AbstractFamily, Exprs
from theory.exponential_family.features import features, no_closed_form
from theory.exponential_family.law import AbstractLaw, FamilyLaw
from theory.expressions.exact_matrix import Matrix
from theory.quadrature.base.normal import NormalBase
from theory.quadrature.chosen_mean import kept_mean
from theory.quadrature.normal import kept_moment, tilted_moment
from theory.reward import Reward, Taste, reward_variables


@final
@dataclass(frozen=True, kw_only=True)
class SelectedNormalLaw(AbstractLaw):
    """The law of m + gt + y: t chosen among standard normal numbers, y normal with covariance S, independent.

    Parameters
    ----------
    family : AbstractFamily
        Whose samples these are.
    mean : tuple of Expr, shape ``(d,)``
        m.
    direction : tuple of Expr, shape ``(d,)``
        g.
    rest : Matrix, shape ``(d, d)``
        S.
    first, second : Expr
        E[t] and E[t²].
    """

    family: AbstractFamily
    mean: Exprs
    direction: Exprs
    rest: Matrix
    first: sympy.Expr
    second: sympy.Expr

    def expectations(self, functions: Exprs) -> Exprs:
        variables = reward_variables(self.family.dimension)
        return tuple(
            sympy.Add(*(c * self._expected(f) for f, c in features(function, variables).items()))
            for function in functions
        )

    def _expected(self, feature: sympy.Expr) -> sympy.Expr:
        variables = reward_variables(self.family.dimension)
        powers = feature.as_powers_dict()
        factors = [k for k, v in enumerate(variables) for _ in range(int(powers.get(v, 0)))]
        if len(factors) > 2 or feature != sympy.Mul(*(variables[k] for k in factors)):
            raise no_closed_form(feature, self.family.name)
        moved = [self.mean[k] + self.direction[k] * self.first for k in factors]
        if len(factors) < 2:
            return sympy.Mul(*moved)
        i, j = factors
        along = self.mean[i] * self.direction[j] + self.mean[j] * self.direction[i]
        square = self.direction[i] * self.direction[j] * self.second
        return self.mean[i] * self.mean[j] + along * self.first + square + self.rest[i, j]


def tilted_normal(
    family: AbstractFamily, state: Exprs, taste: Taste
) -> tuple[SelectedNormalLaw, Exprs] | None:
    """The law on the line reweighted by e^{βr} for a reward outside the span, and its conditions > 0.

    None where the family is not Gaussian.
    """
    normal = family.normal_form(state)
    if normal is None or taste.reward.polynomial is None:
        return None
    ((mean,), covariance) = normal
    deviation = sympy.sqrt(covariance[0, 0])
    moments = (tilted_moment(n, taste.reward.polynomial, taste.strength, mean, deviation) for n in (1, 2))
    law = _law(family, normal, (deviation,), sympy.zeros(1, 1), *moments)
    static = family.static_tilt_domain(taste.reward, taste.strength)
    return law, static or _curved(taste, covariance[0, 0])


def _curved(taste: Taste, variance: sympy.Expr) -> Exprs:
    """1 − 2βc₂v > 0, where c₂ is the coefficient of x² and nothing grows faster."""
    (variable,) = reward_variables(1)
    square = features(taste.reward.polynomial, (variable,)).get(variable**2, sympy.S.Zero)
    return () if square == 0 else (1 - 2 * taste.strength * square * variance,)


def pooled_normal(family: AbstractFamily, state: Exprs, taste: Taste, pool: int) -> AbstractLaw | None:
    """What a taste keeps of K candidates from a Gaussian, or None where it has no such law.

    Only the direction Σc of a linear reward ⟨c,x⟩ is chosen along: with σ² = cᵀΣc the sample is
    m + Σc t/σ + y, and of K standard normal t one is kept with weights e^{βσt}.
    """
    normal = family.normal_form(state)
    slopes = linear_slopes(family, taste.reward)
    if normal is None or slopes is None or not 2 <= pool <= LARGEST_POOL:
        return None
    if all(c == 0 for c in slopes):
        return FamilyLaw(family, tuple(state))
    mean, covariance = normal
    slope = Matrix(slopes)
    if len(mean) == 1:
        deviation = sympy.sqrt(covariance[0, 0])
        scale, direction = slopes[0] * deviation, Matrix([deviation])
    else:
        scale = sympy.sqrt((slope.T * covariance * slope)[0])
        direction = covariance * slope / scale
    first, second = (kept_moment(n, pool, taste.strength * scale) for n in (1, 2))
    rest = covariance - direction * direction.T if len(mean) > 1 else sympy.zeros(1, 1)
    return _law(family, normal, tuple(direction), rest, first, second)


def bent_normal(family: AbstractFamily, state: Exprs, taste: Taste, pool: int) -> AbstractLaw | None:
    """What a taste of degree 2 keeps of K candidates from a Gaussian on the line; else None.

    With x = m + σt the weights e^{β(bx + cx²)} are e^{β(b + 2cm)σt + βcσ²t²} times a constant.
    """
    normal = family.normal_form(state)
    if (
        normal is None
        or family.dimension > 1
        or taste.reward.polynomial is None
        or not 2 <= pool <= LARGEST_POOL
    ):
        return None
    (variable,) = reward_variables(1)
    terms = features(taste.reward.polynomial, (variable,))
    if any(f not in (sympy.S.One, variable, variable**2) for f in terms):
        return None
    linear, square = (taste.strength * terms.get(variable**k, sympy.S.Zero) for k in (1, 2))
    ((mean,), covariance) = normal
    deviation = sympy.sqrt(covariance[0, 0])
    base = NormalBase(tuple((sympy.Integer(k),) for k in (1, 2)))
    values = ((linear + 2 * square * mean) * deviation, square * covariance[0, 0])
    first, second = (kept_mean(base, (sympy.Integer(k),), pool, values) for k in (1, 2))
    return _law(family, normal, (deviation,), sympy.zeros(1, 1), first, second)


LARGEST_POOL = 64
"""The largest finite pool that is integrated."""


def linear_slopes(family: AbstractFamily, reward: Reward) -> Exprs | None:
    """c where the reward is ⟨c,x⟩ plus a constant, on a Gaussian family; else None."""
    if reward.polynomial is None or not is_normal(family):
        return None
    variables = reward_variables(family.dimension)
    terms = features(reward.polynomial, variables)
    if any(f not in (*variables, sympy.S.One) for f in terms):
        return None
    return tuple(terms.get(v, sympy.S.Zero) for v in variables)


def is_normal(family: AbstractFamily) -> bool:
    """Whether the family's laws are Gaussian."""
    return family.normal_form(tuple(sympy.Dummy(c, real=True) for c in family.coordinates)) is not None


def _law(
    family: AbstractFamily,
    normal: tuple[Exprs, Matrix],
    direction: Exprs,
    rest: sympy.MatrixBase,
    first: sympy.Expr,
    second: sympy.Expr,
) -> SelectedNormalLaw:
    return SelectedNormalLaw(
        family=family,
        mean=tuple(normal[0]),
        direction=direction,
        rest=Matrix(rest),
        first=first,
        second=second,
    )
