"""Krawczyk's test: it proves what is there, and nothing else."""

from __future__ import annotations

import pytest
from flint import arb, arb_mat, ctx, fmpq

from theory.equilibrium.krawczyk import certify_zero, krawczyk


def square_minus(value):
    return (lambda x: [x[0] ** 2 - value], lambda x: arb_mat(1, 1, [2 * x[0]]))


def test_root_of_two_is_enclosed_to_working_precision():
    with ctx.workprec(400):
        box = certify_zero(*square_minus(2), [arb(2).sqrt()], 400)
        assert box[0].overlaps(arb(2).sqrt())
        assert box[0].rad() < arb("1e-100")


@pytest.mark.parametrize("value", [-1, 0])
def test_no_zero_and_double_zero_are_not_certified(value):
    assert krawczyk(*square_minus(value), [arb("0.1")], arb("0.5"), 128) is None
    assert certify_zero(*square_minus(value), [arb("0.1")], 128) is None


def test_a_box_with_two_zeros_is_not_certified_as_unique():
    assert krawczyk(*square_minus(1), [arb("0.01")], arb(2), 128) is None


def test_a_box_that_misses_the_zero_is_not_certified():
    assert krawczyk(*square_minus(2), [arb("1.3")], arb("0.01"), 128) is None


def test_functions_without_value_prove_nothing():
    nowhere = (lambda _: [arb.nan()], lambda _: arb_mat(1, 1, [arb(1)]))
    assert krawczyk(*nowhere, [arb(1)], arb(1), 64) is None


def test_one_hundred_unknowns():
    n = 100

    def function(x):
        return [x[i] - x[i - 1] ** 2 / 8 - fmpq(1, i + 3) for i in range(n)]

    def jacobian(x):
        rows = [[0] * n for _ in range(n)]
        for i in range(n):
            rows[i][i] = arb(1)
            rows[i][i - 1] = -x[i - 1] / 4
        return arb_mat(rows)

    box = krawczyk(function, jacobian, [arb("0.1")] * n, arb("0.3"), 128)
    assert box is not None
    assert all(value.contains(0) for value in function(box))
