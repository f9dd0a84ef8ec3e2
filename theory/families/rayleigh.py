"""Rayleigh law."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

import numpy as np
import sympy

from theory.exponential_family.family import Exprs
from theory.exponential_family.gamma_statistic import AbstractGammaStatisticFamily
from theory.exponential_family.sampling import Floats, on_the_line
from theory.exponential_family.support import Support
from theory.reward import REWARD_VARIABLE


@final
@dataclass(frozen=True)
class Rayleigh(AbstractGammaStatisticFamily):
    """Rayleigh law with mean square μ = 2σ²: T = x², θ = −1/μ, A = −log(−θ)."""

    name = "rayleigh"
    coordinate = "mean_square"
    support = Support.POSITIVE

    @property
    def statistic(self) -> Exprs:
        return (REWARD_VARIABLE**2,)

    @property
    def statistic_shape(self) -> sympy.Expr:
        return sympy.S.One

    def log_base(self, sample: Exprs) -> sympy.Expr:
        return sympy.log(2) + sympy.log(sample[0])

    def sample(self, parameters: Floats, generator: np.random.Generator) -> Floats:
        return on_the_line(np.sqrt(parameters[0] * generator.standard_exponential(parameters.shape[1])))
