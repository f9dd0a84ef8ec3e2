"""Finite pools on every family of finite support: against all draws, one by one; none is named here."""

from __future__ import annotations

import itertools
import math

import mpmath
import pytest
import sympy
from flint import arb
from hypothesis import given, settings
from hypothesis import strategies as st
from oracles.iteration import to_mpf as midpoint
from oracles.one_round import enumerated_choice
from oracles.quadrature import DIGITS, log_density, reward_as_function, to_mpf
from strategies.families import instances, positive, rationals, rewards, states

from theory.arithmetic.ball import BallArithmetic
from theory.arithmetic.program import evaluate
from theory.curation.choice import chosen_output
from theory.families.registry import families
from theory.reward import Reward, Taste

finite = [family for family in families().values() if family.finite_support]
every_finite_family = pytest.mark.parametrize("family", finite, ids=lambda family: family.name)
BITS = 160


@st.composite
def choices(draw, family):
    """A law on finitely many points, and a taste: any number a point, or a reward of the highest degree."""
    instance = draw(instances(family))
    points = len(instance.support_points())
    numbers = Reward(table=tuple(draw(rationals(-1, 1)) for _ in range(points)), rows=prompts_of(instance))
    reward = draw(st.sampled_from([numbers, draw(rewards(instance))]))
    return instance, draw(states(instance)), Taste(reward=reward, strength=draw(positive(2)))


def prompts_of(instance):
    return len(instance.menus(instance.statistic))


def functions_of(instance):
    """The statistic, and more that a reader may match where samples are numbers."""
    if instance.atoms:
        return instance.statistic
    (x,) = instance.variables
    return (*instance.statistic, x**2, x**3 - x)


def kept(instance, state, taste, pool):
    """Means of what is kept, in balls."""
    law = chosen_output(instance, state, taste, pool).law
    return evaluate(list(law.expectations(functions_of(instance))), {}, BallArithmetic(BITS))


def assert_enclosed(balls, expected):
    for ball, value in zip(balls, expected, strict=True):
        assert ball.rad() < arb("1e-30")
        with mpmath.workdps(DIGITS):
            assert abs(midpoint(ball) - value) < mpmath.mpf(10) ** -29


@every_finite_family
@settings(max_examples=4)
@given(data=st.data(), pool=st.integers(2, 3))
def test_what_is_kept_of_few_is_the_sum_over_all_draws(family, data, pool):
    instance, state, taste = data.draw(choices(family))
    raw = log_density(instance, instance.natural(state))
    reward = taste.strength * reward_as_function(instance, taste.reward)
    with mpmath.workdps(DIGITS):
        expected = enumerated_choice(instance, raw, reward, pool, functions_of(instance))
    assert_enclosed(kept(instance, state, taste, pool), expected)


def counts(points, total):
    """Every way to draw `total` candidates: how often each point."""
    for bars in itertools.combinations(range(total + points - 1), points - 1):
        ends = (-1, *bars, total + points - 1)
        yield [b - a - 1 for a, b in itertools.pairwise(ends)]


def summed_over_counts(masses, weights, pool):
    """Probability that each point is kept, by the multinomial law of how often each is drawn."""
    total = [mpmath.mpf(0)] * len(masses)
    for drawn in counts(len(masses), pool):
        ways = math.factorial(pool) // math.prod(map(math.factorial, drawn))
        chance = ways * mpmath.fprod(p**n for p, n in zip(masses, drawn, strict=True))
        attraction = mpmath.fsum(n * a for n, a in zip(drawn, weights, strict=True))
        for k, n in enumerate(drawn):
            total[k] += chance * n * weights[k] / attraction
    return total


without_prompts = [family for family in finite if not family.answers_prompts]


@pytest.mark.parametrize("family", without_prompts, ids=lambda family: family.name)
@settings(max_examples=2)
@given(data=st.data())
def test_what_is_kept_of_many_is_the_sum_over_all_counts(family, data):
    instance, state, taste = data.draw(choices(family))
    points = instance.support_points()
    pool = {2: 40, 3: 24}.get(len(points), 10)
    raw = log_density(instance, instance.natural(state))
    reward = taste.strength * reward_as_function(instance, taste.reward)
    with mpmath.workdps(DIGITS):
        masses, weights = (
            [to_mpf(sympy.exp(sympy.sympify(f).xreplace(dict(p)))) for p in points] for f in (raw, reward)
        )
        chances = summed_over_counts(masses, weights, pool)
        expected = [
            mpmath.fsum(
                c * to_mpf(sympy.sympify(f).xreplace(dict(p))) for c, p in zip(chances, points, strict=True)
            )
            for f in functions_of(instance)
        ]
    assert_enclosed(kept(instance, state, taste, pool), expected)
