"""Law: what a stream's samples follow, known by the expectations that its readers match.

Maximum likelihood in the reader's family matches E[T], T being the *reader's* statistic; whoever
produced the samples must therefore say what it expects of another family's statistic.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, final

import sympy

from theory.channel import Channel
from theory.exponential_family.features import features
from theory.reward import reward_variables

if TYPE_CHECKING:
    from theory.exponential_family.family import AbstractFamily

Exprs = tuple[sympy.Expr, ...]


class AbstractLaw(ABC):
    """A law of samples.

    To implement: `expectations`.
    """

    @abstractmethod
    def expectations(self, functions: Exprs) -> Exprs:
        """E[f(X)] of each function of a sample, over its family's `variables`.

        Raises
        ------
        NoClosedForm
            When some expectation has none.
        """


@final
@dataclass(frozen=True)
class FamilyLaw(AbstractLaw):
    """The law of a family in a given state."""

    family: AbstractFamily
    state: Exprs

    def expectations(self, functions: Exprs) -> Exprs:
        if functions == self.family.statistic:
            return self.family.mean_parameter(self.state)
        variables = self.family.variables
        return tuple(
            sympy.Add(
                *(
                    coefficient * self.family.expected_feature(feature, self.state)
                    for feature, coefficient in features(function, variables).items()
                )
            )
            for function in functions
        )


@final
@dataclass(frozen=True)
class FiniteLaw(AbstractLaw):
    """Probabilities, which sum to 1, on finitely many points.

    Parameters
    ----------
    points : tuple of Mapping
        Each point, as values of the sample's symbols.
    probabilities : tuple of Expr
        One a point.
    """

    points: tuple[Mapping[sympy.Symbol, sympy.Expr], ...]
    probabilities: Exprs

    def expectations(self, functions: Exprs) -> Exprs:
        return tuple(self._mean([f.xreplace(point) for point in self.points]) for f in functions)

    def _mean(self, values: Sequence[sympy.Expr]) -> sympy.Expr:
        """Mean of the values at the points: their common value, if they have one."""
        if len(set(values)) == 1:
            return values[0]
        return sympy.Add(*(p * value for p, value in zip(self.probabilities, values, strict=True)))


@final
@dataclass(frozen=True)
class ChanneledLaw(AbstractLaw):
    """The law of BX + b for X of another law."""

    source: AbstractLaw
    channel: Channel

    def expectations(self, functions: Exprs) -> Exprs:
        matrix, shift = self.channel.matrix, self.channel.shift
        moved = matrix * sympy.ImmutableDenseMatrix(reward_variables(matrix.cols)) + shift
        image = dict(zip(reward_variables(matrix.rows), moved, strict=True))
        return self.source.expectations(tuple(function.xreplace(image) for function in functions))


@final
@dataclass(frozen=True)
class MixedLaw(AbstractLaw):
    """A mixture of laws, given as (weight, law) pairs whose weights sum to 1."""

    parts: tuple[tuple[sympy.Expr, AbstractLaw], ...]

    def expectations(self, functions: Exprs) -> Exprs:
        columns = [law.expectations(functions) for _, law in self.parts]
        weights = [weight for weight, _ in self.parts]
        return tuple(
            sympy.Add(*(weight * value for weight, value in zip(weights, row, strict=True)))
            for row in zip(*columns, strict=True)
        )
