"""Gamma law of known shape."""

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

if TYPE_CHECKING:
    from theory.exact_input import ExactInput


@final
@dataclass(frozen=True)
class Gamma(AbstractGammaStatisticFamily):
    """Gamma law of known shape k with mean μ: T = x, θ = −k/μ, A = −k log(−θ).

    Parameters
    ----------
    shape : Expr
        k > 0.
    """

    shape: sympy.Expr

    name = "gamma"
    settings = ("shape",)
    support = Support.POSITIVE

    @classmethod
    def from_settings(cls, table: Mapping[str, object], read: ExactInput, place: str) -> Gamma:
        place, given = f"{place}.shape", required(table, "shape", read, place)
        shape = read.number(given, place)
        read.require(shape, "> 0", place, "a shape > 0")
        return cls(shape)

    @property
    def statistic_shape(self) -> sympy.Expr:
        return self.shape

    def log_base(self, sample: Exprs) -> sympy.Expr:
        return (self.shape - 1) * sympy.log(sample[0]) - sympy.loggamma(self.shape)

    def sample(self, parameters: Floats, generator: np.random.Generator) -> Floats:
        shape = float(self.shape)
        return on_the_line(parameters[0] / shape * generator.standard_gamma(shape, parameters.shape[1]))
