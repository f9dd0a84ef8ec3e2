"""Asymmetric Laplace laws: what a Laplace law becomes when people choose by x."""

from __future__ import annotations

import mpmath
import numpy as np
import pytest
import sympy
from flint import arb
from hypothesis import given, settings
from strategies.families import positive, rationals

from theory.analysis import analyze
from theory.arithmetic.ball import BallArithmetic
from theory.arithmetic.program import evaluate
from theory.budget import Budget
from theory.curation.choice import chosen_output
from theory.curation.tilted import tilted_law
from theory.ecosystem_file import from_text
from theory.equilibrium.result import Reached
from theory.errors import InvalidInput
from theory.families.asymmetric_laplace import AsymmetricLaplace
from theory.families.laplace import Laplace
from theory.reward import REWARD_VARIABLE, Reward, Taste

X = REWARD_VARIABLE
TEXT = """
[users.u]
reward = "{reward}"
strength = "{strength}"
[models.m]
family = "laplace"
location = {location}
users = "u"
real = {{ share = "1/2", deviation = 1 }}
reads = [{{ from = "m", share = "1/2", curated = true }}]
"""


def read(reward="x", strength="1/4", location=0):
    return from_text(TEXT.format(reward=reward, strength=strength, location=location), source="m.toml")


def kept(location, deviation, slope, function):
    """E[f] of a Laplace law reweighted by e^{slope·x}, by quadrature."""
    c = mpmath.mpf(location.p) / location.q
    b, s = (mpmath.mpf(v.p) / v.q for v in (deviation, slope))

    def integral(f):
        halves = ([c - mpmath.inf, c], [c, c + mpmath.inf])
        return sum(mpmath.quad(lambda x: f(x) * mpmath.exp(s * (x - c) - abs(x - c) / b), h) for h in halves)

    return integral(function) / integral(lambda x: 1)


@settings(max_examples=8)
@given(rationals(-2, 2), positive(), rationals("-3/4", "3/4"))
def test_choice_by_x_is_the_reweighted_law(location, deviation, part):
    family, slope = Laplace(location), part / deviation
    output = chosen_output(family, (deviation,), Taste(reward=Reward(polynomial=X), strength=slope), None)
    means = output.law.expectations((X, X**2, *family.statistic))
    wanted = (lambda x: x, lambda x: x**2, lambda x: abs(x - mpmath.mpf(location.p) / location.q))
    with mpmath.workdps(30):
        for mean, function in zip(means, wanted, strict=True):
            theirs = kept(location, deviation, slope, function)
            assert abs(mpmath.mpf(mean.p) / mean.q - theirs) < mpmath.mpf("1e-20") * (1 + abs(theirs))


def test_what_is_kept_of_three_is_the_sum_over_all_triples():
    taste = Taste(reward=Reward(polynomial=X - sympy.Abs(X - 1) / 2), strength=sympy.Rational(2, 3))
    state = (sympy.Integer(2), sympy.Rational(1, 2))
    law = chosen_output(AsymmetricLaplace(sympy.Integer(1)), state, taste, 3).law
    means = law.expectations((X, X**2, sympy.Abs(X - 1)))
    u, weight = np.polynomial.legendre.leggauss(60)
    side, weight = 8 * (u + 1) ** 2, weight * (u + 1)
    z = np.concatenate([2 * side, -side / 2])
    chance = np.concatenate([2 * weight * np.exp(-side), weight * np.exp(-side) / 2])
    chance, a = chance / chance.sum(), np.exp(2 / 3 * (z - np.abs(z) / 2))
    one, two, three = a[:, None, None], a[:, None], a
    kept_chance = 3 * chance * np.einsum("j,k,ijk->i", chance, chance, one / (one + two + three))
    for ball, value in zip(
        evaluate(list(means), {}, BallArithmetic(96)), (1 + z, (1 + z) ** 2, np.abs(z)), strict=True
    ):
        assert abs(float(ball.mid()) - kept_chance @ value) < 1e-9
        assert ball.rad() < arb("1e-10")


@pytest.mark.parametrize("reward", ["abs(1 - x)", "sqrt((x - 1)**2)", "abs(2*x - 2)/2"])
def test_ways_to_write_the_distance_are_one_statistic(reward):
    ecosystem = read(reward=reward, location=1).ecosystem
    parts = ecosystem.models[0].family.reward_parts(ecosystem.users[0].single_taste.reward)
    assert (parts.linear, parts.outside) == ((sympy.S.One,), None)


def test_strength_at_the_fold_and_beyond():
    """b = 1/2 + b(1 + w)/(2(1 − w)) with w = β²b², so β² = (b − 1)/(3b³ − b²): most at b = (5 + √13)/6."""
    analysis = analyze(read(strength="1/3").ecosystem, Budget(seconds=60.0))
    assert analysis.equilibria.reached_detail is Reached.LEAVES_DOMAIN
    assert "1 - m.deviation/3 > 0 fails" in analysis.equilibria.detail
    top = (5 + sympy.sqrt(13)) / 6
    strength = sympy.sqrt((top - 1) / (3 * top**3 - top**2))
    (threshold,) = analysis.thresholds
    assert threshold.converges < strength < threshold.fails < strength + sympy.Rational(1, 1000)


def test_equilibrium_below_the_fold():
    """At β = 1/4 the deviation is a root of 3b³ − b² − 16b + 16."""
    analysis = analyze(read().ecosystem, Budget(seconds=60.0))
    (deviation,) = analysis.reached.equilibrium.point
    root = min(r for r in sympy.Poly([3, -1, -16, 16], X).nroots(40) if r > 0)
    assert abs(float(deviation.mid()) - float(root)) < 1e-12
    assert analysis.reached.equilibrium.stability.value == "stable"


def test_a_distance_from_elsewhere_is_refused():
    with pytest.raises(InvalidInput, match=r"a reward a \+ b1·abs\(x - 1\) \+ b2·x .* found abs\(x - 2\)"):
        read(reward="abs(x - 2)", location=1)
    with pytest.raises(InvalidInput, match="only a reward's x has an absolute value"):
        from_text('[parameters.a]\nvalue = "1/2"\n' + TEXT.format(reward="x", strength="abs(a)", location=0))


def test_the_symmetric_law_is_laplace():
    assert AsymmetricLaplace().mean_parameter((sympy.S(2), sympy.S(2))) == (2, 0)


@pytest.mark.parametrize("reward", ["x - x**2/3", "-x**4/8 + abs(x - 1)"])
def test_falling_powers_reweight_both_sides(reward):
    ecosystem = read(reward=reward, location=1).ecosystem
    (law, domain) = tilted_law(
        *Laplace(sympy.S.One).widened((sympy.S.Half,)), ecosystem.users[0].single_taste
    )
    (mean,) = evaluate(list(law.expectations((X,))), {}, BallArithmetic(96))
    value = sympy.lambdify(X, ecosystem.users[0].single_taste.reward.polynomial, "mpmath")

    def weight(x):
        return mpmath.exp(value(x) / 4 - 2 * abs(x - 1))

    total, first = (
        mpmath.quad(lambda x, n=n: x**n * weight(x), [-mpmath.inf, 1, mpmath.inf]) for n in (0, 1)
    )
    assert abs(float(mean.mid()) - float(first / total)) < 1e-12
    assert mean.rad() < arb("1e-12")
    assert all(condition > 0 for condition in domain)


@pytest.mark.parametrize("reward", ["x**2", "x**3", "x**3 - x**2", "x**4/9 - x**3"])
def test_powers_that_rise_on_a_side_are_refused(reward):
    with pytest.raises(InvalidInput, match="can be normalised"):
        read(reward=reward)
