"""Files that keep a rule of ecosystem files at its edge are read."""

from __future__ import annotations

import pytest
from strategies.ecosystem_texts import CATEGORICAL, LOCATION, PLANE, POINTS, alone, ecosystem

from theory.ecosystem_file import from_text

ACCEPTED = {
    "as it stands": ecosystem(),
    "shares equal in the parameters": ecosystem(
        p__reads='{ from = "p", share = "1/2 - lam**2" }, { from = "q", share = "lam*lam" }'
    ),
    "shares through sines": ecosystem(
        p__real='share = "sin(lam)**2", mean = 0, variance = 1',
        p__reads='{ from = "q", share = "cos(lam)**2" }',
    ),
    "real share 0": ecosystem(
        p__real="share = 0, mean = 0, variance = 1", p__reads='{ from = "q", share = 1 }'
    ),
    "real share 1 with nothing read": ecosystem(p__real="share = 1, mean = 0, variance = 1", p__reads=""),
    "no real data but a start": ecosystem(
        p='family = "gaussian"\nstart = { mean = 3, variance = 1 }',
        p__real="",
        p__reads='{ from = "q", share = 1 }',
    ),
    "a start beside real data": ecosystem(q='family = "gaussian"\nstart = { mean = 5, variance = "1/2" }'),
    "a stream of share 0": ecosystem(p__reads='{ from = "p", share = "1/2" }, { from = "q", share = 0 }'),
    "synchronous order": ecosystem(head='order = "synchronous"'),
    "sequential order": ecosystem(head='order = ["q", "p"]'),
    "a parameter without range": ecosystem(parameters='lam = { value = "1/5" }'),
    "a value on the edge of its range": ecosystem(parameters='lam = { value = 0, range = [0, "2/5"] }'),
    "an irrational value": ecosystem(parameters='lam = { value = "exp(-2)", range = [0, "sqrt(2)/5"] }'),
    "names that look like words": ecosystem(
        parameters="lambda = { value = 1 }\nlam = { value = 0 }\nx0 = { value = 2 }"
    ),
    "names shared by kinds": ecosystem(parameters="p = { value = 1 }\nlam = { value = 0 }"),
    "no strength, noise or pool": ecosystem(warm="reward = 3"),
    "everything about users": ecosystem(
        warm='reward = "lam*x + 1"\nstrength = "exp(lam)"\npool = "inf"\nnoise = "lam"\n'
        'adversary = { share = 1, reward = "-x", strength = 0 }'
    ),
    "curation by the producer's users": ecosystem(
        q__real='share = "1/2", mean = 1, variance = 1',
        q__reads='{ from = "p", share = "1/2", curated = true }',
    ),
    "curation by named users": ecosystem(
        p__reads='{ from = "q", share = "1/2", curated = true, by = "warm" }'
    ),
    "several models with the same users": ecosystem(q='family = "gaussian"\nusers = "warm"'),
    "users nobody needs": ecosystem(p='family = "gaussian"'),
    "finite pool of users that curate nothing": ecosystem(warm='reward = "x"\npool = 4'),
    "a channel": ecosystem(
        p__reads='{ from = "q", share = "1/2", channel = { matrix = [["lam"]], shift = [1] } }'
    ),
    "a channel of shift alone": ecosystem(
        p__reads='{ from = "q", share = "1/2", channel = { shift = [1] } }'
    ),
    "an empty channel": ecosystem(p__reads='{ from = "q", share = "1/2", channel = {} }'),
    "a channel between dimensions": ecosystem(
        q=f"family = {PLANE}",
        q__real="share = 1, mean = [0, 1]",
        p__reads='{ from = "q", share = "1/2", channel = { matrix = [[1, "lam"]] } }',
    ),
    "two kinds of Gaussian": ecosystem(q=f"family = {LOCATION}", q__real="share = 1, mean = 1"),
    "mean as a list in one dimension": alone(LOCATION, "mean = [1]"),
    "two dimensions": alone(PLANE, "mean = [0, 1]", '"x1*x2 - x1**2 - x2**2"'),
    "quadratic reward": alone('"gaussian"', "mean = 0, variance = 1", '"-(x - 1)**2 / 2"'),
    "quadratic reward at a known variance": alone(LOCATION, "mean = 0", '"x**2/4"'),
    "linear reward of an exponential": alone('"exponential"', "mean = 1", '"x + 2"', strength="1/6"),
    "polynomial on a Bernoulli": alone('"bernoulli"', 'mean = "1/2"', '"(x + 1)**7"', more="pool = 3"),
    "list on a Bernoulli": alone('"bernoulli"', "mean = 1", "[0, 1]"),
    "probability on the boundary": alone(CATEGORICAL, "probabilities = [0, 1]", "[1, 0]"),
    "list on atoms with a finite pool": alone(CATEGORICAL, POINTS, "[1, 0]", more="pool = 2"),
    "adversary of another reward": alone(
        CATEGORICAL, POINTS, "[1, 0]", more='adversary = { share = "1/3", reward = [0, 1] }'
    ),
}


@pytest.mark.parametrize("text", ACCEPTED.values(), ids=ACCEPTED)
def test_file_that_keeps_the_rules_is_read(text):
    assert from_text(text, source="f").ecosystem.models
