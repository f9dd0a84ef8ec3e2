"""All sets of flips within a budget, where there are few enough of them to be tried."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, combinations, islice
from math import comb

import numpy as np

from theory.attack.attacker import Progress
from theory.attack.numbers import Flips, Floats
from theory.attack.problem import AttackProblem

_AT_ONCE = 4096


def count_choices(pairs: int, budget: int) -> int:
    """Sets of at most `budget` among `pairs`.

    Examples
    --------
    >>> count_choices(4, 2)
    11
    """
    return sum(comb(pairs, size) for size in range(budget + 1))


def fitted_choices(problem: AttackProblem, progress: Progress) -> Iterator[tuple[tuple[Flips, ...], Floats]]:
    """Every set of flips with the reward fitted to it, some thousands at a time, small sets first.

    Parameters
    ----------
    problem : AttackProblem
    progress : callable

    Yields
    ------
    (tuple of flips, array of shape ``(…, d)``)
    """
    pairs = len(problem.preferences)
    total, done = count_choices(pairs, problem.budget), 0
    given = problem.preferences.labels
    choices = chain.from_iterable(combinations(range(pairs), size) for size in range(problem.budget + 1))
    while some := tuple(islice(choices, _AT_ONCE)):
        labels = np.tile(given, (len(some), 1))
        rows = np.repeat(np.arange(len(some)), [len(flips) for flips in some])
        columns = np.array(list(chain.from_iterable(some)), dtype=np.int64)
        labels[rows, columns] = 1 - labels[rows, columns]
        yield some, problem.fitted(labels)
        done += len(some)
        progress(f"exhaustive: {done} of {total} sets of flips")
