"""Files that break a rule about families, their data or who reads whom are refused."""

from __future__ import annotations

import pytest
from strategies.ecosystem_texts import CATEGORICAL, LOCATION, PLANE, POINTS, alone, ecosystem

from theory.ecosystem_file import from_text
from theory.errors import InvalidInput

REJECTED = {
    "both variance and covariance": (
        alone(LOCATION + "\ncovariance = [[1]]", "mean = 0"),
        "models.m: expected exactly one of `variance`, `cov",
    ),
    "neither variance nor covariance": (
        alone('"gaussian-location"', "mean = 0"),
        "models.m: expected exactly one",
    ),
    "an indefinite covariance": (
        alone('"gaussian-location"\ncovariance = [[1, 2], [2, 1]]', "mean = [0, 1]", '"x1"'),
        "models.m.covariance: expected a symmetric positive definite matrix",
    ),
    "an asymmetric covariance": (
        alone('"gaussian-location"\ncovariance = [[1, 0], ["1/2", 1]]', "mean = [0, 1]", '"x1"'),
        "models.m.covariance: expected a symmetric positive definite matrix",
    ),
    "a ragged covariance": (
        alone('"gaussian-location"\ncovariance = [[1, 0], [1]]', "mean = [0, 1]", '"x1"'),
        r"models.m.covariance\[1\]: expected a list of rows of equal lengths",
    ),
    "a mean of another dimension": (
        alone(PLANE, "mean = [0, 1, 2]", '"x1"'),
        "models.m.real.mean: expected a list of 2 numbers",
    ),
    "a bare mean in two dimensions": (
        alone(PLANE, "mean = 0", '"x1"'),
        "models.m.real.mean: expected a list of 2",
    ),
    "probabilities that miss 1": (
        alone(CATEGORICAL, 'probabilities = ["1/3", "1/3"]', "[1, 0]"),
        "models.m.real.probabilities: .*sum to 1",
    ),
    "a negative probability": (
        alone(CATEGORICAL, 'probabilities = ["-1/3", "4/3"]', "[1, 0]"),
        r"models.m.real.probabilities\[0\]",
    ),
    "a Bernoulli mean above 1": (
        alone('"bernoulli"', "mean = 2", "[0, 1]"),
        "models.m.real.mean: expected a mean in",
    ),
    "an exponential mean of 0": (
        alone('"exponential"', "mean = 0"),
        "models.m.real.mean: expected a mean > 0",
    ),
    "no atoms": (alone('"categorical"', POINTS, "[1, 0]"), "models.m: expected a key `atoms`"),
    "repeated atoms": (
        alone('"categorical"\natoms = ["a", "a"]', POINTS, "[1, 0]"),
        r"atoms\[1\]: expected distinct names",
    ),
    "an atom called mean": (
        alone('"categorical"\natoms = ["a", "mean"]', POINTS, "[1, 0]"),
        r"atoms\[1\]: expected a name other than mean",
    ),
    "an atom called x": (
        alone('"categorical"\natoms = ["a", "x"]', POINTS, "[1, 0]"),
        r"models.m.atoms\[1\]: expected a name",
    ),
    "a channel between atoms": (
        alone(CATEGORICAL, POINTS, "[1, 0]", reads='{ from = "m", share = "1/2", channel = {} }'),
        r"models.m.reads\[0\].channel: expected a channel between Gaussian families only",
    ),
    "a channel matrix of another shape": (
        ecosystem(p__reads='{ from = "q", share = "1/2", channel = { matrix = [[1, 2]] } }'),
        r"reads\[0\].channel.matrix\[0\]: expected 1 rows of 1 numbers, found a list of length 2",
    ),
    "a channel shift of another length": (
        ecosystem(p__reads='{ from = "q", share = "1/2", channel = { shift = [1, 2] } }'),
        r"reads\[0\].channel.shift: expected a list of 1 numbers",
    ),
    "a channel without a matrix between dimensions": (
        ecosystem(
            q=f"family = {PLANE}",
            q__real="share = 1, mean = [0, 1]",
            p__reads='{ from = "q", share = "1/2", channel = {} }',
        ),
        r"reads\[0\].channel: expected a matrix of 1 rows and 2 columns",
    ),
    "dimensions that differ": (
        ecosystem(
            q=f"family = {PLANE}",
            q__real="share = 1, mean = [0, 1]",
            p__reads='{ from = "q", share = "1/2" }',
        ),
        r"models.p.reads\[0\]: expected a channel with a matrix of 1 rows and 2 columns",
    ),
    "atoms in another order": (
        alone(CATEGORICAL, POINTS, "[1, 0]", reads='{ from = "n", share = "1/2" }')
        + '\n[models.n]\nfamily = "categorical"\natoms = ["b", "a"]\nstart = { probabilities = [1, 0] }',
        r"models.m.reads\[0\].from: expected a model with the atoms a, b in this order, found 'n' with b, a",
    ),
    "numbers read as atoms": (
        alone(CATEGORICAL, POINTS, "[1, 0]", reads='{ from = "n", share = "1/2" }')
        + '\n[models.n]\nfamily = "gaussian"\nreal = { share = 1, mean = 0, variance = 1 }',
        r"models.m.reads\[0\].from: expected a model that makes named atoms, found 'n' of family 'gaussian'",
    ),
}


@pytest.mark.parametrize(("text", "message"), REJECTED.values(), ids=REJECTED)
def test_file_that_breaks_a_rule_is_refused(text, message):
    with pytest.raises(InvalidInput, match=message) as refusal:
        from_text(text, source="f")
    assert str(refusal.value).startswith("f: ")
