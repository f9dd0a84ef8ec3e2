"""Gaussian on the line with mean and variance both fitted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, final

import numpy as np
import sympy

from theory.exponential_family.data import required
from theory.exponential_family.family import AbstractFamily, Exprs
from theory.exponential_family.reward_parts import RewardParts, bounded_above, quadratic_terms
from theory.exponential_family.sampling import Floats, on_the_line
from theory.exponential_family.support import Support
from theory.expressions.exact_matrix import Matrix
from theory.reward import REWARD_VARIABLE, Reward

if TYPE_CHECKING:
    from theory.exact_input import ExactInput


@final
@dataclass(frozen=True)
class Gaussian(AbstractFamily):
    """N(m, v): T = (x, x²), θ = (m/v, −1/(2v)), A = −θ₁²/(4θ₂) − ½ log(−2θ₂).

    Examples
    --------
    >>> m, v = sympy.symbols("m v", real=True)
    >>> Gaussian().refit((m, m**2 + v))
    (m, v)
    """

    name = "gaussian"
    settings = ()
    data_keys = ("mean", "variance")
    support = Support.REALS
    takes_channels = True
    is_translated = True
    matched_order = 2

    @classmethod
    def from_settings(cls, table: Mapping[str, object], read: ExactInput, place: str) -> Gaussian:
        return cls()

    def state_from_data(self, table: Mapping[str, object], read: ExactInput, place: str) -> Exprs:
        mean = read.number(required(table, "mean", read, place), f"{place}.mean")
        variance = read.number(required(table, "variance", read, place), f"{place}.variance")
        read.require(variance, "> 0", f"{place}.variance", "a variance > 0")
        return (mean, variance)

    @property
    def coordinates(self) -> tuple[str, ...]:
        return ("mean", "variance")

    @property
    def statistic(self) -> Exprs:
        return (REWARD_VARIABLE, REWARD_VARIABLE**2)

    def log_base(self, sample: Exprs) -> sympy.Expr:
        return -sympy.log(2 * sympy.pi) / 2

    def log_partition(self, natural: Exprs) -> sympy.Expr:
        first, second = natural
        return -(first**2) / (4 * second) - sympy.log(-2 * second) / 2

    def natural_domain(self, natural: Exprs) -> Exprs:
        return (-natural[1],)

    def natural(self, state: Exprs) -> Exprs:
        mean, variance = state
        return (mean / variance, -1 / (2 * variance))

    def mean_parameter(self, state: Exprs) -> Exprs:
        mean, variance = state
        return (mean, mean**2 + variance)

    def state_domain(self, state: Exprs) -> Exprs:
        return (state[1],)

    def at_natural(self, natural: Exprs) -> Exprs:
        first, second = natural
        return (-first / (2 * second), -1 / (2 * second))

    def refit(self, mean_parameter: Exprs) -> Exprs:
        mean, square = mean_parameter
        return (mean, square - mean**2)

    def reward_parts(self, reward: Reward) -> RewardParts:
        (constant, linear, square), outside = quadratic_terms(reward)
        return RewardParts(constant=constant, linear=(linear, square), outside=outside)

    def static_tilt_domain(self, reward: Reward, strength: sympy.Expr) -> Exprs:
        outside = self.reward_parts(reward).outside
        return () if outside is None else bounded_above(outside, strength)

    def normal_form(self, state: Exprs) -> tuple[Exprs, Matrix]:
        return (state[0],), Matrix([[state[1]]])

    def sampling_parameters(self, state: Exprs) -> Exprs:
        return (state[0], sympy.sqrt(state[1]))

    def sample(self, parameters: Floats, generator: np.random.Generator) -> Floats:
        points = generator.standard_normal(parameters.shape[1])
        points *= parameters[1]
        points += parameters[0]
        return on_the_line(points)

    def translated(self, state: Floats, shift: Floats) -> Floats:
        return np.stack([state[0] + shift[0], state[1]])
