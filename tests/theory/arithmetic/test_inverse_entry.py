"""Entries of inverse matrices in every arithmetic, against exact rational inverses."""

from __future__ import annotations

import numpy as np
import pytest
import sympy
from flint import arb, fmpq, fmpq_mat

from theory.arithmetic.arrays import ArrayArithmetic
from theory.arithmetic.ball import BallArithmetic
from theory.arithmetic.high_precision import HighPrecisionArithmetic
from theory.arithmetic.inverse_entry import inverse_entries, inverse_entry
from theory.arithmetic.program import Program
from theory.arithmetic.rational import RationalArithmetic

X = sympy.Symbol("x", real=True)
N = 4
HILBERT = sympy.ImmutableDenseMatrix(N, N, lambda j, k: sympy.Rational(1, j + k + 1))
TURNED = HILBERT + X * sympy.ImmutableDenseMatrix(N, N, lambda j, k: j - 2 * k)
ENTRIES = tuple(inverse_entries(TURNED))
PROGRAM = Program.compile(ENTRIES, (X,))


def exact(x):
    """The inverse at a rational x, by python-flint alone."""
    return fmpq_mat(
        N, N, [fmpq(1, j + k + 1) + x * fmpq(j - 2 * k) for j in range(N) for k in range(N)]
    ).inv()


@pytest.mark.parametrize("x", [fmpq(0), fmpq(1, 3), fmpq(-7, 2)], ids=str)
def test_values(x):
    expected = exact(x).entries()
    assert list(PROGRAM.evaluate(RationalArithmetic(), (x,))) == expected
    balls = BallArithmetic(200)
    with balls.precision():
        found = PROGRAM.bind(balls)((arb(x),))
        assert all(v.contains(arb(e)) and v.rad() < 1e-45 for v, e in zip(found, expected, strict=True))
    precise = HighPrecisionArithmetic(40)
    numbers = PROGRAM.evaluate(precise, (precise.rational(int(x.p), int(x.q)),))
    for value, e in zip(numbers, expected, strict=True):
        assert abs(value - precise.rational(int(e.p), int(e.q))) < precise.context.mpf("1e-30")


def test_arrays_broadcast():
    grid = np.array([0.5, -3.5, 2.0])
    found = PROGRAM.evaluate(ArrayArithmetic(), (grid,))
    for column, x in enumerate((fmpq(1, 2), fmpq(-7, 2), fmpq(2))):
        for value, e in zip(found, exact(x).entries(), strict=True):
            assert abs(value[column] - float(e.p) / float(e.q)) < 1e-9


def test_derivatives():
    slope = fmpq_mat(N, N, [fmpq(j - 2 * k) for j in range(N) for k in range(N)])
    at = exact(fmpq(1, 3))
    derivative = Program.compile([e.diff(X) for e in ENTRIES], (X,))
    found = derivative.evaluate(RationalArithmetic(), (fmpq(1, 3),))
    assert list(found) == [-v for v in (at * slope * at).entries()]


def test_a_singular_matrix_has_no_inverse():
    entry = inverse_entry(0, 1, 2, X, 1, 1, X)
    program = Program.compile((entry,), (X,))
    balls = BallArithmetic(100)
    with balls.precision():
        assert not program.bind(balls)((arb(1, 0.25),))[0].is_finite()
        assert program.bind(balls)((arb(3),))[0].contains(arb(fmpq(-1, 8)))
    assert np.isnan(program.evaluate(ArrayArithmetic(), (np.array([1.0, 3.0]),))[0]).tolist() == [True, False]
    precise = HighPrecisionArithmetic(30)
    assert precise.context.isnan(program.evaluate(precise, (precise.context.mpf(1),))[0])


def test_sympy_evaluates_numbers_alone():
    entry = inverse_entry(0, 1, 2, sympy.sqrt(2), 1, 1, sympy.pi)
    expected = -1 / (sympy.sqrt(2) * sympy.pi - 1)
    assert abs(entry.evalf(40) - expected.evalf(40)) < sympy.Float("1e-38", 40)
    assert inverse_entry(0, 1, 2, X, 1, 1, X).evalf() == inverse_entry(0, 1, 2, X, 1, 1, X)
