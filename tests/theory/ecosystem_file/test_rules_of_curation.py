"""Files that break a rule about users, curation or rewards are refused."""

from __future__ import annotations

import pytest
from strategies.ecosystem_texts import CATEGORICAL, LOCATION, PLANE, POINTS, alone, ecosystem

from theory.ecosystem_file import from_text
from theory.errors import InvalidInput

REJECTED = {
    "a negative strength": (
        ecosystem(warm='reward = "x"\nstrength = "-lam"'),
        "users.warm.strength: expected a strength ≥ 0, found -1/5",
    ),
    "noise above 1": (
        ecosystem(warm='reward = "x"\nnoise = "6*lam"'),
        r"users.warm.noise: expected a probability in \[0, 1\], found 6/5",
    ),
    "an adversary's share above 1": (
        ecosystem(warm='reward = "x"\nadversary = { share = 2, reward = 0 }'),
        r"users.warm.adversary.share: expected a probability in \[0, 1\], found 2",
    ),
    "an adversary's negative strength": (
        ecosystem(warm='reward = "x"\nadversary = { share = 1, reward = 0, strength = -1 }'),
        "users.warm.adversary.strength: expected a strength ≥ 0, found -1",
    ),
    "an adversary without reward": (
        ecosystem(warm='reward = "x"\nadversary = { share = 1 }'),
        "users.warm.adversary: expected the key 'reward', found nothing",
    ),
    "a fractional pool": (ecosystem(warm='reward = "x"\npool = 2.5'), "users.warm.pool: .*found 2.5"),
    "curated without users": (
        ecosystem(p__reads='{ from = "q", share = "1/2", curated = true }'),
        r"models.p.reads\[0\]: expected `by`, .*, found no `by`, and model 'q' has no users",
    ),
    "by without curated": (
        ecosystem(p__reads='{ from = "q", share = "1/2", by = "warm" }'),
        r"models.p.reads\[0\].by: expected `curated = true` beside `by`, found by = 'warm' alone",
    ),
    "by beside curated = false": (
        ecosystem(p__reads='{ from = "q", share = "1/2", by = "warm", curated = false }'),
        r"models.p.reads\[0\].by: expected `curated = true`",
    ),
    "curation by strangers": (
        ecosystem(p__reads='{ from = "q", share = "1/2", curated = true, by = "worm" }'),
        r"reads\[0\].by: expected declared users, found 'worm'; did you mean 'warm'",
    ),
    "a finite pool on a Gaussian by a quartic reward": (
        alone('"gaussian"', "mean = 0, variance = 1", '"-x**4"', more="pool = 4"),
        r"users.u.pool: expected pool = \"inf\" to curate model 'm' .*, found 4, used at models.m.reads\[0\]",
    ),
    "a cubic reward": (
        alone('"gaussian"', "mean = 0, variance = 1", '"x**3"'),
        "users.u.reward: expected a polynomial of degree at most 2 .*'m' of family 'gaussian'.* degree 3",
    ),
    "a quadratic reward of an exponential": (
        alone('"exponential"', "mean = 1", '"x**2"'),
        "users.u.strength: expected a strength at which the choice from model 'm' .*found 1, where -1 >",
    ),
    "a reward that is no polynomial": (
        ecosystem(warm='reward = "exp(x)"'),
        r"users.warm.reward: expected a polynomial in x, found 'exp\(x\)'",
    ),
    "a quotient of variables": (
        ecosystem(warm='reward = "1/x"'),
        "users.warm.reward: expected a polynomial of degree at most 2 in x",
    ),
    "a reward of many terms": (
        ecosystem(warm='reward = "(x1 + x2 + x3 + x4)**1000"'),
        "users.warm.reward: expected a polynomial of fewer",
    ),
    "coordinates in one dimension": (
        ecosystem(warm='reward = "x1"'),
        "users.warm.reward: expected a polynomial",
    ),
    "x in two dimensions": (alone(PLANE, "mean = [0, 1]", '"x"'), "users.u.reward: expected a polynomial"),
    "a third coordinate in two dimensions": (
        alone(PLANE, "mean = [0, 1]", '"x3"'),
        "users.u.reward: expected",
    ),
    "a list on a Gaussian": (ecosystem(warm="reward = [0, 1]"), "users.warm.reward: expected a polynomial"),
    "a polynomial on atoms": (
        alone(CATEGORICAL, POINTS, '"x"'),
        "users.u.reward: expected a list of 2 numbers",
    ),
    "a long polynomial on atoms": (
        alone(CATEGORICAL, POINTS, '"' + "9" * 5000 + '*x"'),
        "users.u.reward: expected a list of 2 numbers",
    ),
    "a short list on atoms": (
        alone(CATEGORICAL, POINTS, "[1]"),
        "users.u.reward: expected a list of 2 numbers",
    ),
    "an empty list": (alone(CATEGORICAL, POINTS, "[]"), "users.u.reward: expected a polynomial, or a list"),
    "an adversary's reward off the family": (
        alone(CATEGORICAL, POINTS, "[1, 0]", more='adversary = { share = 0, reward = "x" }'),
        "users.u.adversary.reward: expected a list of 2 numbers",
    ),
    "a tilt that cannot be normalised": (
        alone(LOCATION, "mean = 0", '"x**2"'),
        "users.u.strength: expected a strength at which the choice from model 'm' can be normalised",
    ),
    "a tilt at the edge": (
        alone(LOCATION, "mean = 0", '"x**2/2"'),
        "users.u.strength: .*found 1, where 0 > 0 fails",
    ),
}


@pytest.mark.parametrize(("text", "message"), REJECTED.values(), ids=REJECTED)
def test_file_that_breaks_a_rule_is_refused(text, message):
    with pytest.raises(InvalidInput, match=message) as refusal:
        from_text(text, source="f")
    assert str(refusal.value).startswith("f: ")
