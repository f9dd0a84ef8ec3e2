"""No equilibrium, unit eigenvalues, folds, boundaries, divergence: each gets an honest verdict."""

from __future__ import annotations

import pytest
import sympy
from flint import fmpq
from strategies.small_ecosystems import (
    MISSED,
    ecosystem,
    locations,
    one_categorical,
    one_exponential,
    one_gaussian,
    one_location,
)

from theory.budget import Budget
from theory.equilibrium.result import Existence, Reached, Stability, Uniqueness
from theory.equilibrium.solve import solve
from theory.update_map import derive


def solved(made, **budget):
    return solve(derive(made), Budget(digits=30, **budget).started())


def test_gaussian_below_blow_up_is_reached_and_beyond_it_diverges():
    below, beyond = solved(one_gaussian(strength="1/3")), solved(one_gaussian(strength="3/4"))
    assert below.reached_detail is Reached.CONVERGED
    assert [e.stability for e in below.found] == [Stability.STABLE, Stability.UNSTABLE]
    assert (beyond.found, beyond.complete, beyond.reached) == ((), True, None)
    assert beyond.reached_detail is Reached.DIVERGES


def test_gaussian_without_real_data_or_variance_growth_diverges():
    text = """
name = "pure curation"
[users.u]
reward = "x"
[models.m]
family = "gaussian"
users = "u"
start = { mean = 0, variance = 1 }
reads = [{ from = "m", share = 1, curated = true }]
"""
    assert solved(ecosystem(text)).reached_detail is Reached.DIVERGES


def test_tilt_beyond_the_fold_leaves_the_domain():
    found = solved(one_exponential(strength="1/3"))
    assert (found.found, found.complete) == ((), True)
    assert found.reached_detail is Reached.LEAVES_DOMAIN
    assert "round" in found.detail


def test_exactly_at_the_fold_the_double_root_is_found_and_stability_is_undecided():
    found = solved(one_exponential(strength="1/3", real="3/4"))
    (double,) = found.found
    assert (double.exact, double.stability) == ((fmpq(3, 2),), Stability.UNDECIDED)
    assert (double.spectral_radius.lower, double.spectral_radius.upper) == (1, 1)
    assert double.uniqueness is Uniqueness.GLOBAL
    assert found.reached == 0


def test_an_irrational_fold_stays_undecided():
    found = solved(one_exponential(strength="3 - 2*sqrt(2)"), seconds=4)
    assert not found.complete
    assert found.reached is None
    assert all(e.stability is Stability.UNDECIDED for e in found.found)


@pytest.mark.parametrize(
    ("body", "reached"),
    [
        ("start = { mean = 1 }\nreads = [{ from = 'p', share = 1, curated = true }]", Reached.DIVERGES),
        (
            (
                "real = { share = '1/2', mean = 1 }\n"
                "reads = [{ from = 'p', share = '1/2', channel = { matrix = [[4]] } }]"
            ),
            Reached.DIVERGES,
        ),
        (
            "start = { mean = 1 }\nreads = [{ from = 'p', share = 1, channel = { matrix = [[-1]] } }]",
            Reached.UNDECIDED,
        ),
        (
            "start = { mean = 0 }\nreads = [{ from = 'p', share = 1, channel = { matrix = [[-1]] } }]",
            Reached.CONVERGED,
        ),
    ],
)
def test_affine_orbits_are_decided_exactly(body, reached):
    assert solved(one_location(body)).reached_detail is reached


def test_singular_map_reaches_the_weighted_mean_of_its_start():
    found = solved(locations(shares=(("1/2", "1/2"), ("1/3", "2/3"))))
    (limit,) = found.found
    assert limit.exact == (fmpq(14, 5), fmpq(14, 5))
    assert (found.reached, found.complete) == (0, False)
    assert (limit.uniqueness, limit.stability) == (Uniqueness.UNRESOLVED, Stability.UNDECIDED)
    assert limit.detail == "the spectral radius is exactly 1"


def test_grounded_locations_have_one_global_equilibrium():
    made = locations(shares=(("1/4", "1/4"), ("1/2", 0)), real=("1/2", "1/2"))
    (only,) = solved(made).found
    assert (only.uniqueness, only.stability) == (Uniqueness.GLOBAL, Stability.STABLE)
    p, q = only.exact
    assert (p, q) == (p / 4 + q / 4 + fmpq(1, 2), p / 2 + 2)


@pytest.mark.parametrize("absent", [0, 3])
def test_absent_atoms_stay_absent_exactly(absent):
    chances = ["1/4", "1/4", "1/2"]
    chances.insert(absent, "0")
    body = f"""real = {{ share = "1/2", probabilities = {chances} }}
reads = [{{ from = "p", share = "1/2", curated = true }}]"""
    found = solved(one_categorical(reward=(0, 1, 2, 3), body=body))
    reached = found.found[found.reached]
    assert reached.existence is Existence.CERTIFIED
    assert reached.point[absent].is_zero()
    expected = Stability.STABLE if absent == 0 else Stability.UNSTABLE
    assert reached.stability is expected


def test_pure_curation_concentrates_on_the_best_atom():
    body = """start = { probabilities = ["1/4", "1/4", "1/4", "1/4"] }
reads = [{ from = "p", share = 1, curated = true }]"""
    found = solved(one_categorical(reward=(0, 3, 2, 1), body=body))
    assert found.found[found.reached].exact == (0, 1, 0, 0)
    assert found.found[found.reached].stability is Stability.STABLE


def test_a_tie_at_the_top_is_not_certified():
    body = """start = { probabilities = ["1/4", "1/4", "1/2"] }
reads = [{ from = "p", share = 1, curated = true }]"""
    found = solved(one_categorical(reward=(0, 1, 1), body=body))
    assert found.reached is None
    assert all(e.existence is Existence.UNRESOLVED for e in found.found)


@pytest.mark.parametrize(("start", "reached"), [("0", 0), ("1/2", 1), ("1/100", 1)])
def test_bernoulli_with_real_mean_at_the_boundary_has_two_equilibria(start, reached):
    text = f"""
name = "boundary"
[users.u]
reward = [0, 1]
strength = "log(4)"
[models.p]
family = "bernoulli"
users = "u"
real = {{ share = "1/2", mean = 0 }}
start = {{ mean = "{start}" }}
reads = [{{ from = "p", share = "1/2", curated = true }}]
"""
    found = solved(ecosystem(text))
    assert [e.exact for e in found.found] == [(0,), (fmpq(1, 3),)]
    assert [e.stability for e in found.found] == [Stability.UNSTABLE, Stability.STABLE]
    assert (found.complete, found.reached) == (True, reached)


def test_a_stable_equilibrium_that_iteration_misses_is_not_reported_as_reached():
    made = ecosystem(MISSED)
    update = derive(made)
    there = dict(zip(update.state, (0, 1, 0, fmpq(1, 4)), strict=True))
    image = [update.at_values(g).xreplace({s: _exact(v) for s, v in there.items()}) for g in update.step]
    assert image == [_exact(v) for v in there.values()]
    found = solved(made)
    assert found.reached is None
    assert found.reached_detail is not Reached.CONVERGED


def test_a_spent_budget_is_a_verdict():
    found = solve(derive(ecosystem(MISSED)), Budget(digits=30, seconds=-1.0).started())
    assert (found.reached, found.reached_detail) == (None, Reached.UNDECIDED)
    assert "time limit" in found.detail


def _exact(value):
    value = fmpq(value)
    return sympy.Rational(int(value.p), int(value.q))


@pytest.mark.parametrize("strength", ["1", "2"])
def test_a_start_at_or_beyond_the_pole_of_the_tilt_leaves_the_domain_at_once(strength):
    found = solved(one_exponential(strength=strength, real="99/100"))
    assert found.reached_detail is Reached.LEAVES_DOMAIN
    assert "round 0" in found.detail


@pytest.mark.slow
@pytest.mark.parametrize("family", ["exponential", "gaussian"])
def test_a_producer_that_settles_at_the_pole_of_its_readers_tilt_leaves_no_equilibrium(family):
    variance = ", variance = 1" if family == "gaussian" else ""
    found = solved(
        ecosystem(f"""
name = "pole downstream"
[users.u]
reward = "x"
[models.p]
family = "exponential"
users = "u"
start = {{ mean = "1/2" }}
real = {{ share = "1/2", mean = 1 }}
reads = [{{ from = "p", share = "1/2" }}]
[models.q]
family = "{family}"
real = {{ share = "1/2", mean = 1{variance} }}
reads = [{{ from = "p", share = "1/2", curated = true }}]
""")
    )
    assert (found.found, found.complete, found.reached) == ((), True, None)
