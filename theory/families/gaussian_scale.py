"""Gaussian with known mean: only the variance is fitted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, final

import numpy as np
import sympy

from theory.exponential_family.family import AbstractFamily, Exprs
from theory.exponential_family.gamma_statistic import AbstractGammaStatisticFamily
from theory.exponential_family.integration import Terms
from theory.exponential_family.reward_parts import RewardParts, quadratic_terms
from theory.exponential_family.sampling import Floats, on_the_line
from theory.exponential_family.support import Support
from theory.exponential_family.symmetric import read_location, symmetric_feature, symmetric_terms
from theory.expressions.exact_matrix import Matrix
from theory.families.gaussian import Gaussian
from theory.reward import REWARD_VARIABLE, Reward

if TYPE_CHECKING:
    from theory.exact_input import ExactInput


@final
@dataclass(frozen=True)
class GaussianScale(AbstractGammaStatisticFamily):
    """N(c, v) with a known mean c: T = (x − c)², θ = −1/(2v), A = −½ log(−θ).

    Parameters
    ----------
    location : Expr
        c, 0 where a file does not say.
    """

    location: sympy.Expr = sympy.S.Zero

    name = "gaussian-scale"
    settings = ("location",)
    coordinate = "variance"
    support = Support.REALS

    @classmethod
    def from_settings(cls, table: Mapping[str, object], read: ExactInput, place: str) -> GaussianScale:
        return cls(read_location(table, read, place))

    @property
    def statistic(self) -> Exprs:
        return ((REWARD_VARIABLE - self.location) ** 2,)

    @property
    def statistic_shape(self) -> sympy.Expr:
        return sympy.S.Half

    def log_base(self, sample: Exprs) -> sympy.Expr:
        return -sympy.log(sympy.pi) / 2

    def expected_feature(self, feature: sympy.Expr, state: Exprs) -> sympy.Expr:
        return symmetric_feature(self, feature, self.location, sympy.S.Half, state)

    def gamma_terms(self, state: Exprs, feature: sympy.Expr) -> Terms | None:
        return symmetric_terms(self, feature, self.location, sympy.S.Half, state)

    def reward_parts(self, reward: Reward) -> RewardParts:
        (constant, linear, square), rest = quadratic_terms(reward)
        slope = linear + 2 * self.location * square
        outside = slope * REWARD_VARIABLE + (sympy.S.Zero if rest is None else rest)
        return RewardParts(
            constant=constant - square * self.location**2,
            linear=(square,),
            outside=None if outside == 0 else outside,
        )

    def widened(self, state: Exprs) -> tuple[AbstractFamily, Exprs]:
        return Gaussian(), (self.location, state[0])

    def normal_form(self, state: Exprs) -> tuple[Exprs, Matrix]:
        return (self.location,), Matrix([[state[0]]])

    def sampling_parameters(self, state: Exprs) -> Exprs:
        return (sympy.sqrt(state[0]),)

    def sample(self, parameters: Floats, generator: np.random.Generator) -> Floats:
        noise = generator.standard_normal(parameters.shape[1])
        return on_the_line(float(self.location) + parameters[0] * noise)
