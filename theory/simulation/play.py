"""Play: rounds of retraining on finite samples, many independent runs side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from theory.ecosystem import Ecosystem
from theory.exponential_family.sampling import Floats
from theory.simulation.compiled import numbers
from theory.simulation.trainee import Mask, Trainee
from theory.simulation.valued import at_parameter_values


@dataclass(frozen=True, kw_only=True)
class Departure:
    """A run that could not go on: which, in which round (from 1), at which model, and why."""

    run: int
    round: int
    model: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class Round:
    """What one round left: models' states, shape ``(k, seeds)`` (NaN after a departure), and who left."""

    number: int
    states: Mapping[str, Floats]
    departures: tuple[Departure, ...] = ()


def play(
    ecosystem: Ecosystem, *, samples: int, seeds: int, generator: np.random.Generator
) -> Iterator[Round]:
    """Rounds without end, the start first as round 0.

    Parameters
    ----------
    ecosystem : Ecosystem
    samples : int
        n ≥ 1, the size of each model's training set in a round.
    seeds : int
        Number of independent runs.
    generator : numpy Generator
        Source of all randomness.

    Yields
    ------
    Round

    Raises
    ------
    InvalidInput
        When a family that is drawn from has no sampler.
    """
    closed = at_parameter_values(ecosystem)
    states = {m.name: np.repeat(numbers(m.start)[:, None], seeds, axis=1) for m in closed.models}
    trainees = {m.name: Trainee(closed, m, samples, states[m.name], generator) for m in closed.models}
    alive: Mask = np.ones(seeds, dtype=bool)
    number = 0
    yield Round(number=0, states=dict(states))
    while True:
        number += 1
        before = dict(states)
        left: list[Departure] = []
        for name in closed.order or tuple(trainees):
            visible = before if closed.order is None else states
            states[name], reasons = trainees[name].refit(visible, alive, generator)
            alive[list(reasons)] = False
            left += [Departure(run=s, round=number, model=name, reason=r) for s, r in reasons.items()]
        states = {name: np.where(alive, state, np.nan) for name, state in states.items()}
        yield Round(number=number, states=dict(states), departures=tuple(left))
