"""Laws of every registered family, drawn at random; none is named here."""

from __future__ import annotations

import mpmath
import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st
from oracles.quadrature import DIGITS, covariances, integrals, is_on_a_line, log_density, to_mpf
from strategies.families import instances, states

from theory.arithmetic.program import AbstractSpecialFunction
from theory.exponential_family.family import AbstractFamily
from theory.families.registry import families

every_family = pytest.mark.parametrize("family", list(families().values()), ids=list(families()))


def symbols_for(instance):
    state = tuple(sympy.Symbol(f"s{k}", real=True) for k in range(len(instance.coordinates)))
    return state, {state[k]: expression for k, expression in instance.dependent(state)}


def embedded(expressions, dependent):
    return [sympy.sympify(e).xreplace(dependent) for e in expressions]


def assert_equal(left, right, at):
    """Equal as expressions, or to 40 digits at a state where a function is implicit or takes a modulus."""
    for a, b in zip(left, right, strict=True):
        implicit = (a - b).has(AbstractSpecialFunction, sympy.Abs)
        difference = a - b if implicit else sympy.simplify(a - b)
        if difference != 0:
            with mpmath.workdps(60):
                assert abs(to_mpf(difference.xreplace(at))) < mpmath.mpf(10) ** -40


@every_family
def test_registry_key_is_the_family_name(family):
    assert families()[family.name] is family
    assert issubclass(family, AbstractFamily)
    assert isinstance(family.settings, tuple)
    assert isinstance(family.data_keys, tuple)


@every_family
@settings(max_examples=5)
@given(data=st.data())
def test_gradient_of_log_partition_is_mean_parameter(family, data):
    instance = data.draw(instances(family))
    state, dependent = symbols_for(instance)
    derived = embedded(instance.gradient(instance.natural(state)), dependent)
    at = dict(zip(state, data.draw(states(instance)), strict=True))
    assert_equal(derived, embedded(instance.mean_parameter(state), dependent), at)


@every_family
@settings(max_examples=5)
@given(data=st.data())
def test_refit_to_own_mean_parameter_is_identity(family, data):
    instance = data.draw(instances(family))
    state, _ = symbols_for(instance)
    at = dict(zip(state, data.draw(states(instance)), strict=True))
    assert_equal(instance.refit(instance.mean_parameter(state)), state, at)


@every_family
@settings(max_examples=3)
@given(data=st.data())
def test_density_has_mass_one_and_mean_parameter_as_expected_statistic(family, data):
    instance = data.draw(instances(family).filter(is_on_a_line))
    state = data.draw(states(instance))
    density = log_density(instance, instance.natural(state))
    expected = (sympy.S.One, *instance.mean_parameter(state))
    found = integrals(instance, (sympy.S.One, *instance.statistic), density, state[0])
    with mpmath.workdps(DIGITS):
        for value, exact in zip(found, expected, strict=True):
            assert abs(value - to_mpf(exact)) < mpmath.mpf(10) ** -25


@every_family
@settings(max_examples=3)
@given(data=st.data())
def test_fisher_information_is_covariance_of_statistic(family, data):
    instance = data.draw(instances(family).filter(is_on_a_line))
    state = data.draw(states(instance))
    natural = instance.natural(state)
    information = instance.fisher_information(natural)
    found = covariances(instance, log_density(instance, natural), state[0])
    with mpmath.workdps(DIGITS):
        for (j, k), value in found.items():
            assert abs(value - to_mpf(information[j, k])) < mpmath.mpf(10) ** -25
            assert abs(value - to_mpf(information[k, j])) < mpmath.mpf(10) ** -25


@pytest.mark.slow
@every_family
@settings(max_examples=3)
@given(data=st.data())
def test_kullback_leibler_divergence_is_its_integral(family, data):
    instance = data.draw(instances(family).filter(is_on_a_line))
    here, there = data.draw(states(instance)), data.draw(states(instance))
    density = log_density(instance, instance.natural(here))
    other = log_density(instance, instance.natural(there))
    (found,) = integrals(instance, [sympy.expand_log(density - other)], density, here[0])
    with mpmath.workdps(DIGITS):
        exact = to_mpf(instance.kullback_leibler(here, there))
        assert abs(found - exact) < mpmath.mpf(10) ** -25
        assert exact >= -(mpmath.mpf(10) ** -25)


@every_family
@settings(max_examples=5)
@given(data=st.data())
def test_drawn_states_lie_in_the_domain(family, data):
    instance = data.draw(instances(family))
    state = data.draw(states(instance, boundary=True))
    assert all(d > 0 for d in instance.state_domain(state))
    assert all(d >= 0 for d in instance.nonnegative(state))
    for k, expression in instance.dependent(state):
        assert expression == state[k]


def test_registry_names_only_final_families():
    assert all(not family.__subclasses__() for family in families().values())
