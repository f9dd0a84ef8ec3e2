"""Random ecosystems of every family: G against first principles, J against finite differences."""

from __future__ import annotations

import mpmath
import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st
from oracles.one_round import predicted, trained_statistic
from oracles.quadrature import DIGITS
from strategies.ecosystems import ecosystems

from theory.arithmetic.high_precision import HighPrecisionArithmetic
from theory.arithmetic.program import Program
from theory.families.registry import families
from theory.update_map import derive, state_symbols

pytestmark = pytest.mark.slow
every_family = pytest.mark.parametrize("name", list(families()))


def at_high_precision(expressions):
    """Numbers, to 60 digits."""
    return Program.compile(expressions, ()).evaluate(HighPrecisionArithmetic(60), ())


def start_of(update):
    return dict(zip(update.state, update.start, strict=True))


def assert_round_matches_first_principles(ecosystem):
    update = derive(ecosystem)
    step = [update.at_values(g).xreplace(start_of(update)) for g in update.step]
    new = dict(zip(update.state, step, strict=True))
    states = {m.name: m.start for m in ecosystem.models}
    for name in ecosystem.order or [m.name for m in ecosystem.models]:
        model = ecosystem.model(name)
        state = tuple(new[s] for s in state_symbols(model))
        expected = trained_statistic(ecosystem, model, states)
        with mpmath.workdps(DIGITS):
            for found, value in zip(predicted(model.family, state, expected), expected, strict=True):
                assert abs(found - value) < mpmath.mpf(10) ** -25
        if ecosystem.order is not None:
            states[name] = tuple(sympy.N(s, DIGITS + 10) for s in state)


@every_family
@settings(max_examples=2)
@given(data=st.data())
def test_round_of_one_family_matches_integration(name, data):
    assert_round_matches_first_principles(data.draw(ecosystems(names=[name], models=2, dimension=1)))


@settings(max_examples=8)
@given(ecosystem=ecosystems(models=3, dimension=1))
def test_round_of_mixed_families_matches_integration(ecosystem):
    assert_round_matches_first_principles(ecosystem)


def central_differences(update, at):
    """∂G/∂x at 60 digits, one column a free coordinate."""
    arithmetic = HighPrecisionArithmetic(60)
    step = [update.at_values(g) for g in update.step]
    free = update.coordinates
    rows = [g for s, g in zip(update.state, step, strict=True) if s in set(free)]
    run = Program.compile(rows, free).bind(arithmetic)
    centre = [arithmetic.rational(int(v.p), int(v.q)) for v in (at[s] for s in free)]
    width = arithmetic.context.mpf(10) ** -18
    columns = []
    for k in range(len(free)):
        ahead, behind = list(centre), list(centre)
        ahead[k] += width
        behind[k] -= width
        columns.append([(a - b) / (2 * width) for a, b in zip(run(ahead), run(behind), strict=True)])
    return columns


@every_family
@settings(max_examples=4)
@given(data=st.data())
def test_jacobian_matches_central_differences(name, data):
    ecosystem = data.draw(ecosystems(names=[name], models=3))
    update = derive(ecosystem)
    at = start_of(update)
    jacobian = [update.at_values(entry) for entry in update.jacobian]
    arithmetic = HighPrecisionArithmetic(60)
    size = len(update.coordinates)
    start = [arithmetic.rational(int(at[s].p), int(at[s].q)) for s in update.coordinates]
    exact = Program.compile(jacobian, update.coordinates).evaluate(arithmetic, start)
    for k, column in enumerate(central_differences(update, at)):
        for j, difference in enumerate(column):
            entry = exact[j * size + k]
            assert abs(entry - difference) < mpmath.mpf(10) ** -30 * (1 + abs(entry))


@settings(max_examples=10)
@given(ecosystem=ecosystems())
def test_knob_derivatives_match_central_differences(ecosystem):
    update = derive(ecosystem)
    at = start_of(update)
    arithmetic = HighPrecisionArithmetic(60)
    knobs = [k.symbol for k in update.knobs]
    step = [g.xreplace(at) for g in update.step]
    run = Program.compile(step, knobs).bind(arithmetic)
    width = arithmetic.context.mpf(10) ** -18
    for k, knob in enumerate(knobs):
        shifts = [
            [sign * width if j == k else arithmetic.rational(0, 1) for j in range(len(knobs))]
            for sign in (1, -1)
        ]
        ahead, behind = run(shifts[0]), run(shifts[1])
        exact = at_high_precision([g.diff(knob).xreplace(dict(update.values)) for g in step])
        for entry, a, b in zip(exact, ahead, behind, strict=True):
            assert abs(entry - (a - b) / (2 * width)) < mpmath.mpf(10) ** -30 * (1 + abs(entry))


@settings(max_examples=10)
@given(ecosystem=ecosystems())
def test_round_keeps_states_lawful(ecosystem):
    update = derive(ecosystem)
    step = [update.at_values(g).xreplace(start_of(update)) for g in update.step]
    new = dict(zip(update.state, step, strict=True))
    for model in ecosystem.models:
        state = tuple(new[s] for s in state_symbols(model))
        assert all(d > 0 for d in at_high_precision(model.family.state_domain(state)))
        assert all(d >= 0 for d in at_high_precision(model.family.nonnegative(state)))
        embedded = [expression - state[k] for k, expression in model.family.dependent(state)]
        assert all(abs(d) < mpmath.mpf(10) ** -40 for d in at_high_precision(embedded))
