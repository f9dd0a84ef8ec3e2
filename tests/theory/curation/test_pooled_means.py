"""Pools of two on half-lines and counts: against sums over both candidates, in every family with them."""

from __future__ import annotations

import numpy as np
import pytest
import sympy
from flint import arb

from theory.arithmetic.arrays import ArrayArithmetic
from theory.arithmetic.ball import BallArithmetic
from theory.arithmetic.high_precision import HighPrecisionArithmetic
from theory.arithmetic.program import Program, evaluate
from theory.curation.choice import chosen_output
from theory.ecosystem_file import from_text
from theory.errors import InvalidInput
from theory.exponential_family.features import NoClosedForm
from theory.exponential_family.support import Support
from theory.families.registry import families
from theory.reward import Reward, Taste

R = sympy.Rational
X = sympy.Symbol("x", real=True)
MEAN = sympy.Symbol("m", real=True)


def knows_pools(family):
    return not family.settings and family.coordinates == ("mean",) and family.kept_of_two((X,), X) is not None


KNOWN = [f() for f in families().values() if not f.settings and knows_pools(f())]


STRENGTH, TWO = R(3, 4), R(2)


def pooled(family, slope, strength=STRENGTH, mean=TWO):
    taste = Taste(reward=Reward(polynomial=slope * X + 1), strength=strength)
    return chosen_output(family, (mean,), taste, 2).law.expectations((X,))[0]


def summed(family, slope, mean):
    """E[x] of what is kept of two, by a sum over a grid of pairs weighted by the family's own density."""
    counts = family.support is Support.COUNTS
    x = np.arange(0.0, 220.0) if counts else np.linspace(0, 1, 1600, endpoint=False)[1:] ** 2 * 70
    theta = float(family.natural((sympy.Float(mean),))[0])
    base = np.array([float(family.log_base((sympy.Float(v),))) for v in x[:3]])
    assert np.ptp(base) == 0
    weight = np.exp(theta * x) * (1 if counts else np.sqrt(x))
    weight /= weight.sum()
    a = np.exp(slope * (x - x.max()))
    chance = a[:, None] / (a[:, None] + a[None, :])
    return float(2 * (weight * x) @ chance @ weight)


@pytest.mark.parametrize("family", KNOWN, ids=lambda f: f.name)
@pytest.mark.parametrize("slope", [R(1, 3), R(2), R(-1)])
def test_kept_means_agree_with_sums_over_both_candidates(family, slope):
    (ball,) = evaluate([pooled(family, slope)], {}, BallArithmetic(192))
    assert abs(float(ball.mid()) - summed(family, 0.75 * float(slope), 2.0)) < 2e-3
    assert ball.rad() < arb("1e-30")


@pytest.mark.parametrize("family", KNOWN, ids=lambda f: f.name)
def test_decisive_choices_keep_the_larger_and_opposite_ones_the_smaller(family):
    high, low = (evaluate([pooled(family, s, R(400))], {}, BallArithmetic(192))[0] for s in (R(1), R(-1)))
    assert (high + low).overlaps(arb(4))
    x = np.arange(0, 400)
    tail = {"exponential": 3.0}.get(family.name, 4 - float(np.sum((2 / 3) ** (2.0 * x[1:]))))
    assert abs(float(high.mid()) - tail) < 1e-2


@pytest.mark.parametrize("family", KNOWN, ids=lambda f: f.name)
def test_arithmetics_agree_and_derivatives_are_differences(family):
    kept = pooled(family, R(2, 3), mean=MEAN)
    program = Program.compile([kept, kept.diff(MEAN)], [MEAN])
    balls = BallArithmetic(256)
    with balls.precision():
        value, slope = program.evaluate(balls, [arb("1.5")])
        step = arb("1e-12")
        ends = [program.evaluate(balls, [arb("1.5") + s * step])[0] for s in (1, -1)]
        assert abs((ends[0] - ends[1]) / (2 * step) - slope) < arb("1e-18")
    high = HighPrecisionArithmetic(30)
    (precise, _) = program.evaluate(high, [high.context.mpf("1.5")])
    (several, _) = program.evaluate(ArrayArithmetic(), [np.array([1.5, 4.0])])
    assert abs(float(value.mid()) - float(precise)) < 1e-14
    assert abs(several[0] - float(precise)) < 1e-12


@pytest.mark.parametrize("family", KNOWN, ids=lambda f: f.name)
def test_a_ball_of_states_contains_the_value_at_its_points(family):
    program = Program.compile([pooled(family, R(2, 3), mean=MEAN)], [MEAN])
    balls = BallArithmetic(128)
    with balls.precision():
        for radius in ("1e-2", "1e-9", "1e-30"):
            (wide,) = program.evaluate(balls, [arb("1.5", radius)])
            (inside,) = program.evaluate(balls, [arb("1.5") + arb(radius) * 0.9])
            assert wide.contains(inside.mid())
            assert wide.is_finite()


@pytest.mark.parametrize("family", KNOWN, ids=lambda f: f.name)
def test_powers_have_means_and_waves_have_none(family):
    law = chosen_output(family, (R(2),), Taste(reward=Reward(polynomial=X)), 2).law
    assert law.expectations((sympy.Integer(3),)) == (3,)
    (mean, square) = evaluate(law.expectations((X, X**2)), {}, BallArithmetic(128))
    assert square > mean**2
    with pytest.raises(NoClosedForm):
        law.expectations((sympy.sin(X),))


FILE = """
[users.u]
reward = "{reward}"
strength = "{strength}"
pool = {pool}
[models.m]
family = "{family}"
users = "u"
real = {{ share = "1/2", mean = 1 }}
reads = [ {{ from = "m", share = "1/2", curated = true }} ]
"""


@pytest.mark.parametrize("family", [f.name for f in KNOWN])
def test_files_accept_pools_of_two_and_refuse_the_rest(family):
    good = {"reward": "x/2 + 1", "strength": "1/3", "pool": 2, "family": family}
    assert from_text(FILE.format(**good)).ecosystem.models
    for change, words in (
        ({"pool": 65}, 'pool = "inf"'),
        ({"strength": "0"}, "a strength > 0"),
    ):
        with pytest.raises(InvalidInput, match=words):
            from_text(FILE.format(**{**good, **change}))


def test_larger_pools_are_refused():
    with pytest.raises(InvalidInput, match=r'users\.u\.pool: expected pool = "inf"'):
        from_text(FILE.format(reward="x", strength="1", pool=65, family="poisson"))
