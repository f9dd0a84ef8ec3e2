"""Small sets: attackers against the exhaustive optimum on random preferences among a few pairs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from theory.attack.attacker import Progress
from theory.attack.attackers.registry import attackers
from theory.attack.numbers import Flips
from theory.attack.preferences import drawn_preferences
from theory.attack.problem import AttackProblem

_OPTIMUM = "exhaustive"


@dataclass(frozen=True, kw_only=True)
class SmallSets:
    """What is drawn.

    Parameters
    ----------
    instances : int
        How many, ≥ 1.
    pairs : int
        m of each, 1 to 20.
    budget : int
        B of each, 1 to m.
    items : int
        n, how many items the pairs are drawn from.
    dimension : int
        d; features and the users' true parameters are standard normal, the latter times `taste`.
    taste : float
    ridge : float
    """

    instances: int = 50
    pairs: int = 16
    budget: int = 4
    items: int = 40
    dimension: int = 3
    taste: float = 1.0
    ridge: float = 1.0


@dataclass(frozen=True, kw_only=True)
class SmallSetComparison:
    """The part of the optimal damage that each attacker reaches on each instance.

    Damage is how far the objective falls below its value without flips; 1 is the optimum, below 0 is worse
    than doing nothing.  Instances on which no flip does harm are left out.

    Parameters
    ----------
    drawn : SmallSets
    seed : int
    reached : tuple of (attacker, numbers)
    interrupted : bool
        Whether fewer instances were finished than asked for.
    """

    drawn: SmallSets
    seed: int
    reached: tuple[tuple[str, tuple[float, ...]], ...]
    interrupted: bool = False

    @property
    def instances(self) -> int:
        """Instances that were finished and can be harmed."""
        return len(self.reached[0][1])

    def quantiles(self, attacker: str, *parts: float) -> tuple[float, ...]:
        """Quantiles of one attacker's numbers, such as 0.5 for the median."""
        return tuple(float(q) for q in np.quantile(dict(self.reached)[attacker], parts))


def random_problem(drawn: SmallSets, generator: np.random.Generator) -> AttackProblem:
    """One instance."""
    features = generator.standard_normal((drawn.items, drawn.dimension))
    reward = features @ (drawn.taste * generator.standard_normal(drawn.dimension))
    preferences = drawn_preferences(features, reward, drawn.pairs, generator)
    return AttackProblem(preferences=preferences, budget=drawn.budget, ridge=drawn.ridge)


def compare(drawn: SmallSets, seed: int, progress: Progress, names: Iterable[str] = ()) -> SmallSetComparison:
    """Play every attacker on every instance; finished instances are kept when the user interrupts.

    Parameters
    ----------
    drawn : SmallSets
    seed : int
        The same seed gives the same instances.
    progress : callable
    names : iterable of str
        Attackers besides the exhaustive one; default: all.

    Returns
    -------
    SmallSetComparison
    """
    rivals = tuple(name for name in (tuple(names) or tuple(attackers())) if name != _OPTIMUM)
    rows: list[tuple[float, ...]] = []
    interrupted = False
    try:
        for number, source in enumerate(np.random.SeedSequence(seed).spawn(drawn.instances)):
            progress(f"small sets: {number + 1} of {drawn.instances}")
            row = _reached(random_problem(drawn, np.random.default_rng(source)), rivals, source)
            rows += [] if row is None else [row]
    except KeyboardInterrupt:
        if not rows:
            raise
        interrupted = True
    columns = tuple(zip(*rows, strict=True)) or tuple(() for _ in rivals)
    return SmallSetComparison(
        drawn=drawn, seed=seed, reached=tuple(zip(rivals, columns, strict=True)), interrupted=interrupted
    )


def _reached(
    problem: AttackProblem, names: tuple[str, ...], source: np.random.SeedSequence
) -> tuple[float, ...] | None:
    choices: list[Flips] = [()]
    for name, own in zip((*names, _OPTIMUM), source.spawn(len(names) + 1), strict=True):
        choices.append(attackers()[name].flips(problem, np.random.default_rng(own), _silent))
    untouched, *values, optimum = problem.values(choices)
    best = untouched - optimum
    return tuple(float((untouched - value) / best) for value in values) if best > 0 else None


def _silent(_: str) -> None:
    return
