"""Choices among Gaussian samples: against sums over two samples, the closed tilt, and sampling."""

from __future__ import annotations

import numpy as np
import pytest
import sympy
from flint import arb, ctx

from theory.arithmetic.ball import BallArithmetic
from theory.arithmetic.program import evaluate
from theory.curation.choice import chosen_output
from theory.curation.selected_normal import tilted_normal
from theory.errors import InvalidInput
from theory.families.registry import families
from theory.reward import Reward, Taste, reward_variables

R = sympy.Rational
X = sympy.Symbol("x", real=True)


def normal_families():
    """The families whose laws on the line are Gaussian, with a state of mean 3/5 and variance 2."""
    gaussian, location = families()["gaussian"], families()["gaussian-location"]
    return (gaussian(), (R(3, 5), R(2))), (location(sympy.ImmutableDenseMatrix([[2]])), (R(3, 5),))


def balls(expressions, bits=192):
    return evaluate(expressions, {}, BallArithmetic(bits))


def kept_of_two(function, reward, mean, variance):
    """E[f] of what is kept of two candidates, by a sum over both."""
    grid = np.linspace(-9, 9, 721)
    weight = np.exp(-(grid**2) / 2)
    weight /= weight.sum()
    x = mean + np.sqrt(variance) * grid
    a = np.exp(reward(x))
    chance = a[:, None] / (a[:, None] + a[None, :])
    return float(2 * (weight * function(x)) @ chance @ weight)


@pytest.mark.parametrize("slope", [R(1, 2), R(-2), R(7)])
@pytest.mark.parametrize(("family", "state"), normal_families())
def test_pools_of_two_agree_with_sums_over_both_candidates(family, state, slope):
    taste = Taste(reward=Reward(polynomial=slope * X + 1), strength=R(3, 4))
    law = chosen_output(family, state, taste, 2).law
    for ball, function in zip(balls(law.expectations((X, X**2))), (lambda x: x, np.square), strict=True):
        expected = kept_of_two(function, lambda x: 0.75 * float(slope) * x, 0.6, 2.0)
        assert abs(float(ball.mid()) - expected) < 1e-10
        assert ball.rad() < arb("1e-26")


@pytest.mark.parametrize("square", [R(-1, 4), R(1, 3)])
@pytest.mark.parametrize(("family", "state"), normal_families())
def test_pools_of_two_by_a_square_agree_with_sums_over_both_candidates(family, state, square):
    taste = Taste(reward=Reward(polynomial=X + square * X**2), strength=R(1, 4))
    law = chosen_output(family, state, taste, 2).law
    for ball, function in zip(balls(law.expectations((X, X**2)), 96), (lambda x: x, np.square), strict=True):
        expected = kept_of_two(function, lambda x: 0.25 * (x + float(square) * x * x), 0.6, 2.0)
        assert abs(float(ball.mid()) - expected) < 1e-10
        assert ball.rad() < arb("1e-15")


def test_a_pool_by_a_square_where_only_the_square_is_fitted():
    family = families()["gaussian-scale"](R(0))
    taste = Taste(reward=Reward(polynomial=X + X**2 / 3), strength=R(1, 4))
    (ball,) = balls(chosen_output(family, (R(2),), taste, 2).law.expectations((X**2,)), 96)
    assert abs(float(ball.mid()) - kept_of_two(np.square, lambda x: (x + x * x / 3) / 4, 0.0, 2.0)) < 1e-10


def test_a_pool_chooses_along_the_reward_alone():
    covariance = sympy.ImmutableDenseMatrix([[2, 1], [1, 3]])
    family = families()["gaussian-location"](covariance)
    x1, x2 = reward_variables(2)
    taste = Taste(reward=Reward(polynomial=x1), strength=R(3, 4))
    law = chosen_output(family, (R(3, 5), R(1)), taste, 2).law
    first, second = balls(law.expectations((x1, x2)))
    (alone, state) = normal_families()[1]
    along = Taste(reward=Reward(polynomial=X), strength=R(3, 4))
    (expected,) = balls(chosen_output(alone, state, along, 2).law.expectations((X,)))
    assert first.overlaps(expected)
    assert abs(second - 1 - (first - arb("0.6")) / 2) < arb("1e-15")


def test_a_constant_reward_keeps_the_law():
    for family, state in normal_families():
        taste = Taste(reward=Reward(polynomial=R(5)))
        assert chosen_output(family, state, taste, 2).law.expectations((X, X**2)) == (R(3, 5), R(59, 25))


@pytest.mark.parametrize("reward", [X, -(X**2) / 3 + X, R(1, 10) * X**2])
def test_tilts_by_quadrature_agree_with_the_closed_form(reward):
    (gaussian, state), _ = normal_families()
    taste = Taste(reward=Reward(polynomial=reward), strength=R(3, 4))
    closed = chosen_output(gaussian, state, taste, None).law.expectations((X, X**2))
    law, conditions = tilted_normal(gaussian, state, taste)
    for a, b in zip(balls(closed), balls(law.expectations((X, X**2))), strict=True):
        assert a.overlaps(b)
        assert b.rad() < arb("1e-26")
    assert all(c > 0 for c in balls(conditions))


@pytest.mark.parametrize(
    "reward", [sympy.cos(X), sympy.sin(2 * X) + X, X - X**4, sympy.cos(X) - X**6 + 9 * X**3]
)
@pytest.mark.parametrize(("family", "state"), normal_families())
def test_tilts_outside_the_span_agree_with_sums(family, state, reward):
    taste = Taste(reward=Reward(polynomial=reward), strength=R(3, 4))
    found = balls(chosen_output(family, state, taste, None).law.expectations((X, X**2)))
    x = np.linspace(-30, 30, 60001)
    weight = np.exp(-((x - 0.6) ** 2) / 4 + 0.75 * sympy.lambdify(X, reward)(x))
    for ball, values in zip(found, (x, x**2), strict=True):
        assert abs(float(ball.mid()) - float((weight * values).sum() / weight.sum())) < 1e-10
        assert ball.rad() < arb("1e-26")


@pytest.mark.parametrize("reward", [sympy.cos(X), X - X**4, sympy.sin(X) ** 2 + X**2, X**6])
@pytest.mark.parametrize(("family", "state"), normal_families())
def test_alignment_with_a_reward_outside_the_span(family, state, reward):
    (found,) = balls([family.expected_reward(Reward(polynomial=reward), state)])
    x = np.linspace(-30, 30, 60001)
    weight = np.exp(-((x - 0.6) ** 2) / 4)
    expected = float((weight * sympy.lambdify(X, reward)(x)).sum() / weight.sum())
    assert abs(float(found.mid()) - expected) < 1e-8
    assert found.rad() < arb("1e-26")


@pytest.mark.parametrize("mean", [R(0), R(10**9), R(-(10**3), 7)])
@pytest.mark.parametrize("variance", [R(1, 10**20), R(1), R(10**6)])
def test_extreme_states_are_enclosed_tightly(mean, variance):
    (gaussian, _), _ = normal_families()
    taste = Taste(reward=Reward(polynomial=X), strength=R(1, 1000))
    first, second = balls(
        chosen_output(gaussian, (mean, variance), taste, 2).law.expectations((X, X**2)), 320
    )
    with ctx.workprec(320):
        shift = first - arb(int(mean.p)) / int(mean.q)
        assert 0 < shift < (arb(int(variance.p)) / int(variance.q)).sqrt()
    assert first.rad() < arb("1e-40") * (1 + abs(first.mid()))
    assert second > 0


def test_pools_that_are_not_integrated_are_refused():
    (gaussian, state), _ = normal_families()
    plane = families()["gaussian-location"](sympy.ImmutableDenseMatrix([[2, 0], [0, 2]]))
    for family, at, variable, power in ((gaussian, state, X, 4), (plane, state, reward_variables(2)[0], 2)):
        with pytest.raises(InvalidInput, match="some rewards"):
            chosen_output(family, at, Taste(reward=Reward(polynomial=-(variable**power))), 2)


@pytest.mark.slow
def test_a_pool_in_three_dimensions_agrees_with_sampling():
    covariance = sympy.ImmutableDenseMatrix([[2, 1, 0], [1, 3, -1], [0, -1, 1]])
    family = families()["gaussian-location"](covariance)
    x = reward_variables(3)
    taste = Taste(reward=Reward(polynomial=x[0] - 2 * x[1] + x[2]), strength=R(1, 2))
    law = chosen_output(family, (R(1), R(0), R(-1)), taste, 2).law
    functions = (*x, x[0] * x[1], x[2] ** 2)
    found = [float(b.mid()) for b in balls(law.expectations(functions))]
    random = np.random.default_rng(7)
    pairs = random.multivariate_normal([1, 0, -1], np.array(covariance, dtype=float), (2_000_000, 2))
    rewards = (pairs @ np.array([1, -2, 1])) / 2
    first = random.random(len(pairs)) < 1 / (1 + np.exp(rewards[:, 1] - rewards[:, 0]))
    kept = np.where(first[:, None], pairs[:, 0], pairs[:, 1])
    sampled = (*kept.T, kept[:, 0] * kept[:, 1], kept[:, 2] ** 2)
    for value, sample in zip(found, sampled, strict=True):
        assert abs(value - sample.mean()) < 4.5 * sample.std() / np.sqrt(len(sample))
