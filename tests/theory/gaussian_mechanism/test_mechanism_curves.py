"""The mechanism's exact constants and curves against the paper's table and a plain NumPy implementation."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
import sympy
from flint import arb, fmpq
from oracles.gaussian_mechanism import float_mechanism

from theory.arithmetic.arrays import ArrayArithmetic
from theory.arithmetic.ball import BallArithmetic
from theory.arithmetic.program import Program
from theory.gaussian_mechanism.constants import PlaneVector, blocks
from theory.gaussian_mechanism.curves import COUPLING, CURATION_SHARE, mechanism
from theory.gaussian_mechanism.finite_sample import PlaneArrays

BITS = 160
PAPER_TABLE = (
    # t, dJ_p/dλ, dJ_q/dλ at λ = 2/5, to three decimals [WZZ26, Fig. 3]
    ("0.05", "2.563", "0.371"),
    ("0.2", "2.635", "1.406"),
    ("0.4", "2.593", "2.488"),
    ("0.6", "2.317", "2.791"),
    ("0.8", "1.793", "1.162"),
    ("0.9", "1.485", "-0.877"),
    ("1.0", "1.200", "-3.676"),
)


@pytest.fixture(scope="module")
def curves():
    return mechanism()


@pytest.fixture(scope="module")
def plain():
    return float_mechanism()


def in_balls(expressions, t, share):
    arithmetic = BallArithmetic(bits=BITS)
    program = Program.compile(expressions, [COUPLING, CURATION_SHARE])
    with arithmetic.precision():
        return program.bind(arithmetic)([arb(exact(t)), arb(exact(share))])


def exact(text):
    value = Fraction(text)
    return fmpq(value.numerator, value.denominator)


def in_floats(expression, t, share):
    program = Program.compile([expression], [COUPLING, CURATION_SHARE])
    return float(program.evaluate(ArrayArithmetic(), [np.float64(t), np.float64(share)])[0])


@pytest.mark.parametrize(("t", "p", "q"), PAPER_TABLE)
def test_influences_round_to_the_papers_table(curves, t, p, q):
    balls = in_balls([curves.p_influence, curves.q_influence], t, "2/5")
    for ball, printed in zip(balls, (p, q), strict=True):
        assert ball.rad() < arb(10) ** -40
        assert abs(ball - arb(exact(printed))) < arb(fmpq(1, 2000))


def test_gains_are_the_exact_doubles_that_numpy_draws():
    drawn = np.random.RandomState(1999).uniform(0.08, 0.95, 12)
    assert [Fraction(int(b.gain.p), int(b.gain.q)) for b in blocks()] == [Fraction(float(x)) for x in drawn]


def test_building_the_blocks_leaves_the_global_generator_alone():
    before = np.random.get_state()[1].copy()
    blocks()
    assert (np.random.get_state()[1] == before).all()


def test_constants_agree_with_plain_numpy(plain):
    planes = PlaneArrays.of(blocks())
    turned = plain.gains * np.exp(1j * np.deg2rad(plain.turns))
    np.testing.assert_allclose(planes.turned_gain, turned, rtol=0, atol=1e-15)
    for ours, theirs in (
        (planes.pull, plain.pull),
        (planes.p_taste, plain.p_taste),
        (planes.q_taste, plain.q_taste),
    ):
        np.testing.assert_allclose(ours, theirs[0::2] + 1j * theirs[1::2], rtol=0, atol=2e-15)


def test_no_constant_is_a_float():
    curves = mechanism()
    for expression in (curves.p_influence, curves.q_influence, curves.p_proxy, curves.q_proxy):
        assert not expression.atoms(sympy.Float)


@pytest.mark.parametrize("t", [0.05, 0.37, 0.8621, 1.0])
@pytest.mark.parametrize("share", [0.1, 0.4, 0.8])
def test_alignments_and_influences_agree_with_plain_numpy(curves, plain, t, share):
    expected = (*plain.alignments(t, share), *plain.influences(t, share))
    found = (curves.p_alignment, curves.q_alignment, curves.p_influence, curves.q_influence)
    for expression, value in zip(found, expected, strict=True):
        assert in_floats(expression, t, share) == pytest.approx(value, rel=0, abs=1e-9)


@pytest.mark.parametrize("t", [0.05, 0.37, 0.8621, 1.0])
def test_proxies_and_direct_effects_agree_with_plain_numpy(curves, plain, t):
    theta, phi = plain.stable_point(t, 0.4)
    p_slope, q_slope = plain.p_taste - 0.18 * theta, plain.q_taste - 0.22 * phi
    push = plain.channel(t) @ plain.pull
    for expression, value in (
        (curves.p_direct, p_slope @ plain.pull),
        (curves.q_direct, q_slope @ push),
        (curves.p_proxy, p_slope @ theta / np.linalg.norm(p_slope) / np.linalg.norm(theta)),
        (curves.q_proxy, q_slope @ push / np.linalg.norm(q_slope) / np.linalg.norm(push)),
    ):
        assert in_floats(expression, t, 0.4) == pytest.approx(value, rel=0, abs=1e-12)


def test_influence_is_the_slope_of_alignment_exactly(curves):
    slopes = [
        curves.p_alignment.diff(CURATION_SHARE) - curves.p_influence,
        curves.q_alignment.diff(CURATION_SHARE) - curves.q_influence,
    ]
    for ball in in_balls(slopes, "17/20", "3/10"):
        assert ball.contains(0)
        assert ball.rad() < arb(10) ** -40


@pytest.mark.parametrize("turn", [0, 1, -2])
def test_inner_product_turns_the_second_vector(turn):
    one = PlaneVector(scale=sympy.Integer(2), angle=sympy.pi / 7, base=(1, 3))
    other = PlaneVector(scale=sympy.Rational(1, 3), angle=sympy.pi / 5, base=(-2, 1))
    turned = PlaneVector(scale=other.scale, angle=other.angle + turn, base=other.base)
    (x, y), (u, v) = one.components, turned.components
    difference = one.dot(other, turn=sympy.Integer(turn)) - (x * u + y * v)
    assert abs(sympy.N(difference, 50)) < 1e-48
