"""Poisson law of counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, final

import numpy as np
import sympy

from theory.exponential_family.count_integration import count_integration
from theory.exponential_family.family import Exprs
from theory.exponential_family.integration import Integration
from theory.exponential_family.one_parameter import AbstractOneParameterFamily
from theory.exponential_family.sampling import Floats, on_the_line
from theory.exponential_family.support import Support

if TYPE_CHECKING:
    from theory.exact_input import ExactInput


@final
@dataclass(frozen=True)
class Poisson(AbstractOneParameterFamily):
    """Poisson law with mean μ: T = x, θ = log μ, A = e^θ."""

    name = "poisson"
    support = Support.COUNTS

    def require_mean(self, mean: sympy.Expr, read: ExactInput, place: str) -> None:
        read.require(mean, "> 0", place, "a mean > 0")

    def log_base(self, sample: Exprs) -> sympy.Expr:
        return -sympy.loggamma(sample[0] + 1)

    def log_partition(self, natural: Exprs) -> sympy.Expr:
        return sympy.exp(natural[0])

    def natural_domain(self, natural: Exprs) -> Exprs:
        return ()

    def natural(self, state: Exprs) -> Exprs:
        return (sympy.log(state[0]),)

    def state_domain(self, state: Exprs) -> Exprs:
        return (state[0],)

    def integration(self, state: Exprs) -> Integration | None:
        return count_integration(self.natural(state), None)

    def sample(self, parameters: Floats, generator: np.random.Generator) -> Floats:
        return on_the_line(generator.poisson(parameters[0]))
