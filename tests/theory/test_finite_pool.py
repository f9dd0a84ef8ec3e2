"""Finite pools: against enumeration of every draw, in exact rationals, and their derivatives."""

from __future__ import annotations

import itertools

import flint
import numpy as np
import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies.families import probabilities, rationals

from theory.arithmetic.arrays import ArrayArithmetic
from theory.arithmetic.ball import BallArithmetic
from theory.arithmetic.high_precision import HighPrecisionArithmetic
from theory.arithmetic.program import Program
from theory.arithmetic.rational import RationalArithmetic
from theory.curation.choice import chosen_output
from theory.curation.pool import expand_pool, kept_probabilities, pool
from theory.expressions.differentiation import jacobian
from theory.families.registry import families
from theory.reward import Reward, Taste

R = sympy.Rational
PROBABILITIES_ARE_STATES = [
    name for name, f in families().items() if f.finite_support and set(f.settings) <= {"atoms"}
]


def enumerated(masses, weights, candidates):
    """Kept probabilities by listing every tuple of candidates."""
    kept = [sympy.S.Zero] * len(masses)
    for drawn in itertools.product(range(len(masses)), repeat=candidates):
        chance = sympy.Mul(*(masses[k] for k in drawn))
        attraction = sympy.Add(*(weights[k] for k in drawn))
        for k in drawn:
            kept[k] += chance * weights[k] / attraction
    return kept


def rational_values(expressions):
    values = Program.compile(expressions, ()).evaluate(RationalArithmetic(), ())
    return [R(int(v.p), int(v.q)) for v in values]


@st.composite
def cases(draw, atoms=3):
    n = draw(st.integers(2, atoms))
    weights = tuple(draw(rationals(0.25, 4)) for _ in range(n))
    return draw(probabilities(n, boundary=True)), weights


@settings(max_examples=30)
@given(case=cases(), candidates=st.integers(2, 4))
def test_kept_probabilities_equal_enumeration(case, candidates):
    masses, weights = case
    expected = enumerated(masses, weights, candidates)
    kept = kept_probabilities(masses, weights, candidates)
    assert rational_values(kept) == expected
    assert [expand_pool(p) for p in kept] == expected


@settings(max_examples=20)
@given(case=cases(), candidates=st.integers(2, 6))
def test_kept_probabilities_sum_to_one(case, candidates):
    assert sum(rational_values(kept_probabilities(*case, candidates))) == 1


@settings(max_examples=10)
@given(data=st.data(), name=st.sampled_from(PROBABILITIES_ARE_STATES))
def test_rewards_through_logarithms_stay_rational(data, name):
    masses, weights = data.draw(cases(atoms=2))
    reward = Reward(table=tuple(sympy.log(a) for a in weights))
    family = families()[name](("a", "b")) if families()[name].settings else families()[name]()
    state = masses if family.atoms else masses[1:]
    law = chosen_output(family, state, Taste(reward=reward), 3).law
    means = law.expectations(family.statistic)
    found = means if family.atoms else (1 - means[0], means[0])
    assert rational_values(found) == enumerated(masses, weights, 3)


@settings(max_examples=10)
@given(case=cases(), candidates=st.integers(2, 4))
def test_every_arithmetic_gives_the_same_value(case, candidates):
    masses, weights = case
    symbols = sympy.symbols("p:3 a:3", real=True)
    p, a = symbols[: len(masses)], symbols[3 : 3 + len(masses)]
    program = Program.compile(kept_probabilities(p, a, candidates), (*p, *a))
    point = (*masses, *weights)
    exact = enumerated(masses, weights, candidates)
    with BallArithmetic(160).precision():
        inputs = [flint.arb(flint.fmpq(v.p, v.q)) for v in point]
    balls = program.evaluate(BallArithmetic(160), inputs)
    precise = HighPrecisionArithmetic(50)
    digits = program.evaluate(precise, [precise.rational(v.p, v.q) for v in point])
    doubles = program.evaluate(ArrayArithmetic(), [np.full(2, float(v)) for v in point])
    for value, ball, number, array in zip(exact, balls, digits, doubles, strict=True):
        assert ball.overlaps(flint.arb(flint.fmpq(int(value.p), int(value.q))))
        assert float(ball.rad()) < 1e-40
        assert abs(sympy.Float(number, 45) - value) < R(10) ** -45
        assert np.allclose(array, float(value), rtol=1e-13, atol=1e-15)


@settings(max_examples=10)
@given(case=cases(), draws=st.integers(1, 4), power=st.integers(1, 3), offset=rationals(0.25, 3))
def test_derivatives_match_central_differences(case, draws, power, offset):
    masses, weights = case
    n = len(masses)
    symbols = (*sympy.symbols(f"s p:{n} a:{n}", real=True),)
    node = pool(draws, power, *symbols)
    arithmetic = HighPrecisionArithmetic(60)
    run = Program.compile([node], symbols).bind(arithmetic)
    point = [arithmetic.rational(int(v.p), int(v.q)) for v in (offset, *masses, *weights)]
    exact = Program.compile(list(jacobian([node], symbols)), symbols).evaluate(arithmetic, point)
    width = arithmetic.context.mpf(10) ** -18
    for k, derivative in enumerate(exact):
        assert node.diff(symbols[k]) == jacobian([node], symbols)[k]
        ahead, behind = list(point), list(point)
        ahead[k] += width
        behind[k] -= width
        difference = (run(ahead)[0] - run(behind)[0]) / (2 * width)
        assert abs(derivative - difference) < arithmetic.context.mpf(10) ** -30 * (1 + abs(derivative))


def test_equal_weights_merge_to_a_closed_form():
    p, s, a = sympy.symbols("p s a", real=True)
    assert pool(5, 2, s, p, 1 - p, a, a) == 1 / (s + 5 * a) ** 2


def test_merging_equal_weights_keeps_the_value():
    p, q, r, s, a, b = sympy.symbols("p q r s a b", real=True)
    merged = pool(3, 1, s, p, q, r, a, b, a)
    assert merged.args[3:] == (p + r, q, a, b)
    point = {p: R(1, 2), q: R(1, 3), r: R(1, 6), s: R(2), a: R(1, 5), b: R(3)}
    written_out = sum(
        point[p] ** i
        * point[q] ** j
        * point[r] ** k
        * sympy.multinomial_coefficients(3, 3)[i, j, k]
        / (point[s] + (i + k) * point[a] + j * point[b])
        for i, j, k in itertools.product(range(4), repeat=3)
        if i + j + k == 3
    )
    assert rational_values([merged.xreplace(point)]) == [written_out]


def test_zero_probability_atoms_drop_out():
    s, a, b = sympy.symbols("s a b", real=True)
    assert pool(2, 1, s, 1, 0, a, b) == 1 / (s + 2 * a)


def test_numerical_value_agrees_with_the_written_out_sum():
    node = pool(3, 2, R(1, 2), R(1, 4), R(3, 4), sympy.exp(1), R(5))
    assert abs(node.evalf(50) - expand_pool(node).evalf(50)) < R(10) ** -48


def test_two_candidates_prefer_the_better_atom_by_luce():
    assert rational_values(kept_probabilities((R(1, 2), R(1, 2)), (R(1), R(3)), 2)) == [R(3, 8), R(5, 8)]


def test_large_pools_approach_the_tilt():
    masses, weights = (R(1, 3), R(2, 3)), (R(2), R(1))
    tilt = masses[0] * weights[0] / sum(p * a for p, a in zip(masses, weights, strict=True))
    gaps = [abs(rational_values(kept_probabilities(masses, weights, k))[0] - tilt) for k in (4, 8, 16, 32)]
    assert all(R(2, 5) < later / earlier < R(3, 5) for earlier, later in itertools.pairwise(gaps))


def test_finite_pool_on_a_family_without_an_integral_is_refused():
    (family,) = (f(2) for n, f in families().items() if n == "dirichlet")
    taste = Taste(reward=Reward(polynomial=sympy.log(sympy.Symbol("x1", real=True))))
    with pytest.raises(ValueError, match='pool = "inf"'):
        chosen_output(family, (sympy.S.One, sympy.S.One), taste, 3)
