"""Bernoulli law on {0, 1}."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, final

import sympy

from theory.errors import InvalidInput
from theory.exponential_family.family import Exprs
from theory.exponential_family.one_parameter import AbstractOneParameterFamily
from theory.exponential_family.reward_parts import RewardParts, table_values
from theory.exponential_family.support import Support
from theory.reward import REWARD_VARIABLE, Reward

if TYPE_CHECKING:
    from theory.exact_input import ExactInput


@final
@dataclass(frozen=True)
class Bernoulli(AbstractOneParameterFamily):
    """Bernoulli law with mean p ∈ [0, 1]: T = x, θ = log p − log(1 − p), A = log(1 + e^θ)."""

    name = "bernoulli"
    support = Support.BINARY
    finite_support = True

    def require_mean(self, mean: sympy.Expr, read: ExactInput, place: str) -> None:
        read.require(mean, ">= 0", place, "a mean in [0, 1]")
        read.require(1 - mean, ">= 0", place, "a mean in [0, 1]")

    def log_base(self, sample: Exprs) -> sympy.Expr:
        return sympy.S.Zero

    def log_partition(self, natural: Exprs) -> sympy.Expr:
        return sympy.log(1 + sympy.exp(natural[0]))

    def natural_domain(self, natural: Exprs) -> Exprs:
        return ()

    def natural(self, state: Exprs) -> Exprs:
        return (sympy.log(state[0]) - sympy.log(1 - state[0]),)

    def state_domain(self, state: Exprs) -> Exprs:
        return ()

    def nonnegative(self, state: Exprs) -> Exprs:
        return (state[0], 1 - state[0])

    def reward_parts(self, reward: Reward) -> RewardParts:
        at_zero, at_one = self.support_rewards(reward)
        return RewardParts(constant=at_zero, linear=(at_one - at_zero,))

    def support_rewards(self, reward: Reward) -> Exprs:
        if reward.polynomial is None:
            return table_values(reward, 2)
        if not reward.polynomial.is_polynomial(REWARD_VARIABLE):
            raise InvalidInput(
                expected="a list [r(0), r(1)] or a polynomial in x", found=str(reward.polynomial)[:80]
            )
        return tuple(sympy.expand(reward.polynomial.xreplace(point)) for point in self.support_points())

    def support_probabilities(self, state: Exprs) -> Exprs:
        return (1 - state[0], state[0])

    def support_points(self) -> tuple[Mapping[sympy.Symbol, sympy.Expr], ...]:
        return ({REWARD_VARIABLE: sympy.S.Zero}, {REWARD_VARIABLE: sympy.S.One})
