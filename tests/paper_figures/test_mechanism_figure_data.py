"""What the mechanism's figure plots, against an implementation in plain NumPy."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from oracles.gaussian_mechanism import float_mechanism

from paper_figures.figures.gaussian_mechanism import data
from paper_figures.progress import silent
from theory.budget import Budget

FINITE_SAMPLE_SERIES = [("c", f"n = {n}") for n in (4, 12, 64)] + [("d", f"n = {n}") for n in (4, 12, 64)]


@pytest.fixture(scope="module")
def plotted():
    return data(Budget(digits=30, seed=0), silent)


@pytest.fixture(scope="module")
def plain():
    return float_mechanism()


def test_influence_curves_agree_with_plain_numpy(plotted, plain):
    for index, name in enumerate(("dJ_p/dλ", "dJ_q/dλ")):
        series = plotted.find("b", name)
        assert (series["t"][0], series["t"][-1]) == (0.05, 1.0)
        for t, value in list(zip(series["t"], series["value"], strict=True))[::38]:
            assert value == pytest.approx(plain.influences(t, 0.4)[index], abs=1e-9)


@pytest.mark.parametrize("name", ["dJ_p/dλ", "dJ_q/dλ"])
def test_theorem_lies_on_the_explicit_curve(plotted, plain, name):
    theorem = plotted.find("b", f"{name} by the theorem")
    index = ("dJ_p/dλ", "dJ_q/dλ").index(name)
    assert len(theorem["t"]) == 18
    for t, value in zip(theorem["t"], theorem["value"], strict=True):
        assert value == pytest.approx(plain.influences(t, 0.4)[index], abs=1e-9)


def test_crossing_is_narrow_and_where_the_curve_changes_sign(plotted):
    facts = dict(plotted.facts)
    lower, upper = Fraction(facts["q_zero_lower"]), Fraction(facts["q_zero_upper"])
    assert 0 < upper - lower <= Fraction(1, 10**20)
    assert Fraction("0.86215275208239") < lower < upper < Fraction("0.86215275208240")
    series = plotted.find("b", "dJ_q/dλ")
    assert ((series["value"] > 0) == (series["t"] < float(lower))).all()


def test_proxies_stay_positive_where_the_influence_inverts(plotted):
    proxy, influence = plotted.find("a", "cos(∇J_q, Aa)"), plotted.find("b", "dJ_q/dλ")
    inverted = influence["value"] < 0
    assert inverted.any()
    assert (proxy["value"][inverted] > 0.19).all()


def test_contributions_add_up_to_the_linear_part(plotted, plain):
    inverse = np.linalg.inv(np.eye(24) - plain.channel(0.9))
    push = plain.channel(0.9) @ plain.pull
    for panel, taste, vector in (("e", plain.p_taste, plain.pull), ("f", plain.q_taste, push)):
        raw, distorted = plotted.find(panel, "raw"), plotted.find(panel, "distorted")
        assert list(raw["block"]) == list(range(1, 13))
        np.testing.assert_allclose(raw["value"], (taste * vector).reshape(12, 2).sum(axis=1), atol=1e-12)
        blocks = (taste * (inverse @ vector)).reshape(12, 2).sum(axis=1)
        np.testing.assert_allclose(distorted["value"], blocks, atol=1e-12)


@pytest.mark.parametrize("t", [0.2, 0.9])
def test_alignment_curves_agree_with_plain_numpy(plotted, plain, t):
    for index, panel in enumerate("gh"):
        series = plotted.find(panel, f"exact, t = {t}")
        assert (series["share"][0], series["share"][-1]) == (0.0, 0.8)
        for share, value in list(zip(series["share"], series["value"], strict=True))[::40]:
            assert value == pytest.approx(plain.alignments(t, share)[index], abs=1e-12)


@pytest.mark.parametrize(("panel", "name"), FINITE_SAMPLE_SERIES)
def test_finite_sample_bands_surround_their_means(plotted, panel, name):
    series = plotted.find(panel, name)
    assert len(series["t"]) == 18
    assert (series["lower"] < series["mean"]).all()
    assert (series["mean"] < series["upper"]).all()


@pytest.mark.slow
@pytest.mark.parametrize("panel", ["c", "d"])
def test_bands_narrow_as_the_sample_grows(plotted, panel):
    widths = [
        np.mean(plotted.find(panel, f"n = {n}")["upper"] - plotted.find(panel, f"n = {n}")["lower"])
        for n in (4, 12, 64)
    ]
    assert widths[0] > widths[1] > widths[2] > 0


def test_the_seed_alone_moves_the_finite_samples(plotted):
    other = data(Budget(digits=30, seed=1), silent)
    same = data(Budget(digits=30, seed=0), silent)
    assert same == plotted
    for mine, theirs in zip(plotted.series, other.series, strict=True):
        assert (mine == theirs) is not mine.name.startswith("n = ")


def test_facts_of_the_table_are_balls_about_the_curve(plotted):
    facts = dict(plotted.facts)
    assert facts["dJ_q/dλ at t = 0.9"].startswith("[-0.87731955768853477027")
    assert facts["dJ_p/dλ at t = 1.0"].startswith("[1.2000141926477813256")
