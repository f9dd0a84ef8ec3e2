"""What is kept of infinitely many by rewards outside the span: against quadrature and differences."""

from __future__ import annotations

import mpmath
import pytest
import sympy
from flint import arb, fmpq
from hypothesis import given
from hypothesis import strategies as st
from oracles.iteration import to_mpf as to_mpf_of_ball
from oracles.one_round import trained_statistic
from oracles.quadrature import DIGITS
from strategies.families import rationals

from theory.analysis import analyze
from theory.arithmetic.ball import BallArithmetic
from theory.arithmetic.high_precision import HighPrecisionArithmetic
from theory.arithmetic.program import Program
from theory.budget import Budget
from theory.ecosystem_file import from_text
from theory.equilibrium.result import Reached
from theory.errors import InvalidInput
from theory.quadrature.base.ceiling import highest_sum
from theory.update_map import derive, state_symbols
from theory.update_map.retraining import curation_offset, strength_offset, training_set

FILE = """
name = "tilted"
[users.u]
reward = "{reward}"
strength = "{strength}"
noise = "1/10"
[models.m]
family = "{family}"
{more}
users = "u"
real = {{ share = "1/2", {data} }}
reads = [ {{ from = "m", share = "1/2", curated = true }} ]
"""
GAMMA = {"family": "gamma", "data": "mean = 2", "more": 'shape = "3/2"'}
CASES = {
    "square of a waiting time": {"family": "exponential", "data": "mean = 2", "reward": "x - x**2/4"},
    "root of a waiting time": {**GAMMA, "reward": "3*sqrt(x) - x/8"},
    "logarithm of a waiting time": {**GAMMA, "reward": "2*log(x) - x/3"},
    "falling logarithm": {**GAMMA, "reward": "-log(x)"},
    "distance": {"family": "rayleigh", "data": "mean_square = 2", "reward": "x/2"},
    "logarithm of a distance": {"family": "rayleigh", "data": "mean_square = 2", "reward": "log(x) - x**2/9"},
    "fourth power of a distance": {
        "family": "rayleigh",
        "data": "mean_square = 2",
        "reward": "x + x**2 - x**4/8",
    },
    "lifetime": {"family": "weibull", "data": "mean_power = 1", "more": "shape = 3", "reward": "x - x**2"},
    "square of a count": {"family": "poisson", "data": "mean = 2", "reward": "2*x - x**2/4"},
    "square of failures": {"family": "geometric", "data": "mean = 2", "reward": "3*x - x**2/3"},
    "cube of failures": {
        "family": "negative-binomial",
        "data": "mean = 2",
        "more": 'successes = "3/2"',
        "reward": "x**2/9 - x**3/40",
    },
    "part": {"family": "beta", "data": 'alpha = "3/2", beta = 2', "reward": "4*x - 4*x**2 + log(x)/5"},
    "angle": {
        "family": "von-mises",
        "data": 'cosine = "1/3", sine = "1/4"',
        "reward": "cos(x)**2 - sin(x) + cos(x)*sin(x)/2",
    },
    "drift": {"family": "inverse-gaussian", "data": "mean = 1, shape = 2", "reward": "x - x**2/8 - 1/x**2"},
}


def ecosystem(strength="1/2", more="", **given):
    return from_text(FILE.format(strength=strength, more=more, **given)).ecosystem


def read_by(system):
    """What the model reads in a round, over its state and the offset of its users' strength."""
    model = system.model("m")
    means = training_set(system, model, {"m": state_symbols(model)}).law.expectations(model.family.fitted)
    at_rest = {curation_offset("m"): sympy.S.Zero}
    return [m.xreplace(at_rest) for m in means], (*state_symbols(model), strength_offset("u"))


def start_of(system):
    update = derive(system)
    return tuple(update.at_values(e) for e in update.start)


@pytest.mark.parametrize("name", CASES)
def test_means_agree_with_quadrature(name):
    system = ecosystem(**CASES[name])
    means, symbols = read_by(system)
    expected = trained_statistic(system, system.model("m"), {"m": start_of(system)})
    at = dict(zip(symbols, (*start_of(system), sympy.S.Zero), strict=True))
    for bits, digits in ((400, 24), (160, 12)):
        found = Program.compile([m.xreplace(at) for m in means], ()).evaluate(BallArithmetic(bits), ())
        with BallArithmetic(bits).precision(), mpmath.workdps(DIGITS):
            for value, ball in zip(expected, found, strict=True):
                assert abs(value - to_mpf_of_ball(ball)) < mpmath.mpf(10) ** -digits * (1 + abs(value))
                assert ball.rad() < arb(10) ** -digits * (1 + abs(ball.mid()))


@pytest.mark.slow
@pytest.mark.parametrize("name", CASES)
def test_derivatives_agree_with_differences(name):
    system = ecosystem(**CASES[name])
    means, symbols = read_by(system)
    point = [mpmath.mpf(str(sympy.N(v, 40))) for v in start_of(system)] + [mpmath.mpf(0)]
    precise = HighPrecisionArithmetic(40)
    program = Program.compile(means, symbols)
    for k, symbol in enumerate(symbols):
        slopes = Program.compile([m.diff(symbol) for m in means], symbols).evaluate(precise, point)
        with mpmath.workdps(40):
            h = mpmath.mpf(10) ** -10
            above, below = (
                program.evaluate(precise, [v + s * h if j == k else v for j, v in enumerate(point)])
                for s in (1, -1)
            )
            for slope, high, low in zip(slopes, above, below, strict=True):
                assert abs(slope - (high - low) / (2 * h)) < mpmath.mpf(10) ** -14 * (1 + abs(slope))


def test_wide_balls_hold_what_their_points_give():
    means, symbols = read_by(ecosystem(**CASES["distance"]))
    balls = BallArithmetic(160)
    program = Program.compile(means, symbols)
    with balls.precision():
        (wide,) = program.bind(balls)([arb(2, 0.25), arb(0, 0.125)])
        for state, offset in ((fmpq(7, 4), fmpq(-1, 8)), (fmpq(2), fmpq(0)), (fmpq(9, 4), fmpq(1, 8))):
            (narrow,) = program.bind(balls)([arb(state), arb(offset)])
            assert wide.contains(narrow)


def test_a_logarithm_leaves_the_family_at_its_threshold():
    """Weights x^{−3β} need a shape 1 − 3β > 0: β < 1/3."""
    found = analyze(
        ecosystem("1/2", family="exponential", data="mean = 2", reward="-3*log(x)"), Budget(digits=12)
    )
    assert found.equilibria.reached_detail is Reached.LEAVES_DOMAIN
    inside = analyze(
        ecosystem("3/10", family="exponential", data="mean = 2", reward="-3*log(x)"), Budget(digits=12)
    )
    assert inside.equilibria.reached_detail is Reached.CONVERGED


REFUSED = {
    "a square that rises": {"family": "exponential", "data": "mean = 2", "reward": "x**2"},
    "a cube that rises": {"family": "poisson", "data": "mean = 2", "reward": "x**3/9 - x**2"},
    "a reciprocal square that rises": {
        "family": "inverse-gaussian",
        "data": "mean = 1, shape = 2",
        "reward": "1/x**2 - x**2",
    },
    "a reciprocal": {"family": "exponential", "data": "mean = 2", "reward": "1/x"},
    "a power of a heavy tail": {
        "family": "pareto",
        "data": "mean_log = 1",
        "more": "scale = 1",
        "reward": "x",
    },
}


@pytest.mark.parametrize("given_", REFUSED.values(), ids=list(REFUSED))
def test_what_has_no_tilt_is_refused_in_one_sentence(given_):
    with pytest.raises(InvalidInput, match=r"users\.u\.(reward|strength): expected "):
        ecosystem(**given_)


@given(
    rising=st.lists(st.tuples(rationals(-3, 3), st.sampled_from([1, 2, 3])), min_size=1, max_size=3),
    falling=rationals(1, 4),
    at=rationals(0, 9),
)
def test_no_sum_of_powers_gets_above_its_ceiling(rising, falling, at):
    terms = [(arb(fmpq(int(c.p), int(c.q))), fmpq(p, 2)) for c, p in rising]
    terms.append((-arb(fmpq(int(falling.p), int(falling.q))), fmpq(2)))
    x = arb(fmpq(int(at.p), int(at.q)))
    assert not sum((c * x ** arb(p) for c, p in terms), arb(0)) > highest_sum(terms)


def test_one_rising_term_touches_its_ceiling():
    assert abs(highest_sum([(arb(4), fmpq(1)), (arb(-2), fmpq(2))]) - 2) < arb("1e-10")
    assert highest_sum([(arb(1), fmpq(1))]) == arb.pos_inf()
    assert highest_sum([(arb(-1), fmpq(1)), (arb(1), fmpq(2))]) == arb.pos_inf()
