"""Means by quadrature: mpmath, known moments, differences, and containment for balls with radius."""

from __future__ import annotations

import mpmath
import numpy as np
import pytest
import sympy
from flint import arb, ctx, fmpq
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies.families import rationals

from theory.arithmetic.arrays import ArrayArithmetic
from theory.arithmetic.ball import BallArithmetic
from theory.arithmetic.high_precision import HighPrecisionArithmetic
from theory.arithmetic.program import Program
from theory.arithmetic.rational import RationalArithmetic
from theory.errors import OutsideArithmetic
from theory.expressions.differentiation import jacobian
from theory.quadrature.expectation import mean_under, slots

A = sympy.Symbol("a", real=True)
U, T = slots(2)
NORMAL = -(U**2) / 2
MEANS = {
    "sigmoid": mean_under(U * sympy.tanh(T * U), NORMAL, {T: A}),
    "steep derivative": mean_under(U * sympy.tanh(T * U), NORMAL, {T: A}).diff(A),
    "odd": mean_under(sympy.tanh(T * U + 1), NORMAL, {T: A}),
    "quartic": mean_under(U, NORMAL - T * U**4 + 3 * U, {T: A}),
    "quartic derivative": mean_under(U, NORMAL - T * U**4 + 3 * U, {T: A}).diff(A),
    "wave": mean_under(U**2, NORMAL + T * sympy.cos(3 * U + 1), {T: A}),
    "two humps": mean_under(U**2 + U, 2 * U**2 - T * U**4, {T: A}),
}


def enclosed(expression, value, bits):
    arithmetic = BallArithmetic(bits)
    with arithmetic.precision():
        point = value if isinstance(value, arb) else arb(value)
        return Program.compile([expression], [A]).evaluate(arithmetic, [point])[0]


def quadrature(expression, value, digits=50):
    """The means in an expression by mpmath, from the printed integrand and nothing else."""
    with mpmath.workdps(digits):
        functions = [sympy.lambdify((U, T), node.args[1].expr, "mpmath") for node in _means(expression)]

        def mean(function):
            ends = [mpmath.mpf(k) / 2 for k in range(-40, 41)]
            weight = [mpmath.quad(lambda u, j=j: _part(function, u, value, j), ends) for j in (0, 1)]
            return weight[0] / weight[1]

        found = {n: sympy.Float(mean(f), digits) for n, f in zip(_means(expression), functions, strict=True)}
        return mpmath.mpf(sympy.N(expression.xreplace(found), digits)._mpf_)


def _means(expression):
    return sorted(expression.atoms(type(MEANS["sigmoid"])), key=str)


def _part(function, u, value, which):
    factor, exponent = function(u, mpmath.mpf(value.numerator) / value.denominator)
    return mpmath.exp(exponent) * (1 if which else factor)


def test_balls_contain_what_mpmath_integrates():
    _agrees("quartic", fmpq(3, 10))


@pytest.mark.slow
@pytest.mark.parametrize("name", MEANS)
@pytest.mark.parametrize("value", [fmpq(1, 100), fmpq(7, 10), fmpq(4), fmpq(20)])
def test_balls_contain_what_mpmath_integrates_for_every_shape(name, value):
    _agrees(name, value)


def _agrees(name, value):
    expected = quadrature(MEANS[name], _fraction(value))
    for bits in (96, 192, 486):
        ball = enclosed(MEANS[name], value, bits)
        with ctx.workprec(220):
            assert (ball + arb(0, "1e-42")).contains(arb(mpmath.nstr(expected, 55)))
            assert ball.rad() < (1 + abs(ball.mid())) * arb(2) ** (8 - bits // 2)


def _fraction(value):
    return sympy.Rational(int(value.p), int(value.q))


@pytest.mark.parametrize("name", MEANS)
def test_balls_at_higher_precision_overlap(name):
    coarse, fine = (enclosed(MEANS[name], fmpq(13, 10), bits) for bits in (64, 320))
    assert coarse.overlaps(fine)
    assert fine.rad() < coarse.rad()


@settings(max_examples=20)
@given(
    name=st.sampled_from(sorted(MEANS)),
    centre=rationals(0.2, 3),
    radius=st.integers(4, 60),
    inside=rationals(-1, 1),
)
def test_a_ball_of_parameters_contains_the_mean_at_each_of_its_points(name, centre, radius, inside):
    with ctx.workprec(128):
        middle = arb(fmpq(int(centre.p), int(centre.q))).mid()
        spread = arb(2) ** -radius
        point = middle + spread * fmpq(int(inside.p), int(inside.q))
        wide = enclosed(MEANS[name], arb(middle, spread), 128)
        assert not wide.is_finite() or wide.contains(enclosed(MEANS[name], point, 128).mid())
        assert wide.is_finite() or radius < 12


@pytest.mark.parametrize("name", ["sigmoid", "quartic", "wave"])
def test_derivatives_agree_with_differences(name):
    step = fmpq(1, 10**12)
    (slope,) = jacobian([MEANS[name]], [A])
    with ctx.workprec(256):
        ends = [enclosed(MEANS[name], fmpq(6, 5) + sign * step, 256) for sign in (1, -1)]
        difference = (ends[0] - ends[1]) / (2 * step)
        assert abs(difference - enclosed(slope, fmpq(6, 5), 256)) < arb("1e-20")


@pytest.mark.parametrize("name", ["sigmoid", "two humps", "wave"])
def test_other_arithmetics_agree(name):
    program = Program.compile([MEANS[name]], [A])
    ball = enclosed(MEANS[name], fmpq(3, 2), 192)
    high = HighPrecisionArithmetic(25)
    (precise,) = program.evaluate(high, [high.context.mpf("1.5")])
    with ctx.workprec(192):
        assert abs(ball - arb(mpmath.nstr(precise, 25))) < arb("1e-20")
    (several,) = program.evaluate(ArrayArithmetic(), [np.array([1.5, 2.5])])
    assert abs(float(ball.mid()) - several[0]) < 1e-12
    assert several.shape == (2,)


def test_no_rational_value_is_made_up():
    with pytest.raises(OutsideArithmetic, match="balls"):
        Program.compile([MEANS["sigmoid"]], [A]).evaluate(RationalArithmetic(), [fmpq(1)])


def test_moments_of_the_normal_law_are_known():
    for order, expected in ((2, 1), (4, 3), (6, 15)):
        ball = enclosed(mean_under(U**order + 0 * T, NORMAL, {T: A}), fmpq(1), 256)
        assert ball.contains(expected)
        assert ball.rad() < arb("1e-35")


@pytest.mark.parametrize("exponent", [U**2, U, -(U**3), sympy.S.Zero, -(U**2) + U * sympy.sin(U)])
def test_what_is_not_shown_to_converge_has_no_value(exponent):
    assert not enclosed(mean_under(U**2, exponent * T, {T: A}), fmpq(1), 96).is_finite()


def test_a_parameter_without_information_gives_none():
    assert not enclosed(MEANS["sigmoid"], arb("nan"), 96).is_finite()
    assert not enclosed(MEANS["quartic"], arb(0, 1), 96).is_finite()


def test_constants_and_unused_parameters_are_dropped():
    assert mean_under(3 * T, NORMAL, {T: A}) == 3 * A
    assert not mean_under(2 * U**2, NORMAL, {T: A}).free_symbols
    assert mean_under(2 * U * sympy.tanh(T * U), NORMAL, {T: A}) == 2 * MEANS["sigmoid"]


def test_it_prints_over_the_sample_variable():
    assert str(MEANS["sigmoid"]) == "expectation(x*tanh(a*x), -x**2/2)"
    assert r"\tanh{\left(a x \right)}" in sympy.latex(MEANS["sigmoid"])
