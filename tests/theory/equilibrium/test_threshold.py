"""The strength at which convergence ends, against closed forms; both ends are proved by themselves."""

from __future__ import annotations

from fractions import Fraction

import pytest
from flint import fmpq
from hypothesis import given
from hypothesis import strategies as st
from strategies.small_ecosystems import ecosystem, one_exponential, one_gaussian

from theory.budget import Budget
from theory.equilibrium.result import Reached
from theory.equilibrium.solve import solve
from theory.equilibrium.threshold import decimal, thresholds
from theory.update_map import derive

POISSONS = """
name = "two loops of their own"
[users.a]
reward = "x"
strength = "1"
[users.b]
reward = "x"
strength = "2"
[models.p]
family = "poisson"
users = "a"
real = { share = "1/2", mean = 1 }
reads = [{ from = "p", share = "1/2", curated = true }]
[models.q]
family = "poisson"
users = "b"
real = { share = "1/2", mean = 1 }
reads = [{ from = "q", share = "1/2", curated = true }]
"""


def found_for(made, seconds=60.0):
    update = derive(made)
    budget = Budget(digits=20, seconds=seconds).started()
    return thresholds(update, solve(update, Budget(digits=20).started()), budget)


def encloses(threshold, value):
    return float(threshold.converges) < value < float(threshold.fails) <= 1.001 * float(threshold.converges)


def test_exponential_fold_is_enclosed():
    (found,) = found_for(one_exponential(strength="1/3"))
    assert found.knob == "users.u.strength"
    assert found.failure is Reached.LEAVES_DOMAIN
    assert encloses(found, 3 - 2 * 2**0.5)
    assert found.sentence.startswith(
        "with the rest unchanged, iteration is proved to converge at users.u.stre"
    )


@pytest.mark.slow
def test_gaussian_blow_up_is_enclosed():
    (found,) = found_for(one_gaussian(strength="3/4"))
    assert found.failure is Reached.DIVERGES
    assert encloses(found, 2**0.5 / 4)


def test_a_gaussian_that_leaves_at_the_start_is_enclosed_too():
    """v = (1 + v/(1 − 2βv))/2 has a solution with 2βv < 1 iff 2β ≤ 3 − 2√2."""
    text = """
name = "spread"
[users.u]
reward = "x**2"
strength = "2/3"
[models.m]
family = "gaussian"
users = "u"
real = { share = "1/2", mean = 0, variance = 1 }
reads = [{ from = "m", share = "1/2", curated = true }]
"""
    (found,) = found_for(ecosystem(text))
    assert encloses(found, (3 - 2 * 2**0.5) / 2)


def test_where_no_strength_alone_suffices_a_common_factor_does():
    (found,) = found_for(ecosystem(POISSONS))
    assert found.knob is None
    assert encloses(found, 0.6931471805599453 / 2)
    assert "all strengths times a factor" in found.sentence


def test_an_irrational_strength_starts_from_the_decimal_above_it():
    (found,) = found_for(one_exponential(strength="sqrt(2)/7"))
    assert encloses(found, 3 - 2 * 2**0.5)


@pytest.mark.parametrize("strength", ["0", "17/100"])
def test_what_converges_has_no_threshold(strength):
    assert found_for(one_exponential(strength=strength)) == ()


def test_a_spent_budget_gives_none():
    assert found_for(one_exponential(strength="1/3"), seconds=-1.0) == ()


@given(st.integers(-(10**9), 10**9), st.integers(0, 12))
def test_decimals_are_exact(numerator, places):
    value = fmpq(numerator, 10**places)
    assert Fraction(decimal(value)) == Fraction(numerator, 10**places)
