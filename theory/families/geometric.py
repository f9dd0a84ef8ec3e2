"""Geometric law on 0, 1, 2, …."""

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
from theory.quadrature.expectation import Domain, mean_under, slots

if TYPE_CHECKING:
    from theory.exact_input import ExactInput


@final
@dataclass(frozen=True)
class Geometric(AbstractOneParameterFamily):
    """Failures 0, 1, 2, … before the first success, mean μ: T = x, θ = log(μ/(μ + 1)), A = −log(1 − e^θ)."""

    name = "geometric"
    support = Support.COUNTS

    def require_mean(self, mean: sympy.Expr, read: ExactInput, place: str) -> None:
        read.require(mean, "> 0", place, "a mean > 0")

    def log_base(self, sample: Exprs) -> sympy.Expr:
        return sympy.S.Zero

    def log_partition(self, natural: Exprs) -> sympy.Expr:
        return -sympy.log(1 - sympy.exp(natural[0]))

    def natural_domain(self, natural: Exprs) -> Exprs:
        return (1 - sympy.exp(natural[0]),)

    def natural(self, state: Exprs) -> Exprs:
        return (sympy.log(state[0]) - sympy.log(state[0] + 1),)

    def state_domain(self, state: Exprs) -> Exprs:
        return (state[0],)

    def integration(self, state: Exprs) -> Integration | None:
        return count_integration(self.natural(state), sympy.S.One)

    def sample(self, parameters: Floats, generator: np.random.Generator) -> Floats:
        return on_the_line(generator.geometric(1 / (1 + parameters[0])) - 1)

    def kept_of_two(self, state: Exprs, slope: sympy.Expr) -> sympy.Expr:
        """μ + q/(1 + q) E[n tanh(bn/2)], P(n) ∝ q^n over n ≥ 1, q = μ/(1 + μ): the law of |x − y| > 0."""
        n, half, rate = slots(3)
        difference = mean_under(
            n * sympy.tanh(half * n), rate * n, {half: slope / 2, rate: self.natural(state)[0]}, Domain.COUNTS
        )
        return state[0] + state[0] / (1 + 2 * state[0]) * difference
