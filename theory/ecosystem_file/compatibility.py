"""Compatibility: whether families can be tilted, and alignment measured, by the users' rewards."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import sympy

from theory.curation.pooled import pool_words, pooled_law
from theory.curation.selected_normal import is_normal
from theory.curation.tilted import tilted_law
from theory.ecosystem import Model, Users
from theory.errors import InvalidInput
from theory.exact_input import ExactInput
from theory.exponential_family.family import AbstractFamily
from theory.expressions.render import render
from theory.expressions.tokens import REWARD_VARIABLE_NAME
from theory.reward import ANSWER_VARIABLE, Reward, Taste


def check_models(models: Sequence[Model], users: Mapping[str, Users], read: ExactInput) -> None:
    """Check every pair of a family with the users who judge or curate what it makes.

    Raises
    ------
    InvalidInput
        When a reward does not fit a family, a finite pool has no closed form there, or a
        tilt cannot be normalised whatever the state.
    """
    families = {model.name: model.family for model in models}
    for name, family in families.items():
        _check_names(family, name, read)
    judged = dict.fromkeys((m.name, m.users) for m in models if m.users is not None)
    for name, users_name in judged:
        for inside, _, taste in _own_tastes(users[users_name]):
            _check_reward(families[name], taste.reward, name, inside, read)
    curated = {
        (stream.producer, stream.curators): f"models.{model.name}.reads[{k}]"
        for model in reversed(models)
        for k, stream in reversed(tuple(enumerate(model.reads)))
        if stream.curators is not None
    }
    for (name, curators), place in reversed(curated.items()):
        _check_curation(families[name], name, users[curators], place, read)


def _check_curation(family: AbstractFamily, name: str, users: Users, place: str, read: ExactInput) -> None:
    if users.pool is not None and not family.finite_support:
        _check_pool(family, name, users, place, read)
    for inside, strength_place, taste in _tastes(users):
        _check_reward(family, taste.reward, name, inside, read)
        if users.pool is None:
            _check_span(family, taste.reward, name, inside, read)
            _check_tilt(family, taste, name, strength_place, read)


def _own_tastes(users: Users) -> Iterator[tuple[str, str, Taste]]:
    """Where the reward and the strength of each of the users' own tastes stand, and the taste."""
    place = f"users.{users.name}"
    if users.single_taste is not None:
        yield place, place, users.single_taste
        return
    for k, weighted in enumerate(users.tastes):
        inside = f"{place}.rewards[{k}]"
        yield inside, inside if weighted.has_own_strength else place, weighted.taste


def _check_pool(family: AbstractFamily, name: str, users: Users, place: str, read: ExactInput) -> None:
    """Refuse a finite pool that has neither a closed form nor an integral here."""
    state = tuple(sympy.Dummy(c, real=True) for c in family.coordinates)
    for _, strength_place, taste in _tastes(users):
        if pooled_law(family, state, taste, int(users.pool or 0)) is None:
            words = f"family {family.name!r} has no closed form for others{pool_words(family)}"
            expected = f'pool = "inf" to curate model {name!r} ({words})'
            raise read.refusal(f"users.{users.name}.pool", expected, f"{users.pool}, used at {place}")
        if not is_normal(family):
            read.require(
                taste.strength, "> 0", f"{strength_place}.strength", "a strength > 0 with a finite pool"
            )


def _tastes(users: Users) -> Iterator[tuple[str, str, Taste]]:
    yield from _own_tastes(users)
    if users.adversary is not None:
        place = f"users.{users.name}.adversary"
        yield place, place, users.adversary


def _check_reward(family: AbstractFamily, reward: Reward, name: str, place: str, read: ExactInput) -> None:
    if not family.atoms:
        _check_variables(family, reward, name, place, read)
    try:
        family.check_reward(reward)
    except InvalidInput as problem:
        raise InvalidInput(
            expected=f"{problem.expected} (for model {name!r} of family {family.name!r})",
            found=problem.found,
            place=f"{place}.reward",
            source=read.source,
            hint=problem.hint,
        ) from problem


def _check_variables(family: AbstractFamily, reward: Reward, name: str, place: str, read: ExactInput) -> None:
    strangers = [s.name for s in _variables(reward, read) if s not in family.variables]
    if strangers:
        one = family.dimension == 1
        raise read.refusal(
            f"{place}.reward",
            f"a polynomial in {'x' if one else f'x1 to x{family.dimension}'}"
            f"{' and y' if ANSWER_VARIABLE in family.variables else ''}"
            f" (for model {name!r} of family {family.name!r})",
            f"the variable {strangers[0]!r}",
        )


def _variables(reward: Reward, read: ExactInput) -> list[sympy.Symbol]:
    """Sample variables of a polynomial reward, in order of their names."""
    if reward.polynomial is None:
        return []
    symbols = (
        s
        for s in reward.polynomial.free_symbols
        if s.name not in read.symbols and (s == ANSWER_VARIABLE or REWARD_VARIABLE_NAME.fullmatch(s.name))
    )
    return sorted(symbols, key=lambda symbol: str(symbol.name))


def _check_names(family: AbstractFamily, name: str, read: ExactInput) -> None:
    """Refuse a parameter that has the name of the answers which rewards are about."""
    if ANSWER_VARIABLE in family.variables and ANSWER_VARIABLE.name in read.symbols:
        raise read.refusal(
            f"parameters.{ANSWER_VARIABLE.name}",
            f"another name (rewards of what model {name!r} answers are written in it)",
            f"a parameter {ANSWER_VARIABLE.name!r}",
        )


def _check_span(family: AbstractFamily, reward: Reward, name: str, place: str, read: ExactInput) -> None:
    """Refuse a reward that judges finitely many candidates only."""
    state = tuple(sympy.Dummy(c, real=True) for c in family.coordinates)
    outside = family.reward_parts(reward).outside is not None and not is_normal(family)
    if outside and family.widened(state) is None and tilted_law(family, state, Taste(reward=reward)) is None:
        terms = " + ".join(f"{c}·{render(t)}" for c, t in zip("bcdefgh", family.statistic, strict=False))
        raise read.refusal(
            f"{place}.reward",
            f"a reward a + {terms} to choose from infinitely many (model {name!r}, family {family.name!r})",
            render(reward.polynomial)[:80],
        )


def _check_tilt(family: AbstractFamily, taste: Taste, name: str, place: str, read: ExactInput) -> None:
    expected = f"a strength at which the choice from model {name!r} can be normalised"
    for condition in family.static_tilt_domain(taste.reward, taste.strength):
        found = f"{read.shown(taste.strength)}, where {read.shown(condition)} > 0 fails"
        read.require(condition, "> 0", f"{place}.strength", expected, found)
