"""Exponential family: stated by its log-partition; mean, Fisher information and tilts follow.

A family is one file in `families/`.  It says what cannot be derived; the `final` methods
here derive the rest, and the contract tests compare them with independent sources.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import ClassVar, final

import sympy

from theory.ecosystem import Reward
from theory.moments import Moments

Exprs = tuple[sympy.Expr, ...]


class AbstractFamily(ABC):
    """One exponential family with its own settings (dimension, covariance, atoms, …).

    To implement, the things below marked abstract.  Instances are frozen and hashable.
    State coordinates are what users see; the natural parameter θ and the statistic T are
    the family's own.  All symbols are ``real=True``: domains are explicit conditions.
    """

    name: ClassVar[str]
    """The name in ecosystem files."""

    @property
    @abstractmethod
    def coordinates(self) -> tuple[str, ...]:
        """Names of the state coordinates after ``MODEL.``, such as ``mean`` or ``covariance[0,1]``."""

    @property
    @abstractmethod
    def statistic(self) -> Exprs:
        """T(x) over `reward_variables(d)`, or indicator names on a finite support."""

    @abstractmethod
    def log_partition(self, natural: Exprs) -> sympy.Expr:
        """A(θ)."""

    @abstractmethod
    def natural_domain(self, natural: Exprs) -> Exprs:
        """Expressions that must be > 0 for θ to be in the natural parameter space."""

    @abstractmethod
    def natural(self, state: Exprs) -> Exprs:
        """θ of a state: the inverse of ∇A, in state coordinates."""

    @abstractmethod
    def mean_parameter(self, state: Exprs) -> Exprs:
        """μ = E[T] of a state."""

    @abstractmethod
    def state_domain(self, state: Exprs) -> Exprs:
        """Expressions that must be > 0 for a state to be a law of the family."""

    @abstractmethod
    def moments(self, mean_parameter: Exprs) -> Moments:
        """Moments of the law with mean parameter μ, as readers of its output need them."""

    @abstractmethod
    def refit(self, moments: Moments) -> Exprs:
        """State of the maximum-likelihood fit to a law with these moments (moment matching)."""

    @abstractmethod
    def reward_coefficients(self, reward: Reward) -> Exprs:
        """Coefficients c of r = ⟨c, T⟩ + constant.

        Raises
        ------
        InvalidInput
            When the reward is not in the span of T (and 1) and the family has no closed form for it.
        """

    @final
    def tilt(self, state: Exprs, coefficients: Exprs) -> Exprs:
        """Natural parameter θ + c of the law reweighted by e^{⟨c,T⟩}."""
        return tuple(t + c for t, c in zip(self.natural(state), coefficients, strict=True))

    @final
    def gradient(self, natural: Exprs) -> Exprs:
        """Mean parameter ∇A(θ), derived from the log-partition."""
        raise NotImplementedError
