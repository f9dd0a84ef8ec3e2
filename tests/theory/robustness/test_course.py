"""Courses of functions whose zeros are known, and what may not be claimed of others."""

from __future__ import annotations

import pytest
import sympy
from flint import arb, fmpq
from hypothesis import given, settings
from hypothesis import strategies as st

from theory.budget import Budget
from theory.robustness.course import AbstractTrace, Side, course_of
from theory.robustness.one_round import RoundTrace, threshold_formula

PHI = sympy.Symbol("phi", real=True)
BITS = 300


def course(gain):
    return course_of(RoundTrace(share=PHI, gain=sympy.sympify(gain)), BITS, Budget().started())


@settings(max_examples=30)
@given(st.sets(st.fractions(min_value="1/40", max_value="39/40", max_denominator=40), min_size=1, max_size=4))
def test_every_rational_zero_is_found_exactly_and_in_order(zeros):
    wanted = sorted(zeros)
    found = course(sympy.Mul(-1, *(PHI - sympy.Rational(z.numerator, z.denominator) for z in wanted)))
    assert found.until == 1
    assert [c.exact for c in found.crossings] == [fmpq(z.numerator, z.denominator) for z in wanted]
    sides = [c.to for c in found.crossings]
    assert all(a is not b for a, b in zip([found.at_zero, *sides], sides, strict=False))
    assert sides[-1] is Side.BELOW


@pytest.mark.parametrize(
    ("gain", "digits"),
    [
        (sympy.cos(2 * PHI), "0.78539816339744830961566084581987572"),
        (sympy.exp(-PHI) - PHI, "0.56714329040978387299996866221035555"),
        (sympy.sqrt(2) / 2 - PHI, "0.70710678118654752440084436210484904"),
    ],
)
def test_irrational_zeros_are_enclosed(gain, digits):
    (crossing,) = course(gain).crossings
    assert crossing.exact is None
    assert abs(crossing.share - arb(digits)) < arb("1e-34")
    assert crossing.share.rad() < arb("1e-60")


@pytest.mark.parametrize(
    ("gain", "at_zero", "after", "falls"),
    [
        (1 + PHI, Side.ABOVE, Side.ABOVE, None),
        (PHI, Side.EQUAL, Side.ABOVE, None),
        (-PHI, Side.EQUAL, Side.BELOW, 0),
        (PHI * (1 - 2 * PHI), Side.EQUAL, Side.ABOVE, fmpq(1, 2)),
        (PHI - 1, Side.BELOW, Side.BELOW, None),
        (1 - PHI, Side.ABOVE, Side.ABOVE, None),
    ],
)
def test_zeros_at_the_ends_are_seen(gain, at_zero, after, falls):
    found = course(gain)
    assert (found.at_zero, found.after_zero, found.until) == (at_zero, after, 1)
    assert (found.falls and found.falls.exact) == falls if falls is None else found.falls.exact == falls


@pytest.mark.parametrize("gain", [(PHI - sympy.Rational(1, 3)) ** 2, (PHI - sympy.Rational(1, 3)) ** 3])
def test_zero_that_is_no_simple_crossing_ends_the_course_before_it(gain):
    found = course(gain)
    assert found.crossings == ()
    assert fmpq(1, 4) < found.until < fmpq(1, 3)
    assert found.detail


def test_start_that_may_be_a_zero_settles_nothing():
    found = course(sympy.sin(sympy.sqrt(2)) ** 2 + sympy.cos(sympy.sqrt(2)) ** 2 - 1 + 0 * PHI)
    assert found.at_zero in (Side.UNDECIDED, Side.EQUAL)


class Blind(AbstractTrace):
    """A trace that knows its end."""

    end = fmpq(1, 5)
    why_it_ends = "nothing is known"

    def value(self, share, bits):
        return 1 + share if share < arb("0.21") else arb.nan()

    def slope(self, share, bits):
        return arb(1)

    def vanishes(self, share):
        return False


def test_course_ends_where_the_trace_does():
    found = course_of(Blind(), BITS, Budget().started())
    assert (found.until, found.detail, found.falls) == (fmpq(1, 5), "nothing is known", None)


def test_spent_budget_is_no_verdict():
    found = course_of(RoundTrace(share=PHI, gain=sympy.cos(2 * PHI)), BITS, Budget(seconds=0).started())
    assert (found.until, found.crossings) == (fmpq(0), ())


def test_formula_is_only_given_for_the_zero_asked_for():
    gain = (PHI - sympy.Rational(1, 3)) * (PHI - sympy.sqrt(2) / 2)
    trace = RoundTrace(share=PHI, gain=gain)
    for crossing in course(gain).crossings:
        formula = threshold_formula(trace, crossing.share, BITS)
        assert sympy.simplify(gain.subs(PHI, formula)) == 0
        assert abs(float(formula) - float(crossing.share.mid())) < 1e-12
    assert threshold_formula(RoundTrace(share=PHI, gain=sympy.cos(PHI)), arb("0.5"), BITS) is None
