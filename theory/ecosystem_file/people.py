"""People: users of ecosystem files, their rewards, noise and adversaries."""

from __future__ import annotations

import re

import sympy

from theory.ecosystem import Users, WeightedTaste
from theory.ecosystem_file.bounds import probability, strength
from theory.ecosystem_file.tables import AdversaryTable, UsersTable, WeightedRewardTable
from theory.ecosystem_file.validation import place_of
from theory.exact_input import ExactInput
from theory.expressions.limits import MAX_CHARACTERS
from theory.expressions.tokens import NAME, REWARD_VARIABLE_NAME
from theory.reward import ANSWER_VARIABLE, Reward, Taste


def build_users(name: str, table: UsersTable, read: ExactInput) -> Users:
    """The users that a table describes.

    Raises
    ------
    InvalidInput
        When a number is out of bounds, probabilities do not sum to 1, or there is no reward or one too many.
    """
    place = place_of(("users", name))
    read.name(name, place)
    adversary = table.adversary
    inside = f"{place}.adversary"
    return Users(
        name=name,
        tastes=_tastes(table, read, place),
        pool=None if table.pool == "inf" else int(table.pool),
        noise=probability(read, table.noise, f"{place}.noise"),
        adversary_share=sympy.S.Zero
        if adversary is None
        else probability(read, adversary.share, f"{inside}.share"),
        adversary=None if adversary is None else _taste(adversary, read, inside),
    )


def _taste(table: UsersTable | AdversaryTable, read: ExactInput, place: str) -> Taste:
    return Taste(
        reward=_reward(read, table.reward, f"{place}.reward"),
        strength=strength(read, table.strength, f"{place}.strength"),
    )


def _tastes(table: UsersTable, read: ExactInput, place: str) -> tuple[WeightedTaste, ...]:
    if table.reward is not None and table.rewards is not None:
        raise read.refusal(place, "one of the keys 'reward' and 'rewards'", "both")
    if table.reward is not None:
        return (WeightedTaste(probability=sympy.S.One, taste=_taste(table, read, place)),)
    if table.rewards is None:
        raise read.refusal(place, "the key 'reward', or 'rewards'", "nothing")
    common = strength(read, table.strength, f"{place}.strength")
    tastes = tuple(
        _weighted(entry, common, read, f"{place}.rewards[{k}]") for k, entry in enumerate(table.rewards)
    )
    total = sympy.Add(*(t.probability for t in tastes))
    expected = "probabilities that sum to 1, identically in the parameters"
    read.require_zero(total - 1, f"{place}.rewards", expected, f"a sum of {read.shown(total)}")
    return tastes


def _weighted(table: WeightedRewardTable, common: sympy.Expr, read: ExactInput, place: str) -> WeightedTaste:
    own = table.strength is not None
    return WeightedTaste(
        probability=probability(read, table.probability, f"{place}.probability"),
        taste=Taste(
            reward=_reward(read, table.reward, f"{place}.reward"),
            strength=strength(read, table.strength, f"{place}.strength") if own else common,
        ),
        has_own_strength=own,
    )


def _reward(read: ExactInput, value: object, place: str) -> Reward:
    if isinstance(value, list) and value and isinstance(value[0], list):
        matrix = read.matrix(value, place)
        return Reward(table=tuple(matrix), rows=matrix.rows)
    if isinstance(value, list):
        return Reward(table=read.vector(value, place))
    text = value if isinstance(value, str) and len(value) <= MAX_CHARACTERS else ""
    words = dict.fromkeys(re.findall(NAME, text))
    named = [w for w in words if REWARD_VARIABLE_NAME.fullmatch(w) or w == ANSWER_VARIABLE.name]
    variables = [sympy.Symbol(w, real=True) for w in named if w not in read.symbols]
    return Reward(polynomial=read.reward(value, place, variables))
