"""Ceilings: how large sums of powers get on a half-line.

With t > 0 and 0 < p < P, c r^p − t r^P ≤ c q^p (1 − p/P) for every r > 0, where q^{P−p} = cp/(tP).
"""

from __future__ import annotations

from collections.abc import Iterable

from flint import arb, fmpq

Term = tuple[arb, fmpq]
"""(c, p) of c r^p, p > 0."""


def highest_sum(terms: Iterable[Term]) -> arb:
    """Upper bound on sup Σ c_k r^{p_k} over r ≥ 0; infinite where none is proved.

    Examples
    --------
    >>> highest_sum([(arb(2), fmpq(1)), (arb(-1), fmpq(2))])
    1.00000000000000
    """
    ordered = sorted(terms, key=lambda term: term[1])
    rising = [(c.upper(), p) for c, p in ordered if not c <= 0]
    if not rising:
        return arb(0)
    *_, (top, highest) = ordered
    if not top < 0:
        return arb.pos_inf()
    spent = -top.upper() / len(rising)
    return sum((_risen(c, p, spent, highest) for c, p in rising), arb(0)).upper()


def _risen(coefficient: arb, power: fmpq, spent: arb, highest: fmpq) -> arb:
    ratio = coefficient * arb(power) / (spent * arb(highest))
    return coefficient * ratio ** arb(power / (highest - power)) * (1 - arb(power / highest))
