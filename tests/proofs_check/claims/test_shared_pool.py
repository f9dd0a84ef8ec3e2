"""Gaussians on one shared pool against the program's own analysis of such an ecosystem."""

from __future__ import annotations

import json
from functools import cache

import numpy as np
import pytest
import sympy
from flint import arb, ctx, fmpq

from proofs_check import registry
from proofs_check.conditions.ecosystem_condition import Holds
from proofs_check.encoding.shared_pool import SharedPool
from theory.analysis import analyze
from theory.budget import Budget
from theory.ecosystem_file import from_text
from theory.ecosystem_file.documents import FileFormat

REAL = {"share": "1/2", "mean": "5/18", "variance": "44/81"}
UP = {"from": "p", "share": "1/6", "curated": True}
DOWN = {"from": "q", "share": "1/3", "curated": True}


@cache
def pool(other_real_mean="5/18", down_share="1/3"):
    """Two models with the shares and tilts of the shipped example of two user groups."""
    spare = sympy.Rational(1, 3) - sympy.Rational(down_share)
    row = [UP, {**DOWN, "share": down_share}, *([{"from": "q", "share": str(spare)}] if spare else [])]
    document = {
        "name": "pool",
        "users": {"up": {"reward": "x", "strength": "1/2"}, "down": {"reward": "-x", "strength": "2/3"}},
        "models": {
            "p": {"family": "gaussian", "users": "up", "real": REAL, "reads": row},
            "q": {
                "family": "gaussian", "users": "down", "reads": row,
                "real": {**REAL, "mean": other_real_mean},
            },
        },
    }  # fmt: skip
    return analyze(from_text(json.dumps(document), FileFormat.JSON).ecosystem, Budget())


def near(ball, number):
    exact = sympy.Rational(number)
    with ctx.workprec(200):
        return abs(ball - arb(fmpq(int(exact.p), int(exact.q)))) < arb("1e-20")


def test_every_model_of_the_pool_moves_as_the_one_model_does():
    found = {(i.knob, i.on): i.total for i in pool().reached.influence if i.knob == "users.up.strength"}
    assert near(found["users.up.strength", "p"], "-1/7")
    # q's users want −x: what lowers its mean raises its alignment
    assert near(found["users.up.strength", "q"], "1/7")


def test_the_pool_is_as_stable_as_the_one_model():
    radius = pool().reached.equilibrium.spectral_radius
    assert near(radius.lower, "26/27")
    assert near(radius.upper, "26/27")


@pytest.mark.parametrize("n", [2, 3])
def test_the_encoded_update_is_the_mixture_s_and_its_jacobian_that_of_finite_differences(n):
    model = SharedPool(n)
    groups = model.groups
    shares, tilts, law = [0.1, 0.25, 0.15][:n], [0.5, -0.6, 0.2][:n], (0.3, 1.2)
    a, spread = 1 - sum(shares), 1e-6
    real_mean = law[0] - sum(w * t for w, t in zip(shares, tilts, strict=True)) * law[1] / a

    def step(state):
        made = [(w, m + t * v, v) for w, t, m, v in zip(shares, tilts, state[::2], state[1::2], strict=True)]
        parts = [(a, real_mean, 0.7), *made]
        mean = sum(w * m for w, m, _ in parts)
        return np.array([mean, sum(w * (v + (m - mean) ** 2) for w, m, v in parts)] * n)

    values = dict(zip((*groups.shares, *groups.tilts, *groups.state), (*shares, *tilts, *law), strict=True))
    jacobian = np.array(model.jacobian.subs(values).tolist(), dtype=float)
    place = np.array(law * n)
    for k in range(2 * n):
        shift = np.eye(2 * n)[k] * spread
        slope = (step(place + shift) - step(place - shift)) / (2 * spread)
        assert np.allclose(jacobian[:, k], slope, atol=1e-7)


def test_the_pool_meets_the_criterion_by_the_one_model_s_margin():
    found = registry.condition("gaussian.shared-pool")(pool())
    assert found.holds is Holds.YES
    assert near(found.margin.lower, "1/54")


def test_without_enough_opposition_nobody_backfires():
    found = registry.condition("gaussian.shared-pool")(pool(down_share="1/12"))
    assert found.holds is Holds.NO


def test_other_real_data_are_another_row():
    found = registry.condition("gaussian.shared-pool")(pool(other_real_mean="1/3"))
    assert found.holds is Holds.NOT_APPLICABLE
