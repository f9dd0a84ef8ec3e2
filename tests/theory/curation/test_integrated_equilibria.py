"""Ecosystems whose choices are integrated: certified equilibria and influences against the iterated map."""

from __future__ import annotations

import numpy as np
import pytest
from flint import arb, ctx

from theory.analysis import analyze
from theory.arithmetic.arrays import ArrayArithmetic
from theory.arithmetic.program import Program
from theory.budget import Budget
from theory.ecosystem_file import from_text
from theory.equilibrium.problem import problem_of
from theory.equilibrium.result import Existence, Reached, Stability
from theory.errors import InvalidInput
from theory.update_map import derive

FILE = """
[users.u]
reward = "{reward}"
strength = "{strength}"
pool = {pool}
[models.m]
family = "{family}"
{more}
users = "u"
real = {{ share = "3/5", {data} }}
reads = [ {{ from = "m", share = "2/5", curated = true }} ]
"""
BOTH = 'mean = "1/2", variance = 1'
CASES = {
    "pool of two": {"reward": "x", "pool": 2},
    "pool of three": {"reward": "x", "pool": 3},
    "pool by a square": {"reward": "x - x**2/4", "pool": 3},
    "quartic": {"reward": "x - x**4/10", "pool": '"inf"'},
    "wave": {"reward": "cos(x) + x/3", "pool": '"inf"'},
    "pool on a half-line": {"reward": "-x**2", "pool": 4, "family": "rayleigh", "data": "mean_square = 1"},
    "pool outside the span": {
        "reward": "x - log(x)/3",
        "pool": 3,
        "family": "rayleigh",
        "data": "mean_square = 1",
    },
    "pool of angles": {
        "reward": "cos(x) + sin(x)/2",
        "pool": 3,
        "family": "von-mises",
        "data": 'cosine = "1/5", sine = "-1/10"',
    },
    "pool of waiting times": {
        "reward": "x/4 - 1/x",
        "pool": 3,
        "family": "inverse-gaussian",
        "data": "mean = 1, shape = 3",
    },
    "pool on an interval": {"reward": "x", "pool": 3, "family": "beta", "data": "alpha = 3, beta = 4"},
    "square of a waiting time": {
        "reward": "x - x**2/4",
        "pool": '"inf"',
        "family": "exponential",
        "data": "mean = 1",
    },
    "distance": {"reward": "x/3", "pool": '"inf"', "family": "rayleigh", "data": "mean_square = 1"},
    "wave of an angle": {
        "reward": "cos(x)**2 - sin(x)/2",
        "pool": '"inf"',
        "family": "von-mises",
        "data": 'cosine = "1/5", sine = "-1/10"',
    },
    "best part": {
        "reward": "4*x - 4*x**2",
        "pool": '"inf"',
        "family": "beta",
        "data": "alpha = 3, beta = 4",
    },
    "square of a count": {"reward": "2*x - x**2/4", "pool": '"inf"', "family": "poisson", "data": "mean = 2"},
    "pool of counts": {"reward": "x", "pool": 5, "family": "poisson", "data": "mean = 2"},
}


def ecosystem(strength="1/3", family="gaussian", data=BOTH, more="", **given):
    filled = {"strength": strength, "family": family, "data": data, "more": more, **given}
    return from_text(FILE.format(**filled)).ecosystem


def iterated(update, rounds=400):
    """The limit of the map in double precision, from its start."""
    step = Program.compile([update.at_values(g) for g in update.step], update.state)
    start = Program.compile([update.at_values(e) for e in update.start], ()).evaluate(ArrayArithmetic(), ())
    point = [np.float64(v) for v in start]
    for _ in range(rounds):
        after = step.evaluate(ArrayArithmetic(), point)
        if max(abs(a - b) for a, b in zip(after, point, strict=True)) < 1e-15:
            break
        point = list(after)
    return point


def test_a_certified_equilibrium_is_where_iteration_ends():
    _agrees(
        {**CASES["quartic"], "family": "gaussian-location", "data": 'mean = "1/2"', "more": "variance = 1"}
    )


@pytest.mark.slow
@pytest.mark.parametrize("name", CASES)
def test_every_kind_of_choice_is_certified_with_influences(name):
    found = _agrees(CASES[name])
    (total,) = [i.total for i in found.influence if i.knob == "users.u.strength"]
    ends = [iterated(derive(ecosystem(strength=s, **CASES[name]))) for s in ("3334/10000", "3332/10000")]
    system = ecosystem(**CASES[name])
    reward = Program.compile([e for _, e in derive(system).alignments], derive(system).state)
    high, low = (reward.evaluate(ArrayArithmetic(), end)[0] for end in ends)
    assert abs((high - low) / 2e-4 - float(total.mid())) < 1e-4 * (1 + abs(float(total.mid())))


def _agrees(given):
    analysis = analyze(ecosystem(**given), Budget(digits=12, seconds=120))
    found = analysis.reached
    assert analysis.equilibria.reached_detail is Reached.CONVERGED
    assert (found.equilibrium.existence, found.equilibrium.stability) == (
        Existence.CERTIFIED,
        Stability.STABLE,
    )
    for ball, value in zip(found.equilibrium.point, iterated(analysis.update_map), strict=True):
        assert abs(float(ball.mid()) - float(value)) < 1e-9
        assert ball.rad() < arb("1e-9")
    return found


REFUSED = {
    "a quartic that grows": ({"reward": "x**4", "pool": '"inf"'}, "users.u.strength: .*normalised"),
    "an odd degree": ({"reward": "-x**3", "pool": '"inf"'}, "users.u.reward: .*degree at most 2.*degree 3"),
    "a degree that is too high": ({"reward": "-x**18", "pool": '"inf"'}, "users.u.reward: .*degree 18"),
    "an unbounded wave": ({"reward": "x*cos(x)", "pool": '"inf"'}, "users.u.reward: .*found x\\*cos"),
    "a pool by a quartic": ({"reward": "-x**4", "pool": 2}, 'users.u.pool: expected pool = "inf"'),
    "a pool that is too large": ({"reward": "x", "pool": 65}, "users.u.pool: .*2 to 64"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_integrated_is_refused_in_words(name):
    given, words = REFUSED[name]
    with pytest.raises(InvalidInput, match=words):
        ecosystem(**given)


@pytest.mark.parametrize("data", ["mean = 1000, variance = 1", 'mean = -1, variance = "1e-20"'])
def test_far_out_and_narrow_starts_are_enclosed(data):
    update = derive(ecosystem(reward="-x**4", pool='"inf"', data=data))
    problem = problem_of(update)
    with ctx.workprec(256):
        first = problem.bound_step(256)(problem.start_at(256))
        assert all(v.is_finite() for v in first)
        assert all(v.rad() < arb("1e-20") * (1 + abs(v.mid())) for v in first)
