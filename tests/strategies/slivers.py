"""Statements that are false in a sliver of their domain only, far too small for random points to hit."""

from __future__ import annotations

from functools import reduce
from operator import mul

import sympy
from strategies.statements import EQ, GE, GT, LE, LT, NE, case, implication, motzkin, real, relation, stable
from sympy import Rational

A, B, C, D, X, Y, Z, G, P = real("a b c d x y z g p")
XS = real("x1 x2 x3 x4 x5 x6")
YS = real("y1 y2 y3")
TINY = Rational(1, 10**5)


def box(symbols, low, high):
    return [condition for s in symbols for condition in (relation(s, GE, low), relation(s, LE, high))]


def posed(symbols, hypotheses, conclusion, witness):
    values = dict(zip(symbols, witness, strict=True))
    return case(implication(symbols, hypotheses, [conclusion]), values, name="sliver")


def middle_of_a_simplex():
    hypotheses = [relation(X, GE), relation(Y, GE), relation(X + Y, LE, 1)]
    return posed((X, Y), hypotheses, relation(X * Y, LT, Rational(1, 4) - TINY / 10), (0, 0))


def six_equal_shares():
    hypotheses = [*(relation(x, GE) for x in XS), relation(sum(XS), LE, 1)]
    bound = Rational(1, 6**6) * (1 - Rational(1, 1000))
    return posed(XS, hypotheses, relation(reduce(mul, XS), LT, bound), (0,) * 6)


def narrow_bump():
    height = 1 / (1 + 10**6 * ((X - Rational(1, 3)) ** 2 + (Y - Rational(2, 5)) ** 2))
    return posed((X, Y), box((X, Y), -1, 1), relation(height, LT, Rational(1, 2)), (0, 0))


def small_ball_in_four_dimensions():
    distance = sum((x - Rational(k, 7)) ** 2 for k, x in enumerate(XS[:4], 1))
    return posed(XS[:4], box(XS[:4], 0, 1), relation(distance, GT, Rational(1, 10**4)), (0,) * 4)


def almost_parallel():
    inner = sum(x * y for x, y in zip(XS, YS, strict=False))
    lengths = sum(x**2 for x in XS[:3]) * sum(y**2 for y in YS)
    symbols = (*XS[:3], *YS)
    conclusion = relation(inner**2, LT, (1 - Rational(1, 10**4)) * lengths)
    return posed(symbols, box(symbols, Rational(1, 4), 2), conclusion, (1, 1, 1, 1, 1, 2))


def almost_critical_gap():
    gap = (1 - A) * (1 - D) - B * C
    return posed((A, B, C, D), [stable([[A, B], [C, D]])], relation(gap, GT, Rational(1, 1000)), (0,) * 4)


def almost_critical_trace():
    hypotheses = [stable([[A, -B / 2], [C / 2, D]]), *box((B, C), 1, 3)]
    conclusion = relation(A + D, LT, Rational(1999, 1000))
    return posed((A, B, C, D), hypotheses, conclusion, (0, 1, 1, 0))


def three_modes_near_one():
    hypotheses = [stable([[A, X, 0], [X, B, Y], [0, Y, C]])]
    return posed((A, B, C, X, Y), hypotheses, relation(A + B + C, LT, Rational(299, 100)), (0,) * 5)


def curved_valley():
    valley = 100 * (Y - X**2) ** 2 + (1 - X) ** 2
    return posed((X, Y), box((X, Y), -2, 2), relation(valley, GT, Rational(1, 10**4)), (0, 0))


def touching_tangent():
    hypotheses = [*box((X, Y), -3, 3)]
    return posed((X, Y), hypotheses, relation(sympy.exp(X) + Y**2, GT, 1 + X + TINY), (1, 1))


def crest_of_two_waves():
    height = sympy.sin(X) * sympy.cos(Y - Rational(1, 2))
    return posed((X, Y), box((X, Y), 0, 3), relation(height, LT, 1 - TINY), (0, 0))


def equal_means():
    difference = (X + 2 * Y + Z) / 2 - sympy.sqrt(X * Y) - sympy.sqrt(Y * Z)
    return posed((X, Y, Z), box((X, Y, Z), 1, 2), relation(difference, GT, TINY / 10), (1, 2, 1))


def point_of_a_circle():
    hypotheses = [relation(X**2 + Y**2, EQ, 1)]
    return posed((X, Y), hypotheses, relation(3 * X + 4 * Y, LT, 5 - TINY), (1, 0))


def far_amplification():
    hypotheses = [relation(X * (1 - G), EQ, Y), relation(G, GE), relation(G, LT, 1), *box((Y,), 0, 1)]
    return posed((X, Y, G), hypotheses, relation(X, LT, 10**5), (1, 1, 0))


def ring_in_a_corner():
    w = real("w11 w12 w13 w21 w22 w23 w31 w32 w33")
    hypotheses = [*(relation(entry, GE) for entry in w)]
    hypotheses += [relation(sum(w[3 * k : 3 * k + 3]), LE, 1) for k in range(3)]
    ring = w[1] * w[5] * w[6]
    return posed(w, hypotheses, relation(ring, LT, Rational(999, 1000)), (0,) * 9)


def four_zeros():
    return posed((X, Y), [], relation(motzkin(X, Y), GT, TINY / 10), (0, 0))


def four_zeros_in_space():
    form = X**2 * Y**2 + Y**2 * Z**2 + Z**2 * X**2 + 1 - 4 * X * Y * Z
    return posed((X, Y, Z), [relation(X, GT, Rational(1, 10))], relation(form, GT, TINY), (1, 0, 0))


def almost_double_root():
    hypotheses = [
        relation(A, GT),
        relation(C, GT),
        relation(B**2, LT, 4 * A * C * (1 + TINY)),
        *box((X,), 1, 3),
    ]
    hypotheses += [*box((A, C), 1, 2)]
    return posed((A, B, C, X), hypotheses, relation(A * X**2 + B * X + C, GT, TINY / 10), (1, 0, 1, 1))


def parabolas_in_turn():
    distance = (X - Rational(1, 2)) ** 2 + (Y - X**2) ** 2 + (Z - Y**2) ** 2
    return posed((X, Y, Z), box((X, Y, Z), -1, 1), relation(distance, GT, TINY), (0, 0, 0))


def end_of_a_curved_corridor():
    hypotheses = [*box((X, Y), -2, 5), relation((Y - X**2) ** 2, LE, Rational(1, 10**6))]
    return posed((X, Y), hypotheses, relation(X, LT, Rational(1999, 1000) + Rational(23, 100)), (0, 0))


def end_of_a_spiral():
    """The last part of a spiral band: it can only be reached by going around."""
    hypotheses = [
        *box((X, Y, G), -2, 2),
        relation((X - G * sympy.cos(3 * G)) ** 2 + (Y - G * sympy.sin(3 * G)) ** 2, LE, Rational(1, 10**5)),
    ]
    bound = (2 - TINY) ** 2
    return posed((X, Y, G), hypotheses, relation(X**2 + Y**2, LT, bound), (0, 0, 0))


def stable_and_inverting():
    """A cooperative 2 × 2 loop amplifies one knob beyond 1000, close to its critical gain only."""
    gap = (1 - A) * (1 - D) - B * C
    hypotheses = [*(relation(s, GE) for s in (A, B, C, D)), stable([[A, B], [C, D]])]
    return posed((A, B, C, D), hypotheses, relation((1 - D) / gap, LT, 10**4), (0,) * 4)


def cancelled_divisor():
    hypotheses = [*box((X, Y), -1, 1), relation(Y, NE)]
    conclusion = relation(X**2 / Y**2, LT, 10**8)
    return posed((X, Y), hypotheses, conclusion, (0, 1))


SLIVERS = (
    middle_of_a_simplex,
    six_equal_shares,
    narrow_bump,
    small_ball_in_four_dimensions,
    almost_parallel,
    almost_critical_gap,
    almost_critical_trace,
    three_modes_near_one,
    curved_valley,
    touching_tangent,
    crest_of_two_waves,
    equal_means,
    point_of_a_circle,
    far_amplification,
    ring_in_a_corner,
    four_zeros,
    four_zeros_in_space,
    almost_double_root,
    parabolas_in_turn,
    end_of_a_curved_corridor,
    end_of_a_spiral,
    stable_and_inverting,
    cancelled_divisor,
)
