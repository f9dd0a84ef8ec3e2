"""Tilts of every registered family against the reweighted density itself."""

from __future__ import annotations

import mpmath
import pytest
import sympy
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from oracles.quadrature import DIGITS, expectations, log_density, reward_as_function, to_mpf
from strategies.families import instances, positive, rewards, states

from theory.exponential_family.law import FamilyLaw
from theory.exponential_family.support import Support
from theory.families.registry import families
from theory.reward import Taste

every_family = pytest.mark.parametrize("family", list(families().values()), ids=list(families()))

numeric = {name: family for name, family in families().items() if family.support is not Support.ATOMS}
numeric_family = pytest.mark.parametrize("family", list(numeric.values()), ids=list(numeric))


@every_family
@settings(max_examples=6)
@given(data=st.data())
def test_tilt_is_the_renormalised_density(family, data):
    instance = data.draw(instances(family).filter(lambda i: i.dimension == 1))
    state = data.draw(states(instance))
    taste = Taste(reward=data.draw(rewards(instance)), strength=data.draw(positive(2)))
    _, means, domain = instance.tilted(state, taste)
    assume(all(d > 0 for d in domain))
    reweighted = log_density(instance, instance.natural(state))
    reweighted += taste.strength * reward_as_function(instance, taste.reward)
    found = expectations(instance, instance.statistic, reweighted, means[0])
    with mpmath.workdps(DIGITS):
        for value, exact in zip(found, means, strict=True):
            assert abs(value - to_mpf(exact)) < mpmath.mpf(10) ** -25


@numeric_family
@settings(max_examples=4)
@given(data=st.data())
def test_second_moment_of_the_tilt_is_that_of_the_density(family, data):
    instance = data.draw(instances(family).filter(lambda i: i.dimension == 1))
    state = data.draw(states(instance))
    taste = Taste(reward=data.draw(rewards(instance)), strength=data.draw(positive(2)))
    base, means, domain = instance.tilted(state, taste)
    assume(all(d > 0 for d in domain))
    x = sympy.Symbol("x", real=True)
    mean, square = FamilyLaw(base, means).expectations((x, x**2))
    reweighted = log_density(instance, instance.natural(state)) + taste.strength * reward_as_function(
        instance, taste.reward
    )
    first, second = expectations(instance, (x, x**2), reweighted, mean)
    with mpmath.workdps(DIGITS):
        assert abs(first - to_mpf(mean)) < mpmath.mpf(10) ** -25
        assert abs(second - to_mpf(square)) < mpmath.mpf(10) ** -25


@every_family
@settings(max_examples=4)
@given(data=st.data())
def test_expected_reward_is_its_integral_with_constant(family, data):
    instance = data.draw(instances(family).filter(lambda i: i.dimension == 1))
    state = data.draw(states(instance))
    reward = data.draw(rewards(instance))
    density = log_density(instance, instance.natural(state))
    (found,) = expectations(instance, [reward_as_function(instance, reward)], density, state[0])
    with mpmath.workdps(DIGITS):
        assert abs(found - to_mpf(instance.expected_reward(reward, state))) < mpmath.mpf(10) ** -25


@every_family
@settings(max_examples=4)
@given(data=st.data())
def test_zero_strength_changes_nothing_and_needs_nothing(family, data):
    instance = data.draw(instances(family))
    state = data.draw(states(instance, boundary=True))
    taste = Taste(reward=data.draw(rewards(instance)), strength=sympy.S.Zero)
    _, means, domain = instance.tilted(state, taste)
    difference = [sympy.simplify(a - b) for a, b in zip(means, instance.mean_parameter(state), strict=True)]
    assert difference == [0] * len(means)
    assert all(d > 0 for d in domain)


@every_family
@settings(max_examples=4)
@given(data=st.data())
def test_tilts_compose_by_adding_strengths(family, data):
    instance = data.draw(instances(family))
    state = data.draw(states(instance))
    reward = data.draw(rewards(instance))
    first, second = data.draw(positive(1)), data.draw(positive(1))
    base, once, domain = instance.tilted(state, Taste(reward=reward, strength=first))
    assume(base == instance and all(d > 0 for d in domain))
    middle = instance.refit(once)
    _, twice, more = instance.tilted(middle, Taste(reward=reward, strength=second))
    assume(all(d > 0 for d in more))
    _, direct, _ = instance.tilted(state, Taste(reward=reward, strength=first + second))
    for a, b in zip(twice, direct, strict=True):
        assert abs(sympy.N(a - b, 50)) < sympy.Float(10) ** -40
