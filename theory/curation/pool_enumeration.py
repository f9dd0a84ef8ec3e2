"""E[(s + a(x_1) + … + a(x_L))^{−q}] as a sum over multisets of draws."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import comb, factorial
from typing import Any

from theory.arithmetic.abstract import AbstractArithmetic


def multisets(draws: int, atoms: int) -> int:
    """How many multisets of L draws from n atoms there are.

    Examples
    --------
    >>> multisets(15, 6)
    15504
    """
    return comb(draws + atoms - 1, draws)


@lru_cache(maxsize=256)
def compositions(total: int, parts: int) -> tuple[tuple[int, ...], ...]:
    """All ways to write `total` as an ordered sum of `parts` integers ≥ 0."""
    if parts == 1:
        return ((total,),)
    return tuple(
        (first, *rest) for first in range(total + 1) for rest in compositions(total - first, parts - 1)
    )


def enumerated_pool(
    arithmetic: AbstractArithmetic,
    draws: int,
    power: int,
    offset: Any,
    probabilities: Sequence[Any],
    weights: Sequence[Any],
) -> Any:
    """The sum over multisets, atom by atom: partial products and partial weights are shared.

    Parameters
    ----------
    arithmetic : AbstractArithmetic
        Of the numbers below.
    draws, power : int
        L ≥ 1 and q ≥ 1.
    offset, probabilities, weights : numbers, shapes ``()``, ``(n,)``, ``(n,)``
        s, p and a; every s + Σ a is nonzero.
    """
    tables = [_atom_table(arithmetic, draws, p, a) for p, a in zip(probabilities, weights, strict=True)]
    last = tables.pop()
    partial = [(draws, arithmetic.rational(factorial(draws), 1), offset)]
    for table in tables:
        partial = [
            (left - m, product * coefficient if m else product, total + shift if m else total)
            for left, product, total in partial
            for m, (coefficient, shift) in enumerate(table[: left + 1])
        ]
    result = arithmetic.rational(0, 1)
    for left, product, total in partial:
        coefficient, shift = last[left]
        result = result + product * coefficient / (total + shift) ** power
    return result


def _atom_table(arithmetic: AbstractArithmetic, draws: int, p: Any, a: Any) -> list[tuple[Any, Any]]:
    """(p^m / m!, m·a) for m = 0 … L."""
    rows = [(arithmetic.rational(1, 1), arithmetic.rational(0, 1))]
    for m in range(1, draws + 1):
        coefficient, shift = rows[-1]
        rows.append((coefficient * p / m, shift + a))
    return rows
