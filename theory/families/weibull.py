"""Weibull law of known shape."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, final

import numpy as np
import sympy

from theory.exponential_family.data import required
from theory.exponential_family.family import Exprs
from theory.exponential_family.gamma_statistic import AbstractGammaStatisticFamily
from theory.exponential_family.sampling import Floats, on_the_line
from theory.exponential_family.support import Support
from theory.reward import REWARD_VARIABLE

if TYPE_CHECKING:
    from theory.exact_input import ExactInput


@final
@dataclass(frozen=True)
class Weibull(AbstractGammaStatisticFamily):
    """Weibull law of known shape k and scale s, with E[x^k] = s^k = μ: T = x^k, θ = −1/μ, A = −log(−θ).

    Parameters
    ----------
    shape : Rational
        k > 0, a number without parameters.
    """

    shape: sympy.Expr

    name = "weibull"
    settings = ("shape",)
    coordinate = "mean_power"
    support = Support.POSITIVE

    @classmethod
    def from_settings(cls, table: Mapping[str, object], read: ExactInput, place: str) -> Weibull:
        place, given = f"{place}.shape", required(table, "shape", read, place)
        shape = read.number(given, place)
        if not isinstance(shape, sympy.Rational):
            raise read.refusal(place, "a rational shape > 0", read.shown(shape))
        read.require(shape, "> 0", place, "a shape > 0")
        return cls(shape)

    @property
    def statistic(self) -> Exprs:
        return (REWARD_VARIABLE**self.shape,)

    @property
    def statistic_shape(self) -> sympy.Expr:
        return sympy.S.One

    def log_base(self, sample: Exprs) -> sympy.Expr:
        return sympy.log(self.shape) + (self.shape - 1) * sympy.log(sample[0])

    def sample(self, parameters: Floats, generator: np.random.Generator) -> Floats:
        return on_the_line(
            (parameters[0] * generator.standard_exponential(parameters.shape[1])) ** (1 / float(self.shape))
        )
