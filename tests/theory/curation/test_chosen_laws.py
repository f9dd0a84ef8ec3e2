"""Finite pools on infinite supports: every registered family that integrates them; none is named in a law."""

from __future__ import annotations

import numpy as np
import pytest
import sympy
from flint import arb
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies.families import instances, states

from theory.arithmetic.ball import BallArithmetic
from theory.arithmetic.program import Program, evaluate
from theory.curation.choice import chosen_output
from theory.curation.pooled import pooled_law
from theory.ecosystem_file import from_text
from theory.errors import InvalidInput
from theory.families.registry import families
from theory.reward import Reward, Taste
from theory.simulation.compiled import array_function, numbers
from theory.simulation.producer import producer_of

every_family = pytest.mark.parametrize("family", list(families().values()), ids=list(families()))
SIZE, POOL = 20_000, 3
X, HALF = sympy.Symbol("x", real=True), sympy.Rational(1, 2)


def taste_for(instance, state, sign):
    """A choice by ±T, of a strength at which it matters; where T is a vector, by a sum over it."""
    first, *others = instance.statistic
    strength = HALF if others else 1 / (2 * instance.mean_parameter(state)[0])
    reward = sympy.Add(first, *(k * t / 3 for k, t in enumerate(others, start=1)))
    return Taste(reward=Reward(polynomial=sign * reward), strength=strength)


def tastes_for(instance, state):
    """Choices by ±T, by each statistic, and by x and log(x) where the family can be judged by them."""
    yield from (taste_for(instance, state, sign) for sign in (1, -1))
    if len(instance.statistic) > 1:
        yield from (Taste(reward=Reward(polynomial=t), strength=HALF) for t in instance.statistic)
    for reward in (Reward(polynomial=sympy.log(X) + 1), Reward(polynomial=-X)):
        taste = Taste(reward=reward, strength=HALF)
        if pooled_law(instance, tuple(state), taste, POOL) is not None:
            yield taste


def is_integrated(instance):
    state = tuple(sympy.Dummy(real=True) for _ in instance.coordinates)
    return instance.integration(state) is not None


@every_family
@settings(max_examples=1)
@given(data=st.data())
def test_kept_statistics_agree_with_simulated_choices(family, data):
    instance = data.draw(instances(family))
    if not is_integrated(instance):
        return
    state = data.draw(states(instance))
    producer = producer_of(instance)
    count = np.array([SIZE * POOL])
    drawn = producer.draw(numbers(state)[:, None], count, np.random.default_rng(7))
    points = producer.points(drawn, count)
    values = points.values if points.times is None else np.repeat(points.values, points.times, axis=1)
    values = np.random.default_rng(8).permutation(values, axis=1)
    statistic = array_function(instance.statistic, instance.variables)(values).reshape(-1, POOL, SIZE)
    for taste in tastes_for(instance, state):
        law = chosen_output(instance, state, taste, POOL).law
        balls = evaluate(law.expectations(instance.statistic), {}, BallArithmetic(128))
        judged = array_function((taste.reward.polynomial,), instance.variables)(values)[0].reshape(POOL, SIZE)
        weights = np.exp(float(taste.strength) * (judged - judged.max()))
        for ball, one in zip(balls, statistic, strict=True):
            kept = (weights * one).sum(axis=0) / weights.sum(axis=0)
            assert abs(kept.mean() - float(ball.mid())) < 5 * kept.std() / np.sqrt(SIZE)
            assert ball.rad() < arb(10) ** -12 * (1 + abs(ball.mid()))


@pytest.mark.slow
@every_family
@settings(max_examples=1)
@given(data=st.data())
def test_derivatives_in_the_state_agree_with_differences(family, data):
    instance = data.draw(instances(family))
    if not is_integrated(instance):
        return
    state = data.draw(states(instance))
    symbols = tuple(sympy.Symbol(f"s{k}", real=True) for k in range(len(state)))
    taste = taste_for(instance, state, 1)
    kept, *_ = chosen_output(instance, symbols, taste, POOL).law.expectations(instance.statistic)
    program = Program.compile([kept, *(kept.diff(symbol) for symbol in symbols)], symbols)
    balls = BallArithmetic(128)
    at = evaluate(state, {}, balls)
    _, *slopes = program.evaluate(balls, at)
    for k, slope in enumerate(slopes):
        h = (at[k] + int(at[k].is_zero())) * arb(2) ** -12
        above, below = (
            program.evaluate(balls, [a + s * h if j == k else a for j, a in enumerate(at)])[0]
            for s in (1, -1)
        )
        difference = float(((above - below) / (2 * h)).mid())
        assert abs(float(slope.mid()) - difference) < 1e-4 * (1 + abs(float(slope.mid())))


def ecosystem(family, data, reward, pool, more=""):
    return f"""
name = "kept of a few"
[users.u]
reward = "{reward}"
strength = "1/2"
pool = {pool}
[models.m]
family = "{family}"
{more}
users = "u"
real = {{ share = "3/4", {data} }}
reads = [ {{ from = "m", share = "1/4", curated = true }} ]
"""


REFUSED = {
    "a reward that grows faster than T": ecosystem("exponential", "mean = 1", "x**2", 4),
    "a logarithm and a root, of infinitely many": ecosystem(
        "rayleigh", "mean_square = 1", "x + log(x)", '"inf"'
    ),
    "a square on an interval": ecosystem("beta", "alpha = 2, beta = 3", "x**2", 4),
    "a reciprocal on an interval, of infinitely many": ecosystem(
        "beta", "alpha = 2, beta = 3", "1/x", '"inf"'
    ),
    "a square of a waiting time": ecosystem("inverse-gaussian", "mean = 1, shape = 2", "x**2", 4),
    "a shape with parameters": "[parameters]\nk = { value = 2, range = [1, 3] }\n"
    + ecosystem("gamma", "mean = 1", "x", 4, 'shape = "k"').replace('name = "kept of a few"\n', ""),
    "a pool too large": ecosystem("exponential", "mean = 1", "x", 65),
}


@pytest.mark.parametrize("text", REFUSED.values(), ids=list(REFUSED))
def test_what_is_not_integrated_is_refused_in_one_sentence(text):
    with pytest.raises(InvalidInput, match=r"users\.u\.(pool|reward): expected "):
        from_text(text)
