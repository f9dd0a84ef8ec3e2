"""Families of numbers with T = x: the state is the mean, and every moment follows from A."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, ClassVar, Self, final

import sympy

from theory.exponential_family.data import required
from theory.exponential_family.family import AbstractFamily, Exprs
from theory.exponential_family.moments import EuclideanMoments, Moments
from theory.expressions.exact_matrix import Matrix
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

    @final
    def moments(self, mean_parameter: Exprs, order: int) -> Moments:
        (mean,) = mean_parameter
        if order == 1:
            return EuclideanMoments(Matrix([[mean]]))
        symbol, second = _second_moment(self)
        return EuclideanMoments(Matrix([[mean]]), Matrix([[second.xreplace({symbol: mean})]]))

    @final
    def refit(self, moments: Moments) -> Exprs:
        if not isinstance(moments, EuclideanMoments):
            raise TypeError(f"Expected moments of numbers, got {moments}")
        return (moments.first[0],)


@lru_cache(maxsize=256)
def _second_moment(family: AbstractNumberFamily) -> tuple[sympy.Symbol, sympy.Expr]:
    """E[x²] = A″(θ) + μ² over a generic mean μ."""
    mean = sympy.Dummy("m", real=True)
    variance = family.fisher_information(family.natural((mean,)))[0]
    return mean, sympy.expand(sympy.cancel(sympy.together(variance + mean**2)))
