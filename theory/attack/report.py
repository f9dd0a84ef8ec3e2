"""An attack from end to end: items, preferences, every attacker, the Pareto front, retraining."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from theory.attack.attacker import Progress
from theory.attack.attackers.registry import attackers
from theory.attack.data_set import Items
from theory.attack.data_sets.registry import data_sets
from theory.attack.flip_budget import flip_budget
from theory.attack.long_run import LongRun, long_run
from theory.attack.numbers import Flips, Floats
from theory.attack.objective import weights_of
from theory.attack.pareto import ParetoFront, front
from theory.attack.preferences import drawn_preferences
from theory.attack.problem import AttackProblem
from theory.attack.retraining import Course, TwoRewards, retrain
from theory.errors import InvalidInput
from theory.names import chosen, exactly

UNTOUCHED = "none"
"""Name of the outcome without flips."""


@dataclass(frozen=True, kw_only=True)
class AttackTrial:
    """What is asked for.

    Parameters
    ----------
    data : str
        Name of a data set.
    attackers : tuple of str
        Names or globs; none stands for all that can be used on so many pairs.
    pairs : int
        m ≥ 1.
    budget : str
        As `flip_budget` reads it.
    share : float
        φ in [0, 1]: who chooses by the attacked reward in retraining; the others choose by the untouched one.
    rounds : int
        Of retraining, ≥ 0.
    ridge : float
        > 0, of the reward model.
    penalty : float
        ≥ 0, what the attackers pay for distance.
    seed : int
        The same trial gives the same numbers.
    """

    data: str
    attackers: tuple[str, ...] = ()
    pairs: int = 200
    budget: str = "20%"
    share: float = 0.5
    rounds: int = 30
    ridge: float = 1.0
    penalty: float = 0.0
    seed: int = 0


@dataclass(frozen=True, kw_only=True, eq=False)
class AttackOutcome:
    """What one attacker did.

    Parameters
    ----------
    attacker : str
    flips : tuple of int
    parameters : array, shape ``(d,)``
        θ̂, fitted after the flips.
    covariance, distance : float
        As in `Objective`.
    threshold : float or None
        Share past which the first round lowers E[a] (robust.threshold).
    course : Course
    limit : LongRun
        Where robust.long-run says that the course leads; its weight is over E_0[a].
    """

    attacker: str
    flips: Flips
    parameters: Floats
    covariance: float
    distance: float
    threshold: float | None
    course: Course
    limit: LongRun


@dataclass(frozen=True, kw_only=True, eq=False)
class AttackReport:
    """One data set under attack.

    Parameters
    ----------
    trial : AttackTrial
    items : Items
    problem : AttackProblem
    outcomes : tuple of AttackOutcome
        The one without flips first, then the attackers that finished, by name.
    front : ParetoFront or None
        None when the user interrupted before it was done.
    interrupted : bool
    """

    trial: AttackTrial
    items: Items
    problem: AttackProblem
    outcomes: tuple[AttackOutcome, ...]
    front: ParetoFront | None
    interrupted: bool = False

    def outcome(self, attacker: str) -> AttackOutcome:
        """The outcome of that attacker.

        Raises
        ------
        KeyError
            When it did not play.
        """
        return {outcome.attacker: outcome for outcome in self.outcomes}[attacker]


def problem_of(trial: AttackTrial) -> tuple[Items, AttackProblem]:
    """The items and the problem that a trial poses.

    Raises
    ------
    InvalidInput
        On an unknown data set, a number outside its range, or data whose package is not installed.
    """
    _require(trial)
    known = data_sets()
    name = exactly(trial.data, tuple(known), "the name of a data set")
    generator = np.random.default_rng(trial.seed)
    items = known[name].items(generator)
    preferences = drawn_preferences(items.features, items.reward, trial.pairs, generator)
    budget = flip_budget(trial.budget, trial.pairs)
    return items, AttackProblem(
        preferences=preferences, budget=budget, ridge=trial.ridge, penalty=trial.penalty
    )


def players(patterns: Sequence[str], pairs: int) -> tuple[str, ...]:
    """The attackers that the patterns name; without a pattern those that can be used on so many pairs.

    Raises
    ------
    InvalidInput
        On an unknown name, or an attacker named that cannot be used on so many pairs.
    """
    known = attackers()
    names = chosen(patterns, tuple(known), "the name of an attacker")
    fitting = tuple(name for name in names if known[name].plays(pairs))
    for name in names:
        if name not in fitting and (name in patterns or not fitting):
            most = known[name].most_pairs
            raise InvalidInput(
                expected=f"at most {most} pairs for the attacker {name}", found=str(pairs), place="--pairs"
            )
    return fitting


def attack(trial: AttackTrial, progress: Progress) -> AttackReport:
    """Run a trial; the attackers that finished are kept when the user interrupts.

    Parameters
    ----------
    trial : AttackTrial
    progress : callable
        Told each step.

    Returns
    -------
    AttackReport

    Raises
    ------
    InvalidInput
        As `problem_of` and `players`.
    """
    names = players(trial.attackers, trial.pairs)
    progress(f"{trial.data}: items and preferences")
    items, problem = problem_of(trial)
    outcomes = [_outcome(UNTOUCHED, (), problem, trial)]
    found: ParetoFront | None = None
    interrupted = False
    try:
        for name in names:
            progress(f"{trial.data}: {name}")
            generator = np.random.default_rng((trial.seed, *name.encode()))
            flips = attackers()[name].flips(problem, generator, progress)
            outcomes.append(_outcome(name, flips, problem, trial))
        found = front(problem, progress, [outcome.flips for outcome in outcomes])
    except KeyboardInterrupt:
        interrupted = True
    return AttackReport(
        trial=trial,
        items=items,
        problem=problem,
        outcomes=tuple(outcomes),
        front=found,
        interrupted=interrupted,
    )


def _outcome(name: str, flips: Flips, problem: AttackProblem, trial: AttackTrial) -> AttackOutcome:
    parameters = problem.attacked(flips)
    objective = problem.objective
    mean = float(objective.law @ objective.weights)
    rewards = TwoRewards(
        honest=objective.weights / mean,
        attacked=weights_of(objective.features @ parameters),
        share=trial.share,
    )
    return AttackOutcome(
        attacker=name,
        flips=flips,
        parameters=parameters,
        covariance=float(objective.covariance(parameters)),
        distance=float(objective.distance(parameters)),
        threshold=rewards.threshold(objective.law),
        course=retrain(rewards, objective.law, trial.rounds),
        limit=long_run(rewards),
    )


def _require(trial: AttackTrial) -> None:
    ranges = (
        ("--pairs", trial.pairs >= 1, "at least one pair", trial.pairs),
        ("--rounds", trial.rounds >= 0, "a number of rounds ≥ 0", trial.rounds),
        ("--share", 0 <= trial.share <= 1, "a share in [0, 1]", trial.share),
    )
    for place, holds, expected, found in ranges:
        if not holds:
            raise InvalidInput(expected=expected, found=str(found), place=place)
