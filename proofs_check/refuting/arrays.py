"""Slacks in floating point, for many points at once: they suggest where to look and decide nothing."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
_FURTHEST = Fraction(10) ** 150


def slack(condition: Mapping[str, Any], values: Mapping[str, Floats]) -> Floats:
    """How far a condition is from failing: negative where it fails, −∞ where it is undefined.

    An equation has slack −|left − right| / (1 + |left| + |right|), an inequation the opposite.
    """
    with np.errstate(all="ignore"):
        if "schur_stable" in condition:
            found = 1.0 - _spectral_radius(condition["schur_stable"], values)
        else:
            left, right = evaluate(condition["left"], values), evaluate(condition["right"], values)
            difference = left - right
            relative = np.abs(difference) / (1.0 + np.abs(left) + np.abs(right))
            found = {
                ">": difference,
                ">=": difference,
                "<": -difference,
                "<=": -difference,
                "=": -relative,
                "!=": relative,
            }[condition["is"]]
        size = next(iter(values.values())).shape if values else (1,)
        return np.where(np.isfinite(found), found, -np.inf) + np.zeros(size)


def nearest(value: Fraction) -> float:
    """A float near an exact number of any size; beyond ±10¹⁵⁰ it is that."""
    return float(max(-_FURTHEST, min(_FURTHEST, value)))


def evaluate(tree: Any, values: Mapping[str, Floats]) -> Floats:
    """Values of an expression at many points."""
    if type(tree) is str:
        return values[tree] if tree in values else np.array(nearest(Fraction(tree)))
    head, arguments = tree[0], tree[1:]
    if head == "pi":
        return np.array(np.pi)
    first = evaluate(arguments[0], values)
    if head == "^":
        return np.asarray(first ** float(arguments[1]))
    if head in ("+", "*"):
        for argument in arguments[1:]:
            other = evaluate(argument, values)
            first = first + other if head == "+" else first * other
        return first
    function = {"exp": np.exp, "log": np.log, "sqrt": np.sqrt, "sin": np.sin, "cos": np.cos}[head]
    return function(first)


def _spectral_radius(rows: list[list[Any]], values: Mapping[str, Floats]) -> Floats:
    size = next(iter(values.values())).shape if values else (1,)
    entries = [[evaluate(entry, values) + np.zeros(size) for entry in row] for row in rows]
    matrices = np.moveaxis(np.array(entries), 2, 0)
    finite = np.isfinite(matrices).all(axis=(1, 2))
    matrices[~finite] = 0.0
    radius = np.abs(np.linalg.eigvals(matrices)).max(axis=1)
    return np.where(finite, radius, np.inf)
