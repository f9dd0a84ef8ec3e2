"""Paths of the closed moments in numbers, round by round."""

from __future__ import annotations

from typing import Any

import numpy as np
import sympy
from numpy.typing import NDArray

from theory.arithmetic.high_precision import HighPrecisionArithmetic
from theory.arithmetic.program import evaluate
from theory.finite_sample.moments import MomentRecursion

DIGITS = 60
"""Digits held, since a variance is the small difference of large moments."""


def moment_paths(recursion: MomentRecursion, rounds: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Mean and variance of every state after each round, each of shape ``(rounds + 1, states)``.

    Parameters
    ----------
    recursion : MomentRecursion
        Without parameters; n is a number.
    rounds : int

    Returns
    -------
    tuple of arrays
        NaN where a moment is not closed.
    """
    arithmetic = HighPrecisionArithmetic(DIGITS)
    size = len(recursion.monomials)
    entries = evaluate(list(recursion.matrix), {}, arithmetic)
    matrix = [
        [(k, value) for k, value in enumerate(entries[j * size : (j + 1) * size]) if value != 0]
        for j in range(size)
    ]
    means = [_numbers(recursion.means.get(name), arithmetic) for name in recursion.state]
    squares = [_numbers(recursion.squares.get(name), arithmetic) for name in recursion.state]
    moments = list(evaluate(recursion.start, {}, arithmetic))
    found = np.full((2, rounds + 1, len(means)), np.nan)
    for turn in range(rounds + 1):
        at = dict(zip(recursion.monomials, moments, strict=True))
        for k, (mean, square) in enumerate(zip(means, squares, strict=True)):
            first = _combined(mean, at)
            second = _combined(square, at)
            found[0, turn, k] = np.nan if first is None else float(first)
            found[1, turn, k] = np.nan if first is None or second is None else float(second - first**2)
        moments = [sum((value * moments[k] for k, value in row), start=0) for row in matrix]
    return found[0], found[1]


def _numbers(combination: Any, arithmetic: HighPrecisionArithmetic) -> dict[Any, Any] | None:
    if combination is None:
        return None
    values = evaluate([sympy.sympify(v) for v in combination.values()], {}, arithmetic)
    return dict(zip(combination, values, strict=True))


def _combined(combination: dict[Any, Any] | None, at: dict[Any, Any]) -> Any:
    if combination is None:
        return None
    return sum((value * at[m] for m, value in combination.items()), start=0)
