"""Families of numbers with T = x: the state is the mean, and every moment follows from A."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, ClassVar, Self, final

import sympy

from theory.exponential_family.data import required
from theory.exponential_family.family import AbstractFamily, Exprs
from theory.exponential_family.features import no_closed_form
from theory.reward import REWARD_VARIABLE

if TYPE_CHECKING:
    from theory.exact_input import ExactInput


class AbstractNumberFamily(AbstractFamily):
    """One-parameter family on the line with T = x, written in its mean.

    To implement: `name`, `support`, `require_mean`, `log_base`, `log_partition`,
    `natural_domain`, `natural`, `state_domain` and `reward_parts`.  The variance is A″(θ).
    """

    settings: ClassVar[tuple[str, ...]] = ()
    data_keys: ClassVar[tuple[str, ...]] = ("mean",)

    @abstractmethod
    def require_mean(self, mean: sympy.Expr, read: ExactInput, place: str) -> None:
        """Accept a mean in the family's range.  Raises `InvalidInput`."""

    @classmethod
    def from_settings(cls, table: Mapping[str, object], read: ExactInput, place: str) -> Self:
        return cls()

    @final
    def state_from_data(self, table: Mapping[str, object], read: ExactInput, place: str) -> Exprs:
        mean = read.number(required(table, "mean", read, place), f"{place}.mean")
        self.require_mean(mean, read, f"{place}.mean")
        return (mean,)

    @property
    @final
    def coordinates(self) -> tuple[str, ...]:
        return ("mean",)

    @property
    @final
    def statistic(self) -> Exprs:
        return (REWARD_VARIABLE,)

    @final
    def mean_parameter(self, state: Exprs) -> Exprs:
        return (state[0],)

    def expected_feature(self, feature: sympy.Expr, mean_parameter: Exprs) -> sympy.Expr:
        base, power = feature.as_base_exp()
        if feature == 1:
            power = sympy.S.Zero
        elif base != REWARD_VARIABLE or not isinstance(power, sympy.Integer) or power < 0:
            raise no_closed_form(feature, self.name)
        symbol, moment = _moment(self, int(power))
        return moment.xreplace({symbol: mean_parameter[0]})

    @final
    def refit(self, mean_parameter: Exprs) -> Exprs:
        return (mean_parameter[0],)


@lru_cache(maxsize=256)
def _moment(family: AbstractNumberFamily, order: int) -> tuple[sympy.Symbol, sympy.Expr]:
    """E[x^n] over a generic mean μ: E[x^(n+1)] = μ E[x^n] + V(μ) dE[x^n]/dμ with V = A″."""
    mean = sympy.Symbol("m", real=True)
    if order == 0:
        return mean, sympy.S.One
    _, before = _moment(family, order - 1)
    variance = family.fisher_information(family.natural((mean,)))[0]
    following = mean * before + variance * before.diff(mean)
    return mean, sympy.expand(sympy.cancel(sympy.together(following)))
