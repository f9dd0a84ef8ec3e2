"""Negative binomial law with a known number of successes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, final

import numpy as np
import sympy

from theory.exponential_family.count_integration import count_integration
from theory.exponential_family.data import required
from theory.exponential_family.family import Exprs
from theory.exponential_family.integration import Integration
from theory.exponential_family.one_parameter import AbstractOneParameterFamily
from theory.exponential_family.sampling import Floats, on_the_line
from theory.exponential_family.support import Support

if TYPE_CHECKING:
    from theory.exact_input import ExactInput


@final
@dataclass(frozen=True)
class NegativeBinomial(AbstractOneParameterFamily):
    """Failures 0, 1, 2, … before the r-th success, mean μ: T = x, θ = log(μ/(μ + r)), A = −r log(1 − e^θ).

    Parameters
    ----------
    successes : Expr
        r > 0, not necessarily an integer.
    """

    successes: sympy.Expr

    name = "negative-binomial"
    settings = ("successes",)
    support = Support.COUNTS

    @classmethod
    def from_settings(cls, table: Mapping[str, object], read: ExactInput, place: str) -> NegativeBinomial:
        place, given = f"{place}.successes", required(table, "successes", read, place)
        successes = read.number(given, place)
        read.require(successes, "> 0", place, "a number of successes > 0")
        return cls(successes)

    def require_mean(self, mean: sympy.Expr, read: ExactInput, place: str) -> None:
        read.require(mean, "> 0", place, "a mean > 0")

    def log_base(self, sample: Exprs) -> sympy.Expr:
        (x,) = sample
        return sympy.loggamma(x + self.successes) - sympy.loggamma(self.successes) - sympy.loggamma(x + 1)

    def log_partition(self, natural: Exprs) -> sympy.Expr:
        return -self.successes * sympy.log(1 - sympy.exp(natural[0]))

    def natural_domain(self, natural: Exprs) -> Exprs:
        return (1 - sympy.exp(natural[0]),)

    def natural(self, state: Exprs) -> Exprs:
        return (sympy.log(state[0]) - sympy.log(state[0] + self.successes),)

    def state_domain(self, state: Exprs) -> Exprs:
        return (state[0],)

    def integration(self, state: Exprs) -> Integration | None:
        return count_integration(self.natural(state), self.successes)

    def sample(self, parameters: Floats, generator: np.random.Generator) -> Floats:
        successes = float(self.successes)
        return on_the_line(generator.negative_binomial(successes, successes / (successes + parameters[0])))
