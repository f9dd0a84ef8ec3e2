"""Climbing: uphill in the violation within the hypotheses, then into the middle of the pocket."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from proofs_check.refuting.arrays import Floats
from proofs_check.refuting.landscape import Landscape
from theory.budget import Budget

MAX_STEPS = 60
BARRIERS = tuple(10.0**-k for k in range(9))
OUTSIDE = 1e30


class OutOfTime(Exception):
    """Ends a climb at the deadline."""


class Climber:
    """Ascent on one inequality of one conclusion, by derivatives.

    Parameters
    ----------
    landscape : Landscape
    index : int
        The conclusion.
    part : int
        The inequality of it that is to fail.
    budget : Budget
        Its end raises OutOfTime.
    """

    def __init__(self, landscape: Landscape, index: int, part: int, budget: Budget) -> None:
        self._landscape = landscape
        self._index = index
        self._part = part
        self._budget = budget
        self._seen: tuple[bytes, Floats, Floats] | None = None

    def summit(self, start: Floats, pinned: Mapping[int, float] | None = None) -> Floats:
        """A point near `start` uphill where the violation is locally largest; it may lie on boundaries.

        Parameters
        ----------
        start : array
        pinned : mapping of coordinate to value, optional
            Coordinates that keep these values.
        """
        inequalities, equations, aim, _ = self._at(start)
        scale = 1.0 / max(1e-9, abs(aim))
        constraints = []
        if inequalities.size:
            constraints.append(self._constraint("ineq", 0))
        if equations.size:
            constraints.append(self._constraint("eq", 1))
        if pinned:
            places, values = list(pinned), np.array(list(pinned.values()))
            rows = np.eye(start.size)[places]
            constraints.append({"type": "eq", "fun": lambda x: x[places] - values, "jac": lambda _: rows})
        return self._minimum(
            lambda x: (scale * self._at(x)[2], scale * self._at(x)[3][-1]), start, constraints
        )

    def inner_summit(self, start: Floats) -> Floats:
        """Uphill from a point inside all hypotheses along a path that keeps off their boundaries.

        It ends where the conclusion fails, or near the end of the path; it gets into corners where
        boundaries touch each other, at which `summit` gets stuck.
        """
        weight = max(1e-9, abs(self._at(start)[2]))
        point = start
        for barrier in BARRIERS:
            point = self._minimum(lambda x, m=weight * barrier: self._above_barrier(x, m), point, None)
            if self._at(point)[2] < 0:
                break
        return point

    def _above_barrier(self, x: Floats, barrier: float) -> tuple[float, Floats]:
        """The aim minus barrier · Σ log slack, with its derivatives."""
        inequalities, _, aim, slopes = self._at(x)
        if not (inequalities > 0).all():
            return OUTSIDE, np.zeros(x.size)
        push = slopes[: inequalities.size] / inequalities[:, None]
        return aim - barrier * np.log(inequalities).sum(), slopes[-1] - barrier * push.sum(axis=0)

    def middle(self, summit: Floats) -> Floats:
        """The point around `summit` at which the least of all slacks and the violation is largest."""
        inequalities, equations, aim, _ = self._at(summit)
        depth = min([-aim, *inequalities])
        down = np.zeros(summit.size + 1)
        down[-1] = -1.0
        constraints: list[dict[str, Any]] = [
            {"type": "ineq", "fun": lambda z: self._above(z)[0], "jac": lambda z: self._above(z)[1]}
        ]
        if equations.size:
            constraints.append(
                {
                    "type": "eq",
                    "fun": lambda z: self._at(z[:-1])[1],
                    "jac": lambda z: np.pad(self._at(z[:-1])[3][inequalities.size : -1], ((0, 0), (0, 1))),
                }
            )
        found = self._minimum(lambda z: (-z[-1], down), np.append(summit, depth), constraints)
        return found[:-1]

    def _above(self, z: Floats) -> tuple[Floats, Floats]:
        """All slacks and the violation minus the depth z[-1], with their derivatives."""
        inequalities, _, aim, slopes = self._at(z[:-1])
        chosen = np.vstack([slopes[: inequalities.size], -slopes[-1:]])
        return np.append(inequalities, -aim) - z[-1], np.hstack([chosen, -np.ones((len(chosen), 1))])

    def _constraint(self, kind: str, part: int) -> dict[str, Any]:
        def slopes(x: Floats) -> Floats:
            inequalities, _, _, rows = self._at(x)
            return rows[: inequalities.size] if part == 0 else rows[inequalities.size : -1]

        return {"type": kind, "fun": lambda x: self._at(x)[part], "jac": slopes}

    def _at(self, point: Floats) -> tuple[Floats, Floats, float, Floats]:
        """(inequalities, equations, aim, derivatives: of both and, last, of the aim)."""
        key = point.tobytes()
        if self._seen is None or self._seen[0] != key:
            if self._budget.spent:
                raise OutOfTime
            values, slopes = self._landscape.slopes(self._index, point)
            self._seen = (key, values, np.nan_to_num(slopes, posinf=0.0, neginf=0.0))
        _, values, slopes = self._seen
        first, second = self._landscape.inequality_rows, self._landscape.equation_rows
        aim = first + second + self._part
        rows = np.vstack([slopes[: first + second], slopes[aim : aim + 1]])
        return values[:first], values[first : first + second], float(values[aim]), rows

    def _minimum(self, objective: Any, start: Floats, constraints: list[dict[str, Any]] | None) -> Floats:
        from scipy.optimize import minimize

        given: dict[str, Any] = {"method": "BFGS", "options": {"maxiter": MAX_STEPS}}
        if constraints is not None:
            options = {"maxiter": MAX_STEPS, "ftol": 1e-14}
            given = {"method": "SLSQP", "constraints": constraints, "options": options}
        try:
            with np.errstate(all="ignore"):
                found = minimize(objective, start, jac=True, **given)
        except (ValueError, ArithmeticError, np.linalg.LinAlgError):
            return start
        return np.asarray(found.x) if np.isfinite(found.x).all() else start
