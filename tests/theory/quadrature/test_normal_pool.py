"""Pools of normal numbers: against sums over all candidates, known maxima, the tanh form, and differences."""

from __future__ import annotations

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
from theory.quadrature.normal import kept_moment
from theory.quadrature.normal_pool import normal_pool, pooled_moment

KAPPA = sympy.Symbol("kappa", real=True)


def moments(candidates):
    return Program.compile([pooled_moment(n, candidates, KAPPA) for n in (1, 2)], [KAPPA])


def enclosed(program, value, bits=128):
    balls = BallArithmetic(bits)
    with balls.precision():
        return program.evaluate(balls, [value if isinstance(value, arb) else arb(value)])


def summed(kappa, candidates):
    """Both moments of what is kept, by a sum over a grid of all candidates at once."""
    grid = np.linspace(-6.5, 6.5, 81 if candidates == 3 else 401)
    weight = np.exp(-(grid**2) / 2)
    weight /= weight.sum()
    axes = np.meshgrid(*[grid] * candidates, indexing="ij")
    chance = np.prod(np.meshgrid(*[weight] * candidates, indexing="ij"), axis=0)
    top = np.max(axes, axis=0)
    attraction = [np.exp(kappa * (a - top)) for a in axes]
    total = sum(attraction)
    return [
        sum(float((chance * a * u**n / total).sum()) for a, u in zip(attraction, axes, strict=True))
        for n in (1, 2)
    ]


@pytest.mark.parametrize("kappa", [0.2, 1.0, 3.0])
@pytest.mark.parametrize("candidates", [2, 3])
def test_moments_agree_with_sums_over_all_candidates(candidates, kappa):
    for ball, expected in zip(
        enclosed(moments(candidates), arb(kappa)), summed(kappa, candidates), strict=True
    ):
        assert abs(float(ball.mid()) - expected) < 1e-7
        assert ball.rad() < arb("1e-15")


@pytest.mark.parametrize("kappa", [fmpq(1, 20), fmpq(3, 2), fmpq(-6)])
def test_pools_of_two_agree_with_the_hyperbolic_tangent(kappa):
    tangent = Program.compile([kept_moment(n, 2, KAPPA) for n in (1, 2)], [KAPPA])
    for a, b in zip(enclosed(moments(2), kappa, 200), enclosed(tangent, kappa, 200), strict=True):
        assert a.overlaps(b)
        assert a.rad() < arb("1e-25")


@pytest.mark.parametrize(("candidates", "largest"), [(3, 3 / (2 * np.pi**0.5)), (8, 1.4236003060)])
def test_decisive_pools_keep_about_the_largest(candidates, largest):
    first, _ = enclosed(moments(candidates), fmpq(12), 64)
    assert 0 < largest - float(first.mid()) < 0.02


def test_without_a_preference_the_law_is_kept():
    assert [pooled_moment(n, 5, sympy.S.Zero) for n in (0, 1, 2)] == [1, 0, 1]
    for value in (arb(0), arb("0.03")):
        first, second = enclosed(moments(5), value)
        assert abs(first - value * arb(4) / 5) < arb("1e-4")
        assert abs(second - 1) < arb("1e-3")
    assert not enclosed(moments(5), arb(0, "0.1"))[0].is_finite()


@pytest.mark.parametrize("candidates", [3, 6])
def test_derivatives_agree_with_differences(candidates):
    first = pooled_moment(1, candidates, KAPPA)
    slopes = Program.compile([first.diff(KAPPA), first.diff(KAPPA, 2)], [KAPPA])
    step = fmpq(1, 10**8)
    with ctx.workprec(192):
        low, here, high = (enclosed(moments(candidates), 1 + k * step, 192)[0] for k in (-1, 0, 1))
        slope, bend = enclosed(slopes, fmpq(1), 192)
        assert abs((high - low) / (2 * step) - slope) < arb("1e-14")
        assert abs((high - 2 * here + low) / step**2 - bend) < arb("1e-8")


@settings(max_examples=10)
@given(
    centre=rationals(0.3, 4), radius=st.integers(8, 60), inside=rationals(-1, 1), candidates=st.integers(2, 9)
)
def test_a_ball_of_strengths_contains_the_value_at_each_of_its_points(centre, radius, inside, candidates):
    with ctx.workprec(96):
        middle = arb(fmpq(int(centre.p), int(centre.q))).mid()
        spread = arb(2) ** -radius
        point = middle + spread * fmpq(int(inside.p), int(inside.q))
        wide = enclosed(moments(candidates), arb(middle, spread), 96)
        for whole, single in zip(wide, enclosed(moments(candidates), point, 96), strict=True):
            assert whole.is_finite()
            assert whole.overlaps(single)
            assert whole.rad() < 64 * spread + arb("1e-12")


@pytest.mark.parametrize("bits", [64, 256])
def test_precisions_agree(bits):
    for a, b in zip(
        enclosed(moments(4), fmpq(7, 5), bits), enclosed(moments(4), fmpq(7, 5), 320), strict=True
    ):
        assert a.overlaps(b)
        assert a.rad() < arb(2) ** (6 - bits // 2)


def test_other_arithmetics_agree():
    program = moments(3)
    (ball, _) = enclosed(program, fmpq(3, 2), 192)
    high = HighPrecisionArithmetic(15)
    (precise, _) = program.evaluate(high, [high.context.mpf("1.5")])
    (several, _) = program.evaluate(ArrayArithmetic(), [np.array([[1.5, -1.5, 0.0]])])
    assert abs(float(ball.mid()) - float(precise)) < 1e-13
    assert np.allclose(several, [[float(precise), -float(precise), 0]], atol=1e-13, rtol=0)
    with pytest.raises(OutsideArithmetic, match="balls"):
        program.evaluate(RationalArithmetic(), [fmpq(1)])


def test_equal_integrals_are_one():
    assert normal_pool(2, ((1, 1), (0, 2)), KAPPA) == normal_pool(2, ((0, 2), (1, 1)), KAPPA)
