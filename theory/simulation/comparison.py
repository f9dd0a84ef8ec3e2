"""Comparison: a simulation beside what is known without drawing anything."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import sympy

from theory.ecosystem import Ecosystem
from theory.errors import BackfireError
from theory.exponential_family.sampling import Floats
from theory.finite_sample.moments import moment_recursion
from theory.finite_sample.paths import moment_paths
from theory.simulation.population import population_path
from theory.simulation.simulation import Simulation
from theory.simulation.valued import at_parameter_values
from theory.update_map import derive


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """What a simulation is compared with, each of shape ``(rounds + 1, states)`` and NaN where unknown.

    Parameters
    ----------
    population : array
        Iterates of the update map, the limit of many samples.
    mean, variance : array
        Exact moments at the simulation's number of samples, where they close.
    remarks : tuple of str
        Why something is unknown.
    """

    population: Floats
    mean: Floats
    variance: Floats
    remarks: tuple[str, ...] = ()


def comparison(simulation: Simulation) -> Comparison:
    """The population path and the exact moments beside a simulation.

    Parameters
    ----------
    simulation : Simulation

    Returns
    -------
    Comparison
    """
    rounds, ecosystem = simulation.rounds, simulation.ecosystem
    unknown = np.full((rounds + 1, len(simulation.state)), np.nan)
    remarks = []
    population = mean = variance = unknown
    try:
        population = population_path(derive(ecosystem), rounds)
    except BackfireError as problem:
        remarks.append(f"no population map: {problem}")
    try:
        mean, variance = exact_moments(ecosystem, simulation.trial.samples, rounds)
    except BackfireError as problem:
        remarks.append(f"no exact moments at finite n: {problem}")
    return Comparison(population=population, mean=mean, variance=variance, remarks=tuple(remarks))


def exact_moments(ecosystem: Ecosystem, samples: int, rounds: int) -> tuple[Floats, Floats]:
    """Mean and variance of every state after each round, each of shape ``(rounds + 1, states)``.

    Parameters
    ----------
    ecosystem : Ecosystem
    samples : int
        n ≥ 1.
    rounds : int

    Returns
    -------
    tuple of arrays
        NaN where a moment is not closed.

    Raises
    ------
    NoClosedForm
        When none is closed.
    """
    closed = at_parameter_values(ecosystem)
    return moment_paths(moment_recursion(closed, sympy.Integer(samples)), rounds)
