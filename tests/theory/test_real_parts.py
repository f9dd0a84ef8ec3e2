"""Real parts of eigenvalues against 1: exact matrices, balls, and numerical eigenvalues."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from flint import arb, arb_mat, ctx, fmpq, fmpq_mat
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from theory.budget import Budget
from theory.equilibrium.result import Stability
from theory.real_parts import cayley_transform, exact_real_parts, real_parts

BITS = 300
STABLE, UNSTABLE, UNDECIDED = Stability.STABLE, Stability.UNSTABLE, Stability.UNDECIDED


def rational(rows):
    return fmpq_mat([[fmpq(Fraction(x).numerator, Fraction(x).denominator) for x in row] for row in rows])


def balls(rows):
    with ctx.workprec(BITS):
        return arb_mat(rational(rows))


def both(rows):
    return (
        exact_real_parts(rational(rows), bits=BITS),
        real_parts(balls(rows), bits=BITS, budget=Budget()),
    )


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([["-3/2"]], STABLE),
        ([["3/2"]], UNSTABLE),
        ([[1]], UNDECIDED),
        ([["-100", "1"], ["0", "1/2"]], STABLE),
        ([[0, 5], [-5, 0]], STABLE),
        ([["11/10", 5], [-5, "11/10"]], UNSTABLE),
        ([[1, 5], [-5, 1]], UNDECIDED),
        ([[2, 0], [0, -7]], UNSTABLE),
        ([["9/10", 1, 0], [0, "9/10", 1], [0, 0, "9/10"]], STABLE),
        ([[0, 2], [2, 0]], UNSTABLE),
    ],
)
def test_known_matrices(rows, expected):
    assert both(rows) == (expected, expected)


ENTRIES = st.integers(-12, 12).map(lambda k: Fraction(k, 5))


@settings(max_examples=25, deadline=None)
@given(
    st.integers(1, 4).flatmap(
        lambda n: st.lists(st.lists(ENTRIES, min_size=n, max_size=n), min_size=n, max_size=n)
    )
)
def test_agrees_with_numerical_eigenvalues(rows):
    largest = max(np.linalg.eigvals(np.array(rows, dtype=float)).real)
    assume(abs(largest - 1) > 1e-3)
    expected = STABLE if largest < 1 else UNSTABLE
    assert both(rows) == (expected, expected)


def test_a_wide_ball_decides_only_what_holds_for_all_of_it():
    for radius, expected in (("0.1", STABLE), ("3.5", UNDECIDED)):
        real = arb(-2, arb(radius).mid())
        rotation = arb_mat([[real, arb(3)], [arb(-3), real]])
        assert real_parts(rotation, bits=BITS, budget=Budget()) is expected
    assert real_parts(arb_mat([[arb.nan()]]), bits=BITS, budget=Budget()) is UNDECIDED


def test_the_transform_sends_real_parts_below_one_into_the_circle():
    with ctx.workprec(BITS):
        for size, expected in (("1/2", "1/3"), ("-3/2", "-3/7"), (3, -3)):
            assert cayley_transform(balls([[size]]), fmpq(1))[0, 0].overlaps(balls([[expected]])[0, 0])
    assert cayley_transform(balls([[2]]), fmpq(1)) is None
