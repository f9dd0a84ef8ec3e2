"""Tilts of every registered family against the reweighted density itself."""

from __future__ import annotations

from contextlib import suppress

import mpmath
import pytest
import sympy
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from oracles.quadrature import (
    DIGITS,
    expectations,
    is_on_a_line,
    log_density,
    reward_as_function,
    to_mpf,
)
from strategies.families import instances, positive, rewards, states

from theory.arithmetic.program import AbstractSpecialFunction
from theory.exponential_family.features import NoClosedForm
from theory.exponential_family.law import FamilyLaw
from theory.exponential_family.support import Support
from theory.families.registry import families
from theory.reward import Taste

every_family = pytest.mark.parametrize("family", list(families().values()), ids=list(families()))

numeric = {name: family for name, family in families().items() if family.support is not Support.ATOMS}
numeric_family = pytest.mark.parametrize("family", list(numeric.values()), ids=list(numeric))


@every_family
@settings(max_examples=3)
@given(data=st.data())
def test_tilt_is_the_renormalised_density(family, data):
    instance = data.draw(instances(family).filter(is_on_a_line))
    state = data.draw(states(instance))
    taste = Taste(reward=data.draw(rewards(instance)), strength=data.draw(positive(2)))
    base, tilted, domain = instance.tilted(state, taste)
    assume(all(d > 0 for d in domain))
    means = FamilyLaw(base, tilted).expectations(instance.statistic)
    reweighted = log_density(instance, instance.natural(state))
    reweighted += taste.strength * reward_as_function(instance, taste.reward)
    found = expectations(instance, instance.statistic, reweighted, base.mean_parameter(tilted)[0])
    with mpmath.workdps(DIGITS):
        for value, exact in zip(found, means, strict=True):
            assert abs(value - to_mpf(exact)) < mpmath.mpf(10) ** -25


def closed_features(base, tilted):
    """What a reader may ask of the law, with the answers that it has in closed form."""
    x = base.variables[0]
    wanted = (x, x**2, sympy.log(x))
    if base.support.within(Support.REALS) and not base.support.within(Support.POSITIVE):
        wanted = (x, x**2, x**3, x * base.variables[-1] ** 2)
    found = {}
    for feature in wanted:
        with suppress(NoClosedForm):
            found[feature] = FamilyLaw(base, tilted).expectations((feature,))[0]
    return found


@pytest.mark.slow
@numeric_family
@settings(max_examples=2)
@given(data=st.data())
def test_features_of_the_tilt_are_those_of_the_density(family, data):
    instance = data.draw(instances(family).filter(is_on_a_line))
    state = data.draw(states(instance))
    taste = Taste(reward=data.draw(rewards(instance)), strength=data.draw(positive(2)))
    base, tilted, domain = instance.tilted(state, taste)
    assume(all(d > 0 for d in domain))
    known = closed_features(base, tilted)
    reweighted = log_density(instance, instance.natural(state)) + taste.strength * reward_as_function(
        instance, taste.reward
    )
    found = expectations(instance, tuple(known), reweighted, base.mean_parameter(tilted)[0])
    with mpmath.workdps(DIGITS):
        for value, exact in zip(found, known.values(), strict=True):
            assert abs(value - to_mpf(exact)) < mpmath.mpf(10) ** -25 * (1 + abs(value))


@every_family
@settings(max_examples=2)
@given(data=st.data())
def test_expected_reward_is_its_integral_with_constant(family, data):
    instance = data.draw(instances(family).filter(is_on_a_line))
    state = data.draw(states(instance))
    reward = data.draw(rewards(instance))
    density = log_density(instance, instance.natural(state))
    (found,) = expectations(instance, [reward_as_function(instance, reward)], density, state[0])
    with mpmath.workdps(DIGITS):
        assert abs(found - to_mpf(instance.expected_reward(reward, state))) < mpmath.mpf(10) ** -25


@every_family
@settings(max_examples=2)
@given(data=st.data())
def test_zero_strength_changes_nothing_and_needs_nothing(family, data):
    instance = data.draw(instances(family))
    state = data.draw(states(instance, boundary=True))
    taste = Taste(reward=data.draw(rewards(instance)), strength=sympy.S.Zero)
    _, tilted, domain = instance.tilted(state, taste)
    for a, b in zip(tilted, state, strict=True):
        if a.has(AbstractSpecialFunction):
            assert_close(a, b)
        else:
            assert sympy.simplify(a - b) == 0
    assert all(d > 0 for d in domain)


@every_family
@settings(max_examples=2)
@given(data=st.data())
def test_tilts_compose_by_adding_strengths(family, data):
    instance = data.draw(instances(family))
    state = data.draw(states(instance))
    reward = data.draw(rewards(instance))
    first, second = data.draw(positive(1)), data.draw(positive(1))
    base, once, domain = instance.tilted(state, Taste(reward=reward, strength=first))
    assume(base == instance and all(d > 0 for d in domain))
    _, twice, more = instance.tilted(once, Taste(reward=reward, strength=second))
    assume(all(d > 0 for d in more))
    _, direct, _ = instance.tilted(state, Taste(reward=reward, strength=first + second))
    for a, b in zip(twice, direct, strict=True):
        assert_close(a, b)


def assert_close(left, right):
    with mpmath.workdps(60):
        assert abs(to_mpf(left) - to_mpf(right)) < mpmath.mpf(10) ** -40
