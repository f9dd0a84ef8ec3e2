"""Beta law on (0, 1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, final

import numpy as np
import sympy

from theory.exponential_family.data import concentrations, required
from theory.exponential_family.family import AbstractFamily, Exprs
from theory.exponential_family.features import no_closed_form
from theory.exponential_family.implicit import inverted_gradient
from theory.exponential_family.integrable_parts import spanned_or_integrable
from theory.exponential_family.integration import Integration, Terms
from theory.exponential_family.reward_parts import RewardParts, combined_parts
from theory.exponential_family.sampling import Floats, on_the_line
from theory.exponential_family.support import Support
from theory.quadrature.base.unit import UnitBase
from theory.reward import REWARD_VARIABLE, Reward

if TYPE_CHECKING:
    from theory.exact_input import ExactInput


@final
@dataclass(frozen=True)
class Beta(AbstractFamily):
    """Beta law: T = (log x, log(1 − x)), θ = (α, β), A = log Γ(α) + log Γ(β) − log Γ(α + β).

    The state is θ; ∇A is a difference of digamma functions, inverted without a formula.
    """

    name = "beta"
    settings = ()
    data_keys = ("alpha", "beta")
    support = Support.UNIT

    @classmethod
    def from_settings(cls, table: Mapping[str, object], read: ExactInput, place: str) -> Beta:
        return cls()

    def state_from_data(self, table: Mapping[str, object], read: ExactInput, place: str) -> Exprs:
        places = {key: f"{place}.{key}" for key in self.data_keys}
        given = (
            (read.number(required(table, key, read, place), where), where) for key, where in places.items()
        )
        return concentrations(given, read)

    @property
    def coordinates(self) -> tuple[str, ...]:
        return ("alpha", "beta")

    @property
    def statistic(self) -> Exprs:
        return (sympy.log(REWARD_VARIABLE), sympy.log(1 - REWARD_VARIABLE))

    def log_base(self, sample: Exprs) -> sympy.Expr:
        return -sympy.log(sample[0]) - sympy.log(1 - sample[0])

    def log_partition(self, natural: Exprs) -> sympy.Expr:
        return sympy.Add(*map(sympy.loggamma, natural)) - sympy.loggamma(sympy.Add(*natural))

    def natural_domain(self, natural: Exprs) -> Exprs:
        return tuple(natural)

    def natural(self, state: Exprs) -> Exprs:
        return tuple(state)

    def mean_parameter(self, state: Exprs) -> Exprs:
        total = sympy.polygamma(0, sympy.Add(*state))
        return tuple(sympy.polygamma(0, parameter) - total for parameter in state)

    def state_domain(self, state: Exprs) -> Exprs:
        return tuple(state)

    def expected_feature(self, feature: sympy.Expr, state: Exprs) -> sympy.Expr:
        """E[x^p] = Γ(α + p) Γ(α + β) / (Γ(α) Γ(α + β + p)) for p ≥ 0, beside E[T]."""
        if feature in self.statistic:
            return super().expected_feature(feature, state)
        base, power = (REWARD_VARIABLE, sympy.S.Zero) if feature == 1 else feature.as_base_exp()
        if base != REWARD_VARIABLE or power.is_nonnegative is not True:
            raise no_closed_form(feature, self.name)
        alpha, total = state[0], sympy.Add(*state)
        if power.is_Integer:
            return sympy.Mul(*((alpha + k) / (total + k) for k in range(int(power))))
        return sympy.exp(
            sympy.loggamma(alpha + power)
            - sympy.loggamma(alpha)
            + sympy.loggamma(total)
            - sympy.loggamma(total + power)
        )

    def refit(self, mean_parameter: Exprs) -> Exprs:
        return inverted_gradient(self, mean_parameter, start=(sympy.S.One, sympy.S.One))

    def at_natural(self, natural: Exprs) -> Exprs:
        return tuple(natural)

    def reward_parts(self, reward: Reward) -> RewardParts:
        return spanned_or_integrable(
            self, reward, lambda: combined_parts(reward, self.statistic, (REWARD_VARIABLE,))
        )

    def integration(self, state: Exprs) -> Integration:
        first, second = UnitBase().statistic
        return Integration(
            base=UnitBase(),
            natural=tuple(state),
            statistic=({first: sympy.S.One}, {second: sympy.S.One}),
            terms=_terms,
        )

    def sample(self, parameters: Floats, generator: np.random.Generator) -> Floats:
        return on_the_line(generator.beta(parameters[0], parameters[1]))


def _terms(feature: sympy.Expr) -> Terms | None:
    """x^n, log x and log(1 − x)."""
    statistics = dict(zip(Beta().statistic, UnitBase().statistic, strict=True))
    if feature in statistics:
        return {statistics[feature]: sympy.S.One}
    base, power = feature.as_base_exp()
    if base != REWARD_VARIABLE or not power.is_Integer or power < 1:
        return None
    return {(power, sympy.S.Zero, sympy.S.Zero): sympy.S.One}
