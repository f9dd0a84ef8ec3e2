"""Convolutions of balls: every choice of points in the balls, at very different sizes and radii."""

from __future__ import annotations

from fractions import Fraction

import pytest
from flint import arb, ctx, fmpq
from hypothesis import given, settings
from hypothesis import strategies as st

from theory.quadrature.convolution import FixedPoint, convolution

NUMBERS = st.tuples(
    st.integers(-(10**6), 10**6), st.integers(-90, 20), st.integers(10, 120), st.floats(-1, 1)
)


def ball_and_point(entry):
    """A ball of random size and radius, and an exact rational point of it."""
    mantissa, exponent, radius, inside = entry
    with ctx.workprec(200):
        middle, spread = arb(mantissa) * arb(2) ** exponent, arb(2) ** -radius
    point = Fraction(mantissa) * Fraction(2) ** exponent + Fraction(inside) * Fraction(1, 2**radius)
    return arb(middle, spread), point


@settings(max_examples=60)
@given(
    first=st.lists(NUMBERS, min_size=1, max_size=6),
    second=st.lists(NUMBERS, min_size=1, max_size=9),
    bits=st.sampled_from([32, 64, 160, 1200]),
)
def test_products_of_points_lie_in_the_balls(first, second, bits):
    a, b = [ball_and_point(e) for e in first], [ball_and_point(e) for e in second]
    found = convolution(*(FixedPoint.of([ball for ball, _ in side], bits) for side in (a, b)))
    assert len(found) == len(a) + len(b) - 1
    with ctx.workprec(2000):
        for k, value in enumerate(found):
            exact = sum(a[i][1] * b[k - i][1] for i in range(len(a)) if 0 <= k - i < len(b))
            lower, upper = value.lower(), value.upper()
            assert not fmpq(exact.numerator, exact.denominator) < lower
            assert not fmpq(exact.numerator, exact.denominator) > upper


def test_exact_sequences_are_as_precise_as_asked():
    sides = [FixedPoint.of([arb(fmpq(k, 7)) for k in range(n)], 200) for n in (20, 300)]
    with ctx.workprec(300):
        for value in convolution(*sides):
            assert value.rad() < arb("1e-12")
        sides = [FixedPoint.of([arb(fmpq(k, 7)) for k in range(n)], 200) for n in (20, 300)]
        assert max(v.rad() for v in convolution(*sides)) < arb(2) ** -170


def test_a_ball_without_information_is_refused():
    with pytest.raises(ValueError, match="finite"):
        FixedPoint.of([arb("nan")], 64)
