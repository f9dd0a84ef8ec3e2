"""Pools of many candidates by one integral: against enumeration, in every arithmetic, and their errors."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import flint
import numpy as np
import pytest
import sympy
from hypothesis import example, given, settings
from hypothesis import strategies as st
from strategies.families import probabilities, rationals

from theory.arithmetic.arrays import ArrayArithmetic
from theory.arithmetic.ball import BallArithmetic
from theory.arithmetic.high_precision import HighPrecisionArithmetic
from theory.arithmetic.program import Program
from theory.arithmetic.rational import RationalArithmetic
from theory.curation.exponential_sums import exponential_sum, relative_error
from theory.curation.pool import kept_probabilities, pool
from theory.curation.pool_enumeration import enumerated_pool, multisets
from theory.curation.pool_integral import bucket, grid_of, integrated_pool, kernel_of, mixture_of
from theory.errors import OutsideArithmetic
from theory.expressions.differentiation import jacobian

R = sympy.Rational


def numbers(arithmetic, values):
    return [arithmetic.rational(int(v.p), int(v.q)) for v in values]


def integral(arithmetic, draws, power, offset, masses, weights):
    grid = grid_of(arithmetic, bucket(draws), weights)
    mixture = mixture_of(grid, masses, weights)
    kernel = kernel_of(arithmetic, mixture, draws, power)
    return integrated_pool(arithmetic, mixture, kernel, draws, power, offset, None)


def exactly(draws, power, offset, masses, weights):
    exact = RationalArithmetic()
    (s,), p, a = (numbers(exact, values) for values in ((offset,), masses, weights))
    return enumerated_pool(exact, draws, power, s, p, a)


@st.composite
def cases(draw):
    n = draw(st.integers(2, 4))
    signs = draw(st.lists(st.sampled_from((1, 1, 1, -1)), min_size=n, max_size=n))
    masses = tuple(s * p for s, p in zip(signs, draw(probabilities(n, boundary=True)), strict=True))
    weights = tuple(draw(rationals(0.25, 4)) * 2 ** draw(st.integers(0, 12)) for _ in range(n))
    return draw(rationals(0.01, 90)), masses, weights


@settings(max_examples=12, deadline=None)
@given(
    case=cases(), draws=st.integers(1, 5), power=st.integers(1, 4), bits=st.sampled_from((32, 53, 128, 256))
)
@example(case=(R(1), (R(1, 2), R(1, 2)), (R(1), R(7))), draws=5, power=1, bits=486)
@example(case=(R(10**6), (R(1, 2), R(1, 2)), (R(1), R(7))), draws=5, power=2, bits=128)
def test_balls_contain_the_exact_sum_at_every_precision(case, draws, power, bits):
    expected = exactly(draws, power, *case)
    balls = BallArithmetic(bits)
    offset, masses, weights = case
    with balls.precision():
        found = integral(
            balls, draws, power, *numbers(balls, [offset]), numbers(balls, masses), numbers(balls, weights)
        )
    with flint.ctx.workprec(2000):
        assert (found - flint.arb(expected)).contains(0)
        size = exactly(draws, power, offset, [abs(p) for p in masses], weights)
        (spread,) = numbers(RationalArithmetic(), [(max(weights) / min(weights)) ** power])
        assert found.rad() < flint.arb(size) * (spread if min(masses) < 0 else 1) * flint.arb(2) ** (
            16 - bits
        )


def test_balls_that_contain_the_inputs_give_balls_that_contain_the_value():
    balls = BallArithmetic(128)
    masses, weights = (R(1, 6), R(1, 3), R(1, 2)), (R(1), R(2), R(5))
    with balls.precision():
        wide = [x + flint.arb(0, 1e-6) for x in numbers(balls, (R(1), *masses, *weights))]
        found = integral(balls, 4, 1, wide[0], wide[1:4], wide[4:])
        for shift in (flint.fmpq(-1, 10**6), flint.fmpq(0), flint.fmpq(1, 10**6)):
            p = [flint.fmpq(int(v.p), int(v.q)) + shift for v in masses]
            exact = enumerated_pool(
                RationalArithmetic(),
                4,
                1,
                flint.fmpq(1) + shift,
                p,
                [flint.fmpq(a) + shift for a in (1, 2, 5)],
            )
            assert (found - flint.arb(exact)).contains(0)
    assert 1e-8 < float(found.rad()) < 1e-3


@settings(max_examples=8, deadline=None)
@given(case=cases(), draws=st.integers(1, 5), power=st.integers(1, 3))
def test_digits_and_arrays_agree_with_the_exact_sum(case, draws, power):
    offset, masses, weights = case
    masses = [abs(p) for p in masses]
    exact = exactly(draws, power, offset, masses, weights)
    digits = HighPrecisionArithmetic(60)
    number = integral(
        digits, draws, power, *numbers(digits, [offset]), numbers(digits, masses), numbers(digits, weights)
    )
    truth = digits.rational(int(exact.p), int(exact.q))
    assert abs(number / truth - 1) < digits.context.mpf(10) ** -55
    arrays = ArrayArithmetic()
    batch = integral(arrays, draws, power, np.full(3, float(offset)), [np.full(3, float(p)) for p in masses],
                     numbers(arrays, weights))  # fmt: skip
    assert np.allclose(batch, float(truth), rtol=1e-12, atol=0)


@pytest.mark.parametrize(("bits", "octaves"), [(53, 2), (128, 6), (128, 30), (486, 4)])
def test_exponential_sums_keep_to_their_proved_error(bits, octaves):
    rule = exponential_sum(bits, octaves)
    with flint.ctx.workprec(bits + 64):
        for power in (1, 3):
            bound = relative_error(bits, octaves, power)
            assert float(bound) < 2.0**-bits * 2**8
            for k in range(0, 4 * octaves + 1, octaves):
                x = flint.arb(2) ** (flint.arb(k) / 4)
                terms = (
                    w * t ** (power - 1) * (-x * t).exp() / flint.arb(power).gamma()
                    for t, w in zip(rule.nodes, rule.weights, strict=True)
                )
                error = abs(x**power * sum(terms, flint.arb(0)) - 1)
                assert error < bound


@pytest.mark.parametrize("bits", [32, 53, 100, 128, 203, 486])
@pytest.mark.parametrize("octaves", [1, 4, 6, 11])
def test_pieces_meet_exactly(bits, octaves):
    pieces = exponential_sum(bits, octaves).pieces
    ends = [(Fraction(p.centre) - Fraction(p.half), Fraction(p.centre) + Fraction(p.half)) for p in pieces]
    assert ends[0][0] == 0
    assert all(earlier[1] == later[0] for earlier, later in pairwise(ends))


def test_integrals_and_their_derivatives_through_programs_match_enumeration():
    n, candidates = 5, 8
    symbols = (*sympy.symbols(f"p:{n} a:{n}", real=True),)
    p, a = symbols[:n], symbols[n:]
    assert multisets(candidates - 3, n) > 64
    kept = kept_probabilities(p, a, candidates)[:2]
    slopes = jacobian(kept, (*p[:2], a[0], a[1]))
    expressions = [*kept, *slopes, slopes[0].diff(a[0])]
    program = Program.compile(expressions, symbols)
    point = [R(k + 1, 15) for k in range(n)] + [R(1), R(3, 2), R(5), R(1, 7), R(2)]
    exact = program.evaluate(RationalArithmetic(), numbers(RationalArithmetic(), point))
    balls = BallArithmetic(160)
    with balls.precision():
        found = program.evaluate(balls, numbers(balls, point))
    for ball, value in zip(found, exact, strict=True):
        with flint.ctx.workprec(1000):
            assert (ball - flint.arb(value)).contains(0)
            assert ball.rad() < 1e-35 * (1 + abs(flint.arb(value)))


def test_large_pools_keep_all_the_mass_and_approach_the_tilt():
    weights = tuple(sympy.exp(R(k, 3)) for k in range(6))
    masses = (R(1, 6),) * 6
    program = Program.compile(kept_probabilities(masses, weights, 64), ())
    with BallArithmetic(128).precision():
        kept = program.evaluate(BallArithmetic(128), ())
        assert (sum(kept) - 1).contains(0)
        assert sum(kept).rad() < 1e-33
    attractions = np.exp(np.arange(6) / 3)
    assert np.allclose([float(v) for v in kept], attractions / attractions.sum(), atol=0.01)


def test_weights_too_far_apart_for_the_integral_are_enumerated():
    weights = [R(2) ** (40 * k) for k in range(3)]
    node = pool(15, 1, R(3), R(1, 2), R(1, 3), R(1, 6), *weights)
    expected = exactly(15, 1, R(3), (R(1, 2), R(1, 3), R(1, 6)), weights)
    balls = BallArithmetic(128)
    (found,) = Program.compile([node], ()).evaluate(balls, ())
    with flint.ctx.workprec(1000):
        assert (found - flint.arb(expected)).contains(0)
        assert found.rad() < 1e-30


@pytest.mark.parametrize("atoms", [3, 10])
def test_weights_not_proved_positive_prove_nothing(atoms):
    symbols = (*sympy.symbols(f"p:{atoms} a:{atoms}", real=True),)
    program = Program.compile([pool(15, 1, symbols[atoms], *symbols)], symbols)
    balls = BallArithmetic(128)
    with balls.precision():
        point = [balls.rational(1, atoms)] * atoms + [flint.arb(k, 2) for k in range(1, atoms + 1)]
        (value,) = program.evaluate(balls, point)
    assert not value.is_finite()


def test_exact_rationals_refuse_an_endless_list():
    symbols = (*sympy.symbols("p:10 a:10", real=True),)
    program = Program.compile([pool(63, 1, symbols[10], *symbols)], symbols)
    with pytest.raises(OutsideArithmetic, match="multisets"):
        program.evaluate(RationalArithmetic(), [flint.fmpq(k, 10) for k in range(1, 21)])


@pytest.mark.parametrize(("draws", "power"), [(15, 1), (14, 2)])
def test_numerical_value_agrees_with_enumeration(draws, power):
    masses, weights = (R(1, 2), R(1, 3), R(1, 12), R(1, 12)), (R(1), R(3), R(7), R(1, 5))
    node = pool(draws, power, R(3), *masses, *weights)
    exact = exactly(draws, power, R(3), masses, weights)
    assert abs(node.evalf(50) / R(int(exact.p), int(exact.q)) - 1) < R(10) ** -45
