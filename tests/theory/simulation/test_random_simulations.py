"""Random ecosystems: what is drawn agrees with the population map.

The mean over independent runs lies within four standard errors of the map's iterate, in mean parameters. A
mean outside is drawn again, independently and in four times the runs: chance would have to strike twice, a
discrepancy grows. Where an independent pilot shows that means over runs are far from normal (a steep power
under a heavy tail), standard errors mean little and the ecosystem is left out. All scores together must
have the size that chance gives them.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import scipy.stats
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from strategies.ecosystems import ecosystems

from theory.ecosystem import DataRegime
from theory.simulation.compiled import array_function
from theory.simulation.population import population_path
from theory.simulation.simulation import Trial, simulate
from theory.update_map import derive

ROUNDS = 2
ROUNDING = 1e-10


def mean_parameters(update):
    """Mean parameters of all models, as a function of their states."""
    models = update.ecosystem.models
    sizes = np.cumsum([0, *(len(m.family.coordinates) for m in models)])
    parts = [
        m.family.mean_parameter(update.state[a:b])
        for m, a, b in zip(models, sizes[:-1], sizes[1:], strict=True)
    ]
    return array_function([e for part in parts for e in part], update.state)


def scores(ecosystem, trial):
    """(mean − iterate) / standard error of each mean parameter, round by round; 0 where both agree exactly.

    Rounds after a departure are left out: the mean over the runs that go on is another one.
    """
    update = derive(ecosystem)
    simulation = simulate(ecosystem, trial)
    rounds = min((d.round - 1 for d in simulation.departures), default=trial.rounds)
    transform = mean_parameters(update)
    iterates = population_path(update, trial.rounds)
    found = [np.empty(0)]
    for turn in range(1, rounds + 1):
        exact = transform(iterates[turn][:, None])[:, 0]
        values = transform(simulation.paths[turn])
        gap = values.mean(axis=1) - exact
        error = values.std(axis=1, ddof=1) / np.sqrt(trial.seeds)
        close = np.abs(gap) <= ROUNDING * (1 + np.abs(exact))
        found.append(np.where(close, 0.0, gap / np.where(close, 1.0, error)))
    return np.concatenate(found)


def are_nearly_normal(ecosystem, samples, seeds, seed):
    """Whether means over runs have the tails of a normal law, by a pilot that nothing else is judged by."""
    simulation = simulate(ecosystem, Trial(samples=samples, rounds=ROUNDS, seeds=seeds, seed=2**30 + seed))
    transform = mean_parameters(derive(ecosystem))
    values = np.concatenate([transform(path) for path in simulation.paths[1:]])
    kurtosis = scipy.stats.kurtosis(values[np.ptp(values, axis=1) > ROUNDING], axis=1)
    return bool(np.all(kurtosis < 3))


def agreeing_scores(ecosystem, samples, seeds, seed):
    """The scores, once it is known that none is due to a discrepancy."""
    found = scores(ecosystem, Trial(samples=samples, rounds=ROUNDS, seeds=seeds, seed=seed))
    if np.any(np.abs(found) > 4):
        again = scores(ecosystem, Trial(samples=samples, rounds=ROUNDS, seeds=4 * seeds, seed=2**31 + seed))
        assert np.all(np.abs(again) <= 4), (found, again)
    return found


@pytest.mark.slow
def test_runs_of_200_random_ecosystems_follow_the_population_map():
    found = []

    @settings(max_examples=200)
    @given(ecosystem=ecosystems(), regime=st.sampled_from(DataRegime))
    def play(ecosystem, regime):
        if ecosystem.order is None:
            ecosystem = replace(ecosystem, data=regime)
        assume(are_nearly_normal(ecosystem, samples=2000, seeds=100, seed=len(found)))
        found.append(agreeing_scores(ecosystem, samples=2000, seeds=100, seed=len(found)))

    play()
    assert len(found) >= 200
    together = np.concatenate(found)
    together = together[together != 0]
    assert len(together) > 1000
    assert 0.8 < np.mean(together**2) < 1.2
    assert abs(np.mean(together)) < 0.15
    assert np.mean(np.abs(together) > 4) < 0.002
