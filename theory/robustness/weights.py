"""Expected weight: E[e^{βr}], how decisively people choose what a law makes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import sympy

from theory.arithmetic.program import AbstractSpecialFunction
from theory.exponential_family.family import AbstractFamily, Exprs
from theory.exponential_family.law import AbstractLaw, FamilyLaw, FiniteLaw, MixedLaw
from theory.reward import Reward, Taste

_LARGEST = 400
"""Number of operations beyond which a difference of log-partitions is not written out."""


@dataclass(frozen=True)
class Mean:
    """An expectation, and what must be > 0 for it to exist."""

    value: sympy.Expr
    domain: Exprs = ()


def log_weight(family: AbstractFamily, state: Exprs, taste: Taste) -> Mean | None:
    """log E[e^{βr}] = A(θ + βc) − A(θ) + βr_0 for r = r_0 + ⟨c, T⟩; None without such a formula.

    Examples
    --------
    >>> from theory.families.gaussian import Gaussian
    >>> m, v, x = sympy.symbols("m v x", real=True)
    >>> log_weight(Gaussian(), (m, v), Taste(reward=Reward(polynomial=x))).value
    m + v/2
    """
    if family.answers_prompts:
        return None
    parts = family.reward_parts(taste.reward)
    if parts.bends:
        return None
    natural = family.natural(state)
    if any(n.has(AbstractSpecialFunction) for n in natural):
        return None
    shifted = tuple(n + taste.strength * c for n, c in zip(natural, parts.linear, strict=True))
    value = family.log_partition(shifted) - family.log_partition(natural)
    if value.count_ops() <= _LARGEST:
        value = sympy.expand(value)
    return Mean(value + taste.strength * parts.constant, family.natural_domain(shifted))


def expected_weight(law: AbstractLaw, taste: Taste) -> Mean | None:
    """E[e^{βr}] under a law; None without a formula."""
    if isinstance(law, MixedLaw):
        means = [(weight, expected_weight(part, taste)) for weight, part in law.parts]
        known = [(weight, mean) for weight, mean in means if mean is not None]
        if len(known) < len(means):
            return None
        value = sympy.Add(*(weight * mean.value for weight, mean in known))
        return Mean(value, tuple(dict.fromkeys(d for _, mean in known for d in mean.domain)))
    if isinstance(law, FiniteLaw):
        return _finite_weight(law, taste)
    if isinstance(law, FamilyLaw):
        return family_weight(law.family, law.state, taste)
    return None


def family_weight(family: AbstractFamily, state: Exprs, taste: Taste) -> Mean | None:
    """E[e^{βr}] under the law of a family in a state; None without a formula."""
    if family.answers_prompts:
        return None
    if family.finite_support:
        rewards = family.support_rewards(taste.reward)
        chances = family.support_probabilities(state)
        return Mean(_mean_exponential(chances, rewards, taste))
    known = log_weight(family, state, taste)
    return None if known is None else Mean(sympy.exp(known.value), known.domain)


def _finite_weight(law: FiniteLaw, taste: Taste) -> Mean | None:
    rewards = _rewards_at(taste.reward, law.points)
    return None if rewards is None else Mean(_mean_exponential(law.probabilities, rewards, taste))


def _rewards_at(
    reward: Reward, points: tuple[Mapping[sympy.Symbol, sympy.Expr], ...]
) -> tuple[sympy.Expr, ...] | None:
    if reward.table is not None:
        return reward.table if len(reward.table) == len(points) else None
    polynomial: sympy.Expr = reward.polynomial
    return tuple(polynomial.xreplace(point) for point in points)


def _mean_exponential(chances: Exprs, rewards: Exprs, taste: Taste) -> sympy.Expr:
    pairs = zip(chances, rewards, strict=True)
    return sympy.Add(*(p * sympy.exp(taste.strength * r) for p, r in pairs))
