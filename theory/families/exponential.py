"""Exponential law on the half-line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, final

import sympy

from theory.exponential_family.data import required
from theory.exponential_family.family import AbstractFamily, Exprs
from theory.exponential_family.moments import EuclideanMoments, Moments
from theory.exponential_family.reward_parts import RewardParts, polynomial_terms
from theory.exponential_family.support import Support
from theory.expressions.exact_matrix import Matrix
from theory.reward import REWARD_VARIABLE, Reward

if TYPE_CHECKING:
    from theory.exact_input import ExactInput


@final
@dataclass(frozen=True)
class Exponential(AbstractFamily):
    """Exponential law with mean μ: T = x, θ = −1/μ, A = −log(−θ)."""

    name = "exponential"
    settings = ()
    data_keys = ("mean",)
    support = Support.NONNEGATIVE

    @classmethod
    def from_settings(cls, table: Mapping[str, object], read: ExactInput, place: str) -> Exponential:
        return cls()

    def state_from_data(self, table: Mapping[str, object], read: ExactInput, place: str) -> Exprs:
        mean = read.number(required(table, "mean", read, place), f"{place}.mean")
        read.require(mean, "> 0", f"{place}.mean", "a mean > 0")
        return (mean,)

    @property
    def coordinates(self) -> tuple[str, ...]:
        return ("mean",)

    @property
    def statistic(self) -> Exprs:
        return (REWARD_VARIABLE,)

    def log_base(self, sample: Exprs) -> sympy.Expr:
        return sympy.S.Zero

    def log_partition(self, natural: Exprs) -> sympy.Expr:
        return -sympy.log(-natural[0])

    def natural_domain(self, natural: Exprs) -> Exprs:
        return (-natural[0],)

    def natural(self, state: Exprs) -> Exprs:
        return (-1 / state[0],)

    def mean_parameter(self, state: Exprs) -> Exprs:
        return (state[0],)

    def state_domain(self, state: Exprs) -> Exprs:
        return (state[0],)

    def moments(self, mean_parameter: Exprs, order: int) -> Moments:
        mean = mean_parameter[0]
        return EuclideanMoments(Matrix([[mean]]), Matrix([[2 * mean**2]]) if order > 1 else None)

    def refit(self, moments: Moments) -> Exprs:
        if not isinstance(moments, EuclideanMoments):
            raise TypeError(f"Expected moments of numbers, got {moments}")
        return (moments.first[0],)

    def reward_parts(self, reward: Reward) -> RewardParts:
        terms = polynomial_terms(reward, (REWARD_VARIABLE,), degree=1)
        constant, linear = (terms.get((k,), sympy.S.Zero) for k in range(2))
        return RewardParts(constant=constant, linear=(linear,))
