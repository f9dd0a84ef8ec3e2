"""Dirichlet law on the open simplex."""

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
from theory.exponential_family.reward_parts import RewardParts, combined_parts
from theory.exponential_family.sampling import Floats
from theory.exponential_family.support import Support
from theory.reward import Reward

if TYPE_CHECKING:
    from theory.exact_input import ExactInput


MAX_PARTS = 6
"""Beyond, an analysis takes minutes."""


@final
@dataclass(frozen=True)
class Dirichlet(AbstractFamily):
    """Dirichlet law of parts of a whole: T_k = log x_k, θ = (α_1 … α_d), A = Σ log Γ(α_k) − log Γ(Σ α_k).

    The state is θ; ∇A is a difference of digamma functions, inverted without a formula.  The density
    is that of all parts but one, whichever is left out.

    Parameters
    ----------
    parts : int
        d, from 2 to `MAX_PARTS`; x_1 + … + x_d = 1.

    Examples
    --------
    >>> Dirichlet(3).statistic
    (log(x1), log(x2), log(x3))
    >>> Dirichlet(3).expected_feature(Dirichlet(3).variables[0], (1, 2, 3))
    1/6
    """

    parts: int

    name = "dirichlet"
    settings = ("parts",)
    data_keys = ("concentrations",)
    support = Support.SIMPLEX

    @classmethod
    def from_settings(cls, table: Mapping[str, object], read: ExactInput, place: str) -> Dirichlet:
        given = read.number(required(table, "parts", read, place), f"{place}.parts")
        if not given.is_Integer or not 2 <= given <= MAX_PARTS:
            expected = f"a number of parts: an integer from 2 to {MAX_PARTS}"
            raise read.refusal(f"{place}.parts", expected, read.shown(given))
        return cls(int(given))

    def state_from_data(self, table: Mapping[str, object], read: ExactInput, place: str) -> Exprs:
        key = f"{place}.concentrations"
        state = read.vector(required(table, "concentrations", read, place), key, self.parts)
        return concentrations(((value, f"{key}[{k}]") for k, value in enumerate(state)), read)

    @property
    def dimension(self) -> int:
        return self.parts

    @property
    def coordinates(self) -> tuple[str, ...]:
        return tuple(f"concentrations[{k}]" for k in range(self.parts))

    @property
    def statistic(self) -> Exprs:
        return tuple(map(sympy.log, self.variables))

    def log_base(self, sample: Exprs) -> sympy.Expr:
        return -sympy.Add(*map(sympy.log, sample))

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
        """E[∏ x_k^{n_k}] = ∏ α_k(α_k + 1)…(α_k + n_k − 1) / (α(α + 1)…(α + n − 1)), α and n the sums."""
        if feature in self.statistic:
            return super().expected_feature(feature, state)
        powers = feature.as_powers_dict()
        exponents = [sympy.sympify(powers.get(v, 0)) for v in self.variables]
        if not all(n.is_Integer and n >= 0 for n in exponents) or feature != sympy.Mul(
            *(v**n for v, n in zip(self.variables, exponents, strict=True))
        ):
            raise no_closed_form(feature, self.name)
        above = sympy.Mul(*(_rising(a, int(n)) for a, n in zip(state, exponents, strict=True)))
        return above / _rising(sympy.Add(*state), int(sum(exponents)))

    def refit(self, mean_parameter: Exprs) -> Exprs:
        return inverted_gradient(self, mean_parameter, start=(sympy.S.One,) * self.parts)

    def at_natural(self, natural: Exprs) -> Exprs:
        return tuple(natural)

    def reward_parts(self, reward: Reward) -> RewardParts:
        return combined_parts(reward, self.statistic, self.variables)

    def sample(self, parameters: Floats, generator: np.random.Generator) -> Floats:
        """Gamma variables over their sum; γ_α = γ_{α+1} U^{1/α} keeps small α from underflowing together."""
        logs = np.log(generator.standard_gamma(parameters + 1))
        logs -= generator.standard_exponential(parameters.shape) / parameters
        weights = np.exp(logs - logs.max(axis=0))
        shares: Floats = weights / weights.sum(axis=0)
        return shares


def _rising(base: sympy.Expr, count: int) -> sympy.Expr:
    """a(a + 1)…(a + n − 1)."""
    return sympy.Mul(*(base + k for k in range(count)))
