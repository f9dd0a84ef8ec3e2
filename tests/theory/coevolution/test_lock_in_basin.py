"""Lock-in basins, against orbits in many digits."""

from __future__ import annotations

import pytest
import sympy

from theory.coevolution.lock_in import lock_in_basin, margin
from theory.coevolution.model import Coevolution, CoevolutionState
from theory.coevolution.orbits import orbit
from theory.errors import InvalidInput

R = sympy.Rational
PLANE = ((R(1), R(0)), (R(3, 5), R(4, 5)), (R(-5, 13), R(12, 13)))


def model(candidates=2, learning="1/3", synthetic="1", features=PLANE):
    n = len(features)
    return Coevolution(
        features=features, temperature=R(2), candidates=candidates, synthetic_share=R(synthetic),
        reference=(R(1, n),) * n, learning_rate=R(learning),
    )  # fmt: skip


def test_margins_are_over_the_other_features():
    assert margin(PLANE, 0) == R(2, 5)
    assert margin((*PLANE, PLANE[0]), 0) == 0


@pytest.mark.parametrize("candidates", [2, 3, 6, None])
@pytest.mark.parametrize("learning", ["0", "1"])
def test_mass_elsewhere_falls_as_fast_as_promised(candidates, learning):
    made = model(candidates, learning)
    basin = lock_in_basin(made, 0)
    missing = basin.missing_mass
    start = CoevolutionState(law=(1 - missing, missing / 3, 2 * missing / 3), preference=(R(9, 10), R(0)))
    assert basin.holds(start)
    laws = orbit(made, start, 12, 30).laws
    for t, law in enumerate(laws[1:], start=1):
        assert 1 - law[0] <= float(basin.bound(missing, t))
        assert 1 - law[0] <= float(basin.rate(missing)) ** t * float(missing)


def test_states_off_the_basin():
    basin = lock_in_basin(model(), 0)
    near = (R(1), R(0))
    assert not basin.holds(CoevolutionState(law=(R(9, 10), R(1, 10), R(0)), preference=near))
    assert not basin.holds(CoevolutionState(law=(R(1), R(0), R(0)), preference=(R(4, 5), R(0))))
    assert basin.stated_missing_mass <= basin.missing_mass


def test_with_few_candidates_the_stated_room_is_1_minus_lambda():
    for candidates in (2, 3):
        basin = lock_in_basin(model(candidates), 0)
        assert float(basin.stated_missing_mass) == pytest.approx(float(1 - basin.factor))
        assert 1 - basin.factor < basin.missing_mass


def test_a_shared_feature_keeps_the_split():
    made = model(features=(PLANE[0], PLANE[0], PLANE[1]))
    start = CoevolutionState(law=(R(1, 2), R(9, 20), R(1, 20)), preference=PLANE[0])
    last = orbit(made, start, 400, 30).laws[-1]
    assert [float(p) for p in last] == pytest.approx([10 / 19, 9 / 19, 0], abs=1e-6)


@pytest.mark.parametrize(
    ("made", "outcome", "place"),
    [
        (model(synthetic="1/2"), 0, "synthetic_share"),
        (model(), 3, "outcome"),
        (model(features=(PLANE[0], PLANE[0])), 0, "outcome"),
    ],
)
def test_outcomes_without_a_basin_are_refused(made, outcome, place):
    with pytest.raises(InvalidInput) as error:
        lock_in_basin(made, outcome)
    assert error.value.place == place
