"""Simulations: reproducible, honest about runs that end, precise where variances are small."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import sympy
from strategies.ecosystem_texts import CATEGORICAL, POINTS, alone, ecosystem

from theory.ecosystem import DataRegime
from theory.ecosystem_file import from_text
from theory.errors import InvalidInput
from theory.families.registry import families
from theory.simulation import simulation as module
from theory.simulation.population import population_path
from theory.simulation.simulation import Trial, simulate
from theory.update_map import derive

OWN_SAMPLES = '[models.p]\nfamily = {family}\nstart = {{ {start} }}\nreads = [{{ from = "p", share = 1 }}]'
SMALL = Trial(samples=20, rounds=3, seeds=5)


def read(text):
    return from_text(text).ecosystem


def own_samples(family, start):
    return read(OWN_SAMPLES.format(family=f'"{family}"', start=start))


def assert_follows_population_map(ecosystem, trial):
    simulation = simulate(ecosystem, trial)
    gap = np.abs(simulation.mean() - population_path(derive(ecosystem), trial.rounds))
    assert np.all(gap <= 4 * simulation.standard_error() + 1e-12)


def test_the_same_seed_gives_the_same_paths_and_another_gives_others():
    world = read(ecosystem())
    first, second = (simulate(world, SMALL).paths for _ in range(2))
    assert np.array_equal(first, second)
    assert not np.array_equal(first, simulate(world, replace(SMALL, seed=1)).paths)


def test_gaussians_that_read_each_other_follow_their_population_map():
    assert_follows_population_map(read(ecosystem()), Trial(samples=1000, rounds=3, seeds=100))


def test_blocks_of_any_size_draw_every_sample(monkeypatch):
    monkeypatch.setattr("theory.simulation.training.BLOCK", 7)
    assert_follows_population_map(read(ecosystem()), Trial(samples=50, rounds=1, seeds=100))


@pytest.mark.parametrize("regime", DataRegime)
def test_every_regime_of_data_follows_its_population_map(regime):
    world = replace(read(alone(CATEGORICAL, POINTS, "[1, 0]")), data=regime)
    assert_follows_population_map(world, Trial(samples=1000, rounds=4, seeds=100))


@pytest.mark.parametrize("pool", ["2", "5"])
def test_a_finite_pool_is_the_choice_among_candidates(pool):
    world = read(alone(CATEGORICAL, POINTS, "[2, 0]", more=f"pool = {pool}\nnoise = 0.25"))
    assert_follows_population_map(world, Trial(samples=1000, rounds=2, seeds=200))


def many_atoms(strength):
    """One model on 12 atoms, worth 0, 1, 2, 0, 1, 2, …; half real and uniform, half chosen of three."""
    atoms = ", ".join(f'"a{k}"' for k in range(12))
    family = f'"categorical"\natoms = [{atoms}]'
    probabilities = "probabilities = [" + ", ".join(['"1/12"'] * 12) + "]"
    return read(alone(family, probabilities, str([k % 3 for k in range(12)]), strength, more="pool = 3"))


def test_a_choice_among_many_atoms_follows_its_population_map():
    assert_follows_population_map(many_atoms("1/2"), Trial(samples=1000, rounds=1, seeds=200))


def test_a_choice_of_overwhelming_strength_keeps_a_best_candidate():
    simulation = simulate(many_atoms("2000"), Trial(samples=1000, rounds=1, seeds=200))
    best_of_three = np.array([1, 7, 19]) / 27
    expected = (best_of_three[np.arange(12) % 3] / 4 + 1 / 12) / 2
    assert np.all(np.abs(simulation.mean()[1] - expected) <= 4 * simulation.standard_error()[1])


@pytest.mark.parametrize(
    ("family", "real"),
    [('"gaussian"', "mean = 1, variance = 1"), ('"gaussian-location"\nvariance = 2', "mean = 1")],
)
@pytest.mark.parametrize("reward", ["x - x**4/4", "x/2 + cos(x)", "x**2/8 - x**4/9 + sin(x)*cos(x)"])
def test_a_tilt_outside_the_span_follows_its_population_map(family, real, reward):
    world = read(alone(family, real, f'"{reward}"', "1/2"))
    assert_follows_population_map(world, Trial(samples=400, rounds=1, seeds=100))


@pytest.mark.parametrize(
    ("family", "real", "reward"),
    [
        ('"exponential"', "mean = 2", "x - x**2/4"),
        ('"exponential"', "mean = 1", "2*log(x) - x/3"),
        ('"rayleigh"', "mean_square = 2", "x/2"),
        ('"rayleigh"', "mean_square = 2", "-log(x)/3"),
        ('"poisson"', "mean = 2", "2*x - x**2/4"),
        ('"beta"', "alpha = 2, beta = 3", "4*x - 4*x**2"),
        ('"von-mises"', 'cosine = "1/3", sine = 0', "cos(x)**2 - sin(x)"),
        ('"inverse-gaussian"', "mean = 1, shape = 2", "x - x**2/8"),
    ],
)
def test_a_tilt_outside_the_span_of_any_family_follows_its_population_map(family, real, reward):
    world = read(alone(family, real, f'"{reward}"', "1/2"))
    assert_follows_population_map(world, Trial(samples=2000, rounds=1, seeds=50))


def test_a_tilt_too_far_away_to_be_drawn_ends_the_run(monkeypatch):
    monkeypatch.setattr("theory.simulation.rejection.MOST_TRIES", 3)
    world = read(alone('"gaussian"', "mean = 90, variance = 1", '"-x**4"', "1"))
    assert {d.round for d in simulate(world, SMALL).departures} == {1}


def test_a_pool_of_two_on_a_line_follows_its_population_map():
    world = read(alone('"gaussian"', "mean = 1, variance = 2", more="pool = 2"))
    assert_follows_population_map(world, Trial(samples=400, rounds=2, seeds=100))


def test_a_fit_outside_the_family_ends_a_run_and_says_so():
    simulation = simulate(own_samples("poisson", "mean = 1"), Trial(samples=3, rounds=12, seeds=60))
    assert simulation.departures
    for departure in simulation.departures:
        path = simulation.paths[:, 0, departure.run]
        assert np.all(np.isfinite(path[: departure.round]))
        assert np.all(np.isnan(path[departure.round :]))
        assert "no law of the family" in departure.reason
    gone = [sum(d.round <= t for d in simulation.departures) for t in range(13)]
    assert np.array_equal(simulation.going(), 60 - np.array(gone))


def test_a_fit_to_the_edge_of_a_support_ends_a_run_too():
    """Samples on two neighbouring points have no law of full support with their means of x and x²."""
    text = """
[models.m]
family = "lattice"
support = [-1, 0, "1/2", 2, 3]
statistic = ["x", "x**2"]
real = { share = "2/3", mean = ["9/10", "57/20"] }
reads = [{ from = "m", share = "1/3" }]
"""
    simulation = simulate(from_text(text).ecosystem, Trial(samples=3, rounds=3, seeds=200))
    assert {d.reason for d in simulation.departures} == {"the fit is no law of the family"}
    assert 0 < simulation.going()[-1] < 200


def test_a_tilt_that_does_not_exist_ends_every_run():
    text = alone('"exponential"', "mean = 1", strength="2")
    simulation = simulate(read(text), Trial(samples=10, rounds=2, seeds=4))
    assert {(d.round, d.reason) for d in simulation.departures} == {(1, "what is kept of m has no law")}
    assert simulation.going().tolist() == [4, 0, 0]
    assert np.all(np.isnan(simulation.mean()[1:]))


def test_one_sample_leaves_a_gaussian_without_variance():
    simulation = simulate(own_samples("gaussian", "mean = 0, variance = 1"), replace(SMALL, samples=1))
    assert {d.round for d in simulation.departures} == {1}


def test_a_variance_far_smaller_than_the_mean_keeps_its_digits():
    world = own_samples("gaussian", 'mean = 100000, variance = "1/100000000"')
    variances = simulate(world, Trial(samples=1000, rounds=1, seeds=100)).paths[1, 1]
    assert np.all(np.abs(variances * 1e8 - 0.999) < 0.3)
    assert abs(variances.mean() * 1e8 - 0.999) < 4 * np.sqrt(2e-3) / 10


def test_interruption_keeps_the_finished_rounds():
    def interrupt(text):
        if text.startswith("round 2"):
            raise KeyboardInterrupt

    simulation = simulate(read(ecosystem()), SMALL, interrupt)
    assert simulation.interrupted
    assert simulation.rounds == 2


def test_a_trial_that_cannot_be_held_is_refused():
    with pytest.raises(InvalidInput, match="at most"):
        simulate(read(ecosystem()), Trial(samples=1, rounds=10**6, seeds=10**6))


def test_a_family_without_a_sampler_is_refused(monkeypatch):
    family = families()["poisson"]
    monkeypatch.delattr(family, "sample")
    with pytest.raises(InvalidInput, match="can be simulated, found poisson"):
        simulate(own_samples("poisson", "mean = 1"), SMALL)


def test_parameters_stand_at_their_values():
    text = ecosystem(parameters='lam = { value = "1/5" }', q__real='share = 1, mean = "lam", variance = 2')
    world = read(text)
    assert simulate(world, SMALL).paths[0, 2, 0] == 0.2
    assert world.parameter_values() == {sympy.Symbol("lam", real=True): sympy.Rational(1, 5)}


def test_statistics_are_of_the_runs_that_go_on():
    paths = np.array([[[1.0, 3.0, np.nan]], [[np.nan] * 3]])
    found = module.Simulation(
        ecosystem=read(ecosystem()), trial=SMALL, state=("p.mean",), paths=paths, departures=()
    )
    assert found.mean()[0] == found.variance()[0] == 2
    assert found.standard_error()[0] == 1
    assert np.isnan(found.mean()[1])
    assert np.isnan(found.variance()[1])
