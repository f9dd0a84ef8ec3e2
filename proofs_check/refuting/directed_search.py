"""Directed search: differential evolution that makes the hypotheses hold, then maximises the violation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from proofs_check.refuting.arrays import Floats, nearest, slack
from proofs_check.refuting.exact_points import ExactPoints
from theory.budget import Budget

POPULATION = 96
MARGIN = 1e-7
REACH = 3.0
MAX_TRIES = 12


@dataclass(frozen=True, kw_only=True)
class Found:
    """What a search came to: a certificate or None, and how hard it looked."""

    certificate: dict[str, Any] | None
    evaluations: int
    feasible: int
    least: float


class DirectedSearch:
    """Population search over the free variables of an encoded implication.

    Parameters
    ----------
    points : ExactPoints
    ranges : sequence of (low, high)
        Where each free variable starts; the search may leave it.
    """

    def __init__(self, points: ExactPoints, ranges: Sequence[tuple[float, float]]) -> None:
        self._points = points
        self._low = np.array([low for low, _ in ranges])
        self._high = np.array([high for _, high in ranges])
        self._evaluations = 0
        self._feasible = 0
        self._least = np.inf

    def run(self, budget: Budget, generations: int, starts: Iterable[Mapping[str, Fraction]] = ()) -> Found:
        """Search against each conclusion in turn; the starts are tried exactly first."""
        starts = tuple(starts)
        certificate = next((c for c in map(self._points.refutation, starts) if c is not None), None)
        if certificate is not None or not self._points.free:
            return self._found(certificate)
        for index in range(len(self._points.encoded["conclusions"])):
            for restart in range(3):
                random = np.random.default_rng((budget.seed, index, restart))
                certificate = self._evolve(index, random, budget, generations, starts)
                if certificate is not None or budget.spent:
                    return self._found(certificate)
        return self._found(certificate)

    def _found(self, certificate: dict[str, Any] | None) -> Found:
        return Found(
            certificate=certificate,
            evaluations=self._evaluations,
            feasible=self._feasible,
            least=float(self._least),
        )

    def _evolve(
        self,
        index: int,
        random: np.random.Generator,
        budget: Budget,
        generations: int,
        starts: Sequence[Mapping[str, Fraction]],
    ) -> dict[str, Any] | None:
        size = len(self._points.free)
        spread = self._high - self._low
        population = self._low + spread * random.random((POPULATION, size))
        for row, start in enumerate(starts[: POPULATION // 2]):
            population[row] = [nearest(start[name]) for name in self._points.free]
        infeasible, violation = self._scores(index, population)
        tried = 0
        for generation in range(generations):
            if budget.spent:
                return None
            trial = self._trial(population, random, generation)
            new_infeasible, new_violation = self._scores(index, trial)
            better = (new_infeasible < infeasible) | (
                (new_infeasible == infeasible) & (new_violation >= violation)
            )
            population[better] = trial[better]
            infeasible[better], violation[better] = new_infeasible[better], new_violation[better]
            promising = np.flatnonzero((infeasible == 0) & (violation > MARGIN))
            if (
                promising.size
                and (generation % 10 == 9 or promising.size > POPULATION // 4)
                and tried < MAX_TRIES
            ):
                tried += 1
                certificate = self._certify(population, promising, violation, budget)
                if certificate is not None:
                    return certificate
        return None

    def _trial(self, population: Floats, random: np.random.Generator, generation: int) -> Floats:
        """Differential mutation with crossover; every third generation small Gaussian moves."""
        count, size = population.shape
        a, b, c = (population[random.permutation(count)] for _ in range(3))
        factor = random.uniform(0.4, 0.9, (count, 1))
        if generation % 3 == 2:
            scale = (self._high - self._low) * 10.0 ** random.uniform(-4, -0.5, (count, 1))
            mutant = population + scale * random.standard_normal((count, size))
        else:
            mutant = a + factor * (b - c)
        keep = random.random((count, size)) > 0.7
        keep[np.arange(count), random.integers(0, size, count)] = False
        reach = REACH * (self._high - self._low)
        return np.clip(np.where(keep, population, mutant), self._low - reach, self._high + reach)

    def _scores(self, index: int, free: Floats) -> tuple[Floats, Floats]:
        """(by how much hypotheses fail, by how much the conclusion fails) for each point."""
        values = self._points.complete_floats(
            {name: free[:, k] for k, name in enumerate(self._points.free)}, free.shape[0]
        )
        encoded = self._points.encoded
        infeasible = np.zeros(free.shape[0])
        for condition in encoded["hypotheses"]:
            tolerance = MARGIN if condition.get("is") == "=" else 0.0
            infeasible += np.maximum(0.0, -slack(condition, values) - tolerance)
        violation = -slack(encoded["conclusions"][index], values)
        self._evaluations += free.shape[0]
        holding = infeasible == 0
        self._feasible += int(holding.sum())
        if holding.any():
            self._least = min(self._least, float(-violation[holding].max()))
        return infeasible, violation

    def _certify(
        self, population: Floats, rows: Any, violation: Floats, budget: Budget
    ) -> dict[str, Any] | None:
        for row in rows[np.argsort(-violation[rows])][:3]:
            suggestion = {name: float(population[row, k]) for k, name in enumerate(self._points.free)}
            certificate = self._points.refutation(suggestion)
            if certificate is not None or budget.spent:
                return certificate
        return None
