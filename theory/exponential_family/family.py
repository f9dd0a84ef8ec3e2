"""Exponential family: stated by its log-partition; mean, Fisher information and tilts follow.

A family is one file in `families/`.  It says what cannot be derived; the `final` methods
here derive the rest, and the contract tests compare them with independent sources.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar, Self, final

import numpy as np
import sympy

from theory.errors import InvalidInput
from theory.exponential_family.answering import AbstractAnswering
from theory.exponential_family.features import no_closed_form
from theory.exponential_family.integration import Integration
from theory.exponential_family.law import FamilyLaw
from theory.exponential_family.reward_parts import RewardParts
from theory.exponential_family.sampling import Floats
from theory.exponential_family.support import Support
from theory.exponential_family.tilt import GenericTilt, generic_tilt, gradient
from theory.expressions.exact_matrix import Matrix
from theory.quadrature.normal import normal_mean
from theory.reward import Reward, Taste, reward_variables

if TYPE_CHECKING:
    from theory.exact_input import ExactInput

Exprs = tuple[sympy.Expr, ...]


class AbstractFamily(AbstractAnswering):
    """One exponential family with its own settings (dimension, covariance, atoms, …).

    To implement: the class attributes without a value, and the methods marked abstract.
    A family whose rewards may leave the span of T also gives `reweighted` and
    `static_tilt_domain`; one whose tilts are not to be derived from A gives `closed_tilt`; one that other
    families read gives `expected_feature`; one that may touch its boundary gives `nonnegative`; one with
    more coordinates than dimensions gives `dependent`; a Gaussian one gives `normal_form`; one whose
    pools are integrated gives `integration` (and `kept_of_two` where it has a formula); one on a finite
    support gives `support_points`, `support_rewards` and `support_probabilities`; any other gives `sample`,
    so that it can be simulated.  Families of answers to prompts: see `AbstractAnswering`.
    Instances are frozen and hashable.  State coordinates are what users see; the natural
    parameter θ and the statistic T are the family's own.  All symbols are ``real=True``:
    domains are explicit conditions.
    """

    name: ClassVar[str]
    """The name in ecosystem files."""
    settings: ClassVar[tuple[str, ...]]
    """Keys beside ``family`` in a model's table."""
    data_keys: ClassVar[tuple[str, ...]]
    """Keys of ``real`` (beside ``share``) and ``start``."""
    support: ClassVar[Support]
    """Where samples live."""
    takes_channels: ClassVar[bool] = False
    """Whether samples may pass through affine channels and stay in the support."""
    is_translated: ClassVar[bool] = False
    """Whether X + c has a law of the family for every vector c; such a family gives `translated`."""
    finite_support: ClassVar[bool] = False
    """Whether choosing from finitely many candidates has a closed form."""

    @classmethod
    @abstractmethod
    def from_settings(cls, table: Mapping[str, object], read: ExactInput, place: str) -> Self:
        """The family that a model's table describes.  Raises `InvalidInput`."""

    @abstractmethod
    def state_from_data(self, table: Mapping[str, object], read: ExactInput, place: str) -> Exprs:
        """State that a ``real`` or ``start`` table describes.  Raises `InvalidInput`."""

    @property
    @abstractmethod
    def coordinates(self) -> tuple[str, ...]:
        """Names of the state coordinates after ``MODEL.``, such as ``mean`` or ``covariance[0,1]``."""

    @property
    @abstractmethod
    def statistic(self) -> Exprs:
        """T(x) over `reward_variables(d)`, or the atoms' indicators by name."""

    @property
    def dimension(self) -> int:
        """Dimension d of a sample (of a prompt, where samples are answers to prompts)."""
        return 1

    @property
    def variables(self) -> tuple[sympy.Symbol, ...]:
        """Symbols in which functions of a sample are written."""
        return self.statistic if self.atoms else reward_variables(self.dimension)

    @property
    def atoms(self) -> tuple[str, ...]:
        """Names of the atoms of a support without numbers; else empty."""
        return ()

    @abstractmethod
    def log_base(self, sample: Exprs) -> sympy.Expr:
        """Log density of the base measure at a sample (of Lebesgue or counting measure)."""

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

    def could_have_made(self, other: AbstractFamily) -> bool:
        """Whether what the other family makes lies in this one's support."""
        return other.within(self.support)

    def within(self, support: Support) -> bool:
        """Whether every sample lies in a support."""
        return self.support.within(support)

    def nonnegative(self, state: Exprs) -> Exprs:
        """Expressions that must be ≥ 0: a boundary that a state may touch."""
        return ()

    def dependent(self, state: Exprs) -> tuple[tuple[int, sympy.Expr], ...]:
        """Positions of coordinates that the others determine, each with its expression."""
        return ()

    def expected_feature(self, feature: sympy.Expr, state: Exprs) -> sympy.Expr:
        """E[feature] under the law in a state, for a plain function of the sample (``x**2``).

        Raises
        ------
        NoClosedForm
            When there is none.
        """
        if feature == 1:
            return sympy.S.One
        known = dict(zip(self.statistic, self.mean_parameter(state), strict=True))
        if feature not in known:
            raise no_closed_form(feature, self.name)
        return known[feature]

    @abstractmethod
    def refit(self, mean_parameter: Exprs) -> Exprs:
        """State of the law with mean parameter μ: the maximum-likelihood fit to data with E[T] = μ."""

    @abstractmethod
    def reward_parts(self, reward: Reward) -> RewardParts:
        """The reward along T.  Raises `InvalidInput` when the family cannot tilt by it."""

    def at_natural(self, natural: Exprs) -> Exprs:
        """State of the law with natural parameter θ."""
        return self.refit(self.gradient(natural))

    def reweighted(self, parts: RewardParts, strength: sympy.Expr) -> AbstractFamily:
        """The family whose base measure is multiplied by e^{βs}, s what of the reward lies outside T."""
        raise InvalidInput(expected=f"a reward in the span of {self.statistic}", found=str(parts))

    def closed_tilt(self, shift: Exprs) -> GenericTilt | None:
        """The tilt by e^{⟨b,T⟩}, b zero where `shift` is, over generic symbols; None to derive it from A."""
        return None

    def static_tilt_domain(self, reward: Reward, strength: sympy.Expr) -> Exprs:
        """State-free expressions that must be > 0 for the tilt to be normalisable."""
        return ()

    def support_points(self) -> tuple[Mapping[sympy.Symbol, sympy.Expr], ...]:
        """Each point of a finite support, as values of the sample's symbols."""
        raise InvalidInput(expected='pool = "inf"', found=f"a finite pool on family {self.name}")

    def support_rewards(self, reward: Reward) -> Exprs:
        """Value of the reward at each point of a finite support."""
        raise InvalidInput(expected='pool = "inf"', found=f"a finite pool on family {self.name}")

    def support_probabilities(self, state: Exprs) -> Exprs:
        """Probability of each point of a finite support (of each answer, given its prompt)."""
        raise InvalidInput(expected='pool = "inf"', found=f"a finite pool on family {self.name}")

    def widened(self, state: Exprs) -> tuple[AbstractFamily, Exprs] | None:
        """The law as one of a family with more statistics, by which more rewards tilt; else None."""
        return None

    def normal_form(self, state: Exprs) -> tuple[Exprs, Matrix] | None:
        """Mean and covariance where the law is Gaussian, whatever else is known of it; else None."""
        return None

    def sampling_parameters(self, state: Exprs) -> Exprs:
        """What `sample` is told of a law: its state, unless something else is easier to draw from."""
        return tuple(state)

    def sample(self, parameters: Floats, generator: np.random.Generator) -> Floats:
        """One sample of each law: from `sampling_parameters`, shape ``(k, m)``, to points, shape ``(d, m)``.

        Raises
        ------
        InvalidInput
            When the family does not say how.
        """
        raise InvalidInput(expected="a family that can be simulated", found=self.name)

    def translated(self, state: Floats, shift: Floats) -> Floats:
        """States of X + c, shape ``(k, m)``, for states of X and shifts c, shape ``(d, m)``."""
        raise NotImplementedError(f"Expected {self.name} to implement translated()")

    def integration(self, state: Exprs) -> Integration | None:
        """The law as one that is integrated by nodes, for choices without a closed form; else None."""
        return None

    def kept_of_two(self, state: Exprs, slope: sympy.Expr) -> sympy.Expr | None:
        """E[x] of what is kept of two candidates with weights e^{bx}, b > 0, where it is known; else None."""
        return None

    @final
    def check_reward(self, reward: Reward) -> None:
        """Accept a reward that the family can tilt by.  Raises `InvalidInput`."""
        self.reward_parts(reward)

    @final
    def gradient(self, natural: Exprs) -> Exprs:
        """Mean parameter ∇A(θ), derived from the log-partition."""
        symbols, entries = gradient(self)
        filled = dict(zip(symbols, natural, strict=True))
        return tuple(entry.xreplace(filled) for entry in entries)

    @final
    def fisher_information(self, natural: Exprs) -> Matrix:
        """∇²A(θ) = Cov(T), derived from the log-partition."""
        symbols, entries = gradient(self)
        filled = dict(zip(symbols, natural, strict=True))
        n = len(symbols)
        return Matrix(n, n, [e.diff(t).xreplace(filled) for e in entries for t in symbols])

    @final
    def kullback_leibler(self, state: Exprs, other: Exprs) -> sympy.Expr:
        """KL(p ‖ q) = A(θ_q) − A(θ_p) − ⟨θ_q − θ_p, μ_p⟩ of the laws with these states."""
        here, there = self.natural(state), self.natural(other)
        means = self.mean_parameter(state)
        inner = sympy.Add(*((q - p) * m for p, q, m in zip(here, there, means, strict=True)))
        return self.log_partition(there) - self.log_partition(here) - inner

    @final
    def expected_reward(self, reward: Reward, state: Exprs) -> sympy.Expr:
        """E[r], constants and covariance terms included."""
        parts, means = self.reward_parts(reward), self.mean_parameter(state)
        value = parts.constant + sympy.Add(*(c * m for c, m in zip(parts.linear, means, strict=True)))
        if parts.values is not None:
            chances = self.support_probabilities(state)
            value += sympy.Add(*(p * r for p, r in zip(chances, parts.values, strict=True)))
        if parts.curvature is not None:
            x = Matrix(self.variables)
            (bend,) = FamilyLaw(self, state).expectations(((x.T * parts.curvature * x)[0],))
            value -= bend / 2
        if parts.outside is not None:
            value += self._expected_outside(parts.outside, state)
        return value

    def _expected_outside(self, outside: sympy.Expr, state: Exprs) -> sympy.Expr:
        wider = self.widened(state)
        if wider is not None:
            family, wide_state = wider
            return family.expected_reward(Reward(polynomial=outside), wide_state)
        normal = self.normal_form(state)
        if normal is None:
            return FamilyLaw(self, tuple(state)).expectations((outside,))[0]
        return normal_mean(outside, normal[0][0], sympy.sqrt(normal[1][0, 0]))

    @final
    def tilted(self, state: Exprs, taste: Taste) -> tuple[AbstractFamily, Exprs, Exprs]:
        """The law reweighted by e^{βr}: its family, its state, its conditions > 0.

        The family differs from this one only when the reward bends the base measure.
        """
        parts = self.reward_parts(taste.reward)
        wider = None if parts.outside is None else self.widened(tuple(state))
        if wider is not None:
            family, wide_state = wider
            return family.tilted(wide_state, taste)
        base = self.reweighted(parts, taste.strength) if parts.bends else self
        static = self.static_tilt_domain(taste.reward, taste.strength)
        shift = tuple(taste.strength * c for c in parts.linear)
        closed = None if parts.bends else self.closed_tilt(shift)
        tilted, domain = (closed or generic_tilt(self, base)).at(tuple(state), shift)
        return base, tilted, static + domain
