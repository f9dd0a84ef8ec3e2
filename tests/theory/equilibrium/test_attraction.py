"""Regions of attraction and divergence traps: what they claim, orbits do."""

from __future__ import annotations

import mpmath
import pytest
import sympy
from flint import arb, arb_mat, ctx, fmpq
from hypothesis import given, settings
from hypothesis import strategies as st
from oracles.iteration import free_step
from strategies.small_ecosystems import one_exponential, one_gaussian

from theory.arithmetic.high_precision import HighPrecisionArithmetic
from theory.budget import Budget
from theory.ecosystem_file import from_text
from theory.equilibrium.orbits.attraction import attraction_region, is_positive_definite
from theory.equilibrium.orbits.divergence import linear_tilts, proves_blow_up
from theory.equilibrium.problem import problem_of
from theory.examples import text
from theory.update_map import derive

BUDGET = Budget(digits=30)


def region_of(made, point, reach=1):
    update = derive(made)
    with ctx.workprec(192):
        centre = tuple(arb(x) for x in point)
    return update, attraction_region(problem_of(update), centre, arb(reach), BUDGET)


def test_an_unstable_equilibrium_has_no_region():
    fold = one_exponential(strength="1/6")
    assert region_of(fold, [fmpq(3, 2)])[1] is not None
    assert region_of(fold, [fmpq(2)])[1] is None


def test_the_region_stops_short_of_the_unstable_equilibrium():
    _, region = region_of(one_exponential(strength="1/6"), [fmpq(3, 2)])
    assert region.contains((arb("1.55"),))
    assert not region.contains((arb(2),))
    assert not region.contains((arb(1.55, 1),))


@settings(max_examples=12, deadline=None)
@given(st.integers(-100, 100), st.integers(-100, 100))
def test_orbits_that_start_in_the_region_converge(first, second):
    update, region = region_of(from_text(text("user-groups")).ecosystem, [0, 1])
    start = (arb(fmpq(first, 2000)), 1 + arb(fmpq(second, 2000)))
    if not region.contains(start):
        return
    arithmetic = HighPrecisionArithmetic(30)
    step = free_step(update).bind(arithmetic)
    point = (arithmetic.context.mpf(first) / 2000, 1 + arithmetic.context.mpf(second) / 2000)
    for _ in range(2000):
        point = step(point)
    assert max(abs(point[0]), abs(point[1] - 1)) < mpmath.mpf(10) ** -20


@pytest.mark.parametrize(
    ("rows", "expected"), [([[2, 1], [1, 2]], True), ([[1, 2], [2, 1]], False), ([[0]], False), ([[1]], True)]
)
def test_positive_definiteness(rows, expected):
    assert is_positive_definite(arb_mat(rows)) is expected


def test_constants_of_a_one_gaussian_map_are_read_off_exactly():
    tilts = linear_tilts(problem_of(derive(from_text(text("user-groups")).ecosystem)))
    third, half = sympy.Rational(1, 3), sympy.Rational(1, 2)
    drift = half / 6 - 2 * third / 3
    assert tilts.drift == drift
    assert tilts.spread == half**2 / 6 + (2 * third) ** 2 / 3
    assert (tilts.real_data_share, tilts.real_mean) == (half, sympy.Rational(5, 18))
    assert tilts.real_variance == sympy.Rational(44, 81)


@pytest.mark.parametrize("name", ["two-targets", "conflict-atoms", "opposed-loop"])
def test_other_maps_are_not_taken_for_it(name):
    assert linear_tilts(problem_of(derive(from_text(text(name)).ecosystem))) is None


def test_in_the_trap_the_variance_grows_for_ever_and_below_it_nothing_is_claimed():
    update = derive(one_gaussian(strength="3/4"))
    tilts = linear_tilts(problem_of(update))
    assert not proves_blow_up(tilts, (arb(0), arb(3)), 128)
    assert not proves_blow_up(tilts, (arb(-1), arb(9)), 128)
    assert proves_blow_up(tilts, (arb(1), arb(9)), 128)
    step = free_step(update).bind(HighPrecisionArithmetic(30))
    point, last = (1, 9), 9
    for _ in range(12):
        point = step(point)
        assert point[1] > last + mpmath.mpf("0.49")
        last = point[1]
