"""Accumulated data of pairs: fits to all data sets together, each asked alike."""

from __future__ import annotations

import json

import numpy as np
import pytest
import sympy

from theory.budget import Budget
from theory.ecosystem_file import FileFormat, from_text
from theory.equilibrium.result import Reached, Stability
from theory.equilibrium.solve import solve
from theory.exponential_family.law import FamilyLaw
from theory.simulation.population import population_path
from theory.simulation.simulation import Trial, simulate
from theory.simulation.training import family_as_asked
from theory.update_map import derive, state_symbols
from theory.update_map.retraining import training_set

PAIRS = {
    "line": {
        "family": "linear-gaussian",
        "prompt_moments": [[2, -1], [-1, 1]],
        "users": "u",
        "start": {"coefficients": [3, -2]},
        "real": {"share": "1/2", "coefficients": [1, 0], "prompt_moments": [[2, 1], [1, 1]]},
        "reads": [{"from": "line", "share": "1/2", "curated": True}],
    },
    "clerk": {
        "family": "prompted-categorical",
        "atoms": ["a", "b"],
        "prompts": {"praise": "3/4", "harm": "1/4"},
        "users": "v",
        "start": {"probabilities": [["1/8", "7/8"], ["3/4", "1/4"]]},
        "real": {
            "share": "1/3",
            "probabilities": [["1/2", "1/2"], ["1/3", "2/3"]],
            "prompts": {"praise": "1/2", "harm": "1/2"},
        },
        "reads": [{"from": "clerk", "share": "2/3", "curated": True}],
    },
}
JUDGES = {"u": {"reward": "x2*y - y**2/8"}, "v": {"reward": [[1, 0], [0, 1]], "pool": 2}}


def written(data="accumulate"):
    document = {"name": "test", "data": data, "users": JUDGES, "models": PAIRS}
    return from_text(json.dumps(document), FileFormat.JSON).ecosystem


@pytest.mark.parametrize("name", PAIRS)
def test_pairs_are_fitted_to_all_data_sets_together(name):
    """Sums over pairs, E[xxᵀ] and E[xy] or counts of questions and answers, of all rounds so far."""
    ecosystem = written()
    model = ecosystem.model(name)
    update = derive(ecosystem)
    path = population_path(update, 4)
    columns = [k for k, s in enumerate(update.state) if s.name.startswith(name)]
    states = {m.name: state_symbols(m) for m in ecosystem.models}
    law = training_set(ecosystem, model, states).law
    symbols = dict(zip(update.state, update.start, strict=True))
    asked = [update.at_values(e) for e in law.expectations(model.family.fitted)]
    family = family_as_asked(ecosystem, model)
    sums = FamilyLaw(family, tuple(symbols[s] for s in states[name])).expectations(model.family.fitted)
    state = [symbols[s] for s in states[name]]
    for k in range(4):
        at = dict(zip(states[name], state, strict=True))
        new = [sympy.N(e.xreplace(at), 30) for e in asked]
        sums = [a + b for a, b in zip(sums, new, strict=True)]
        state = list(model.family.fit(tuple(total / (k + 2) for total in sums)))
        assert np.allclose(path[k + 1, columns], np.array(state, dtype=float), rtol=1e-12)


def test_the_orbit_is_proved_to_end_where_replaced_data_end():
    found = [solve(derive(written(data)), Budget(digits=20).started()) for data in ("replace", "accumulate")]
    for result in found:
        assert (result.reached, result.reached_detail) == (0, Reached.CONVERGED)
        assert result.found[0].stability is Stability.STABLE
    before, after = (result.found[0].point for result in found)
    assert all(a.overlaps(b) for a, b in zip(before, after, strict=True))


def test_runs_of_many_pairs_follow_the_map_of_accumulated_data():
    for data in ("accumulate", "accumulate-subsample"):
        ecosystem = written(data)
        last = population_path(derive(ecosystem), 5)[-1]
        runs = simulate(ecosystem, Trial(samples=1500, rounds=5, seeds=60, seed=3)).paths[-1]
        error = runs.std(axis=1, ddof=1) / np.sqrt(60)
        assert (error > 0).all()
        assert (np.abs(runs.mean(axis=1) - last) < 4.5 * error + 2e-3).all()
