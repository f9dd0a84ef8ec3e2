"""Gamma statistics: families whose statistic has a gamma law, so that its powers and logarithm have means."""

from __future__ import annotations

from abc import abstractmethod
from functools import partial
from typing import TYPE_CHECKING, final

import sympy

from theory.exponential_family.family import Exprs
from theory.exponential_family.integration import Integration, Terms
from theory.exponential_family.one_parameter import AbstractOneParameterFamily
from theory.exponential_family.support import Support
from theory.quadrature.base.abstract import Feature
from theory.quadrature.base.gamma import GammaBase
from theory.reward import REWARD_VARIABLE

if TYPE_CHECKING:
    from theory.exact_input import ExactInput


class AbstractGammaStatisticFamily(AbstractOneParameterFamily):
    """T has a gamma law of known shape κ and mean μ: θ = −κ/μ, A = −κ log(−θ).

    To implement: `name`, `support`, `log_base`, `statistic_shape`; `coordinate` and `statistic` where T is
    not x; `settings` and `from_settings` where something else is known.
    """

    @property
    @abstractmethod
    def statistic_shape(self) -> sympy.Expr:
        """κ > 0."""

    @final
    def require_mean(self, mean: sympy.Expr, read: ExactInput, place: str) -> None:
        read.require(mean, "> 0", place, f"a {self.coordinate.replace('_', ' ')} > 0")

    @final
    def log_partition(self, natural: Exprs) -> sympy.Expr:
        return -self.statistic_shape * sympy.log(-natural[0])

    @final
    def natural_domain(self, natural: Exprs) -> Exprs:
        return (-natural[0],)

    @final
    def natural(self, state: Exprs) -> Exprs:
        return (-self.statistic_shape / state[0],)

    @final
    def state_domain(self, state: Exprs) -> Exprs:
        return (state[0],)

    @final
    def expected_power(self, power: sympy.Expr, state: Exprs) -> sympy.Expr:
        """E[T^p] = (μ/κ)^p Γ(κ + p)/Γ(κ) for p > −κ."""
        shape = self.statistic_shape
        scaled = (state[0] / shape) ** power
        if power.is_Integer and power >= 0:
            return scaled * sympy.Mul(*(shape + k for k in range(int(power))))
        return scaled * sympy.exp(sympy.loggamma(shape + power) - sympy.loggamma(shape))

    @final
    def expected_logarithm(self, state: Exprs) -> sympy.Expr:
        """E[log T] = ψ(κ) + log(μ/κ)."""
        shape = self.statistic_shape
        return sympy.polygamma(0, shape) + sympy.log(state[0] / shape)

    @final
    def integration(self, state: Exprs) -> Integration | None:
        shape = self.statistic_shape
        if not isinstance(shape, sympy.Rational):
            return None
        statistic = {_monomial(1): state[0] / shape}
        terms = partial(self.gamma_terms, state)
        return Integration(
            base=GammaBase(shape),
            natural=(),
            statistic=(statistic,),
            terms=terms,
            determined=self.support.within(Support.NONNEGATIVE),
        )

    def gamma_terms(self, state: Exprs, feature: sympy.Expr) -> Terms | None:
        """What has a feature's mean, over G^q (log G)^l with T = (μ/κ)G; None where x ≤ 0 may occur."""
        if not self.support.within(Support.NONNEGATIVE):
            return None
        scale = state[0] / self.statistic_shape
        (base, own_power), (other, power) = self.statistic[0].as_base_exp(), feature.as_base_exp()
        if feature == sympy.log(base) and base == REWARD_VARIABLE:
            return {_monomial(0): sympy.log(scale) / own_power, _monomial(0, 1): 1 / own_power}
        if other != base or not power.is_Rational:
            return None
        exponent = power / own_power
        return {_monomial(exponent): scale**exponent} if exponent + self.statistic_shape > 0 else None

    def expected_feature(self, feature: sympy.Expr, state: Exprs) -> sympy.Expr:
        base, own_power = self.statistic[0].as_base_exp()
        if base == REWARD_VARIABLE and feature == sympy.log(REWARD_VARIABLE):
            return self.expected_logarithm(state) / own_power
        if base == REWARD_VARIABLE and feature.as_base_exp()[0] == base:
            power = feature.as_base_exp()[1] / own_power
            if (power + self.statistic_shape).is_positive:
                return self.expected_power(power, state)
        return super().expected_feature(feature, state)


def _monomial(power: sympy.Expr | int, logarithms: int = 0) -> Feature:
    return (sympy.sympify(power), sympy.Integer(logarithms))
