"""Population path: the iterates of the update map, which samples without end would follow."""

from __future__ import annotations

import numpy as np
import sympy

from theory.exponential_family.family import Exprs
from theory.exponential_family.sampling import Floats
from theory.simulation.compiled import array_function, numbers
from theory.update_map import UpdateMap, state_symbols
from theory.update_map.mean_chart import averaged


def population_path(update: UpdateMap, rounds: int) -> Floats:
    """Iterates of the round from the start, shape ``(rounds + 1, states)``.

    Where data accumulate, mean parameters move by μ' = μ + (M(μ) − μ)/(t + 2) in round t = 0, 1, ….

    Parameters
    ----------
    update : UpdateMap
    rounds : int

    Returns
    -------
    array
        NaN from the first iterate that the map is not defined at.
    """
    age = sympy.Symbol("age", real=True)
    step = array_function([update.at_values(g) for g in _round(update, age)], (*update.state, age))
    domain = array_function([update.at_values(d) for d in update.domain], update.state)
    path = np.full((rounds + 1, len(update.state)), np.nan)
    path[0] = numbers([update.at_values(x) for x in update.start])
    for k in range(rounds):
        here = path[k][:, None]
        if not (np.all(np.isfinite(here)) and np.all(domain(here) > 0)):
            break
        path[k + 1] = step(np.append(here, [[k]], axis=0))[:, 0]
    return path


def _round(update: UpdateMap, age: sympy.Symbol) -> Exprs:
    """New states after a round, number `age` from 0."""
    if not update.ecosystem.data.accumulates:
        return update.step
    moved: Exprs = ()
    steps = dict(zip(update.state, update.step, strict=True))
    for model in update.ecosystem.models:
        symbols = state_symbols(model)
        before = averaged(model.family, symbols)
        new = averaged(model.family, tuple(steps[s] for s in symbols))
        mixed = tuple(b + (n - b) / (age + 2) for b, n in zip(before, new, strict=True))
        moved += mixed if model.family.answers_prompts else model.family.refit(mixed)
    return moved
