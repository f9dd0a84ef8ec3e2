"""Exact moments at finite n: against enumeration of every sample, known rates, and simulation."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pytest
import sympy
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from strategies.ecosystems import ecosystems

from theory.ecosystem import DataRegime
from theory.ecosystem_file import from_text
from theory.exponential_family.features import NoClosedForm
from theory.finite_sample.moments import moment_recursion
from theory.simulation.comparison import exact_moments
from theory.simulation.simulation import Trial, simulate

N = sympy.Symbol("n", positive=True)
GAUSSIANS = """
[models.p]
family = "gaussian"
real = { share = "1/4", mean = 1, variance = 2 }
reads = [
  { from = "p", share = "1/4" },
  { from = "q", share = "1/2", channel = { matrix = [["1/2"]], shift = [1] } },
]
[models.q]
family = "gaussian"
start = { mean = 3, variance = 1 }
reads = [ { from = "p", share = 1 } ]
"""
ATOMS = """
[models.p]
family = "categorical"
atoms = ["a", "b", "c"]
real = { share = "1/3", probabilities = ["1/2", "1/4", "1/4"] }
reads = [ { from = "p", share = "1/3" }, { from = "q", share = "1/3" } ]
[models.q]
family = "categorical"
atoms = ["a", "b", "c"]
start = { probabilities = ["1/5", "1/5", "3/5"] }
reads = [ { from = "p", share = "1/2" }, { from = "q", share = "1/2" } ]
"""
ALONE = '[models.p]\nfamily = {family}\nreal = {{ share = 0, {real} }}\nreads = [{{ from = "p", share = 1 }}]'


def read(text, **changes):
    return replace(from_text(text).ecosystem, **changes)


def counts_of(total, atoms):
    """Each way to see `total` samples of some atoms, as counts."""
    return [c for c in itertools.product(range(total + 1), repeat=atoms) if sum(c) == total]


def probability(counts, law):
    found = sympy.factorial(sum(counts))
    for count, p in zip(counts, law, strict=True):
        found *= p**count / sympy.factorial(count)
    return found


def enumerated(ecosystem, samples, rounds):
    """Every outcome of a few rounds of finite supports, as states of all models with probabilities."""
    names = tuple(m.name for m in ecosystem.models)
    worlds = {tuple(m.start for m in ecosystem.models): sympy.S.One}
    turns = [names] if ecosystem.order is None else [(name,) for name in ecosystem.order]
    for turn in turns * rounds:
        after = {}
        for states, chance in worlds.items():
            for outcome, conditional in outcomes(ecosystem, names, states, turn, samples):
                after[outcome] = after.get(outcome, 0) + chance * conditional
        worlds = after
    return worlds


def outcomes(ecosystem, names, states, turn, samples):
    """States after one turn, with their probabilities."""
    here = dict(zip(names, states, strict=True))
    choices = []
    for model in ecosystem.models:
        if model.name not in turn:
            choices.append([(here[model.name], sympy.S.One)])
            continue
        law = mixture(model, here)
        choices.append(
            [
                (tuple(sympy.Rational(c, samples) for c in counts), probability(counts, law))
                for counts in counts_of(samples, len(law))
            ]
        )
    for combined in itertools.product(*choices):
        yield tuple(state for state, _ in combined), sympy.Mul(*(p for _, p in combined))


def mixture(model, states):
    total = sympy.zeros(1, len(model.start))
    if model.real is not None:
        total += model.real.share * sympy.Matrix([model.real.state])
    for stream in model.reads:
        total += stream.share * sympy.Matrix([states[stream.producer]])
    return tuple(total)


@pytest.mark.parametrize("order", [None, ("q", "p")])
def test_moments_of_finite_supports_are_those_of_every_outcome(order):
    world = read(ATOMS, order=order)
    recursion = moment_recursion(world, sympy.Integer(2))
    moments = recursion.after(2)
    worlds = enumerated(world, samples=2, rounds=2)
    flat = {tuple(itertools.chain(*states)): chance for states, chance in worlds.items()}
    assert sum(flat.values()) == 1
    for k, name in enumerate(recursion.state):
        mean = sum(chance * state[k] for state, chance in flat.items())
        square = sum(chance * state[k] ** 2 for state, chance in flat.items())
        assert recursion.mean(name, moments) == mean
        assert recursion.variance(name, moments) == square - mean**2


def test_variance_of_a_gaussian_shrinks_by_one_minus_one_over_n():
    recursion = moment_recursion(read(ALONE.format(family='"gaussian"', real="mean = 2, variance = 3")), N)
    for rounds in range(4):
        moments = recursion.after(rounds)
        assert sympy.simplify(recursion.mean("p.variance", moments) - 3 * (1 - 1 / N) ** rounds) == 0
        spread = 3 * (1 - (1 - 1 / N) ** rounds)
        assert sympy.simplify(recursion.variance("p.mean", moments) - spread) == 0


def test_heterozygosity_decays_by_one_minus_one_over_n():
    family = '"categorical"\natoms = ["a", "b", "c"]'
    world = read(ALONE.format(family=family, real='probabilities = ["1/2", "1/3", "1/6"]'))
    recursion = moment_recursion(world, N)
    at_start = 1 - sympy.Rational(1, 4) - sympy.Rational(1, 9) - sympy.Rational(1, 36)
    for rounds in range(4):
        moments = recursion.after(rounds)
        squares = [
            recursion.variance(name, moments) + recursion.mean(name, moments) ** 2 for name in recursion.state
        ]
        found = 1 - sympy.Add(*squares)
        assert sympy.simplify(found - at_start * (1 - 1 / N) ** rounds) == 0


def test_mean_of_a_family_with_quadratic_variance_keeps_its_martingale():
    recursion = moment_recursion(read(ALONE.format(family='"poisson"', real="mean = 2")), N)
    moments = recursion.after(3)
    assert recursion.mean("p.mean", moments) == 2
    assert sympy.simplify(recursion.variance("p.mean", moments) - 6 / N) == 0


def test_fitted_gaussians_that_read_each_other_have_closed_mean_variances():
    world = read(GAUSSIANS)
    trial = Trial(samples=6, rounds=3, seeds=20_000)
    mean, variance = exact_moments(world, trial.samples, trial.rounds)
    simulation = simulate(world, trial)
    assert np.all(np.isfinite(mean))
    assert np.all(np.abs(simulation.mean() - mean) <= 4 * simulation.standard_error() + 1e-12)
    names = [k for k, name in enumerate(simulation.state) if name.endswith("mean")]
    ratio = simulation.variance()[1:, names] / variance[1:, names]
    assert np.all(np.abs(ratio - 1) < 0.06)


@pytest.mark.slow
def test_closed_moments_of_random_ecosystems_agree_with_simulation():
    found = []

    @settings(max_examples=60)
    @given(ecosystem=ecosystems(models=2), samples=st.integers(2, 30))
    def play(ecosystem, samples):
        trial = Trial(samples=samples, rounds=3, seeds=2000, seed=len(found))
        try:
            mean, _ = exact_moments(ecosystem, trial.samples, trial.rounds)
        except NoClosedForm:
            assume(condition=False)
        simulation = simulate(ecosystem, trial)
        assume(not simulation.departures)
        error = simulation.standard_error()[1:]
        gap = (simulation.mean() - mean)[1:]
        known = np.isfinite(gap) & (error > 1e-12)
        found.append(gap[known] / error[known])
        assert np.all(np.abs(found[-1]) < 4.5)

    play()
    together = np.concatenate(found)
    assert len(together) > 100
    assert 0.7 < np.mean(together**2) < 1.3


@pytest.mark.parametrize(
    "world",
    [
        read(GAUSSIANS, data=DataRegime.ACCUMULATE),
        read(
            '[users.u]\nreward = "x"\n[models.p]\nfamily = "gaussian"\nusers = "u"\n'
            'real = { share = "1/2", mean = 0, variance = 1 }\n'
            'reads = [{ from = "p", share = "1/2", curated = true }]'
        ),
    ],
    ids=["data accumulate", "curation bends the map"],
)
def test_moments_that_do_not_close_are_refused(world):
    with pytest.raises(NoClosedForm):
        moment_recursion(world, sympy.Integer(10))
