"""Shares, contractions and total variation: the claims' facts and their conditions on ecosystems."""

from __future__ import annotations

import json
import math
import random
from fractions import Fraction

import numpy as np
import pytest

from proofs_check import registry
from proofs_check.conditions.ecosystem_condition import Holds
from theory.analysis import analyze
from theory.budget import Budget
from theory.ecosystem_file import from_text
from theory.ecosystem_file.documents import FileFormat


def at(claim_id, *, users=None, **models):
    document = {"name": "test", "models": models} | ({"users": users} if users else {})
    file = from_text(json.dumps(document), FileFormat.JSON)
    return registry.condition(claim_id)(analyze(file.ecosystem, Budget()))


def middle(interval):
    return float((interval.lower + interval.upper) / 2)


def location(share, reads):
    real = {"share": share, "mean": 0}
    return {"family": "gaussian-location", "variance": 1, "real": real, "reads": reads}


HALF = {
    "p": location("1/2", [{"from": "q", "share": "1/2"}]),
    "q": location("3/4", [{"from": "p", "share": "1/4"}]),
}
NEGATIVE = {
    "p": location("1/2", [{"from": "q", "share": "1/2", "channel": {"matrix": [["-1"]], "shift": [0]}}]),
    "q": location("3/4", [{"from": "p", "share": "1/4"}]),
}


def test_plain_shares_mix_without_inversion():
    found = at("influence.scalar-mixing", **HALF)
    assert found.holds is Holds.YES
    assert math.isclose(middle(found.margin), 1 - math.sqrt(1 / 8))


def test_a_negative_channel_is_no_plain_share():
    assert at("influence.scalar-mixing", **NEGATIVE).holds is not Holds.YES


@pytest.mark.parametrize("models", [HALF, NEGATIVE])
def test_affine_scalar_models_contract_by_the_sizes_of_their_links(models):
    found = at("ecosystem.contraction", **models)
    radius = max(abs(np.linalg.eigvals(np.array([[0, 0.5], [0.25, 0]]))))
    assert found.holds is Holds.YES
    assert math.isclose(middle(found.margin), 1 - radius)


def test_strong_channels_do_not_contract():
    push = {"from": "q", "share": "1/2", "channel": {"matrix": [["-4"]], "shift": [0]}}
    back = {"from": "p", "share": "1/4", "channel": {"matrix": [["2"]], "shift": [0]}}
    found = at("ecosystem.contraction", p=location("1/2", [push]), q=location("3/4", [back]))
    assert found.holds is not Holds.YES


def coin(share, curated):
    real = {"share": share, "mean": "1/2"}
    own = {"from": "p", "share": str(1 - Fraction(share)), "curated": curated}
    return {"family": "bernoulli", "users": "u", "real": real, "reads": [own]}


@pytest.mark.parametrize(
    ("strength", "share", "curated", "expected"),
    [("1/2", "3/4", True, Holds.YES), ("2", "3/4", True, Holds.NO), ("2", "3/4", False, Holds.YES)],
)
def test_total_variation_needs_weak_curation(strength, share, curated, expected):
    users = {"u": {"reward": "x", "strength": strength}}
    found = at("ecosystem.tv-contraction", users=users, p=coin(share, curated))
    bound = (1 - Fraction(share)) * (math.exp(float(Fraction(strength))) if curated else 1)
    assert found.holds is expected
    assert math.isclose(middle(found.margin), 1 - bound)


def test_a_gaussian_is_not_a_finite_support():
    assert at("ecosystem.tv-contraction", **HALF).holds is Holds.NOT_APPLICABLE


def tilted(law, weights):
    total = sum(p * a for p, a in zip(law, weights, strict=True))
    return [p * a / total for p, a in zip(law, weights, strict=True)]


def distance(first, second):
    return sum(abs(p - q) for p, q in zip(first, second, strict=True)) / 2


@pytest.mark.parametrize("n", [2, 3, 5])
def test_tilts_stretch_total_variation_by_at_most_the_ratio_of_weights(n):
    draw, most = random.Random(n), Fraction(0)
    for _ in range(300):
        parts = [[draw.randint(0, 30) + (k == 0) for k in range(n)] for _ in range(2)]
        first, second = ([Fraction(x, sum(part)) for x in part] for part in parts)
        weights = [Fraction(draw.randint(1, 20)) for _ in range(n)]
        bound = max(weights) / min(weights)
        moved = distance(tilted(first, weights), tilted(second, weights))
        assert moved <= bound * distance(first, second)
        if first != second:
            most = max(most, moved / distance(first, second))
    assert most > 1
