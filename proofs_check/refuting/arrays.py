"""Slacks in floating point, for many points at once: they suggest where to look and decide nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Values = Mapping[str, Floats]
SMOOTH_SIZE = 3
_FURTHEST = Fraction(10) ** 150
_FUNCTIONS = {"exp": np.exp, "log": np.log, "sqrt": np.sqrt, "sin": np.sin, "cos": np.cos}


class Slacks:
    """How far conditions are from failing, in rows: negative where one fails, −∞ where it is undefined.

    A relation has one row: −|left − right| / (1 + |left| + |right|) for an equation, the opposite for an
    inequation, the difference for an inequality.  A stable matrix has Jury's inequalities, or 1 − ρ when it
    is larger than 3 × 3.

    Parameters
    ----------
    conditions : sequence of encoded conditions
    signed : bool
        Whether an equation's row keeps the sign of left − right.
    """

    def __init__(self, conditions: Sequence[Mapping[str, Any]], *, signed: bool = False) -> None:
        self._conditions = conditions
        self._signed = signed
        trees: list[Any] = []
        for condition in conditions:
            rows = condition.get("schur_stable", [[condition.get("left"), condition.get("right")]])
            trees += [entry for row in rows for entry in row]
        self._program = _Program(trees)

    @property
    def rows(self) -> int:
        """How many rows there are."""
        sizes = [len(condition.get("schur_stable", ())) for condition in self._conditions]
        return sum({0: 1, 1: 2, 2: 3, 3: 6}.get(size, 1) for size in sizes)

    def __call__(self, values: Values, count: int) -> Floats:
        """One row an inequality, one column a point."""
        with np.errstate(all="ignore"):
            numbers = self._program(values)
            rows: list[Floats] = []
            for condition in self._conditions:
                size = len(condition["schur_stable"]) if "schur_stable" in condition else 0
                taken, numbers = numbers[: size**2 or 2], numbers[size**2 or 2 :]
                full = [part + np.zeros(count) for part in taken]
                rows += (
                    _stability(full, size) if size else [_slack(condition["is"], *full, signed=self._signed)]
                )
        found = np.array(rows).reshape(len(rows), count)
        return np.where(np.isfinite(found), found, -np.inf)


def nearest(value: Fraction) -> float:
    """A float near an exact number of any size; beyond ±10¹⁵⁰ it is that."""
    return float(max(-_FURTHEST, min(_FURTHEST, value)))


class _Program:
    """Expressions as steps, each distinct subexpression once."""

    def __init__(self, trees: Sequence[Any]) -> None:
        self._steps: list[tuple[str, tuple[int, ...], Any]] = []
        self._slots: dict[tuple[str, tuple[int, ...], Any], int] = {}
        self._roots = [self._slot(tree) for tree in trees]

    def __call__(self, values: Values) -> list[Floats]:
        found: list[Floats] = []
        for head, arguments, extra in self._steps:
            if head == "name":
                found.append(values[extra] if extra in values else np.array(nearest(Fraction(extra))))
            elif head == "pi":
                found.append(np.array(np.pi))
            elif head == "^":
                found.append(np.asarray(found[arguments[0]] ** extra))
            elif head in _FUNCTIONS:
                found.append(_FUNCTIONS[head](found[arguments[0]]))
            else:
                left, right = (found[k] for k in arguments)
                found.append(left + right if head == "+" else left * right)
        return [found[root] for root in self._roots]

    def _slot(self, tree: Any) -> int:
        if type(tree) is str:
            return self._emit("name", (), tree)
        head, arguments = tree[0], tree[1:]
        if head == "pi":
            return self._emit("pi", (), None)
        if head == "^":
            return self._emit("^", (self._slot(arguments[0]),), float(arguments[1]))
        slot = self._slot(arguments[0])
        if head in _FUNCTIONS:
            return self._emit(head, (slot,), None)
        for argument in arguments[1:]:
            slot = self._emit(head, (slot, self._slot(argument)), None)
        return slot

    def _emit(self, head: str, arguments: tuple[int, ...], extra: Any) -> int:
        step = (head, arguments, extra)
        if step not in self._slots:
            self._slots[step] = len(self._steps)
            self._steps.append(step)
        return self._slots[step]


def _slack(comparison: str, left: Floats, right: Floats, *, signed: bool) -> Floats:
    difference = left - right
    relative = difference / (1.0 + np.abs(left) + np.abs(right))
    if comparison == "=" and signed:
        return relative
    relative = np.abs(relative)
    return {
        ">": difference,
        ">=": difference,
        "<": -difference,
        "<=": -difference,
        "=": -relative,
        "!=": relative,
    }[comparison]


def _stability(entries: list[Floats], size: int) -> list[Floats]:
    """Jury's inequalities, each > 0 together with the others exactly where ρ < 1; or 1 − ρ."""
    if size > SMOOTH_SIZE:
        return [1.0 - _spectral_radius(np.array(entries).reshape(size, size, -1))]
    rows = [entries[size * k : size * (k + 1)] for k in range(size)]
    if size == 1:
        return [1 - rows[0][0], 1 + rows[0][0]]
    trace = np.sum([rows[k][k] for k in range(size)], axis=0)
    pairs = np.sum([_minor(rows, i, j) for j in range(size) for i in range(j)], axis=0)
    if size == 2:
        return [1 - trace + pairs, 1 + trace + pairs, 1 - pairs]
    (a, b, c), (d, e, f), (g, h, i) = rows
    volume = a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g)
    middle = pairs - volume * trace
    return [
        1 - trace + pairs - volume,
        1 + trace + pairs + volume,
        1 - volume,
        1 + volume,
        1 - volume**2 - middle,
        1 - volume**2 + middle,
    ]


def _minor(rows: list[list[Floats]], i: int, j: int) -> Floats:
    return rows[i][i] * rows[j][j] - rows[i][j] * rows[j][i]


def _spectral_radius(entries: Floats) -> Floats:
    matrices = np.moveaxis(entries, 2, 0).copy()
    finite = np.isfinite(matrices).all(axis=(1, 2))
    matrices[~finite] = 0.0
    radius = np.abs(np.linalg.eigvals(matrices)).max(axis=1)
    return np.where(finite, radius, np.inf)
