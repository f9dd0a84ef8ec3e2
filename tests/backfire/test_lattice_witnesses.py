"""Known lattice ecosystems, analysed from their files."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner
from flint import arb, ctx, fmpq

from backfire.command import backfire

MISSPECIFIED = """
users.u = { reward = [0, 2, 1], strength = "2*log(2)" }
[models.p]
family = "lattice"
support = [0, 1, 2]
users = "u"
real = { share = "1/2", mean = "6/7" }
reads = [{ from = "p", share = "1/2", curated = true }]
"""
OPPOSED = """
users.up = { reward = "x", strength = "4*log(2)" }
users.down = { reward = "-x", strength = "4*log(2)" }
[models.p]
family = "lattice"
support = [-1, 0, 1]
weights = [1, 18, 1]
users = "up"
real = { share = "1/2", mean = 0 }
start = { mean = "1/5" }
reads = [
  { from = "p", share = "1/4", curated = true },
  { from = "p", share = "1/4", curated = true, by = "down" },
]
"""


def analysed(text, folder):
    file = folder / "lattice.toml"
    file.write_text(text, encoding="utf-8")
    done = CliRunner().invoke(backfire, ["analyze", str(file), "--json"])
    assert done.exit_code == 0
    return json.loads(done.stdout)


def assert_encloses(found, exact):
    with ctx.workprec(200):
        ball = arb(found["mid"], arb(found["rad"]))
        assert ball.overlaps(exact)
        assert ball.rad() < arb("1e-28")


def test_a_reward_outside_the_span_backfires_as_known(tmp_path):
    analysis = analysed(MISSPECIFIED, tmp_path)
    (equilibrium,) = analysis["equilibria"]
    influence = equilibrium["influence"][0]
    assert_encloses(influence["total"], arb(fmpq(-2, 123)))
    assert_encloses(influence["direct"], arb(fmpq(-2, 147)))
    safe = [c["holds"] for c in analysis["conditions"] if c["claim"].startswith("safe.")]
    assert safe
    assert set(safe) == {"not applicable"}


@pytest.mark.parametrize("side", [1, -1])
def test_opposed_groups_keep_one_of_two_means(side, tmp_path):
    text = OPPOSED.replace('mean = "1/5"', f'mean = "{side}/5"')
    (equilibrium,) = analysed(text, tmp_path)["equilibria"]
    assert equilibrium["stability"] == "stable"
    assert_encloses(
        equilibrium["point"]["p.mean"], side * arb("0.13106663454547701255812478645301 +/- 1e-31")
    )
