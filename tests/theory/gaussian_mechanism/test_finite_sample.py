"""The finite-sample loop against exact expectations and a plain loop."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import sympy
from oracles.gaussian_mechanism import P_COST, Q_COST, alignment, float_mechanism

from theory.gaussian_mechanism.constants import blocks
from theory.gaussian_mechanism.finite_sample import PlaneArrays, Trial, influence_estimates, mean_alignments

STANDARD_ERRORS = 4


@pytest.fixture(scope="module")
def planes():
    return PlaneArrays.of(blocks())


@pytest.fixture(scope="module")
def plain():
    return float_mechanism()


def expected_alignments(plain, t, share, trial):
    """Exact expectation of the averages: mean and covariance of the linear recursion, round by round."""
    channel, noise = plain.channel(t), float(trial.noise) ** 2 / trial.sample_size * np.eye(24)
    curated = share * (1 - share) / trial.sample_size * np.outer(plain.pull, plain.pull)
    mean, covariance = np.zeros(24), np.zeros((24, 24))
    kept = []
    for turn in range(trial.rounds):
        mean, covariance = mean + share * plain.pull, covariance + curated + noise
        p = alignment(mean, plain.p_taste, P_COST) - 0.5 * P_COST * np.trace(covariance)
        mean, covariance = channel @ mean, channel @ covariance @ channel.T + noise
        q = alignment(mean, plain.q_taste, Q_COST) - 0.5 * Q_COST * np.trace(covariance)
        if turn >= trial.discarded:
            kept.append((p, q))
    return np.mean(kept, axis=0)


@pytest.mark.parametrize("n", [1, 4, 32])
def test_mean_alignments_have_the_exact_expectation(planes, plain, n):
    trial = Trial(sample_size=n, repetitions=400)
    couplings, shares = np.array([0.2, 0.9]), np.array([0.0, 0.4, 0.8])
    sampled = mean_alignments(planes, couplings, shares, trial, np.random.default_rng((5, n)))
    for i, t in enumerate(couplings):
        for j, share in enumerate(shares):
            expected = expected_alignments(plain, t, share, trial)
            for runs, value in zip(sampled, expected, strict=True):
                error = runs[:, i, j].std(ddof=1) / np.sqrt(trial.repetitions)
                assert 0 < error < 0.1
                assert abs(runs[:, i, j].mean() - value) < STANDARD_ERRORS * error


def test_large_samples_estimate_the_exact_influences(planes, plain):
    trial = Trial(sample_size=512, repetitions=60)
    couplings = np.array([0.2, 0.6, 0.9])
    p, q = influence_estimates(planes, couplings, 0.4, 0.02, trial, np.random.default_rng(11))
    for k, t in enumerate(couplings):
        for runs, exact in zip((p, q), plain.influences(t, 0.4), strict=True):
            error = runs[:, k].std(ddof=1) / np.sqrt(trial.repetitions)
            assert error < 0.05
            assert abs(runs[:, k].mean() - exact) < STANDARD_ERRORS * error


def test_without_noise_or_chance_the_loop_is_the_population_map(planes, plain):
    trial = replace(Trial(sample_size=3, repetitions=2), noise=sympy.Integer(0))
    couplings, shares = np.array([0.5]), np.array([0.0, 1.0])
    p, q = mean_alignments(planes, couplings, shares, trial, np.random.default_rng(0))
    assert (p[:, :, 0] == 0).all()
    exact_p, exact_q = plain.alignments(0.5, 1.0)
    np.testing.assert_allclose(p[:, 0, 1], exact_p, rtol=1e-12)
    np.testing.assert_allclose(q[:, 0, 1], exact_q, rtol=1e-12)


def test_the_reader_is_refitted_on_the_new_output(planes, plain):
    trial = Trial(sample_size=1, repetitions=1, noise=sympy.Integer(0), rounds=1, discarded=0)
    p, q = mean_alignments(planes, np.array([0.7]), np.array([1.0]), trial, np.random.default_rng(0))
    push = plain.channel(0.7) @ plain.pull
    assert p.item() == pytest.approx(alignment(plain.pull, plain.p_taste, P_COST), rel=1e-12)
    assert q.item() == pytest.approx(alignment(push, plain.q_taste, Q_COST), rel=1e-12)


def test_shares_of_one_run_see_common_random_numbers(planes):
    trial = Trial(sample_size=8, repetitions=3)
    couplings, shares = np.array([0.3, 0.8]), np.array([0.4, 0.4])
    p, q = mean_alignments(planes, couplings, shares, trial, np.random.default_rng(1))
    assert (p[:, :, 0] == p[:, :, 1]).all()
    assert (q[:, :, 0] == q[:, :, 1]).all()
    assert len(np.unique(p[:, :, 0])) == p[:, :, 0].size


def test_the_generator_alone_decides_the_draws(planes):
    trial = Trial(sample_size=4, repetitions=2)
    couplings, shares = np.array([0.3]), np.array([0.4])
    first, again, other = (
        mean_alignments(planes, couplings, shares, trial, np.random.default_rng(seed))[0]
        for seed in (1, 1, 2)
    )
    assert (first == again).all()
    assert (first != other).all()
