"""Files about users of several tastes and about the data of earlier rounds: what is read, what is refused."""

from __future__ import annotations

import pytest
from strategies.ecosystem_texts import CATEGORICAL, LOCATION, POINTS, alone, ecosystem

from theory.ecosystem import DataRegime
from theory.ecosystem_file import from_text
from theory.errors import InvalidInput


def crowd(*entries, more=""):
    listed = ", ".join(f"{{ {entry} }}" for entry in entries)
    return ecosystem(warm=f"rewards = [{listed}]\n{more}")


HALVES = ('reward = "x", probability = 0.5', 'reward = "-x", probability = "1/2"')
ACCEPTED = {
    "two tastes": crowd(*HALVES),
    "probabilities equal in the parameters": crowd(
        'reward = "x", probability = "(1 + lam)**2 / 4"',
        'reward = "-x", probability = "3/4 - lam/2 - lam*lam/4", strength = "lam"',
    ),
    "a probability of 0": crowd('reward = "x", probability = 1', 'reward = "-x", probability = 0'),
    "one taste in a list": crowd('reward = "x", probability = 1', more='noise = "1/9"'),
    "tables on atoms": alone(
        CATEGORICAL, POINTS, "[1, 0]", more="adversary = { share = 0, reward = [0, 1] }"
    ).replace("reward = [1, 0]", "rewards = [{ reward = [1, 0], probability = 1 }]"),
    "data that accumulate": ecosystem(head='data = "accumulate"'),
    "data drawn from all rounds": ecosystem(head='data = "accumulate-subsample"\norder = "synchronous"'),
    "data replaced in sequence": ecosystem(head='data = "replace"\norder = ["q", "p"]'),
}
REJECTED = {
    "a reward and rewards": (
        crowd(*HALVES, more='reward = "x"'),
        "users.warm: expected one of the keys 'reward' and 'rewards', found both",
    ),
    "no rewards": (ecosystem(warm="rewards = []"), "users.warm.rewards: expected at least 1 entry"),
    "rewards without a list": (ecosystem(warm='rewards = "x"'), "users.warm.rewards: expected a list"),
    "probabilities that do not sum to 1": (
        crowd(HALVES[0], 'reward = "-x", probability = "1/3"'),
        "users.warm.rewards: expected probabilities that sum to 1, .*, found a sum of 5/6",
    ),
    "probabilities that sum to 1 at the value alone": (
        crowd('reward = "x", probability = "lam"', 'reward = "-x", probability = "4/5"'),
        "users.warm.rewards: expected probabilities that sum to 1, identically in the parameters",
    ),
    "a negative probability": (
        crowd('reward = "x", probability = "6/5"', 'reward = "-x", probability = "-1/5"'),
        r"users.warm.rewards\[0\].probability: expected a probability in \[0, 1\], found 6/5",
    ),
    "a taste without probability": (
        crowd('reward = "x"'),
        r"users.warm.rewards\[0\]: expected the key 'probability', found nothing",
    ),
    "an unknown key of a taste": (
        crowd('reward = "x", probability = 1, pool = 3'),
        r"users.warm.rewards\[0\]: expected a known key, found the unknown key 'pool'",
    ),
    "a negative strength of a taste": (
        crowd('reward = "x", probability = 1, strength = -2'),
        r"users.warm.rewards\[0\].strength: expected a strength ≥ 0, found -2",
    ),
    "a taste that the family cannot tilt": (
        crowd(HALVES[0], 'reward = "x**3", probability = "1/2"'),
        r"users.warm.rewards\[1\].reward: expected a polynomial of degree at most 2",
    ),
    "a taste that cannot be normalised, at the users' strength": (
        alone(LOCATION, "mean = 0").replace(
            'reward = "x"',
            'rewards = [{ reward = "x", probability = 0.5 }, { reward = "x**2", probability = 0.5 }]',
        ),
        "users.u.strength: expected a strength at which the choice from model 'm' can be normalised",
    ),
    "a taste that cannot be normalised, at its own strength": (
        alone(LOCATION, "mean = 0", strength="1/4").replace(
            'reward = "x"', 'rewards = [{ reward = "x**2", probability = 1, strength = 3 }]'
        ),
        r"users.u.rewards\[0\].strength: expected a strength at which the choice",
    ),
    "an unknown regime": (
        ecosystem(head='data = "keep"'),
        'data: expected "replace", "accumulate" or "accumulate-subsample", found',
    ),
    "accumulated data in sequence": (
        ecosystem(head='data = "accumulate"\norder = ["q", "p"]'),
        'order: expected order = "synchronous" where data accumulate',
    ),
}


@pytest.mark.parametrize("text", ACCEPTED.values(), ids=ACCEPTED)
def test_file_that_keeps_the_rules_is_read(text):
    assert from_text(text, source="f").ecosystem.models


@pytest.mark.parametrize(("text", "message"), REJECTED.values(), ids=REJECTED)
def test_file_that_breaks_a_rule_is_refused(text, message):
    with pytest.raises(InvalidInput, match=message):
        from_text(text, source="f")


def test_tastes_and_regimes_are_what_the_file_says():
    made = from_text(crowd(HALVES[0], HALVES[1] + ", strength = 3", more="strength = 2")).ecosystem
    first, second = made.users_named("warm").tastes
    assert (first.taste.strength, first.has_own_strength) == (2, False)
    assert (second.taste.strength, second.has_own_strength) == (3, True)
    assert made.data is DataRegime.REPLACE
    assert from_text(ACCEPTED["data drawn from all rounds"]).ecosystem.data is DataRegime.SUBSAMPLE
