"""Data that accumulate: piled-up data sets from first principles, where orbits end, what is proved."""

from __future__ import annotations

import json
import random
from dataclasses import replace

import mpmath
import pytest
import sympy
from flint import arb, arb_mat, ctx, fmpq
from hypothesis import given, settings
from oracles.iteration import to_mpf as to_mpf_of_ball
from oracles.one_round import trained_statistic
from oracles.quadrature import DIGITS, to_mpf
from strategies.ecosystems import ecosystems

from theory import examples
from theory.analysis import analyze
from theory.arithmetic.high_precision import HighPrecisionArithmetic
from theory.arithmetic.program import Program
from theory.budget import Budget
from theory.ecosystem import DataRegime
from theory.ecosystem_file import FileFormat, from_text
from theory.equilibrium.enclosures import all_finite
from theory.equilibrium.newton import certified_fixed_point
from theory.equilibrium.orbits.attraction import attraction_region
from theory.equilibrium.orbits.orbit import advance, first_iterate
from theory.equilibrium.problem import problem_of
from theory.equilibrium.result import Reached, Stability
from theory.equilibrium.solve import solve
from theory.update_map import derive
from theory.update_map.mean_chart import mean_chart

BUDGET = Budget(digits=30)
CROWD = {
    "rewards": [{"reward": "x", "probability": "2/3"}, {"reward": "-x", "probability": "1/3"}],
    "strength": "1/3",
}


def written(models, data="accumulate", users=None):
    document = {"name": "test", "data": data, "users": users or {}, "models": models}
    return from_text(json.dumps(document), FileFormat.JSON).ecosystem


def line(slope, data="accumulate", start="1"):
    """One scalar model x' = 1/2 + slope·x."""
    channel = {"matrix": [[f"2*({slope})"]]}
    model = {"family": "gaussian-location", "variance": 1, "real": {"share": "1/2", "mean": 1}}
    reads = [{"from": "m", "share": "1/2", "channel": channel}]
    return written({"m": {**model, "start": {"mean": start}, "reads": reads}}, data)


def solved(ecosystem):
    return solve(derive(ecosystem), BUDGET.started())


def gaussian(share="1/2", **more):
    reads = [{"from": "m", "share": f"1 - {share}", "curated": True}]
    real = {"share": share, "mean": "1/2", "variance": 1}
    return {"family": "gaussian", "users": "u", "real": real, "reads": reads, **more}


def test_states_are_fitted_to_all_data_sets_together():
    ecosystem = written({"m": gaussian(start={"mean": -1, "variance": 2})}, users={"u": CROWD})
    (model,) = ecosystem.models
    chart = mean_chart(derive(ecosystem))
    problem = problem_of(chart.update_map)
    with mpmath.workdps(DIGITS):
        piles = [[to_mpf(value) for value in model.family.mean_parameter(model.start)]]
        for k in range(1, 3):
            mean = [mpmath.fsum(column) / k for column in zip(*piles, strict=True)]
            state = tuple(sympy.Float(v, DIGITS) for v in (mean[0], mean[1] - mean[0] ** 2))
            piles.append(trained_statistic(ecosystem, model, {"m": state}))
            expected = [mpmath.fsum(column) / (k + 1) for column in zip(*piles, strict=True)]
            found = advance(
                problem, first_iterate(problem, 256), k, BUDGET.started(), lambda *_: False, accumulates=True
            )
            for value, ball in zip(expected, found.point, strict=True):
                assert abs(value - to_mpf_of_ball(ball)) < mpmath.mpf(10) ** -28


@pytest.mark.parametrize(
    ("slope", "replaced", "accumulated"),
    [
        ("1/2", Reached.CONVERGED, Reached.CONVERGED),
        ("-3/2", Reached.DIVERGES, Reached.CONVERGED),
        ("-20", Reached.DIVERGES, Reached.CONVERGED),
        ("-1", Reached.UNDECIDED, Reached.CONVERGED),
        ("3/2", Reached.DIVERGES, Reached.DIVERGES),
        ("1", Reached.DIVERGES, Reached.DIVERGES),
    ],
)
def test_slopes_of_one_scalar_model(slope, replaced, accumulated):
    assert solved(line(slope, "replace")).reached_detail is replaced
    for regime in ("accumulate", "accumulate-subsample"):
        found = solved(line(slope, regime))
        assert found.reached_detail is accumulated
        if accumulated is Reached.CONVERGED:
            assert (found.reached, found.found[0].stability) == (0, Stability.STABLE)
            assert found.found[0].exact == (fmpq(1, 2) / (1 - fmpq(*map(int, [*slope.split("/"), "1"][:2]))),)


def test_high_precision_iteration_swings_out_where_data_are_replaced_and_settles_where_they_accumulate():
    replaced = accumulated = mpmath.mpf(1)
    for t in range(20_000):
        replaced = (1 - 3 * replaced) / 2 if t < 200 else replaced
        accumulated += ((1 - 3 * accumulated) / 2 - accumulated) / (t + 2)
    assert abs(replaced - mpmath.mpf(1) / 5) > 1e30
    assert abs(accumulated - mpmath.mpf(1) / 5) < 1e-9


def test_a_rotation_that_is_unstable_where_data_are_replaced_settles():
    plane = {
        "family": "gaussian-location",
        "covariance": [[1, 0], [0, 1]],
        "real": {"share": "1/2", "mean": [1, 0]},
    }
    turned = {"from": "m", "share": "1/2", "channel": {"matrix": [[0, -4], [4, 0]]}}
    for data, stability, reached in (
        ("replace", Stability.UNSTABLE, Reached.DIVERGES),
        ("accumulate", Stability.STABLE, Reached.CONVERGED),
    ):
        found = solved(written({"m": {**plane, "reads": [turned]}}, data))
        assert (found.found[0].stability, found.reached_detail) == (stability, reached)
        assert found.found[0].exact == (fmpq(1, 10), fmpq(1, 5))


SWINGING = {"overcorrection", "opposed-loop"}


@pytest.mark.parametrize("name", [n for n in examples.names() if n not in SWINGING])
def test_where_replaced_data_lead_accumulated_ones_lead_too(name):
    text = examples.text(name)
    before = solved(from_text(text).ecosystem)
    after = solved(from_text(f'data = "accumulate"\n{text}').ecosystem)
    assert [e.exact for e in before.found] == [e.exact for e in after.found]
    assert [e.stability for e in before.found] == [e.stability for e in after.found]
    assert (after.reached, after.reached_detail) == (before.reached, Reached.CONVERGED)
    for first, second in zip(before.found, after.found, strict=True):
        assert all(a.overlaps(b) for a, b in zip(first.point, second.point, strict=True))


@pytest.mark.slow
def test_an_orbit_that_lingers_at_a_saddle_for_longer_than_anyone_iterates_is_undecided():
    found = solved(from_text(f'data = "accumulate"\n{examples.text("opposed-loop")}').ecosystem)
    assert (found.reached, found.reached_detail) == (None, Reached.UNDECIDED)
    assert "1/(t + 2)" in found.detail


def test_the_region_holds_for_small_steps_only_from_its_first_round():
    problem = problem_of(mean_chart(derive(line("-9"))).update_map)
    point = (arb(fmpq(1, 20)),)
    assert attraction_region(problem, point, arb(1), BUDGET) is None
    assert attraction_region(problem, point, arb(1), BUDGET, rounds_a_step=4) is None
    region = attraction_region(problem, point, arb(1), BUDGET, rounds_a_step=6)
    assert region.first_round == 4
    assert region.contains(point, 4)
    assert not region.contains(point, 3)


@pytest.mark.parametrize("rounds_a_step", [2, 8])
def test_every_smaller_step_from_the_region_comes_closer(rounds_a_step):
    problem = problem_of(mean_chart(derive(written({"m": gaussian()}, users={"u": CROWD}))).update_map)
    centre = certified_fixed_point(problem, problem.start_at(192), 192, BUDGET.started())
    region = attraction_region(problem, centre, arb(1), BUDGET, rounds_a_step=rounds_a_step)
    draw = random.Random(rounds_a_step)
    tried = 0
    with ctx.workprec(192):
        step = problem.bound_step(192)
        for _ in range(400):
            point = [c + arb(draw.uniform(-0.3, 0.3)) for c in centre]
            if not region.contains(point, rounds_a_step - 2):
                continue
            tried += 1
            h = arb(draw.uniform(0.01, 1)) / rounds_a_step
            after = [x + h * (g - x) for x, g in zip(point, step(point), strict=True)]
            before, now = (
                quadratic(region.shape, [x - c for x, c in zip(p, centre, strict=True)])
                for p in (point, after)
            )
            assert now < before
    assert tried > 10


def quadratic(shape, offset):
    column = arb_mat([[x] for x in offset])
    return (column.transpose() * shape * column)[0, 0]


def test_a_gaussian_in_mean_parameters_goes_there_and_back():
    update = derive(written({"m": gaussian()}, users={"u": CROWD}))
    chart = mean_chart(update)
    there = dict(zip(chart.update_map.state, chart.means, strict=True))
    assert [e.xreplace(there).expand() for e in chart.states] == list(update.state)
    assert [s.name for s in chart.update_map.state] == ["m.statistic[0]", "m.statistic[1]"]
    assert all_finite(problem_of(chart.update_map).start_at(64))


def test_influences_are_those_of_replaced_data():
    text = examples.text("user-groups")
    rows = [
        {
            (r.knob, r.on): (r.total, r.direct, r.verdict)
            for r in analyze(from_text(t).ecosystem, BUDGET).reached.influence
        }
        for t in (text, f'data = "accumulate-subsample"\n{text}')
    ]
    assert rows[0].keys() == rows[1].keys()
    for key, (total, direct, verdict) in rows[0].items():
        assert (rows[1][key][0].overlaps(total), rows[1][key][1].overlaps(direct)) == (True, True)
        assert rows[1][key][2] is verdict


@pytest.mark.slow
@settings(max_examples=12, deadline=None)
@given(ecosystem=ecosystems(models=2, dimension=1))
def test_where_random_ecosystems_are_proved_to_settle_they_go(ecosystem):
    ecosystem = replace(ecosystem, order=None, data=DataRegime.ACCUMULATE)
    update = derive(ecosystem)
    found = solve(update, Budget(digits=12, seconds=4).started())
    if found.reached is None:
        return
    chart = mean_chart(update)
    step = Program.compile(problem_of(chart.update_map).step, chart.update_map.coordinates)
    arithmetic = HighPrecisionArithmetic(20)
    start = Program.compile(problem_of(chart.update_map).start, ()).evaluate(arithmetic, ())
    states = Program.compile(chart.states, chart.update_map.state)
    whole = Program.compile(
        [e for _, e in problem_of(chart.update_map).embedding], chart.update_map.coordinates
    )
    goal = [to_mpf_of_ball(x) for x in found.found[found.reached].point]
    point, gaps, move = list(start), [], step.bind(arithmetic)
    for k in range(3001):
        if k in (30, 300, 3000):
            here = states.evaluate(arithmetic, whole.evaluate(arithmetic, point))
            gaps.append(max(abs(x - y) for x, y in zip(here, goal, strict=True)))
        point = [x + (g - x) / (k + 2) for x, g in zip(point, move(point), strict=True)]
    assert gaps[2] < mpmath.mpf("1e-4") or gaps[2] < gaps[1] * 0.95 or gaps[1] < gaps[0] * 0.9
