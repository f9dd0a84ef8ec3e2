"""Samplers of every registered family against its log-partition and its density; none is named here."""

from __future__ import annotations

import mpmath
import numpy as np
import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st
from oracles.quadrature import expectations, is_on_a_line, log_density
from strategies.families import instances, states

from theory.exponential_family.support import Support
from theory.families.registry import families
from theory.reward import reward_variables
from theory.simulation.compiled import array_function, numbers
from theory.simulation.producer import producer_of

every_family = pytest.mark.parametrize("family", list(families().values()), ids=list(families()))
SIZE = 40_000


def drawn(instance, state, size=SIZE):
    """Points and statistics of samples of one law."""
    producer = producer_of(instance)
    counts = np.array([size])
    samples = producer.draw(numbers(state)[:, None], counts, np.random.default_rng(20261122))
    points = every_point(producer.points(samples, counts))
    return points, statistic_of(instance)(points)


def statistic_of(instance):
    return array_function(instance.statistic, instance.variables)


def every_point(points):
    return points.values if points.times is None else np.repeat(points.values, points.times, axis=1)


@every_family
@settings(max_examples=2)
@given(data=st.data())
def test_sampled_statistic_has_the_mean_and_the_covariance_of_the_family(family, data):
    instance = data.draw(instances(family))
    state = data.draw(states(instance))
    _, values = drawn(instance, state)
    means = numbers(instance.mean_parameter(state))
    assert np.all(np.abs(values.mean(axis=1) - means) <= 5 * values.std(axis=1) / np.sqrt(SIZE) + 1e-12)
    if instance.answers_prompts:
        return
    exact = instance.fisher_information(instance.natural(state))
    information = numbers(list(exact)).reshape(exact.shape)
    centred = values - means[:, None]
    products = centred[:, None] * centred[None]
    allowed = 5 * products.std(axis=2) / np.sqrt(SIZE) + 1e-12
    assert np.all(np.abs(products.mean(axis=2) - information) <= allowed)


whole_laws = [f for f in families().values() if not f.answers_prompts]


@pytest.mark.parametrize("family", whole_laws, ids=lambda f: f.name)
@pytest.mark.slow
@settings(max_examples=2)
@given(data=st.data())
def test_sampled_points_have_the_density_of_the_family(family, data):
    instance = data.draw(instances(family).filter(is_on_a_line))
    state = data.draw(states(instance))
    points, _ = drawn(instance, state)
    x = instance.variables[0]
    law = log_density(instance, instance.natural(state))
    seen_by = 1 / (2 + sympy.cos(x)) if instance.support is Support.ANGLES else 1 / (1 + x**2)
    (exact,) = expectations(instance, [seen_by], law, state[0])
    seen = sympy.lambdify(x, seen_by)(points[0])
    assert abs(seen.mean() - float(exact)) <= 5 * seen.std() / np.sqrt(SIZE) + 1e-12


@every_family
@settings(max_examples=2)
@given(data=st.data())
def test_each_sample_is_of_the_law_in_its_column(family, data):
    instance = data.draw(instances(family))
    laws = [data.draw(states(instance)) for _ in range(2)]
    columns = np.stack([numbers(law) for law in laws], axis=1)
    producer = producer_of(instance)
    counts = np.array([SIZE, SIZE])
    samples = producer.draw(columns, counts, np.random.default_rng(1))
    values = statistic_of(instance)(every_point(producer.points(samples, counts)))
    for k, law in enumerate(laws):
        own = values[:, k * SIZE : (k + 1) * SIZE]
        allowed = 5 * own.std(axis=1) / np.sqrt(SIZE) + 1e-12
        assert np.all(np.abs(own.mean(axis=1) - numbers(instance.mean_parameter(law))) <= allowed)


translated_families = [f for f in families().values() if f.is_translated]


@pytest.mark.parametrize("family", translated_families, ids=[f.name for f in translated_families])
@settings(max_examples=3)
@given(data=st.data())
def test_translated_state_is_the_law_of_translated_samples(family, data):
    instance = data.draw(instances(family))
    state = data.draw(states(instance))
    variables = reward_variables(instance.dimension)
    shift = sympy.Matrix([sympy.Rational(k + 1, 3) for k in range(instance.dimension)])
    moved = {v: v - c for v, c in zip(variables, shift, strict=True)}
    columns = instance.translated(numbers(state)[:, None], numbers(list(shift))[:, None])
    target = tuple(sympy.nsimplify(float(v), rational=True) for v in columns[:, 0])
    before = log_density(instance, instance.natural(state)).xreplace(moved)
    after = log_density(instance, instance.natural(target))
    at = {v: sympy.Rational(2 * k - 1, 5) for k, v in enumerate(variables)}
    with mpmath.workdps(30):
        assert abs(sympy.N((before - after).xreplace(at), 20)) < 1e-9
