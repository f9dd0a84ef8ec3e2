"""Monotone orbits: what is proved to climb does, and nothing is claimed across another equilibrium."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flint import arb, ctx

from theory.ecosystem import DataRegime
from theory.ecosystem_file import from_text
from theory.equilibrium.candidates import FaceSolution
from theory.equilibrium.closed_forms.solutions import Solution
from theory.equilibrium.orbits.monotone import monotone_limit
from theory.equilibrium.orbits.orbit import first_iterate
from theory.equilibrium.problem import problem_of
from theory.examples import text
from theory.update_map import derive
from theory.update_map.mean_chart import mean_chart

BITS = 192


def in_means(name):
    ecosystem = replace(from_text(text(name)).ecosystem, data=DataRegime.ACCUMULATE)
    return problem_of(mean_chart(derive(ecosystem)).update_map)


def candidate(*values):
    with ctx.workprec(BITS):
        point = tuple(arb(v) for v in values)
    return FaceSolution(point=point, full=Solution(point=point))


STABLE, SADDLE = candidate(0, 1), candidate("-0.0525525525525525", "1.19195114")


@pytest.mark.parametrize("accumulates", [True, False])
def test_two_coordinates_climb_in_opposite_directions(accumulates):
    problem = in_means("user-groups")
    start = first_iterate(problem, BITS)
    assert (
        monotone_limit(problem, (STABLE, SADDLE), start, BITS, all_known=True, accumulates=accumulates)
        is STABLE
    )
    with ctx.workprec(BITS):
        step, point = problem.bound_step(BITS), start.point
        for k in range(300):
            image = step(point)
            moved = (
                [(x * (k + 1) + g) / (k + 2) for x, g in zip(point, image, strict=True)]
                if accumulates
                else image
            )
            assert moved[0] < point[0]
            assert moved[1] > point[1]
            assert moved[0] > 0
            assert moved[1] < 1
            point = moved


def test_an_equilibrium_that_may_lie_on_the_way_stops_the_proof():
    problem = in_means("user-groups")
    start = first_iterate(problem, BITS)
    between = candidate("0.1", "0.9")
    assert (
        monotone_limit(problem, (STABLE, between), start, BITS, all_known=True, accumulates=True)
        is not STABLE
    )
    assert monotone_limit(problem, (SADDLE,), start, BITS, all_known=True, accumulates=True) is SADDLE


@pytest.mark.parametrize("accumulates", [True, False])
def test_where_others_may_be_unknown_the_slopes_must_leave_room_for_one_equilibrium_only(accumulates):
    problem = in_means("exponential-fold")
    start, lower, upper = first_iterate(problem, BITS), candidate("1.5"), candidate(2)
    for target, all_known, expected in (
        (lower, False, lower),
        (lower, True, lower),
        (upper, False, None),
    ):
        found = monotone_limit(problem, (target,), start, BITS, all_known=all_known, accumulates=accumulates)
        assert found is expected


def test_a_loop_without_an_order_is_not_monotone():
    problem = in_means("opposed-loop")
    target = candidate(0, 1, "-0.25", "0.3125")
    start = first_iterate(problem, BITS)
    for k, x in enumerate(("0.01", "0.999", "-0.249", "0.3126")):
        start = replace(start, point=(*start.point[:k], arb(x), *start.point[k + 1 :]))
    assert monotone_limit(problem, (target,), start, BITS, all_known=True, accumulates=True) is None


def test_later_rounds_allow_steeper_descents():
    source = (
        'data = "accumulate"\n[models.m]\nfamily = "gaussian-location"\nvariance = 1\n'
        'real = { share = "1/2", mean = 3 }\n'
        'reads = [{ from = "m", share = "1/2", channel = { matrix = [[-8]] } }]'
    )
    problem = problem_of(derive(from_text(source).ecosystem))
    start, target = first_iterate(problem, BITS), candidate("0.3")
    assert monotone_limit(problem, (target,), start, BITS, all_known=True, accumulates=True) is None
    later = replace(start, round=3)
    assert monotone_limit(problem, (target,), later, BITS, all_known=True, accumulates=True) is target
    assert monotone_limit(problem, (target,), later, BITS, all_known=True) is None
