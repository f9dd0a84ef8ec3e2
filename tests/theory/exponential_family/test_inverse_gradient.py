"""Natural parameters without a formula, against their equation and the implicit function theorem."""

from __future__ import annotations

import mpmath
import numpy as np
import pytest
import sympy
from flint import arb, ctx, fmpq
from hypothesis import given, settings
from hypothesis import strategies as st

from theory.arithmetic.arrays import ArrayArithmetic
from theory.arithmetic.ball import BallArithmetic
from theory.arithmetic.bessel_clifford import bessel_clifford
from theory.arithmetic.high_precision import HighPrecisionArithmetic
from theory.arithmetic.program import Program
from theory.arithmetic.rational import RationalArithmetic
from theory.errors import OutsideArithmetic
from theory.exponential_family.inverse_gradient import natural_parameter
from theory.expressions.differentiation import jacobian
from theory.expressions.render import render

BITS = 160
S, T = (sympy.Dummy(name, real=True) for name in "st")
U, V = sympy.symbols("u v", real=True)
A, B = sympy.symbols("a b", real=True)
BETA = sympy.loggamma(S) + sympy.loggamma(T) - sympy.loggamma(S + T)
LATTICE = sympy.log(1 + 2 * sympy.exp(S) + sympy.exp(3 * S))
CIRCLE = sympy.log(bessel_clifford(0, (S**2 + T**2) / 4))
ONE = (sympy.S.One, sympy.S.One)


def beta(means):
    return natural_parameter("beta", (S, T), BETA, ONE, (S, T), means)


def balls(expressions, symbols, values):
    program, arithmetic = Program.compile(expressions, symbols), BallArithmetic(BITS)
    with arithmetic.precision():
        return program.bind(arithmetic)([v if isinstance(v, arb) else arb(fmpq(v.p, v.q)) for v in values])


def beta_round_trip():
    digamma = [sympy.polygamma(0, x) for x in (A, B, A + B)]
    return beta((digamma[0] - digamma[2], digamma[1] - digamma[2]))


positive = st.integers(1, 400).map(lambda n: sympy.Rational(n, 20))


@settings(max_examples=25, deadline=None)
@given(a=positive, b=positive)
def test_balls_enclose_the_parameter_that_the_means_came_from(a, b):
    natural = beta_round_trip()
    found = balls((*natural, *jacobian(natural, (A, B))), (A, B), (a, b))
    for value, exact in zip(found, (a, b, sympy.S.One, 0, 0, sympy.S.One), strict=True):
        with ctx.workprec(2 * BITS):
            assert value.overlaps(arb(fmpq(sympy.Rational(exact).p, sympy.Rational(exact).q)))
        assert value.rad() < arb(2) ** (40 - BITS)


@settings(max_examples=10, deadline=None)
@given(mean=st.integers(1, 299).map(lambda n: sympy.Rational(n, 100)))
def test_one_coordinate_solves_its_equation_and_derives_to_the_inverse_variance(mean):
    (natural,) = natural_parameter("lattice", (S,), LATTICE, (sympy.S.Zero,), (), (U,))
    value, slope = balls((natural, natural.diff(U)), (U,), (mean,))
    with mpmath.workdps(50):
        theta = mpmath.mpf(sympy.Float(value.mid().str(45, radius=False), 45))
        weights = [1, 2 * mpmath.exp(theta), mpmath.exp(3 * theta)]
        first = (weights[1] + 3 * weights[2]) / sum(weights)
        variance = (weights[1] + 9 * weights[2]) / sum(weights) - first**2
        assert abs(first - mpmath.mpf(mean.p) / mean.q) < mpmath.mpf(10) ** -35
        assert abs(mpmath.mpf(sympy.Float(slope.mid().str(45, radius=False), 45)) * variance - 1) < 1e-30


def test_a_wide_ball_of_means_is_enclosed_for_each_of_them():
    (natural,) = natural_parameter("lattice", (S,), LATTICE, (sympy.S.Zero,), (), (U,))
    (wide,) = balls((natural,), (U,), (arb(1, 0.001),))
    for shift in (-0.001, 0, 0.0005, 0.001):
        (narrow,) = balls((natural,), (U,), (arb(1) + arb(shift),))
        assert wide.contains(narrow.mid())
    assert wide.rad() < arb(0.01)


@pytest.mark.parametrize("mean", ["0", "3", "-1", "4", "1000"])
def test_a_mean_on_or_beyond_the_boundary_has_no_parameter(mean):
    (natural,) = natural_parameter("lattice", (S,), LATTICE, (sympy.S.Zero,), (), (U,))
    (found,) = balls((natural,), (U,), (sympy.Rational(mean),))
    assert not found.is_finite()
    assert np.isnan(Program.compile((natural,), (U,)).evaluate(ArrayArithmetic(), [float(mean)])[0])


@pytest.mark.parametrize(
    ("cosine", "sine"), [("0", "0"), ("3/10", "2/5"), ("-9/10", "1/10"), ("0", "99/100")]
)
def test_a_direction_and_its_concentration(cosine, sine):
    natural = natural_parameter("circle", (S, T), CIRCLE, (sympy.S.Zero,) * 2, (), (U, V))
    point = (sympy.Rational(cosine), sympy.Rational(sine))
    found = balls(natural, (U, V), point)
    with mpmath.workdps(45):
        x, y = (mpmath.mpf(sympy.Float(v.mid().str(45, radius=False), 45)) for v in found)
        length = mpmath.hypot(x, y)
        ratio = (
            mpmath.besseli(1, length) / mpmath.besseli(0, length) / length
            if length > 1e-30
            else mpmath.mpf("0.5")
        )
        assert abs(ratio * x - mpmath.mpf(point[0].p) / point[0].q) < 1e-30
        assert abs(ratio * y - mpmath.mpf(point[1].p) / point[1].q) < 1e-30


def test_no_direction_at_all_is_the_uniform_law():
    natural = natural_parameter("circle", (S, T), CIRCLE, (sympy.S.Zero,) * 2, (), (U, V))
    for value in balls(natural, (U, V), (sympy.S.Zero, sympy.S.Zero)):
        assert value.contains(0)
        assert value.rad() < arb(10) ** -40


def test_beyond_the_circle_there_is_nothing():
    natural = natural_parameter("circle", (S, T), CIRCLE, (sympy.S.Zero,) * 2, (), (U, V))
    found = balls(natural, (U, V), (sympy.Rational(4, 5), sympy.Rational(3, 5)))
    assert not any(value.is_finite() for value in found)


def test_every_arithmetic_agrees():
    program = Program.compile(beta_round_trip(), (A, B))
    precise = program.evaluate(HighPrecisionArithmetic(50), [2, 3])
    assert all(abs(value - exact) < 1e-40 for value, exact in zip(precise, (2, 3), strict=True))
    grid = np.linspace(0.2, 9.0, 7)
    rough = program.evaluate(ArrayArithmetic(), [grid, grid[::-1]])
    assert np.allclose(rough[0], grid, rtol=1e-9)
    assert np.allclose(rough[1], grid[::-1], rtol=1e-9)
    with pytest.raises(OutsideArithmetic):
        program.evaluate(RationalArithmetic(), [fmpq(2), fmpq(3)])


def test_it_prints_under_the_family_s_name():
    assert [render(n) for n in beta((U, V))] == ["beta_natural(0, u, v)", "beta_natural(1, u, v)"]
    assert r"\nabla A" in sympy.latex(beta((U, V))[0])


def test_sympy_evaluates_the_parameter_at_exact_means():
    mean = sympy.Rational(-47, 60)
    natural = [sympy.N(t, 30) for t in beta((mean, mean))]
    with mpmath.workdps(40):
        symmetric = mpmath.findroot(
            lambda t: mpmath.digamma(t) - mpmath.digamma(2 * t) + mpmath.mpf(47) / 60, 2
        )
    for value in natural:
        assert value.is_Float
        assert abs(value - sympy.Float(symmetric, 40)) < sympy.Float(10) ** -27


def test_sympy_leaves_unsolvable_or_symbolic_means_alone():
    assert not sympy.N(beta((sympy.S.One, sympy.S.One))[0]).is_Float
    assert not sympy.N(beta((U, V))[0]).is_Float
