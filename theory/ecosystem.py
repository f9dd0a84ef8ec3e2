"""Ecosystem: N models, what each reads, and the people who curate; exact, frozen data.

Numbers are SymPy expressions over the declared parameters' symbols, never floats.
Whoever builds these objects from a user's words checks them first (`ecosystem_file`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING

import sympy

from theory.channel import Channel
from theory.errors import InvalidInput
from theory.parameter import Parameter
from theory.reward import Taste

if TYPE_CHECKING:
    from collections.abc import Iterator

    from theory.exponential_family.family import AbstractFamily


class DataRegime(Enum):
    """What becomes of the data of earlier rounds.

    With the start as the data of round 0 and data sets that are equally large and, where samples are pairs,
    asked alike in all rounds, accumulated data move a
    mean parameter by μ' = μ + (M(μ) − μ)/(t + 2) in round t = 0, 1, …, where replaced data give μ' = M(μ).
    """

    REPLACE = "replace"
    """Each round trains on its own data alone."""
    ACCUMULATE = "accumulate"
    """Each round trains on its own data and on those of all rounds before."""
    SUBSAMPLE = "accumulate-subsample"
    """As ACCUMULATE, on as many samples as one round has, drawn from all: the same population map."""

    @property
    def accumulates(self) -> bool:
        """Whether earlier data stay."""
        return self is not DataRegime.REPLACE


@dataclass(frozen=True, kw_only=True)
class WeightedTaste:
    """A taste with the probability that whoever chooses has it.

    `has_own_strength` says that the taste's strength is its own: the knob of the users' strength does not
    move it.
    """

    probability: sympy.Expr
    taste: Taste
    has_own_strength: bool = False


@dataclass(frozen=True, kw_only=True)
class Users:
    """People who curate what models produce, of one taste or of several.

    Parameters
    ----------
    name : str
    tastes : tuple of WeightedTaste
        Their own tastes, with probabilities that sum to 1; alignment measures the mean of their rewards.
    pool : int or None
        K, the number of candidates they choose from; None is K = ∞ (the tilt).
    noise : sympy.Expr
        Probability in [0, 1] of a uniform pick among the candidates.
    adversary_share : sympy.Expr
        Probability in [0, 1], given no noise, of a choice by the adversary's taste.
    adversary : Taste or None
    """

    name: str
    tastes: tuple[WeightedTaste, ...]
    pool: int | None = None
    noise: sympy.Expr = sympy.S.Zero
    adversary_share: sympy.Expr = sympy.S.Zero
    adversary: Taste | None = None

    @property
    def single_taste(self) -> Taste | None:
        """Their taste when all have the same, moved by the users' strength; None for heterogeneous users."""
        one = len(self.tastes) == 1 and not self.tastes[0].has_own_strength
        return self.tastes[0].taste if one else None

    @property
    def all_tastes(self) -> tuple[Taste, ...]:
        """Every taste by which someone may choose, the adversary's last."""
        own = tuple(t.taste for t in self.tastes)
        return own if self.adversary is None else (*own, self.adversary)

    def choices(
        self, strength_offset: sympy.Expr = sympy.S.Zero
    ) -> tuple[tuple[sympy.Expr, Taste | None], ...]:
        """Who chooses, as probabilities that sum to 1 and tastes; None picks uniformly.

        `strength_offset` is added to the users' strength, not to strengths that tastes or adversaries
        have of their own.  What has probability zero is left out.

        Examples
        --------
        >>> from theory.reward import Reward
        >>> keen = WeightedTaste(probability=sympy.S.One, taste=Taste(reward=Reward(table=(sympy.S.One,))))
        >>> people = Users(name="u", tastes=(keen,), noise=sympy.Rational(1, 5))
        >>> [(probability, taste is None) for probability, taste in people.choices()]
        [(1/5, True), (4/5, False)]
        """
        attentive = 1 - self.noise
        honest = attentive * (1 - self.adversary_share)
        own = [(honest * t.probability, _moved(t, strength_offset)) for t in self.tastes]
        found = [(self.noise, None), *own, (attentive * self.adversary_share, self.adversary)]
        return tuple((probability, taste) for probability, taste in found if probability != 0)


def _moved(weighted: WeightedTaste, offset: sympy.Expr) -> Taste:
    taste = weighted.taste
    return taste if weighted.has_own_strength else replace(taste, strength=taste.strength + offset)


@dataclass(frozen=True, kw_only=True)
class Stream:
    """A share w of a model's training set, made by `producer` and perhaps curated.

    `curators` is None for raw output, else the name of the users who chose.
    """

    producer: str
    share: sympy.Expr
    curators: str | None = None
    channel: Channel | None = None


@dataclass(frozen=True, kw_only=True)
class RealData:
    """Real data: their share a ∈ [0, 1] and their law, written in the family's state coordinates.

    `source` is the family of that law where it is not the model's own: the same with other prompts.
    """

    share: sympy.Expr
    state: tuple[sympy.Expr, ...]
    source: AbstractFamily | None = None


@dataclass(frozen=True, kw_only=True)
class Model:
    """One model: a family, its users, its real data, and the streams it reads.

    `start` is where iteration starts, in the family's state coordinates; it is
    the real data's law unless the user set another.
    """

    name: str
    family: AbstractFamily
    start: tuple[sympy.Expr, ...]
    real: RealData | None = None
    users: str | None = None
    reads: tuple[Stream, ...] = ()

    @property
    def real_data_share(self) -> sympy.Expr:
        """Share a of real data in the training set (zero without real data)."""
        return self.real.share if self.real else sympy.S.Zero

    @property
    def curation_share(self) -> sympy.Expr:
        """Total curated share λ of what the model reads."""
        return sympy.Add(*(s.share for s in self.reads if s.curators is not None))


@dataclass(frozen=True, kw_only=True)
class Ecosystem:
    """N models, the users, the parameters, the order of updates, and what becomes of earlier data.

    `order` is None for synchronous rounds, else every model's name once (only where data are replaced).

    Raises
    ------
    InvalidInput
        When data accumulate in a sequential order.
    """

    name: str
    models: tuple[Model, ...]
    users: tuple[Users, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    order: tuple[str, ...] | None = None
    data: DataRegime = DataRegime.REPLACE

    def __post_init__(self) -> None:
        if self.data.accumulates and self.order is not None:
            raise InvalidInput(expected="replaced data", found="an order of updates", place="data")

    def model(self, name: str) -> Model:
        """The model of that name."""
        return next(m for m in self.models if m.name == name)

    def users_named(self, name: str) -> Users:
        """The users of that name."""
        return next(u for u in self.users if u.name == name)

    def parameter_values(self) -> dict[sympy.Symbol, sympy.Expr]:
        """Each parameter's symbol with its exact value."""
        return {p.symbol: p.value for p in self.parameters}

    def streams(self) -> Iterator[tuple[Model, Stream]]:
        """Every stream with the model that reads it."""
        return ((m, s) for m in self.models for s in m.reads)

    def with_model(self, changed: Model) -> Ecosystem:
        """The same ecosystem with the model of that name replaced."""
        models = tuple(changed if m.name == changed.name else m for m in self.models)
        return replace(self, models=models)
