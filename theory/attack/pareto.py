"""Pareto front: how low the covariance of the weights can get, and how far the reward must move for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from theory.attack.attacker import Progress
from theory.attack.attackers.greedy import Greedy, greedy_path
from theory.attack.attackers.white_box import WhiteBox
from theory.attack.choices import count_choices, fitted_choices
from theory.attack.numbers import Flips, Floats
from theory.attack.problem import AttackProblem

_MOST_CHOICES = 20_000
_PENALTIES = (0.0, 0.05, 0.2, 0.8, 3.0)
_BUDGETS = 6


@dataclass(frozen=True, kw_only=True)
class FrontPoint:
    """A set of flips that no other one beats in both covariance and distance."""

    flips: Flips
    covariance: float
    distance: float


@dataclass(frozen=True, kw_only=True)
class ParetoFront:
    """Points by growing distance, from no flips on.

    Parameters
    ----------
    points : tuple of FrontPoint
    exact : bool
        Whether every set of flips within the budget was tried; else no point found beats those listed.
    """

    points: tuple[FrontPoint, ...]
    exact: bool


def undominated(costs: Floats) -> tuple[int, ...]:
    """Rows of costs, shape ``(n, 2)``, that no other row undercuts in both; by the second, without doubles.

    Examples
    --------
    >>> undominated(np.array([[0.0, 3.0], [1.0, 1.0], [2.0, 2.0], [1.0, 1.0]]))
    (1, 0)
    """
    order = np.lexsort((costs[:, 0], costs[:, 1]))
    kept: list[int] = []
    for row in order:
        if not kept or costs[row, 0] < costs[kept[-1], 0]:
            kept.append(int(row))
    return tuple(kept)


def front(problem: AttackProblem, progress: Progress, known: Iterable[Flips] = ()) -> ParetoFront:
    """The front of covariance against distance within the problem's budget.

    Every set of flips is tried where there are at most 20000.  Otherwise the white-box attacker is asked for
    several budgets and penalties, and the greedy attacker's flips are added one by one.

    Parameters
    ----------
    problem : AttackProblem
        Its own penalty does not matter.
    progress : callable
    known : iterable of flips
        Further sets to consider, such as those of other attackers.

    Returns
    -------
    ParetoFront
    """
    plain = problem.penalised(0.0)
    exact = count_choices(len(problem.preferences), problem.budget) <= _MOST_CHOICES
    if exact:
        some, parameters = zip(*fitted_choices(plain, progress), strict=True)
        choices = [flips for part in some for flips in part]
        fitted = np.concatenate(parameters)
    else:
        choices = list(dict.fromkeys([*_searched(plain, progress), *known]))
        fitted = plain.fitted(np.array([plain.preferences.flipped(flips) for flips in choices]))
    return ParetoFront(points=_points(plain, choices, fitted), exact=exact)


def _points(problem: AttackProblem, choices: list[Flips], fitted: Floats) -> tuple[FrontPoint, ...]:
    objective = problem.objective
    covariance, distance = objective.covariance(fitted), objective.distance(fitted)
    rows = undominated(np.stack([covariance, distance], axis=1))
    return tuple(
        FrontPoint(flips=choices[k], covariance=float(covariance[k]), distance=float(distance[k]))
        for k in rows
    )


def _searched(problem: AttackProblem, progress: Progress) -> list[Flips]:
    generator = np.random.default_rng(0)  # neither attacker draws from it
    found: list[Flips] = [()]
    budgets = sorted({round(x) for x in np.linspace(1, problem.budget, _BUDGETS)} - {0})
    for budget in budgets:
        for penalty in _PENALTIES:
            progress(f"Pareto front: {budget} flips, penalty {penalty}")
            asked = problem.within(budget).penalised(penalty)
            found.append(WhiteBox().flips(asked, generator, progress))
    if Greedy().plays(len(problem.preferences)):
        for penalty in _PENALTIES:
            found += _prefixes(problem.penalised(penalty), progress)
    return found


def _prefixes(problem: AttackProblem, progress: Progress) -> list[Flips]:
    path = greedy_path(problem, progress)
    return [tuple(sorted(path[:size])) for size in range(1, len(path) + 1)]
