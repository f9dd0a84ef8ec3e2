"""Spectral radius enclosures against exact values and against numerical eigenvalues."""

from __future__ import annotations

from fractions import Fraction

import mpmath
import pytest
from flint import arb, arb_mat, ctx, fmpq, fmpq_mat
from hypothesis import given, settings
from hypothesis import strategies as st

from theory.budget import Budget
from theory.equilibrium.result import Interval, Stability
from theory.stability import exact_spectral_radius, nonnegative_bound, spectral_radius, stability

BITS = 500


def balls(rows):
    with ctx.workprec(BITS):
        return arb_mat([[arb(fmpq(Fraction(x).numerator, Fraction(x).denominator)) for x in r] for r in rows])


def enclosed(rows):
    return spectral_radius(balls(rows), bits=BITS, budget=Budget(digits=30))


@pytest.mark.parametrize(
    ("rows", "radius"),
    [
        ([["1/2"]], "1/2"),
        ([["-3/2"]], "3/2"),
        ([[0, 1], [-1, 0]], 1),
        ([[0, 2], [2, 0]], 2),
        ([["3/5", "-4/5"], ["4/5", "3/5"]], 1),
        ([["9/10", 1], [0, "9/10"]], "9/10"),
        ([[0, "3/5", "3/5"], ["3/5", 0, "3/5"], ["3/5", "3/5", 0]], "6/5"),
        ([[0, 0, "1/8"], [1, 0, 0], [0, 1, 0]], "1/2"),
    ],
)
def test_known_radii_are_enclosed_tightly(rows, radius):
    found, exact = enclosed(rows), arb(fmpq(Fraction(radius).numerator, Fraction(radius).denominator))
    with ctx.workprec(BITS):
        exact = arb(fmpq(Fraction(radius).numerator, Fraction(radius).denominator))
        assert not found.lower > exact
        assert not found.upper < exact
        assert found.upper - found.lower < arb("1e-14")


@pytest.mark.parametrize("rows", [[[0, 3], [0, 0]], [[1, -1], [1, -1]], [[0, 1, 2], [0, 0, 3], [0, 0, 0]]])
def test_nilpotent_matrices_have_radius_exactly_zero(rows):
    exact = exact_spectral_radius(fmpq_mat(rows), bits=BITS)
    assert (exact.lower, exact.upper) == (0, 0)
    assert enclosed(rows).upper == 0


@settings(max_examples=25, deadline=None)
@given(st.integers(2, 4).flatmap(lambda n: st.lists(st.integers(-6, 6), min_size=n * n, max_size=n * n)))
def test_random_matrices_agree_with_numerical_eigenvalues(entries):
    n = int(len(entries) ** 0.5)
    rows = [[Fraction(entries[i * n + j], 8) for j in range(n)] for i in range(n)]
    found = enclosed(rows)
    exact = exact_spectral_radius(
        fmpq_mat([[fmpq(x.numerator, x.denominator) for x in r] for r in rows]), bits=BITS
    )
    with mpmath.workdps(40):
        eigenvalues = mpmath.eig(mpmath.matrix(rows), left=False, right=False)
        radius = max(abs(x) for x in eigenvalues)
        for interval in (found, exact):
            low, high = (
                mpmath.mpf(interval.lower.str(35, radius=False)),
                mpmath.mpf(interval.upper.str(35, radius=False)),
            )
            assert low <= radius + mpmath.mpf(10) ** -8
            assert high >= radius - mpmath.mpf(10) ** -8
            assert high - low < mpmath.mpf(10) ** -6
        assert found.lower <= exact.upper
        assert exact.lower <= found.upper


def test_every_matrix_in_a_ball_is_bounded():
    wide = arb_mat([[arb("0.3", "0.1"), arb("0.2", "0.1")], [arb("0.1", "0.1"), arb("0.2", "0.1")]])
    found = spectral_radius(wide, bits=200, budget=Budget(digits=30))
    largest = spectral_radius(balls([["2/5", "3/10"], ["1/5", "3/10"]]), bits=200, budget=Budget(digits=30))
    assert found.upper >= largest.lower
    assert stability(found) is Stability.STABLE


def test_no_information_and_unit_radius_decide_nothing():
    unknown = spectral_radius(arb_mat([[arb.nan()]]), bits=64, budget=Budget())
    assert stability(unknown) is Stability.UNDECIDED
    assert stability(Interval(arb(1), arb(1))) is Stability.UNDECIDED
    assert stability(Interval(arb("0.5"), arb("1.5"))) is Stability.UNDECIDED
    assert stability(Interval(arb("1.1"), arb("1.5"))) is Stability.UNSTABLE


def test_m_matrix_bound_needs_nonnegative_entries_and_radius_below_one():
    bound = nonnegative_bound(balls([["1/2", "1/4"], ["1/4", "1/2"]]))
    assert bound < 1
    assert bound >= fmpq(3, 4)
    assert nonnegative_bound(balls([["1/2", "-1/4"], ["1/4", "1/2"]])) is None
    assert nonnegative_bound(balls([["1/2", "3/4"], ["3/4", "1/2"]])) is None


def test_forty_five_models_on_a_ring_are_decided():
    n = 45
    half, third = Fraction(1, 2), Fraction(1, 3)
    rows = [[half * (j == (i + 1) % n) + third * (i == j) for j in range(n)] for i in range(n)]
    found = enclosed(rows)
    with ctx.workprec(BITS):
        assert found.upper < 1
        assert not found.upper < fmpq(5, 6)
        assert found.upper - fmpq(5, 6) < arb("1e-6")
