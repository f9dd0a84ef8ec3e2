"""Folds and the pitchfork against direct iteration and sums over the laws themselves, at 60 digits."""

from __future__ import annotations

import json

import mpmath
import pytest
import sympy
from mpmath import mpf

from proofs_check import registry
from proofs_check.conditions.ecosystem_condition import Holds
from proofs_check.encoding.three_points import OpposedGroups, mean
from theory.analysis import analyze
from theory.budget import Budget
from theory.ecosystem_file import from_text
from theory.ecosystem_file.documents import FileFormat

DIGITS = 60


@pytest.fixture(autouse=True)
def _sixty_digits():
    with mpmath.workdps(DIGITS):
        yield


def gamma_bound(a):
    root = mpmath.sqrt(1 - a)
    return (1 - root) / (1 + root)


def gamma_surplus(a, m, strength, shape):
    """Least value of G(μ) − μ over the means with a defined tilt, at the zero of its derivative."""

    def surplus(mu):
        return a * m + (1 - a) * shape * mu / (shape - strength * mu) - mu

    best = mpmath.findroot(lambda mu: mpmath.diff(surplus, mu), (m, m * mpf("1.01")))
    assert 0 < best < shape / strength
    return surplus(best)


@pytest.mark.parametrize(("a", "m", "shape"), [("0.3", "2", "1"), ("0.8", "0.4", "2.5"), ("0.5", "1", "7")])
def test_the_gamma_fold_is_where_the_least_surplus_changes_sign(a, m, shape):
    a, m, shape = mpf(a), mpf(m), mpf(shape)
    fold = gamma_bound(a) * shape / m
    step = mpf(10) ** -20
    assert gamma_surplus(a, m, fold * (1 - step), shape) < 0 < gamma_surplus(a, m, fold * (1 + step), shape)


def geometric_tilted(mu, weight):
    """Mean of the law with odds z = μ/(1 + μ) tilted by E, summed term by term."""
    z = weight * mu / (1 + mu)
    total = mpmath.nsum(lambda k: z**k, [0, mpmath.inf])
    return mpmath.nsum(lambda k: k * z**k, [0, mpmath.inf]) / total


@pytest.mark.parametrize(("a", "m"), [("0.3", "2"), ("0.8", "0.4")])
def test_the_geometric_fold_is_where_iteration_from_the_real_data_stops_to_converge(a, m):
    a, m = mpf(a), mpf(m)
    roots = mpmath.sqrt(m) + mpmath.sqrt((1 - a) * (1 + m))
    for part, ends in ((mpf("0.98"), True), (mpf("1.02"), False)):
        weight, mu = 1 + part * a / roots**2, m
        for _ in range(3000):
            room = 1 + mu - weight * mu
            if room <= 0:
                break
            mu = a * m + (1 - a) * weight * mu / room
        assert (room > 0) is ends
        if ends:
            with mpmath.workdps(20):
                assert abs(a * m + (1 - a) * geometric_tilted(mu, weight) - mu) < mpf(10) ** -12


def test_the_fold_at_one_half_is_three_minus_two_roots_of_two():
    s = sympy.sqrt(sympy.Rational(1, 2))
    assert sympy.expand(sympy.radsimp((1 - s) / (1 + s))) == 3 - 2 * sympy.sqrt(2)


def alone(strength, family="exponential", key="mean", reward="x", users=(), **settings):
    """One model of real mean 1 and share 1/2, the rest its own curated output."""
    document = {
        "name": "test",
        "users": {"u": {"reward": reward, "strength": strength, **dict(users)}},
        "models": {
            "m": {
                "family": family, **settings, "users": "u", "real": {"share": "1/2", key: 1},
                "reads": [{"from": "m", "share": "1/2", "curated": True}],
            }
        },
    }  # fmt: skip
    return analyze(from_text(json.dumps(document), FileFormat.JSON).ecosystem, Budget())


# Thresholds at a = 1/2, m = 1: k(3 − 2√2) with k = 1, 3 and 1/2, then log(9/8) and log 2.
FOLDS = [
    ({}, "0.17157", "0.17158"),
    ({"family": "gamma", "shape": 3}, "0.51471", "0.51472"),
    ({"family": "gaussian-scale", "key": "variance", "reward": "x**2"}, "0.08578", "0.08579"),
    ({"family": "geometric"}, "0.11778", "0.11779"),
    ({"family": "poisson"}, "0.69314", "0.69315"),
]


@pytest.mark.parametrize(("settings", "below", "above"), FOLDS)
def test_the_condition_turns_at_the_fold(settings, below, above):
    for strength, holds in ((below, Holds.YES), (above, Holds.NO)):
        found = registry.condition("scalar.folds")(alone(str(sympy.Rational(strength)), **settings))
        assert found.claim == "scalar.folds"
        assert found.holds is holds
        assert abs(found.margin.lower) < 2e-5


def test_a_noisy_crowd_is_not_one_tilt():
    found = registry.condition("scalar.folds")(alone("1/9", users={"noise": "1/2"}))
    assert found.holds is Holds.NOT_APPLICABLE


def three_point_round(mu, middle, weight, a):
    """One round from mean μ: solve for θ, tilt both ways, mix, all with the three probabilities."""
    # (1 − μ)z² − Bμz − (1 + μ) = 0
    z = (middle * mu + mpmath.sqrt(middle**2 * mu**2 + 4 * (1 - mu**2))) / (2 * (1 - mu))
    means = []
    for tilt in (weight, 1 / weight):
        law = [1 / (z * tilt), middle, z * tilt]
        means.append((law[2] - law[0]) / sum(law))
    return (1 - a) * sum(means) / 2


def settled(mu, middle, weight, a, rounds=1500):
    for _ in range(rounds):
        mu = three_point_round(mu, middle, weight, a)
    return mu


@pytest.mark.parametrize("start", ["0.02", "-0.02", "0.9"])
def test_opposed_groups_settle_on_the_published_means(start):
    found = settled(mpf(start), mpf(18), mpf(16), mpf("0.5"))
    target = mpf("0.13106663454547701255812478645301") * mpmath.sign(mpf(start))
    assert abs(found - target) < mpf(10) ** -31


@pytest.mark.parametrize("share", ["0.55", "0.7"])
def test_the_slope_at_the_middle_by_differences_and_the_split_it_decides(share):
    middle, weight, a = mpf(18), mpf(16), mpf(share)
    cosh = (weight + 1 / weight) / 2
    slope = (1 - a) * (2 + middle * cosh) * (2 + middle) / (2 * cosh + middle) ** 2
    width = mpf(10) ** -20
    difference = three_point_round(width, middle, weight, a) / width
    assert abs(difference - slope) < mpf(10) ** -30
    end = settled(mpf("0.05"), middle, weight, a)
    assert (abs(end) > mpf("1e-3")) is bool(slope > 1)


def test_the_encoded_round_is_the_round_of_the_three_probabilities():
    model = OpposedGroups(sympy.Integer(18), sympy.Integer(16), sympy.Rational(1, 2))
    z = sympy.Rational(5, 3)
    here = mpf(sympy.N(mean(z, 18), DIGITS))
    assert (
        abs(mpf(sympy.N(model.refitted(z), DIGITS)) - three_point_round(here, 18, 16, mpf("0.5")))
        < mpf(10) ** -50
    )
    width = mpf(10) ** -25
    ahead, behind = (three_point_round(here + d, 18, 16, mpf("0.5")) for d in (width, -width))
    assert abs((ahead - behind) / (2 * width) - mpf(sympy.N(model.slope(z), DIGITS))) < mpf(10) ** -25
