"""Directed search: differential evolution to find the hypotheses' region, then climbs in the violation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice
from typing import Any

import numpy as np

from proofs_check.refuting.arrays import Floats, nearest
from proofs_check.refuting.climbing import Climber, OutOfTime
from proofs_check.refuting.exact_points import ExactPoints
from proofs_check.refuting.landscape import Landscape
from proofs_check.refuting.probing import far_points, near_boundaries, spread_out
from theory.budget import Budget

POPULATION = 96
MARGIN = 1e-7
TOUCHING = 1e-6
ROUNDING = 1e-12
REACH = 3.0
MAX_TRIES = 12
RESTARTS = 3
CLIMBS = 10
INNER_CLIMBS = 2
PINNED_STARTS = 6
SIMPLE = 4


@dataclass(frozen=True, kw_only=True)
class Range:
    """Where a free variable starts, and whether hypotheses bound it on both sides."""

    low: float
    high: float
    bounded: bool


@dataclass(frozen=True, kw_only=True)
class Found:
    """What a search came to: a certificate or None, and how hard it looked."""

    certificate: dict[str, Any] | None
    evaluations: int
    feasible: int
    climbs: int
    least: float


class DirectedSearch:
    """Population search over the free variables of an encoded implication, with climbs from its best points.

    Climbs start at the best points found, near the boundary of each hypothesis, and far out.

    Parameters
    ----------
    points : ExactPoints
    ranges : sequence of Range
        Where each free variable starts; the search may leave it.
    """

    def __init__(self, points: ExactPoints, ranges: Sequence[Range]) -> None:
        self._points = points
        self._landscape = Landscape(points)
        self._low = np.array([r.low for r in ranges])
        self._high = np.array([r.high for r in ranges])
        self._bounded = np.array([r.bounded for r in ranges], dtype=bool)
        self._climbs = 0
        self._pinned: set[int] = set()

    def run(self, budget: Budget, generations: int, starts: Iterable[Mapping[str, Fraction]] = ()) -> Found:
        """Search against each conclusion in turn; the starts are tried exactly first."""
        starts = tuple(starts)
        certificate = next((c for c in map(self._points.refutation, starts) if c is not None), None)
        if certificate is not None or not self._points.free:
            return self._found(certificate)
        for restart in range(RESTARTS):
            for index in range(self._landscape.conclusions):
                if restart and self._comparison(index) == "=":
                    continue
                random = np.random.default_rng((budget.seed, index, restart))
                certificate = self._attack(index, random, budget, generations, starts)
                if certificate is not None or budget.spent:
                    return self._found(certificate)
        return self._found(certificate)

    def _found(self, certificate: dict[str, Any] | None) -> Found:
        return Found(
            certificate=certificate,
            evaluations=self._landscape.evaluations,
            feasible=self._landscape.feasible,
            climbs=self._climbs,
            least=float(self._landscape.least),
        )

    def _attack(
        self,
        index: int,
        random: np.random.Generator,
        budget: Budget,
        generations: int,
        starts: Sequence[Mapping[str, Fraction]],
    ) -> dict[str, Any] | None:
        """One population against one conclusion: evolve, then climb from it."""
        population = self._first(random, starts)
        certificate = self._evolve(index, population, random, budget, generations)
        if certificate is not None or budget.spent or self._comparison(index) == "=":
            return certificate
        return self._climb(index, population, random, budget)

    def _comparison(self, index: int) -> str:
        """How the two sides of a conclusion compare; empty for a stable matrix."""
        return str(self._points.encoded["conclusions"][index].get("is", ""))

    def _first(self, random: np.random.Generator, starts: Sequence[Mapping[str, Fraction]]) -> Floats:
        spread = self._high - self._low
        population: Floats = self._low + spread * random.random((POPULATION, len(self._points.free)))
        far = far_points(population[: POPULATION // 4], self._bounded, random)
        population[: POPULATION // 4] = far
        for row, start in enumerate(starts[: POPULATION // 4], POPULATION // 4):
            population[row] = [nearest(start[name]) for name in self._points.free]
        return population

    def _evolve(
        self, index: int, population: Floats, random: np.random.Generator, budget: Budget, generations: int
    ) -> dict[str, Any] | None:
        """Improve the population in place; a certificate as soon as a point refutes."""
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
            due = generation % 10 == 9 or promising.size > POPULATION // 4
            if promising.size and due and tried < MAX_TRIES:
                tried += 1
                best = promising[np.argsort(-violation[promising])][:3]
                certificate = self._certify(population[best], budget)
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
        reach = np.where(self._bounded, REACH, np.inf) * (self._high - self._low)
        return np.clip(np.where(keep, population, mutant), self._low - reach, self._high + reach)

    def _scores(self, index: int, free: Floats) -> tuple[Floats, Floats]:
        """(by how much hypotheses fail, by how much the conclusion fails) for each point."""
        heights = self._landscape.heights(index, free)
        return heights.infeasible, heights.violation

    def _climb(
        self, index: int, population: Floats, random: np.random.Generator, budget: Budget
    ) -> dict[str, Any] | None:
        """A certificate from where climbs from the population end."""
        with suppress(OutOfTime):
            for part in range(self._landscape.heights(index, population[:1]).aim.shape[0]):
                climber = Climber(self._landscape, index, part, budget)
                for end in spread_out(self._ends(index, part, climber, population, random)):
                    certificate = self._certify(self._worth_trying(index, climber, end), budget)
                    if certificate is not None:
                        return certificate
                if not self._may_fail_on_a_curve(index):
                    continue
                certificate = self._pin(index, climber, random, budget)
                if certificate is not None:
                    return certificate
        return None

    def _may_fail_on_a_curve(self, index: int) -> bool:
        """Whether a strict conclusion was seen almost to fail; once a case is enough."""
        near = self._landscape.least <= TOUCHING and index not in self._pinned
        if near and self._comparison(index) not in (">=", "<="):
            self._pinned.add(index)
            return True
        return False

    def _pin(
        self, index: int, climber: Climber, random: np.random.Generator, budget: Budget
    ) -> dict[str, Any] | None:
        """A certificate from climbs from inside the hypotheses with one coordinate at a simple value.

        Where the conclusion fails on a curve only, its rational points are found like this.
        """
        population = self._first(random, ())
        heights = self._landscape.heights(index, population)
        strict = (heights.inequalities > 0).all(axis=0) & (heights.infeasible == 0)
        for row in np.flatnonzero(strict)[:PINNED_STARTS]:
            for place in range(population.shape[1]):
                start = population[row].copy()
                start[place] = float(Fraction(start[place]).limit_denominator(SIMPLE))
                end = climber.summit(start, {place: float(start[place])})
                self._climbs += 1
                certificate = self._certify(end[None, :], budget) if self._touches(index, end) else None
                if certificate is not None:
                    return certificate
        return None

    def _touches(self, index: int, point: Floats) -> bool:
        """Whether hypotheses hold and the conclusion fails there, all but for rounding."""
        heights = self._landscape.heights(index, point[None, :])
        least = ROUNDING if self._comparison(index) in (">=", "<=") else -TOUCHING
        return bool(heights.infeasible[0] <= TOUCHING and heights.violation[0] >= least)

    def _ends(
        self, index: int, part: int, climber: Climber, population: Floats, random: np.random.Generator
    ) -> Iterator[Floats]:
        """Where climbs end: from the best points, near the boundaries, far out; and along inner paths."""
        heights = self._landscape.heights(index, population)
        order = np.lexsort((heights.aim[part], heights.infeasible))
        inside = population[heights.infeasible == 0]
        probes = near_boundaries(self._landscape, index, part, inside, self._high - self._low, random)
        starts = np.vstack([population[order[:4]], probes, population[order[-2:]]])
        for start in islice(spread_out(starts), CLIMBS):
            self._climbs += 1
            yield climber.summit(start)
        strict = (heights.inequalities > 0).all(axis=0) & (heights.infeasible == 0)
        for row in random.permutation(np.flatnonzero(strict))[:INNER_CLIMBS]:
            self._climbs += 1
            yield climber.inner_summit(population[row])

    def _worth_trying(self, index: int, climber: Climber, end: Floats) -> Floats:
        """The middle of the pocket where a climb ended and the end itself, if these may refute."""
        if not self._touches(index, end):
            return np.empty((0, end.size))
        heights = self._landscape.heights(index, end[None, :])
        return np.vstack([climber.middle(end), end]) if heights.violation[0] > MARGIN else end[None, :]

    def _certify(self, suggestions: Floats, budget: Budget) -> dict[str, Any] | None:
        for row in suggestions:
            suggestion = {name: float(row[k]) for k, name in enumerate(self._points.free)}
            certificate = self._points.refutation(suggestion)
            if certificate is not None or budget.spent:
                return certificate
        return None
