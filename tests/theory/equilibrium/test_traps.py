"""Growth without bound: proved where iteration outgrows everything, never where it settles."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies.small_ecosystems import ecosystem, one_exponential

from theory.budget import Budget
from theory.equilibrium.orbits.growth import growing_groups
from theory.equilibrium.orbits.traps import traps_of
from theory.equilibrium.problem import problem_of
from theory.equilibrium.result import Reached
from theory.equilibrium.solve import solve
from theory.update_map import derive

BITS = 256


def solved(made):
    return solve(derive(made), Budget(digits=20).started())


def counts(strength, *, real=("1/2", "1/2"), reads=("q", "p"), mean=1):
    """Two Poisson models, each with one curated stream from `reads`."""
    models = "".join(
        f"""[models.{name}]
family = "poisson"
users = "u"
start = {{ mean = 1 }}
real = {{ share = "{share}", mean = {mean} }}
reads = [{{ from = "{source}", share = "1 - {share}", curated = true }}]
"""
        for name, share, source in zip("pq", real, reads, strict=True)
    )
    return ecosystem(f'name = "counts"\n[users.u]\nreward = "x"\nstrength = "{strength}"\n{models}')


@pytest.mark.parametrize("reads", [("q", "p"), ("p", "p"), ("p", "q")])
def test_poisson_means_converge_below_log_two_and_grow_from_there_on(reads):
    """Half of the data is the other's (or its own) output times e^β: ρ = e^β/2."""
    below = solved(counts("69/100", reads=reads))
    assert below.reached_detail is Reached.CONVERGED
    for strength in ("log(2)", "7/10", "2"):
        beyond = solved(counts(strength, reads=reads))
        assert (beyond.found, beyond.complete) == ((), True)
        assert beyond.reached_detail is Reached.DIVERGES
        assert "convergence needs it < 1" in beyond.detail


def test_a_loop_of_gain_one_that_nothing_feeds_is_not_said_to_grow():
    made = counts("0", real=("0", "0"), reads=("p", "p"))
    assert growing_groups(problem_of(derive(made)), BITS) == ()
    assert solved(made).reached_detail is Reached.CONVERGED


def test_a_loop_of_gain_one_is_said_to_grow_when_what_it_reads_is_fed():
    text = """
name = "fed from upstream"
[models.p]
family = "poisson"
real = { share = "1/2", mean = 1 }
reads = [{ from = "p", share = "1/2" }]
[users.u]
reward = "x"
strength = "log(2)"
[models.q]
family = "poisson"
users = "u"
start = { mean = 1 }
reads = [{ from = "q", share = "1/2", curated = true }, { from = "p", share = "1/2" }]
"""
    found = solved(ecosystem(text))
    assert found.reached_detail is Reached.DIVERGES
    assert "q.mean grows" in found.detail


@pytest.mark.parametrize(("reward", "goes"), [("x", 1), ("-x", -1)])
def test_an_irrational_drift_without_real_data_is_unbounded_either_way(reward, goes):
    text = f"""
name = "drift"
[users.u]
reward = "{reward}"
strength = "sqrt(2)"
[models.p]
family = "gaussian-location"
variance = 1
users = "u"
start = {{ mean = "-1/2" }}
reads = [{{ from = "p", share = 1, curated = true }}]
"""
    (group,) = growing_groups(problem_of(derive(ecosystem(text))), BITS)
    assert group.sign == goes
    assert solved(ecosystem(text)).reached_detail is Reached.DIVERGES


@settings(max_examples=30)
@given(data=st.data(), n=st.integers(1, 4))
def test_growth_is_proved_exactly_where_the_spectral_radius_exceeds_one(data, n):
    shares = [[data.draw(st.integers(0, 3)) for _ in range(n)] for _ in range(n)]
    scale = data.draw(st.integers(1, 8))
    names = "abcd"[:n]
    models = ""
    for i in range(n):
        total = sum(shares[i]) + 1
        reads = ", ".join(
            f'{{ from = "{names[j]}", share = "{shares[i][j]}/{total}", curated = true }}'
            for j in range(n)
            if shares[i][j]
        )
        models += f'[models.{names[i]}]\nfamily = "poisson"\nusers = "u"\n'
        models += f'real = {{ share = "1/{total}", mean = 1 }}\nreads = [{reads}]\n'
    made = ecosystem(f'name = "n"\n[users.u]\nreward = "x"\nstrength = "{scale}/8"\n{models}')
    matrix = np.array([[w / (sum(row) + 1) for w in row] for row in shares]) * np.exp(scale / 8)
    radius = max(abs(np.linalg.eigvals(matrix)))
    groups = growing_groups(problem_of(derive(made)), BITS)
    if abs(radius - 1) > 1e-6:
        assert bool(groups) is bool(radius > 1)
    assert all(float(g.factor) <= radius + 1e-9 for g in groups)


def test_a_choice_that_may_cease_to_exist_downstream_keeps_growth_from_being_the_verdict():
    tail = """
[models.r]
family = "exponential"
users = "u"
real = { share = "1/2", mean = "1/10" }
reads = [{ from = "p", share = "1/4" }, { from = "r", share = "1/4", curated = true }]
"""
    text = """
name = "counts upstream"
[users.u]
reward = "x"
strength = "1"
[models.p]
family = "poisson"
users = "u"
real = { share = "1/2", mean = 1 }
reads = [{ from = "p", share = "1/2", curated = true }]
"""
    update = derive(ecosystem(text + tail))
    assert traps_of(update, problem_of(update), BITS) == ()
    assert solve(update, Budget(digits=20).started()).reached_detail is Reached.LEAVES_DOMAIN


def test_what_fails_is_named_with_its_round_its_users_and_its_value():
    text = """
name = "quadratic"
[users.keen]
reward = "x**2"
strength = "3/10"
[models.m]
family = "gaussian"
users = "keen"
real = {{ share = "1/2", mean = 0, variance = {variance} }}
reads = [{{ from = "m", share = "1/2", curated = true }}]
"""
    later = solved(ecosystem(text.format(variance=1)))
    assert later.reached_detail is Reached.LEAVES_DOMAIN
    assert later.detail == (
        "what keen would keep of m cannot be normalised in round 1:"
        " 1 - 3*m.variance/5 > 0 fails, it is about -0.0500000"
    )
    at_once = solved(ecosystem(text.format(variance=2)))
    assert "cannot be normalised at the start (round 0): 1 - 3*m.variance/5 > 0" in at_once.detail
    exactly = solved(ecosystem(text.format(variance='"5/3"')))
    assert "at the start (round 0): 1 - 3*m.variance/5 > 0 fails, it is exactly 0" in exactly.detail
    inside = solved(ecosystem(text.format(variance='"1/4"')))
    assert inside.reached_detail is Reached.CONVERGED
    assert "what u would keep of m" in solved(one_exponential(strength="1/3")).detail
