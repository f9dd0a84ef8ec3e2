"""Landscape: the slacks of an implication over its free variables, and the effort spent on it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from proofs_check.refuting.arrays import Floats, Slacks, Values
from proofs_check.refuting.exact_points import ExactPoints

EQUATION_TOLERANCE = 1e-7
SETTLED = 1e-9
WORST = -1e12


@dataclass(frozen=True, kw_only=True)
class Heights:
    """Slacks at points, one column each.

    Parameters
    ----------
    inequalities : array
        A row for each inequality among the hypotheses; negative where it fails.
    equations : array
        Relative error of each equation that the free variables leave open.
    aim : array
        A row for each inequality of the conclusion aimed at; negative where it fails.
    """

    inequalities: Floats
    equations: Floats
    aim: Floats

    @property
    def infeasible(self) -> Floats:
        """By how much hypotheses fail; 0 where all hold."""
        below = np.maximum(0.0, -self.inequalities).sum(axis=0)
        apart: Floats = below + np.maximum(0.0, np.abs(self.equations) - EQUATION_TOLERANCE).sum(axis=0)
        return apart

    @property
    def violation(self) -> Floats:
        """By how much the conclusion fails."""
        least: Floats = -self.aim.min(axis=0)
        return least


class Landscape:
    """Slacks of hypotheses and conclusions as functions of the free variables."""

    def __init__(self, points: ExactPoints) -> None:
        self.points = points
        hypotheses = points.encoded["hypotheses"]
        self._inequalities = Slacks([h for h in hypotheses if h.get("is") != "="])
        self._conclusions = [Slacks([conclusion]) for conclusion in points.encoded["conclusions"]]
        self._equations = Slacks([])
        equations = [h for h in hypotheses if h.get("is") == "="]
        open_ones = [equation for equation in equations if not self._is_settled(Slacks([equation]))]
        self._equations = Slacks(open_ones, signed=True)
        self.evaluations = 0
        self.feasible = 0
        self.least = np.inf

    @property
    def size(self) -> int:
        """How many variables are free."""
        return len(self.points.free)

    @property
    def inequality_rows(self) -> int:
        """How many rows the inequalities among the hypotheses have."""
        return self._inequalities.rows

    @property
    def equation_rows(self) -> int:
        """How many equations the free variables leave open."""
        return self._equations.rows

    @property
    def conclusions(self) -> int:
        """How many conclusions there are."""
        return len(self._conclusions)

    def heights(self, index: int, free: Floats) -> Heights:
        """Slacks at points (one a row of `free`), with conclusion `index` aimed at."""
        count = free.shape[0]
        values = self._values(free)
        found = Heights(
            inequalities=self._inequalities(values, count),
            equations=self._equations(values, count),
            aim=self._conclusions[index](values, count),
        )
        self.evaluations += count
        holding = found.infeasible == 0
        self.feasible += int(holding.sum())
        if holding.any():
            self.least = min(self.least, float(-found.violation[holding].max()))
        return found

    def slopes(self, index: int, point: Floats) -> tuple[Floats, Floats]:
        """(values, derivatives) of all rows, inequalities, equations and aim, by central differences."""
        step = 1e-7 * np.maximum(1.0, np.abs(point))
        moves = np.diag(step)
        around = np.vstack([point[None, :], point + moves, point - moves])
        heights = self.heights(index, around)
        rows = np.vstack([heights.inequalities, heights.equations, heights.aim])
        rows = np.maximum(rows, WORST)
        size = self.size
        return rows[:, 0], (rows[:, 1 : size + 1] - rows[:, size + 1 :]) / (2 * step)

    def _values(self, free: Floats) -> Values:
        named = {name: free[:, k] for k, name in enumerate(self.points.free)}
        return self.points.complete_floats(named, free.shape[0])

    def _is_settled(self, equation: Slacks) -> bool:
        """Whether an equation holds wherever the dependent variables follow from the free ones."""
        sample = np.random.default_rng(0).uniform(0.1, 0.9, (8, self.size))
        errors = equation(self._values(sample), 8)
        seen = np.isfinite(errors)
        return bool(seen.any()) and bool((errors[seen] > -SETTLED).all())
