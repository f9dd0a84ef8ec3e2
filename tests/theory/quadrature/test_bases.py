"""Bases: every registered one, against sums over pairs on nodes of another kind, at two precisions."""

from __future__ import annotations

import numpy as np
import pytest
import sympy
from flint import arb, ctx
from scipy import stats

from theory.arithmetic.arrays import ArrayArithmetic
from theory.arithmetic.ball import BallArithmetic
from theory.arithmetic.program import Program, evaluate
from theory.quadrature.base.circle import CircleBase
from theory.quadrature.base.counts import CountBase
from theory.quadrature.base.gamma import GammaBase
from theory.quadrature.base.normal import NormalBase
from theory.quadrature.base.registry import bases
from theory.quadrature.base.sides import SidesBase
from theory.quadrature.base.unit import UnitBase
from theory.quadrature.base.wald import WaldBase
from theory.quadrature.chosen_mean import kept_mean
from theory.quadrature.normal_pool import pooled_moment

R = sympy.Rational


def feature(*powers):
    return tuple(map(sympy.sympify, powers))


def on_a_circle(first, second):
    x = np.linspace(0, 2 * np.pi, 150, endpoint=False) + 0.01
    return np.exp(first * np.cos(x) + second * np.sin(x)), (np.cos(x), np.sin(x))


def gamma_counts(theta):
    x = np.arange(0.0, 90.0)
    return stats.poisson.pmf(x, np.exp(theta)), (x,)


def gamma_line():
    x, weight = np.polynomial.legendre.leggauss(200)
    x = (4 * (x + 1)) ** 2
    return weight * x**2 * np.exp(-x), (x, np.log(x))


def two_sides(first, second):
    x, weight = np.polynomial.legendre.leggauss(200)
    x = (4 * (x + 1)) ** 2
    weight = weight * np.sqrt(x)
    density = np.concatenate([weight * np.exp(first * x), weight * np.exp(second * x)])
    return density, (np.concatenate([x, 0 * x]), np.concatenate([0 * x, x]))


def unit_line(first, second):
    """In the logit of x."""
    u, weight = np.polynomial.legendre.leggauss(300)
    x = 1 / (1 + np.exp(-15 * u))
    rest = 1 / (1 + np.exp(15 * u))
    return weight * x**first * rest**second, (x, np.log(x), np.log(rest))


def wald_line(first, second):
    """In the logarithm of x."""
    v, weight = np.polynomial.legendre.leggauss(300)
    x = np.exp(5 * v)
    return weight * np.exp(first * x + second / x - 5 * v / 2), (x,)


def normal_line():
    x, weight = np.polynomial.legendre.leggauss(200)
    return weight * np.exp(-40 * x**2), (np.sqrt(80) * x,)


# base, values, feature, the law's own nodes: weights and basic functions
CASES = {
    "circle": (
        CircleBase((feature(0, 1), feature(1, 0))),
        (R(2, 3), R(-3, 2), R(5, 4), R(-1, 2)),
        feature(1, 1),
        on_a_circle,
    ),
    "concentrated circle": (
        CircleBase((feature(0, 1),)),
        (R(30), R(-20), R(4)),
        feature(0, 1),
        on_a_circle,
    ),
    "counts": (CountBase(None, (feature(1),)), (R(1, 2), R(2, 3)), feature(2), gamma_counts),
    "gamma": (GammaBase(R(5, 2), (feature(1, 0),)), (R(-3, 4),), feature(2, 0), gamma_line),
    "sides": (
        SidesBase((feature(1, 0), feature(0, 1))),
        (R(-2), R(-3, 2), R(5, 4), R(-1, 2)),
        feature(2, 0),
        two_sides,
    ),
    "one side": (SidesBase((feature(0, 1),)), (R(-1), R(-3), R(2, 3)), feature(0, 1), two_sides),
    "unit": (
        UnitBase((feature(0, 1, 0), feature(0, 0, 1), feature(1, 0, 0))),
        (R(9, 2), R(6), R(3, 4), R(-1, 2), R(1)),
        feature(1, 1, 0),
        unit_line,
    ),
    "concentrated on the unit interval": (
        UnitBase((feature(1, 0, 0),)),
        (R(40), R(30), R(5)),
        feature(0, 0, 1),
        unit_line,
    ),
    "wald": (
        WaldBase((feature(1), feature(-1))),
        (R(-5, 2), R(-4, 3), R(3, 4), R(-1, 2)),
        feature(2),
        wald_line,
    ),
    "concentrated wald": (WaldBase((feature(-1),)), (R(-20), R(-30), R(4)), feature(-1), wald_line),
    "normal": (NormalBase((feature(1), feature(2))), (R(3, 4), R(-1, 8)), feature(3), normal_line),
    "normal, by a square": (NormalBase((feature(2),)), (R(1, 3),), feature(2), normal_line),
}
every_case = pytest.mark.parametrize("name", CASES)


def powers_of(basics, exponents):
    return np.prod([b ** float(e) for b, e in zip(basics, exponents, strict=True)], axis=0)


def kept_of_pairs(base, values, powers, nodes):
    """E[f] of what is kept of two, by a sum over all pairs of nodes."""
    count = len(base.statistic)
    weight, basics = nodes(*map(float, values[:count]))
    weight = weight / weight.sum()
    log = sum(float(s) * powers_of(basics, f) for s, f in zip(values[count:], base.rewards, strict=True))
    chance = 1 / (1 + np.exp(log[None, :] - log[:, None]))
    return 2 * (weight * powers_of(basics, powers)) @ chance @ weight


def test_every_registered_base_is_tested():
    assert {type(base) for base, *_ in CASES.values()} == set(bases().values())


@every_case
def test_pairs_agree_with_sums_over_all_pairs(name):
    base, values, powers, nodes = CASES[name]
    kept = kept_mean(base, powers, 2, values)
    expected = kept_of_pairs(base, values, powers, nodes)
    coarse, fine = (evaluate([kept], {}, BallArithmetic(bits))[0] for bits in (48, 128))
    (double,) = evaluate([kept], {}, ArrayArithmetic())
    with ctx.workprec(512):
        assert coarse.overlaps(fine)
        assert fine.rad() < min(1e-6 * coarse.rad(), arb(10) ** -16 * (1 + abs(fine.mid())))
    assert abs(float(fine.mid()) - expected) < 1e-11 * (1 + abs(expected))
    assert abs(float(fine.mid()) - double) < 1e-10 * (1 + abs(expected))


@every_case
def test_sums_over_nodes_hold_what_finer_nodes_find(name):
    """E[f r^j e^{−r}] for r = va, by nodes whose errors are 2^−32 and by nodes whose errors are 2^−96."""
    base, values, powers, _ = CASES[name]
    with ctx.workprec(256):
        balls = tuple(arb(int(v.p)) / int(v.q) for v in values)
        coarse, fine = (base.rule(balls, bits) for bits in (32, 96))
        for order, scale in ((0, arb(1)), (1, arb(1) / 3), (2, arb(4))):
            sums = [
                sum(
                    (
                        w * f * (scale * a.exp()) ** order * (-scale * a.exp()).exp()
                        for w, f, a in zip(rule.weights, rule.column(powers), rule.logarithms, strict=True)
                    ),
                    arb(0),
                )
                + arb(0, rule.error(powers, order))
                for rule in (coarse, fine)
            ]
            assert sums[0].overlaps(sums[1])
            assert sums[1].rad() < 1e-8 * sums[0].rad()


@every_case
def test_derivatives_agree_with_differences(name):
    base, values, powers, _ = CASES[name]
    symbols = sympy.symbols(f"v:{len(values)}", real=True)
    kept = kept_mean(base, powers, 3, symbols)
    program = Program.compile([kept, *(kept.diff(s) for s in symbols)], symbols)
    balls, h = BallArithmetic(256), arb(2) ** -20
    with balls.precision():
        at = [arb(int(v.p)) / int(v.q) for v in values]
        _, *slopes = program.evaluate(balls, at)
        single = Program.compile([kept], symbols)
        for k, slope in enumerate(slopes):
            above, below = (
                single.evaluate(balls, [a + s * h if j == k else a for j, a in enumerate(at)])[0]
                for s in (1, -1)
            )
            assert abs(float(((above - below) / (2 * h) - slope).mid())) < 1e-8 * (
                1 + abs(float(slope.mid()))
            )


@every_case
def test_wide_balls_hold_the_values_of_their_points(name):
    base, values, powers, _ = CASES[name]
    symbols = sympy.symbols(f"v:{len(values)}", real=True)
    program = Program.compile([kept_mean(base, powers, 4, symbols)], symbols)
    balls = BallArithmetic(96)
    with balls.precision():
        at = [arb(int(v.p)) / int(v.q) for v in values]
        (wide,) = program.evaluate(balls, [a + arb(0, "1e-5") for a in at])
        for side in (-1, 1):
            (narrow,) = program.evaluate(balls, [a + side * arb("0.9e-5") for a in at])
            assert wide.overlaps(narrow)
        assert wide.rad() < 0.1 * (1 + abs(wide.mid()))


def test_choices_by_what_inversion_keeps_do_not_move_a_mean():
    """Given x + 1/x, a law with θ₁ = θ₂ has odds √x : 1/√x of 1/x against x: their mean is 1."""
    slope, powers = R(3, 4), feature(1)
    kept = kept_mean(WaldBase((feature(1), feature(-1))), powers, 5, (R(-2), R(-2), slope, slope))
    (ball,) = evaluate([kept], {}, BallArithmetic(128))
    assert ball.contains(arb(1))
    assert ball.rad() < arb(10) ** -18


def test_linear_choices_agree_with_the_integral_for_normal_numbers():
    slope = sympy.Symbol("s", real=True)
    kept = kept_mean(NormalBase((feature(1),)), feature(2), 4, (slope,))
    program = Program.compile([kept, pooled_moment(2, 4, slope)], [slope])
    mine, other = program.evaluate(BallArithmetic(128), [arb(3) / 2])
    assert mine.overlaps(other)
    assert mine.rad() < arb(10) ** -16


@every_case
def test_parameters_beyond_all_nodes_have_no_value(name):
    base, values, powers, _ = CASES[name]
    symbols = sympy.symbols(f"v:{len(values)}", real=True)
    program = Program.compile([kept_mean(base, powers, 2, symbols)], symbols)
    for size in (arb(10) ** 12, arb(10) ** 400, arb(0, arb(10) ** 400)):
        (ball,) = program.evaluate(BallArithmetic(96), [size for _ in values])
        assert not ball.is_finite()
