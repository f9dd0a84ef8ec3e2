"""Exponential law on the half-line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, final

import sympy

from theory.exponential_family.family import Exprs
from theory.exponential_family.number_family import AbstractNumberFamily
from theory.exponential_family.reward_parts import RewardParts, linear_parts
from theory.exponential_family.support import Support
from theory.reward import Reward

if TYPE_CHECKING:
    from theory.exact_input import ExactInput


@final
@dataclass(frozen=True)
class Exponential(AbstractNumberFamily):
    """Exponential law with mean μ: T = x, θ = −1/μ, A = −log(−θ)."""

    name = "exponential"
    support = Support.NONNEGATIVE

    def require_mean(self, mean: sympy.Expr, read: ExactInput, place: str) -> None:
        read.require(mean, "> 0", place, "a mean > 0")

    def log_base(self, sample: Exprs) -> sympy.Expr:
        return sympy.S.Zero

    def log_partition(self, natural: Exprs) -> sympy.Expr:
        return -sympy.log(-natural[0])

    def natural_domain(self, natural: Exprs) -> Exprs:
        return (-natural[0],)

    def natural(self, state: Exprs) -> Exprs:
        return (-1 / state[0],)

    def state_domain(self, state: Exprs) -> Exprs:
        return (state[0],)

    def reward_parts(self, reward: Reward) -> RewardParts:
        return linear_parts(reward)
