"""One program, many arithmetics: all of them agree, and each is honest about what it cannot do."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
import sympy
from flint import arb, fmpq
from hypothesis import example, given
from hypothesis import strategies as st
from scipy import special

from theory.arithmetic.arrays import ArrayArithmetic
from theory.arithmetic.ball import BallArithmetic
from theory.arithmetic.high_precision import HighPrecisionArithmetic
from theory.arithmetic.program import Program, evaluate
from theory.arithmetic.rational import RationalArithmetic
from theory.errors import OutsideArithmetic

X, Y = sympy.symbols("x y", real=True)


def rationals(bound: int = 20) -> st.SearchStrategy[Fraction]:
    return st.fractions(min_value=-bound, max_value=bound, max_denominator=50)


def polynomials() -> st.SearchStrategy[sympy.Expr]:
    leaves = st.one_of(
        st.sampled_from([X, Y]), rationals(5).map(lambda q: sympy.Rational(q.numerator, q.denominator))
    )
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            st.tuples(inner, inner).map(lambda ab: ab[0] + ab[1]),
            st.tuples(inner, inner).map(lambda ab: ab[0] * ab[1]),
            st.tuples(inner, st.integers(0, 3)).map(lambda an: an[0] ** an[1]),
        ),
        max_leaves=8,
    )


@given(polynomials(), rationals(), rationals())
@example(sympy.Integer(3), Fraction(0), Fraction(0))
@example(X, Fraction(1, 3), Fraction(0))
def test_program_rational_value_is_sympy_substitution(
    expression: sympy.Expr, x: Fraction, y: Fraction
) -> None:
    program = Program.compile([expression], [X, Y])
    (value,) = program.evaluate(
        RationalArithmetic(), [fmpq(*x.as_integer_ratio()), fmpq(*y.as_integer_ratio())]
    )
    exact = expression.subs({X: sympy.Rational(x), Y: sympy.Rational(y)}, simultaneous=True)
    assert sympy.Rational(int(fmpq(value).p), int(fmpq(value).q)) == exact


@given(polynomials(), rationals(), rationals())
def test_program_ball_contains_rational_value(expression: sympy.Expr, x: Fraction, y: Fraction) -> None:
    program = Program.compile([expression], [X, Y])
    point = [fmpq(*q.as_integer_ratio()) for q in (x, y)]
    balls = BallArithmetic(96)
    (exact,) = program.evaluate(RationalArithmetic(), point)
    with balls.precision():
        (ball,) = program.bind(balls)([arb(q) for q in point])
        gap = abs(arb(ball) - arb(fmpq(exact)))
        assert not gap > 0
        assert arb(ball).rad() < 1e-20 * (1 + abs(arb(ball).mid()))


TRANSCENDENTAL = [
    sympy.exp(X / 3) * sympy.log(1 + Y**2),
    sympy.sqrt(X**2 + 1) ** 3 / (2 + sympy.cos(Y)),
    sympy.sin(sympy.pi * X / 7) + sympy.E**2 + Y ** sympy.Rational(-1, 2),
    sympy.root(X**2 + 2, 3) - sympy.exp(-Y),
]


@given(
    st.sampled_from(TRANSCENDENTAL),
    st.fractions(-5, 5, max_denominator=40),
    st.fractions(Fraction(1, 10), 5, max_denominator=40),
)
def test_program_arithmetics_agree(expression: sympy.Expr, x: Fraction, y: Fraction) -> None:
    program = Program.compile([expression], [X, Y])
    balls, high = BallArithmetic(220), HighPrecisionArithmetic(50)
    with balls.precision():
        (ball,) = program.bind(balls)([arb(fmpq(*q.as_integer_ratio())) for q in (x, y)])
        (number,) = program.evaluate(high, [high.rational(*q.as_integer_ratio()) for q in (x, y)])
        difference = abs(ball - arb(high.context.nstr(number, 50)))
        assert difference < 1e-44 * (1 + abs(ball))
        assert ball.rad() < 1e-58 * (1 + abs(ball))
    (fast,) = program.evaluate(ArrayArithmetic(), [np.float64(float(x)), np.float64(float(y))])
    assert fast == pytest.approx(float(number), rel=1e-11, abs=1e-11)


def test_program_arrays_broadcast() -> None:
    program = Program.compile([X * Y + 1, sympy.Integer(2)], [X, Y])
    grid, fixed = program.evaluate(ArrayArithmetic(), [np.arange(4.0), np.float64(2)])
    assert grid.tolist() == [1.0, 3.0, 5.0, 7.0]
    assert fixed == 2


def test_program_computes_equal_subexpressions_once() -> None:
    shared = sympy.exp(X) + 1
    program = Program.compile([shared**2, shared**3], [X])
    assert len(program.instructions) == 4


def test_program_folds_constants() -> None:
    program = Program.compile([sympy.exp(sympy.Rational(1, 3)) * X], [X])
    assert len(program.instructions) == 1


@pytest.mark.parametrize(
    ("expression", "inputs"),
    [(X + Y, [X]), (sympy.Float("0.1") * X, [X]), (sympy.gamma(X), [X]), (sympy.zoo, [])],
)
def test_program_refuses_what_it_cannot_compute(expression: sympy.Expr, inputs: list[sympy.Symbol]) -> None:
    with pytest.raises(TypeError, match="Expected exact arithmetic over the inputs"):
        Program.compile([expression], inputs)


@pytest.mark.parametrize(
    "expression", [sympy.pi, sympy.exp(X), sympy.log(X + 1), sympy.sqrt(X), sympy.cos(X)]
)
def test_rational_arithmetic_refuses_irrational_values(expression: sympy.Expr) -> None:
    with pytest.raises(OutsideArithmetic):
        Program.compile([expression], [X]).evaluate(RationalArithmetic(), [fmpq(2)])


def test_rational_arithmetic_takes_exact_roots() -> None:
    assert evaluate([sympy.sqrt(X)], {X: sympy.Rational(4, 9)}, RationalArithmetic()) == (fmpq(2, 3),)
    with pytest.raises(OutsideArithmetic, match="square"):
        Program.compile([sympy.sqrt(X)], [X]).evaluate(RationalArithmetic(), [fmpq(-1)])


def test_ball_outside_the_domain_carries_no_information() -> None:
    balls = BallArithmetic(64)
    with balls.precision():
        (value,) = Program.compile([sympy.log(X)], [X]).bind(balls)([arb(-1)])
    assert not value.is_finite()
    assert (value < 0) is False
    assert (value > 0) is False


def test_high_precision_leaves_the_global_context_alone() -> None:
    import mpmath

    before = mpmath.mp.dps
    Program.compile([sympy.exp(X)], [X]).evaluate(HighPrecisionArithmetic(80), [1])
    assert mpmath.mp.dps == before


@pytest.mark.parametrize("order", [0, 1, 2])
def test_polygamma_of_arrays_has_no_value_outside_its_domain(order):
    """Far below zero too, where a sum from there up would not end."""
    found = ArrayArithmetic().polygamma(order, np.array([-1e15, -0.5, 0.0, 2.0]))
    assert np.isnan(found[:3]).all()
    assert found[3] == special.polygamma(order, 2.0)


def test_sign_is_nothing_known_of_a_ball_around_zero():
    x = sympy.Symbol("x", real=True)
    sign = Program.compile([sympy.sign(x)], [x])
    for value, wanted in (("-2 +/- 1", -1), ("3 +/- 1", 1)):
        assert sign.evaluate(BallArithmetic(64), (arb(value),))[0].contains(wanted)
    assert not sign.evaluate(BallArithmetic(64), (arb("0 +/- 1"),))[0].is_finite()
    assert sign.evaluate(RationalArithmetic(), (fmpq(-1, 3),)) == (-1,)
