"""Laplace law with known location."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, final

import numpy as np
import sympy

from theory.exponential_family.family import AbstractFamily, Exprs
from theory.exponential_family.gamma_statistic import AbstractGammaStatisticFamily
from theory.exponential_family.integration import Terms
from theory.exponential_family.reward_parts import RewardParts
from theory.exponential_family.sampling import Floats, on_the_line
from theory.exponential_family.support import Support
from theory.exponential_family.symmetric import read_location, symmetric_feature, symmetric_terms
from theory.expressions.reward_functions import distance
from theory.families.asymmetric_laplace import AsymmetricLaplace
from theory.reward import REWARD_VARIABLE, Reward

if TYPE_CHECKING:
    from theory.exact_input import ExactInput


@final
@dataclass(frozen=True)
class Laplace(AbstractGammaStatisticFamily):
    """Laplace law around a known c with deviation b = E|x − c|: T = |x − c|, θ = −1/b, A = −log(−θ).

    A choice by x among infinitely many makes it an `AsymmetricLaplace` law.

    Parameters
    ----------
    location : Expr
        c, 0 where a file does not say.
    """

    location: sympy.Expr = sympy.S.Zero

    name = "laplace"
    settings = ("location",)
    coordinate = "deviation"
    support = Support.REALS

    @classmethod
    def from_settings(cls, table: Mapping[str, object], read: ExactInput, place: str) -> Laplace:
        return cls(read_location(table, read, place))

    @property
    def statistic(self) -> Exprs:
        return (distance(REWARD_VARIABLE, self.location),)

    @property
    def statistic_shape(self) -> sympy.Expr:
        return sympy.S.One

    def log_base(self, sample: Exprs) -> sympy.Expr:
        return -sympy.log(2)

    def expected_feature(self, feature: sympy.Expr, state: Exprs) -> sympy.Expr:
        return symmetric_feature(self, feature, self.location, sympy.S.One, state)

    def gamma_terms(self, state: Exprs, feature: sympy.Expr) -> Terms | None:
        return symmetric_terms(self, feature, self.location, sympy.S.One, state)

    def reward_parts(self, reward: Reward) -> RewardParts:
        """Along |x − c|, with the odd and the higher powers of x outside."""
        wider = AsymmetricLaplace(self.location).reward_parts(reward)
        slope, drift = wider.linear
        outside = drift * REWARD_VARIABLE + (wider.outside or sympy.S.Zero)
        return RewardParts(
            constant=wider.constant, linear=(slope,), outside=None if outside == 0 else outside
        )

    def static_tilt_domain(self, reward: Reward, strength: sympy.Expr) -> Exprs:
        return AsymmetricLaplace(self.location).static_tilt_domain(reward, strength)

    def widened(self, state: Exprs) -> tuple[AbstractFamily, Exprs]:
        return AsymmetricLaplace(self.location), (state[0], state[0])

    def sample(self, parameters: Floats, generator: np.random.Generator) -> Floats:
        return on_the_line(generator.laplace(float(self.location), parameters[0]))
