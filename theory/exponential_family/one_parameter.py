"""One-parameter families: one statistic of a number; the state is its mean, and moments follow from A."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, ClassVar, Self, final

import sympy

from theory.exponential_family.data import required
from theory.exponential_family.family import AbstractFamily, Exprs
from theory.exponential_family.features import no_closed_form
from theory.exponential_family.integrable_parts import falling_conditions, spanned_or_integrable
from theory.exponential_family.reward_parts import RewardParts, spanned_parts
from theory.reward import REWARD_VARIABLE, Reward

if TYPE_CHECKING:
    from theory.exact_input import ExactInput


class AbstractOneParameterFamily(AbstractFamily):
    """One-parameter family on the line, written in the mean of its statistic T.

    To implement: `name`, `support`, `require_mean`, `log_base`, `log_partition`, `natural_domain`,
    `natural` and `state_domain`; `coordinate` and `statistic` where T is not x; `settings` and
    `from_settings` where something else is known.  The variance of T is A″(θ).
    """

    settings: ClassVar[tuple[str, ...]] = ()
    coordinate: ClassVar[str] = "mean"
    """Name of E[T], in ecosystem files and as a state."""

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        cls.data_keys = (cls.coordinate,)

    @abstractmethod
    def require_mean(self, mean: sympy.Expr, read: ExactInput, place: str) -> None:
        """Accept a value of E[T] in the family's range.  Raises `InvalidInput`."""

    @classmethod
    def from_settings(cls, table: Mapping[str, object], read: ExactInput, place: str) -> Self:
        return cls()

    @final
    def state_from_data(self, table: Mapping[str, object], read: ExactInput, place: str) -> Exprs:
        place = f"{place}.{self.coordinate}"
        mean = read.number(required(table, self.coordinate, read, place.rpartition(".")[0]), place)
        self.require_mean(mean, read, place)
        return (mean,)

    @property
    @final
    def coordinates(self) -> tuple[str, ...]:
        return (self.coordinate,)

    @property
    def statistic(self) -> Exprs:
        return (REWARD_VARIABLE,)

    @final
    def mean_parameter(self, state: Exprs) -> Exprs:
        return (state[0],)

    def expected_feature(self, feature: sympy.Expr, state: Exprs) -> sympy.Expr:
        power = _exponent(feature, self.statistic[0])
        if power is None or not power.is_Integer or power < 0:
            raise no_closed_form(feature, self.name)
        symbol, moment = _moment(self, int(power))
        return moment.xreplace({symbol: state[0]})

    def reward_parts(self, reward: Reward) -> RewardParts:
        return spanned_or_integrable(self, reward, lambda: spanned_parts(reward, self.statistic[0]))

    def static_tilt_domain(self, reward: Reward, strength: sympy.Expr) -> Exprs:
        return falling_conditions(self, self.reward_parts(reward).outside, strength)

    @final
    def refit(self, mean_parameter: Exprs) -> Exprs:
        return (mean_parameter[0],)


def _exponent(feature: sympy.Expr, statistic: sympy.Expr) -> sympy.Expr | None:
    """n where the feature is T^n, else None."""
    if feature == 1:
        return sympy.S.Zero
    (base, power), (own_base, own_power) = feature.as_base_exp(), statistic.as_base_exp()
    return power / own_power if base == own_base else None


@lru_cache(maxsize=256)
def _moment(family: AbstractOneParameterFamily, order: int) -> tuple[sympy.Symbol, sympy.Expr]:
    """E[T^n] over a generic mean μ: E[T^(n+1)] = μ E[T^n] + V(μ) dE[T^n]/dμ with V = A″."""
    mean = sympy.Symbol("m", real=True)
    if order == 0:
        return mean, sympy.S.One
    _, before = _moment(family, order - 1)
    variance = family.fisher_information(family.natural((mean,)))[0]
    following = mean * before + variance * before.diff(mean)
    return mean, sympy.expand(sympy.cancel(sympy.together(following)))
