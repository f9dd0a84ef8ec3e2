"""Adversarial ecosystem: one group of users with adversaries among them, whose share is a symbol."""

from __future__ import annotations

from dataclasses import dataclass, replace

import sympy

from theory.ecosystem import Ecosystem, Users
from theory.errors import InvalidInput
from theory.reward import Reward, Taste


@dataclass(frozen=True, kw_only=True)
class AdversarialEcosystem:
    """An ecosystem in which adversaries choose in place of a share φ of one group of users.

    Parameters
    ----------
    users : str
        The group among whom the adversaries are.
    share : Symbol
        φ, the probability, given no noise, of a choice by the adversary.
    adversary : Taste
        What adversaries want.
    declared : bool
        Whether the file says what they want; otherwise it is the opposite of what the users want.
    ecosystem : Ecosystem
        With φ as the group's adversary share.
    """

    users: str
    share: sympy.Symbol
    adversary: Taste
    declared: bool
    ecosystem: Ecosystem

    def without_adversaries(self) -> Ecosystem:
        """The same ecosystem at φ = 0."""
        return self._with_users(adversary_share=sympy.S.Zero, adversary=None)

    def without_choice(self) -> Ecosystem:
        """The same ecosystem where this group picks uniformly: what it curated is raw."""
        return self._with_users(noise=sympy.S.One, adversary_share=sympy.S.Zero, adversary=None)

    def _with_users(self, **changes: object) -> Ecosystem:
        users = tuple(
            replace(u, **changes) if u.name == self.users else u  # type: ignore[arg-type]
            for u in self.ecosystem.users
        )
        return replace(self.ecosystem, users=users)


def curating_groups(ecosystem: Ecosystem) -> tuple[str, ...]:
    """Names of the users who curate some stream, in file order."""
    curators = {s.curators for _, s in ecosystem.streams() if s.share != 0}
    return tuple(u.name for u in ecosystem.users if u.name in curators)


def adversarial_ecosystem(ecosystem: Ecosystem, users: str) -> AdversarialEcosystem:
    """The ecosystem with adversaries of symbolic share among the named users.

    Parameters
    ----------
    ecosystem : Ecosystem
    users : str
        Name of the group.

    Raises
    ------
    InvalidInput
        When the file declares no adversary and the users' rewards have no common opposite.

    Examples
    --------
    >>> from theory.ecosystem import WeightedTaste
    >>> liking = Taste(reward=Reward(table=(sympy.S.One, sympy.S.Zero)), strength=sympy.Integer(2))
    >>> people = Users(name="u", tastes=(WeightedTaste(probability=sympy.S.One, taste=liking),))
    >>> found = adversarial_ecosystem(Ecosystem(name="", models=(), users=(people,)), "u")
    >>> found.adversary.reward.table, found.adversary.strength, found.declared
    ((-1, 0), 2, False)
    """
    group = ecosystem.users_named(users)
    adversary = group.adversary or opposite_taste(group)
    share = sympy.Symbol(f"users.{users}.adversary.share", real=True)
    infiltrated = replace(group, adversary_share=share, adversary=adversary)
    return AdversarialEcosystem(
        users=users,
        share=share,
        adversary=adversary,
        declared=group.adversary is not None,
        ecosystem=replace(
            ecosystem, users=tuple(infiltrated if u.name == users else u for u in ecosystem.users)
        ),
    )


def opposite_taste(users: Users) -> Taste:
    """The reward −r at the users' strength; for several tastes −Σ p β r, the opposite of their mean tilt.

    Raises
    ------
    InvalidInput
        When some tastes are polynomials and others are lists.
    """
    single = users.single_taste
    if single is not None:
        return Taste(reward=_combined(users, ((-sympy.S.One, single),)), strength=single.strength)
    terms = tuple((-t.probability * t.taste.strength, t.taste) for t in users.tastes)
    return Taste(reward=_combined(users, terms))


def _combined(users: Users, terms: tuple[tuple[sympy.Expr, Taste], ...]) -> Reward:
    """Σ of coefficient times reward."""
    rewards = [taste.reward for _, taste in terms]
    polynomials = [r.polynomial for r in rewards if r.polynomial is not None]
    tables = [r.table for r in rewards if r.table is not None]
    if len(polynomials) == len(terms):
        return Reward(polynomial=sympy.expand(sympy.Add(*(c * p for (c, _), p in zip(terms, polynomials)))))  # noqa: B905
    if (
        len(tables) == len(terms)
        and len({(len(t), r.rows) for t, r in zip(tables, rewards, strict=True)}) == 1
    ):
        columns = zip(*tables, strict=True)
        table = tuple(
            sympy.Add(*(c * v for (c, _), v in zip(terms, values, strict=True))) for values in columns
        )
        return Reward(table=table, rows=rewards[0].rows)
    raise InvalidInput(
        expected="rewards of one kind, which have an opposite",
        found="polynomials and lists",
        place=f"users.{users.name}",
        hint="declare an adversary; its share may be 0",
    )
