"""The explicit derivative equals the theorem symbolically, and wrong theorems do not."""

from __future__ import annotations

import sympy

from theory.gaussian_mechanism.closed_form import products_of
from theory.gaussian_mechanism.two_sides import (
    LinearLoop,
    Matrix,
    conformal_loop,
    explicit,
    generic_loop,
    theorem,
)


def is_zero(expression):
    return sympy.cancel(sympy.together(expression)) == 0


def test_the_two_sides_are_one_rational_function_for_every_block():
    loop = generic_loop()
    for left, right in zip(explicit(loop), theorem(loop), strict=True):
        assert left.free_symbols == right.free_symbols | left.free_symbols
        assert is_zero(left - right)


def test_the_two_sides_differ_once_a_share_is_not_displaced_in_proportion():
    loop = generic_loop()
    for left, right in zip(explicit(loop), theorem(loop), strict=True):
        assert not is_zero(left - right * (1 - loop.curation))


def test_the_two_sides_agree_on_three_dimensions_at_an_exact_point():
    loop = LinearLoop(
        channel=Matrix(3, 3, [sympy.Rational(k, 7 + k * k) for k in range(-4, 5)]),
        pull=Matrix([1, -2, 3]),
        taste=Matrix([2, 0, 5]),
        cost=sympy.Rational(9, 50),
        curation=sympy.Symbol("lam", real=True),
    )
    for left, right in zip(explicit(loop), theorem(loop), strict=True):
        assert is_zero(left - right)


def test_closed_forms_equal_both_sides_on_a_scaled_rotation():
    loop = conformal_loop()
    form = products_of(loop)
    for sides in (explicit(loop), theorem(loop)):
        for side, closed in zip(sides, (form.p_influence, form.q_influence), strict=True):
            assert is_zero(side - closed)


def test_closed_alignments_equal_alignment_at_the_stable_point():
    loop = conformal_loop()
    form = products_of(loop)
    for point, closed in zip(loop.stable_point, (form.p_alignment, form.q_alignment), strict=True):
        assert is_zero(loop.alignment(point) - closed)


def test_closed_gradients_equal_gradients_at_the_stable_point():
    loop = conformal_loop()
    form = products_of(loop)
    theta, phi = loop.stable_point
    p_slope, q_slope = loop.alignment_gradient(theta), loop.alignment_gradient(phi)
    for expression, closed in (
        (p_slope.dot(loop.pull), form.p_direct),
        (q_slope.dot(loop.channel * loop.pull), form.q_direct),
        (p_slope.dot(p_slope), form.p_gradient_square),
        (q_slope.dot(q_slope), form.q_gradient_square),
    ):
        assert is_zero(expression - closed)
