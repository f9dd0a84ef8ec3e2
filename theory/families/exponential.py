"""Exponential law on the half-line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

import numpy as np
import sympy

from theory.exponential_family.family import AbstractFamily, Exprs
from theory.exponential_family.gamma_statistic import AbstractGammaStatisticFamily
from theory.exponential_family.sampling import Floats, on_the_line
from theory.exponential_family.support import Support


@final
@dataclass(frozen=True)
class Exponential(AbstractGammaStatisticFamily):
    """Exponential law with mean μ: T = x, θ = −1/μ, A = −log(−θ)."""

    name = "exponential"
    support = Support.POSITIVE

    @property
    def statistic_shape(self) -> sympy.Expr:
        return sympy.S.One

    def could_have_made(self, other: AbstractFamily) -> bool:
        return other.support.within(Support.NONNEGATIVE)

    def log_base(self, sample: Exprs) -> sympy.Expr:
        return sympy.S.Zero

    def sample(self, parameters: Floats, generator: np.random.Generator) -> Floats:
        return on_the_line(parameters[0] * generator.standard_exponential(parameters.shape[1]))

    def kept_of_two(self, state: Exprs, slope: sympy.Expr) -> sympy.Expr:
        """μ + (μ/2)(1 − 2S), κ = bμ, S = Σ_{n≥1} (−1)^{n+1}/(1 + nκ)²: |x − y| is exponential with mean μ."""
        scaled = slope * state[0]
        odd, even = (sympy.polygamma(1, (1 + n * scaled) / (2 * scaled)) for n in (1, 2))
        return state[0] * (1 + (1 - (odd - even) / (2 * scaled**2)) / 2)
