"""Ecosystem: N models, what each reads, and the people who curate; exact, frozen data.

Numbers are SymPy expressions over the declared parameters' symbols, never floats.
Whoever builds these objects from a user's words checks them first (`ecosystem_file`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import sympy

from theory.channel import Channel
from theory.parameter import Parameter
from theory.reward import Taste

if TYPE_CHECKING:
    from collections.abc import Iterator

    from theory.exponential_family.family import AbstractFamily


@dataclass(frozen=True, kw_only=True)
class Users:
    """People who share a taste and curate what models produce.

    Parameters
    ----------
    name : str
    taste : Taste
        Their own reward and strength; the reward is also what alignment measures.
    pool : int or None
        K, the number of candidates they choose from; None is K = ∞ (the tilt).
    noise : sympy.Expr
        Probability in [0, 1] of a uniform pick among the candidates.
    adversary_share : sympy.Expr
        Probability in [0, 1], given no noise, of a choice by the adversary's taste.
    adversary : Taste or None
    """

    name: str
    taste: Taste
    pool: int | None = None
    noise: sympy.Expr = sympy.S.Zero
    adversary_share: sympy.Expr = sympy.S.Zero
    adversary: Taste | None = None


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
    """Real data: their share a ∈ [0, 1] and their law, written in the family's state coordinates."""

    share: sympy.Expr
    state: tuple[sympy.Expr, ...]


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
    """N models, the users, the parameters, and the order of updates.

    `order` is None for synchronous rounds, else every model's name once.
    """

    name: str
    models: tuple[Model, ...]
    users: tuple[Users, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    order: tuple[str, ...] | None = None

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
