"""Pareto law of known scale."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, final

import numpy as np
import sympy

from theory.exponential_family.data import required
from theory.exponential_family.family import AbstractFamily, Exprs
from theory.exponential_family.gamma_statistic import AbstractGammaStatisticFamily
from theory.exponential_family.integration import Terms
from theory.exponential_family.sampling import Floats, on_the_line
from theory.exponential_family.support import Support
from theory.reward import REWARD_VARIABLE

if TYPE_CHECKING:
    from theory.exact_input import ExactInput


@final
@dataclass(frozen=True)
class Pareto(AbstractGammaStatisticFamily):
    """Pareto law above a known scale s with index α: T = log(x/s), E[T] = 1/α, θ = −α, A = −log(−θ).

    Parameters
    ----------
    scale : Expr
        s > 0, the least value.
    """

    scale: sympy.Expr

    name = "pareto"
    settings = ("scale",)
    coordinate = "mean_log"
    support = Support.TAIL

    @classmethod
    def from_settings(cls, table: Mapping[str, object], read: ExactInput, place: str) -> Pareto:
        place, given = f"{place}.scale", required(table, "scale", read, place)
        scale = read.number(given, place)
        read.require(scale, "> 0", place, "a scale > 0")
        return cls(scale)

    @property
    def statistic(self) -> Exprs:
        return (sympy.log(REWARD_VARIABLE) - sympy.log(self.scale),)

    @property
    def statistic_shape(self) -> sympy.Expr:
        return sympy.S.One

    def log_base(self, sample: Exprs) -> sympy.Expr:
        return -sympy.log(sample[0])

    def expected_feature(self, feature: sympy.Expr, state: Exprs) -> sympy.Expr:
        if feature == sympy.log(REWARD_VARIABLE):
            return sympy.log(self.scale) + state[0]
        return super().expected_feature(feature, state)

    def gamma_terms(self, state: Exprs, feature: sympy.Expr) -> Terms | None:
        if feature != sympy.log(REWARD_VARIABLE):
            return None
        return {(sympy.S.Zero, sympy.S.Zero): sympy.log(self.scale), (sympy.S.One, sympy.S.Zero): state[0]}

    def could_have_made(self, other: AbstractFamily) -> bool:
        return isinstance(other, Pareto) and other.scale == self.scale

    def sample(self, parameters: Floats, generator: np.random.Generator) -> Floats:
        return on_the_line(
            float(self.scale) * np.exp(parameters[0] * generator.standard_exponential(parameters.shape[1]))
        )
