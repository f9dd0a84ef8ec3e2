"""Known-covariance Gaussians in several dimensions against direct matrix formulas."""

from __future__ import annotations

import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies.families import covariances, positive, rationals

from theory.channel import Channel
from theory.ecosystem import Ecosystem, Model, RealData, Stream, Users, WeightedTaste
from theory.exponential_family.law import ChanneledLaw, FamilyLaw
from theory.families.gaussian_location import GaussianLocation
from theory.reward import Reward, Taste, reward_variables
from theory.update_map import derive

R = sympy.Rational
Matrix = sympy.ImmutableDenseMatrix
HALF = R(1, 2)


def vectors(dimension):
    return st.lists(rationals(-2, 2), min_size=dimension, max_size=dimension).map(Matrix)


def second_moments(law, dimension):
    x = Matrix(reward_variables(dimension))
    return Matrix(dimension, dimension, law.expectations(tuple(x * x.T)))


def quadratic(curvature, linear, constant=0):
    x = Matrix(reward_variables(linear.rows))
    return Reward(polynomial=sympy.expand((linear.T * x)[0] - (x.T * curvature * x)[0] / 2 + constant))


@settings(max_examples=15)
@given(data=st.data(), dimension=st.integers(1, 4), strength=positive(3))
def test_linear_tilt_moves_the_mean_by_covariance_times_reward(data, dimension, strength):
    covariance = Matrix(data.draw(covariances(dimension)))
    mean, linear = data.draw(vectors(dimension)), data.draw(vectors(dimension))
    family = GaussianLocation(covariance)
    taste = Taste(reward=quadratic(sympy.zeros(dimension, dimension), linear), strength=strength)
    base, means, domain = family.tilted(tuple(mean), taste)
    assert base == family
    assert domain == ()
    assert Matrix(means) == mean + strength * covariance * linear


@settings(max_examples=10)
@given(data=st.data(), dimension=st.integers(1, 3), strength=positive(3))
def test_quadratic_tilt_is_the_conjugate_update(data, dimension, strength):
    covariance, curvature = (Matrix(data.draw(covariances(dimension))) for _ in range(2))
    mean, linear = data.draw(vectors(dimension)), data.draw(vectors(dimension))
    family = GaussianLocation(covariance)
    reward = quadratic(curvature, linear, constant=7)
    base, means, domain = family.tilted(tuple(mean), Taste(reward=reward, strength=strength))
    precision = covariance.inv() + strength * curvature
    assert base.covariance == precision.inv()
    assert Matrix(means) == precision.inv() * (covariance.inv() * mean + strength * linear)
    assert all(d > 0 for d in domain)
    assert (
        second_moments(FamilyLaw(base, means), dimension) == Matrix(means) * Matrix(means).T + precision.inv()
    )


@settings(max_examples=10)
@given(data=st.data(), dimension=st.integers(1, 3))
def test_alignment_counts_constant_and_covariance(data, dimension):
    covariance, curvature = (Matrix(data.draw(covariances(dimension))) for _ in range(2))
    mean, linear = data.draw(vectors(dimension)), data.draw(vectors(dimension))
    reward = quadratic(curvature, linear, constant=7)
    expected = (
        7 + (linear.T * mean)[0] - ((mean.T * curvature * mean)[0] + (curvature * covariance).trace()) / 2
    )
    assert GaussianLocation(covariance).expected_reward(reward, tuple(mean)) == sympy.expand(expected)


@pytest.mark.parametrize(("strength", "exists"), [(R(1, 2), True), (R(1), False), (R(2), False)])
def test_convex_reward_needs_precision_to_outweigh_it(strength, exists):
    reward = Reward(polynomial=reward_variables(1)[0] ** 2 / 2)
    domain = GaussianLocation(Matrix([[1]])).static_tilt_domain(reward, strength)
    assert all(d > 0 for d in domain) is exists


def test_indefinite_curvature_is_refused_only_past_its_eigenvalue():
    x1, x2 = reward_variables(2)
    family = GaussianLocation(Matrix([[1, 0], [0, 1]]))
    for strength, exists in ((R(1, 2), True), (R(3, 2), False)):
        domain = family.static_tilt_domain(Reward(polynomial=x1 * x2), strength)
        assert all(d > 0 for d in domain) is exists


@settings(max_examples=8)
@given(data=st.data(), readers=st.integers(1, 3), producers=st.integers(1, 3))
def test_channel_acts_on_moments_as_on_samples(data, readers, producers):
    covariance = Matrix(data.draw(covariances(producers)))
    mean, shift = data.draw(vectors(producers)), data.draw(vectors(readers))
    matrix = Matrix(readers, producers, list(data.draw(vectors(readers * producers))))
    law = GaussianLocation(covariance)
    moved = ChanneledLaw(FamilyLaw(law, tuple(mean)), Channel(matrix=matrix, shift=shift))
    expected = matrix * mean + shift
    assert Matrix(moved.expectations(reward_variables(readers))) == expected
    assert second_moments(moved, readers) == expected * expected.T + matrix * covariance * matrix.T


@settings(max_examples=5)
@given(data=st.data())
def test_two_model_loop_with_channel_is_the_affine_map(data):
    d = 2
    covariance = Matrix(data.draw(covariances(d)))
    real, linear, shift = (data.draw(vectors(d)) for _ in range(3))
    matrix = Matrix(d, d, list(data.draw(vectors(d * d))))
    strength = data.draw(positive(2))
    family = GaussianLocation(covariance)
    taste = Taste(reward=quadratic(sympy.zeros(d, d), linear), strength=strength)
    people = Users(name="u", tastes=(WeightedTaste(probability=sympy.S.One, taste=taste),))
    channel = Channel(matrix=matrix, shift=shift)
    p = Model(
        name="p",
        family=family,
        start=tuple(real),
        users="u",
        real=RealData(share=HALF, state=tuple(real)),
        reads=(Stream(producer="q", share=HALF, curators="u"),),
    )
    q = Model(
        name="q",
        family=family,
        start=tuple(real),
        reads=(Stream(producer="p", share=sympy.S.One, curators="u", channel=channel),),
    )
    update = derive(Ecosystem(name="loop", models=(p, q), users=(people,)))
    x, y = Matrix(update.state[:2]), Matrix(update.state[2:])
    pull = strength * covariance * linear
    step = [sympy.expand(update.at_values(g)) for g in update.step]
    expected = [*(real / 2 + (y + pull) / 2), *(matrix * (x + pull) + shift)]
    assert step == [sympy.expand(e) for e in expected]
    zero = sympy.zeros(d, d)
    assert (
        update.jacobian.xreplace(dict(update.values))
        == sympy.BlockMatrix([[zero, sympy.eye(d) / 2], [matrix, zero]]).as_explicit()
    )


def test_a_gaussian_reads_the_bent_covariance_of_a_location_model():
    from theory.families.gaussian import Gaussian

    x = reward_variables(1)[0]
    taste = Taste(reward=Reward(polynomial=-((x - 1) ** 2) / 2), strength=R(2))
    people = Users(name="u", tastes=(WeightedTaste(probability=sympy.S.One, taste=taste),))
    location = Model(name="l", family=GaussianLocation(Matrix([[R(3)]])), start=(R(1, 5),))
    reader = Model(
        name="g",
        family=Gaussian(),
        start=(R(0), R(1)),
        reads=(Stream(producer="l", share=R(1), curators="u"),),
    )
    idle = Stream(producer="l", share=R(1))
    models = (reader, Model(name="l", family=location.family, start=location.start, reads=(idle,)))
    update = derive(Ecosystem(name="bent", models=models, users=(people,)))
    at = dict(zip(update.state, update.start, strict=True))
    mean, variance = (sympy.simplify(update.at_values(g).xreplace(at)) for g in update.step[:2])
    assert (mean, variance) == ((R(1, 15) + 2) / (R(1, 3) + 2), 1 / (R(1, 3) + 2))
