"""Expected weights of every family: the slope in the strength is the reward under the tilted law."""

from __future__ import annotations

import pytest
import sympy
from flint import arb
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from strategies.families import instances, rewards, states

from theory.arithmetic.program import Program
from theory.equilibrium.problem import ball_values
from theory.exponential_family.law import FamilyLaw, FiniteLaw, MixedLaw
from theory.families.registry import families
from theory.reward import Reward, Taste
from theory.robustness.weights import expected_weight, family_weight, log_weight

STRENGTH = sympy.Symbol("strength", real=True)
UNPROMPTED = sorted(name for name, family in families().items() if not family.answers_prompts)


def number(expression):
    return ball_values(Program.compile([expression], ()), (), 256)[0]


@pytest.mark.parametrize("name", UNPROMPTED)
@settings(max_examples=3, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_slope_of_the_logarithm_is_the_tilted_reward(name, data):
    family = data.draw(instances(families()[name], 1))
    state = data.draw(states(family))
    reward = data.draw(rewards(family, scale=sympy.Rational(1, 3)))
    here, there = Taste(reward=reward, strength=STRENGTH), Taste(reward=reward, strength=sympy.Rational(1, 4))
    found = log_weight(family, state, here)
    if found is None:  # no formula, nothing claimed
        return
    assert number(found.value.xreplace({STRENGTH: sympy.S.Zero})).contains(0)
    at = {STRENGTH: there.strength}
    assume(all(number(d.xreplace(at)) > 0 for d in found.domain))
    base, tilted, _ = family.tilted(state, there)
    wanted = number(base.expected_reward(reward, tilted))
    assert abs(number(found.value.diff(STRENGTH).xreplace(at)) - wanted) < arb("1e-30")


@pytest.mark.parametrize("name", [n for n in UNPROMPTED if families()[n].finite_support])
@settings(max_examples=3)
@given(data=st.data())
def test_weight_on_a_finite_support_is_a_sum(name, data):
    family = data.draw(instances(families()[name], 2))
    state, reward = data.draw(states(family)), data.draw(rewards(family))
    taste = Taste(reward=reward, strength=sympy.Rational(2, 3))
    rates = family.support_rewards(reward)
    chances = family.support_probabilities(state)
    listed = sum(p * sympy.exp(taste.strength * r) for p, r in zip(chances, rates, strict=True))
    finite = FiniteLaw(family.support_points(), tuple(chances))
    mixed = MixedLaw(
        ((sympy.Rational(1, 3), finite), (sympy.Rational(2, 3), FamilyLaw(family, tuple(state))))
    )
    for found in (family_weight(family, state, taste), expected_weight(mixed, taste)):
        assert abs(number(found.value) - number(listed)) < arb("1e-40")


def test_weight_of_a_mixture_needs_one_of_every_part():
    gaussian = families()["gaussian"]()
    law = FamilyLaw(gaussian, (sympy.S.Zero, sympy.S.One))
    bounded = Taste(reward=Reward(polynomial=sympy.cos(sympy.Symbol("x", real=True))))
    assert log_weight(gaussian, law.state, bounded) is None
    assert expected_weight(MixedLaw(((sympy.S.One, law),)), bounded) is None
