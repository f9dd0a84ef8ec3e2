"""Every family under rewards of every kind: either refused, or what is kept is what integration finds."""

from __future__ import annotations

import mpmath
import numpy as np
import pytest
import sympy
from flint import arb
from hypothesis import given, settings
from hypothesis import strategies as st
from oracles.iteration import to_mpf as to_mpf_of_ball
from oracles.one_round import choice_mean, stream_law
from oracles.quadrature import DIGITS
from strategies.families import instances, states

from theory.arithmetic.ball import BallArithmetic
from theory.arithmetic.program import evaluate
from theory.curation.choice import chosen_output
from theory.errors import InvalidInput
from theory.families.registry import families
from theory.reward import Reward, Taste
from theory.simulation.compiled import array_function, numbers
from theory.simulation.producer import producer_of

every_family = pytest.mark.parametrize("family", list(families().values()), ids=list(families()))
X, WEAK = sympy.Symbol("x", real=True), sympy.Rational(1, 4)
MENU = (
    X,
    X - X**2 / 2,
    X - X**4 / 8,
    sympy.log(X),
    sympy.sqrt(X),
    X**2 / 9 - X**3 / 9,
    sympy.cos(X) + sympy.sin(X) ** 2,
    X / 2 - 1 / X,
    -(X**2) - 1 / X**2,
    X / 2 - sympy.Abs(X),
)
SIZE, POOL = 20_000, 3


def accepted(instance, state, pool):
    """The rewards that the family does not refuse, each with the law that is kept."""
    for reward in MENU:
        taste = Taste(reward=Reward(polynomial=reward), strength=WEAK)
        try:
            instance.check_reward(taste.reward)
            falls = instance.static_tilt_domain(taste.reward, taste.strength) if pool is None else ()
            output = chosen_output(instance, state, taste, pool)
            means = output.law.expectations(instance.statistic)
        except InvalidInput:
            continue
        if all(sympy.N(condition) > 0 for condition in (*falls, *output.domain)):
            yield taste, means


@pytest.mark.slow
@every_family
@settings(max_examples=2, deadline=None)
@given(data=st.data())
def test_what_infinitely_many_leave_agrees_with_quadrature(family, data):
    instance = data.draw(instances(family, 1))
    if instance.variables != (X,):
        return
    state = data.draw(states(instance))
    for taste, means in accepted(instance, state, None):
        expected = choice_mean(instance, state, stream_law(instance, state), taste, None, instance.statistic)
        for bits, digits in ((128, 8), (256, 15)):
            found = evaluate(means, {}, BallArithmetic(bits))
            with BallArithmetic(bits).precision(), mpmath.workdps(DIGITS):
                for value, ball in zip(expected, found, strict=True):
                    if ball.is_finite():
                        assert abs(value - to_mpf_of_ball(ball)) < mpmath.mpf(10) ** -digits * (
                            1 + abs(value)
                        )
                        assert ball.rad() < arb(10) ** -digits * (1 + abs(ball.mid()))


@pytest.mark.slow
@every_family
@settings(max_examples=1, deadline=None)
@given(data=st.data())
def test_what_few_leave_agrees_with_simulated_choices(family, data):
    instance = data.draw(instances(family, 1))
    if instance.variables != (X,) or instance.finite_support:
        return
    state = data.draw(states(instance))
    producer, count = producer_of(instance), np.array([SIZE * POOL])
    drawn = producer.draw(numbers(state)[:, None], count, np.random.default_rng(5))
    points = producer.points(drawn, count)
    values = points.values if points.times is None else np.repeat(points.values, points.times, axis=1)
    values = np.random.default_rng(6).permutation(values, axis=1)
    statistic = array_function(instance.statistic, instance.variables)(values).reshape(-1, POOL, SIZE)
    for taste, means in accepted(instance, state, POOL):
        judged = array_function((taste.reward.polynomial,), instance.variables)(values)[0].reshape(POOL, SIZE)
        weights = np.exp(float(taste.strength) * (judged - judged.max()))
        for ball, one in zip(evaluate(means, {}, BallArithmetic(128)), statistic, strict=True):
            kept = (weights * one).sum(axis=0) / weights.sum(axis=0)
            assert abs(kept.mean() - float(ball.mid())) < 5 * kept.std() / np.sqrt(SIZE)
