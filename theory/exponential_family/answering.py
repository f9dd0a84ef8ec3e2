"""Answering: what a family says of prompts, where its samples are answers to them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar, Self

import sympy

if TYPE_CHECKING:
    from theory.exact_input import ExactInput

Exprs = tuple[sympy.Expr, ...]


class AbstractAnswering(ABC):
    """What every family has, and only families of answers to prompts change.

    Such a family is that of the answers' laws given the prompts: T is a function of prompt and answer, A and
    μ are means over the model's own prompts, and choices are among answers to one prompt.  It sets
    `answers_prompts` and gives `variables`, `fitted` and `fit`; where real data or judges may bring other
    prompts, `real_settings` with `source_of_data`, `asked_as`, and `judged`; on a finite support, `menus`.
    """

    real_settings: ClassVar[tuple[str, ...]] = ()
    """Optional keys of ``real`` that say how the real data's law differs from the family's."""
    answers_prompts: ClassVar[bool] = False
    """Whether samples are answers to prompts, of whose laws given the prompts this is the family."""

    @property
    @abstractmethod
    def statistic(self) -> Exprs:
        """T(x) over the symbols of a sample."""

    @abstractmethod
    def refit(self, mean_parameter: Exprs) -> Exprs:
        """State of the law with mean parameter μ."""

    @property
    def fitted(self) -> Exprs:
        """Functions of a sample whose means decide the fit: T, and for answers also what they answer."""
        return self.statistic

    @property
    def judged(self) -> Self:
        """The family in whose law alignment is measured: this one, or this one on other prompts."""
        return self

    def fit(self, means: Exprs) -> Exprs:
        """State of the maximum-likelihood fit to data with these means of `fitted`."""
        return self.refit(means)

    def asked_as(self, means: Exprs) -> Self:
        """The family on the prompts of data with these means of `fitted`."""
        return self

    def source_of_data(self, table: Mapping[str, object], read: ExactInput, place: str) -> Self:
        """The family of the real data's law, given the keys `real_settings`.  Raises `InvalidInput`."""
        return self

    def menus(self, state: Exprs) -> tuple[tuple[sympy.Expr, slice], ...]:
        """Probability of each prompt, with where the points stand that answer it; one without prompts."""
        return ((sympy.S.One, slice(None)),)
