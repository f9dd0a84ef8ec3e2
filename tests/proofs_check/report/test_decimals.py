"""Laws of decimal strings: what is printed contains what was proved."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest
from flint import arb, ctx, fmpq
from hypothesis import assume, example, given
from hypothesis import strategies as st

from proofs_check.report.decimals import (
    decimal_approximation,
    decimal_ball,
    decimal_exponent,
    decimal_lower,
    decimal_number,
    decimal_upper,
    exact_midpoint_and_radius,
    rational_ball,
)

PATTERN = re.compile(r"-?[0-9]+(\.[0-9]+)?(e[+-][0-9]+)?")

rationals = st.builds(
    lambda sign, top, bottom, power: sign * Fraction(top, bottom) * Fraction(10) ** power,
    st.sampled_from([-1, 1]),
    st.integers(0, 10**40),
    st.integers(1, 10**40),
    st.integers(-60, 60),
)
digit_counts = st.integers(1, 60)


def read(text: str) -> Fraction:
    assert PATTERN.fullmatch(text), text
    return Fraction(text)


def narrow_radius(mid: Fraction, digits: int, part: Fraction) -> Fraction:
    return Fraction(10) ** (4 - digits) * max(1, abs(mid)) * part


@given(rationals, digit_counts, st.fractions(0, 1))
@example(Fraction(-1, 7), 30, Fraction(0))
@example(Fraction(999999, 1000000), 3, Fraction(1))
@example(Fraction(0), 30, Fraction(0))
def test_printed_ball_contains_the_ball(mid, digits, part):
    rad = narrow_radius(mid, digits, part)
    printed = rational_ball(mid, rad, digits)
    assert printed is not None
    low, high = read(printed.mid) - read(printed.rad), read(printed.mid) + read(printed.rad)
    assert low <= mid - rad
    assert mid + rad <= high


@given(rationals, digit_counts, st.fractions(0, 1))
def test_printed_ball_adds_no_more_than_rounding(mid, digits, part):
    rad = narrow_radius(mid, digits, part)
    printed = rational_ball(mid, rad, digits)
    rounding = abs(mid) * Fraction(10) ** (1 - digits)
    assert read(printed.rad) <= (rad + rounding) * (1 + Fraction(1, 10**5))


@given(rationals, digit_counts, st.fractions(0, 1))
@example(Fraction(1, 3), 1, Fraction(1, 3) * (1 - Fraction(1, 10**20)))
def test_printed_ball_excludes_zero_when_the_ball_does(mid, digits, part):
    rad = abs(mid) * part
    assume(rad < abs(mid))
    printed = rational_ball(mid, rad, digits)
    if printed is not None:
        assert abs(read(printed.mid)) > read(printed.rad)
        assert (read(printed.mid) > 0) == (mid > 0)


@given(rationals, digit_counts, st.fractions(0, 100))
def test_value_is_null_exactly_when_its_printed_radius_is_too_wide(mid, digits, factor):
    limit = Fraction(10) ** (5 - digits)
    rad = limit * max(1, abs(mid)) * factor
    printed = rational_ball(mid, rad, digits)
    if printed is None:
        rounding = abs(mid) * Fraction(10) ** (1 - digits)
        assert (rad + rounding) * (1 + Fraction(1, 10**5)) > limit * max(1, abs(mid) - rounding)
    else:
        assert read(printed.rad) <= limit * max(1, abs(read(printed.mid)))


@given(rationals, rationals, digit_counts, st.integers(10, 300))
def test_interval_ends_are_rounded_outwards(first, second, digits, bits):
    with ctx.workprec(bits):
        ball = arb(fmpq(first.numerator, first.denominator)).union(
            arb(fmpq(second.numerator, second.denominator))
        )
    low, high = read(decimal_lower(ball, digits)), read(decimal_upper(ball, digits))
    mid, rad = exact_midpoint_and_radius(ball)
    assert low <= mid - rad <= min(first, second)
    assert max(first, second) <= mid + rad <= high


@given(rationals.filter(bool))
def test_decimal_exponent_brackets_the_value(value):
    exponent = decimal_exponent(value)
    assert Fraction(10) ** exponent <= abs(value) < Fraction(10) ** (exponent + 1)


@given(rationals, st.integers(20, 60), st.integers(64, 400))
def test_ball_of_flint_is_printed_as_its_exact_midpoint_and_radius(value, digits, bits):
    with ctx.workprec(bits):
        ball = arb(fmpq(value.numerator, value.denominator))
    printed = decimal_ball(ball, digits)
    if printed is not None:
        assert abs(read(printed.mid) - value) <= read(printed.rad)
    else:
        assert bits < 4 * digits


def test_midpoint_has_the_digits_asked_for():
    with ctx.workprec(600):
        printed = decimal_ball(arb(1) / 7, 100)
    assert printed.mid == "0." + ("142857" * 17)[:99] + "9"
    assert read(printed.rad) < Fraction(1, 10**99)


def test_exact_numbers_are_printed_exactly():
    with ctx.workprec(200):
        printed = [decimal_ball(arb(n) / 4, 30) for n in (0, 6, -1, 4 * 10**25)]
    assert [(ball.mid, ball.rad) for ball in printed] == [
        ("0", "0"),
        ("1.5", "0"),
        ("-0.25", "0"),
        ("10000000000000000000000000", "0"),
    ]


@pytest.mark.parametrize("nothing", [arb("nan"), arb("inf"), arb(0, "inf"), arb(1, 1)])
def test_no_information_is_null(nothing):
    assert decimal_ball(nothing, 30) is None


def test_infinite_ends_are_null():
    assert decimal_upper(arb("inf"), 30) is None
    assert decimal_lower(arb("nan"), 30) is None
    assert decimal_approximation(arb("nan"), 30) == "nan"


def test_astronomical_numbers_are_null_at_once():
    assert decimal_ball(arb(2) ** (10**9), 30) is None
    assert decimal_ball(arb(10**9).exp(), 30) is None


def test_more_digits_than_python_converts_by_default():
    with ctx.workprec(20_000):
        printed = decimal_ball(arb(2).sqrt(), 5000)
    assert len(printed.mid) == 5001
    assert printed.mid.startswith("1.41421356237")


@given(st.floats(min_value=1e-300, max_value=1e300))
@example(60.0)
def test_float_reads_back(value):
    text = decimal_number(value)
    assert PATTERN.fullmatch(text)
    assert float(text) == value
