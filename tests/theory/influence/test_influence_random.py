"""Random exact ecosystems: total influences against finite differences of 60-digit equilibria."""

from __future__ import annotations

import mpmath
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from oracles.iteration import difference_quotient, to_mpf
from strategies.ecosystems import ecosystems

from theory.analysis import analyze
from theory.budget import Budget
from theory.equilibrium.result import Existence
from theory.families.registry import families

pytestmark = pytest.mark.slow
every_family = pytest.mark.parametrize("name", list(families()))


def assert_totals_match_differences(ecosystem):
    analysis = analyze(ecosystem, Budget(digits=25, seconds=2))
    update = analysis.update_map
    knobs = {k.name: k for k in update.knobs}
    places = [update.state.index(s) for s in update.coordinates]
    for report in analysis.reports:
        found = report.equilibrium
        if found.existence is not Existence.CERTIFIED:
            continue
        with mpmath.workdps(60):
            point = [to_mpf(found.point[k]) for k in places]
            for row in report.influence:
                if row.total is None:
                    continue
                expected = difference_quotient(update, knobs[row.knob], row.on, point)
                scale = 1 + abs(expected)
                assert abs(to_mpf(row.total) - expected) < mpmath.mpf(10) ** -18 * scale**3
                assert row.total.rad() * 10**20 < float(scale) * 1.0


@every_family
@settings(max_examples=2, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_totals_of_one_family_match_differences(name, data):
    assert_totals_match_differences(data.draw(ecosystems(names=[name], models=2, dimension=1)))


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ecosystem=ecosystems(models=3))
def test_totals_of_mixed_families_match_differences(ecosystem):
    assert_totals_match_differences(ecosystem)
