"""Gaussians that tilt along one direction: where means or variances grow for ever, and where they do not."""

from __future__ import annotations

import mpmath
import pytest
import sympy
from flint import arb
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies.small_ecosystems import ecosystem, one_gaussian

from theory.budget import Budget
from theory.equilibrium.orbits.gaussian_network import SpreadingVariances, growing_variances
from theory.equilibrium.problem import problem_of
from theory.equilibrium.result import Reached
from theory.equilibrium.solve import solve
from theory.update_map import derive

BITS = 256


def solved(made):
    return solve(derive(made), Budget(digits=20).started())


def gaussians(strength, *, shares=("1/2", "1/2"), tail=""):
    return ecosystem(f"""
name = "gaussians"
[users.u]
reward = "x"
strength = "{strength}"
[models.p]
family = "gaussian"
users = "u"
real = {{ share = "{shares[0]}", mean = 0, variance = 1 }}
reads = [{{ from = "q", share = "1 - {shares[0]}", curated = true }}]
[models.q]
family = "gaussian"
users = "u"
real = {{ share = "{shares[1]}", mean = 0, variance = 1 }}
reads = [{{ from = "p", share = "1 - {shares[1]}", curated = true }}]
{tail}
""")


@pytest.mark.parametrize(
    ("strength", "reached"), [("35/100", Reached.CONVERGED), ("36/100", Reached.DIVERGES)]
)
def test_two_gaussians_that_read_each_other_blow_up_where_one_would(strength, reached):
    """a = w = 1/2, V = 1: β* = a/(2√w) = 0.35355…"""
    assert solved(gaussians(strength)).reached_detail is reached


@settings(max_examples=20)
@given(data=st.data())
def test_what_is_in_a_gaussian_trap_stays_there_and_its_least_variance_grows(data):
    shares = [data.draw(st.sampled_from(["1/3", "1/2", "4/5"])) for _ in range(2)]
    strength = data.draw(st.sampled_from(["-1", "1/2", "2"]))
    made = gaussians(strength.lstrip("-"), shares=shares)
    update = derive(made)
    (trap,) = growing_variances(problem_of(update), BITS)
    at = [sympy.Rational(data.draw(st.integers(0, 40)), 8) for _ in range(4)]
    state = dict(zip(update.coordinates, at, strict=True))
    if not trap.entered(balls(state.values())):
        return
    after = {s: update.at_values(g).xreplace(state) for s, g in zip(update.state, update.step, strict=True)}
    assert trap.entered(balls(after.values()))
    gain = min(sympy.Rational(a) for a in shares)
    variances = [s for s in state if s.name.endswith("variance")]
    assert min(after[s] for s in variances) >= min(state[s] for s in variances) + gain


def balls(values):
    return tuple(arb(int(v.p)) / int(v.q) for v in values)


@pytest.mark.parametrize(
    ("rewards", "proved"), [(("x", "2*x"), True), (("-x", "-x"), True), (("x", "-x"), False)]
)
def test_gaussians_without_real_data_drift_when_all_tilts_are_one_way(rewards, proved):
    text = f"""
name = "no real data"
[users.a]
reward = "{rewards[0]}"
[users.b]
reward = "{rewards[1]}"
[models.p]
family = "gaussian"
users = "a"
start = {{ mean = 1, variance = 1 }}
reads = [{{ from = "q", share = 1, curated = true }}]
[models.q]
family = "gaussian"
users = "b"
start = {{ mean = 0, variance = 2 }}
reads = [{{ from = "p", share = "1/2", curated = true }}, {{ from = "q", share = "1/2" }}]
"""
    update = derive(ecosystem(text))
    traps = growing_variances(problem_of(update), BITS)
    assert bool(traps) is proved
    if proved:
        assert solve(update, Budget(digits=20).started()).reached_detail is Reached.DIVERGES


def test_tilts_in_opposite_directions_prove_nothing():
    tail = gaussians("1")
    text = """
name = "opposed"
[users.a]
reward = "x"
[users.b]
reward = "-x"
[models.p]
family = "gaussian"
users = "a"
real = { share = "1/2", mean = 0, variance = 1 }
reads = [{ from = "q", share = "1/2", curated = true }]
[models.q]
family = "gaussian"
users = "b"
real = { share = "1/2", mean = 0, variance = 1 }
reads = [{ from = "p", share = "1/2", curated = true }]
"""
    assert len(growing_variances(problem_of(derive(tail)), BITS)) == 1
    assert growing_variances(problem_of(derive(ecosystem(text))), BITS) == ()


@pytest.mark.parametrize(
    ("strength", "reached"), [("327/1000", Reached.CONVERGED), ("328/1000", Reached.DIVERGES)]
)
def test_a_covariance_blows_up_along_the_reward(strength, reached):
    """Along u = (1, −1/2) real data have variance 7/6: β* = a/(2√(wV)) = 0.3273…"""
    found = solved(
        ecosystem(f"""
name = "plane"
[users.u]
reward = "x1 - x2/2"
strength = "{strength}"
[models.p]
family = "gaussian-covariance"
dimension = 2
users = "u"
real = {{ share = "1/2", mean = [0, 0], covariance = [[1, "1/3"], ["1/3", 2]] }}
reads = [{{ from = "p", share = "1/2", curated = true }}]
""")
    )
    assert found.reached_detail is reached


def test_divergence_agrees_with_sixty_digit_iteration():
    with mpmath.workdps(60):
        m, v = mpmath.mpf(0), mpmath.mpf(1)
        for _ in range(120):
            made = m + mpmath.mpf("0.36") * v
            m, v = made / 2, (1 + v) / 2 + made**2 / 4
        assert v > 1000
    assert solved(one_gaussian(strength="36/100")).reached_detail is Reached.DIVERGES


def divided(strength, *, real="1/2"):
    """One Gaussian whose users are of two minds, half of them liking x, half −x: only the variance moves."""
    return ecosystem(f"""
name = "divided"
[users.u]
reward = "x"
strength = "{strength}"
adversary = {{ share = "1/2", reward = "-x", strength = "{strength}" }}
[models.m]
family = "gaussian"
users = "u"
real = {{ share = "{real}", mean = 0, variance = 1 }}
reads = [{{ from = "m", share = "1 - {real}", curated = true }}]
""")


@pytest.mark.parametrize(
    ("strength", "reached"), [("49/100", Reached.CONVERGED), ("51/100", Reached.DIVERGES)]
)
def test_people_of_two_minds_spread_a_gaussian_without_bound_past_their_threshold(strength, reached):
    """v = aV + wv + wβ²v² has a solution iff β² ≤ a/(4wV): β ≤ 1/2 for a = w = 1/2, V = 1."""
    assert solved(divided(strength)).reached_detail is reached


@settings(max_examples=15)
@given(data=st.data())
def test_what_is_in_the_trap_of_disagreement_stays_there_and_grows(data):
    share = data.draw(st.sampled_from(["1/4", "1/2", "5/6"]))
    update = derive(divided(data.draw(st.sampled_from(["1/2", "2"])), real=share))
    (trap,) = (t for t in growing_variances(problem_of(update), BITS) if isinstance(t, SpreadingVariances))
    at = dict(
        zip(update.state, (sympy.S.Zero, sympy.Rational(data.draw(st.integers(1, 80)), 8)), strict=True)
    )
    if not trap.entered(balls(at.values())):
        return
    after = [update.at_values(g).xreplace(at) for g in update.step]
    assert trap.entered(balls(after))
    assert after[1] >= at[update.state[1]] + sympy.Rational(share)
