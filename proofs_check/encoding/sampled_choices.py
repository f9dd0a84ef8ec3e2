"""Random saturated models whose users choose among few candidates, and exact tests of one of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import product
from typing import Any

from proofs_check.encoding.networks import solve

Numbers = tuple[Fraction, ...]
Start = tuple[Numbers, Numbers, Fraction, int]
Equilibrium = tuple[Numbers, Numbers, Fraction]
_ROUNDS = 4


def sampled_starts() -> Any:
    """Hypothesis strategy for (weights e^r, real law, real share α, K): 2 to 5 atoms, K = 2 or 3."""
    from hypothesis import strategies

    part = strategies.sampled_from((1, 2, 5, 40))
    share = strategies.sampled_from((Fraction(1, 50), Fraction(1, 4), Fraction(1, 2), Fraction(9, 10)))

    def start(size: int) -> Any:
        weights = strategies.lists(strategies.integers(1, 60), min_size=size, max_size=size)
        law = strategies.lists(part, min_size=size, max_size=size).map(_normalised)
        return strategies.tuples(
            weights.map(lambda w: tuple(map(Fraction, w))), law, share, strategies.sampled_from((2, 3))
        )

    return strategies.integers(2, 5).flatmap(start)


def why_the_reward_falls(start: Start) -> str | None:
    """A round among the first four from real data on in which E[e^r] falls."""
    weights, real, share, pool = start
    law = real
    before = _mean(law, weights)
    for t in range(_ROUNDS):
        picked = chosen(law, weights, pool)
        law = tuple(share * q + (1 - share) * c for q, c in zip(real, picked, strict=True))
        after = _mean(law, weights)
        if after < before:
            return f"round {t + 1}: e^r = {_shown(weights)}, real law {_shown(real)}, α = {share}, K = {pool}"
        before = after
    return None


def chosen(law: Numbers, weights: Numbers, pool: int) -> Numbers:
    """C_K: the law of what is kept of K candidates, each with probability in proportion to its weight.

    Examples
    --------
    >>> half = Fraction(1, 2)
    >>> chosen((half, half), (Fraction(1), Fraction(2)), 2)
    (Fraction(5, 12), Fraction(7, 12))
    """
    kept = [Fraction(0)] * len(law)
    for rivals in product(range(len(law)), repeat=pool - 1):
        chance = Fraction(1)
        for rival in rivals:
            chance *= law[rival]
        others = sum((weights[rival] for rival in rivals), Fraction(0))
        for i, (p, a) in enumerate(zip(law, weights, strict=True)):
            kept[i] += pool * p * chance * a / (a + others)
    return tuple(kept)


def sampled_equilibria() -> Any:
    """Hypothesis strategy for (levels e^r ascending, law, slack e of b = ψ_n + e): 5 to 8 atoms."""
    from hypothesis import strategies

    gap = strategies.sampled_from((Fraction(1, 50), Fraction(1, 3), Fraction(2), Fraction(30)))
    part = strategies.sampled_from((1, 3, 60))
    slack = strategies.sampled_from((Fraction(1, 1000), Fraction(1, 5), Fraction(3)))

    def equilibrium(size: int) -> Any:
        levels = strategies.lists(gap, min_size=size - 1, max_size=size - 1).map(_levels)
        law = strategies.lists(part, min_size=size, max_size=size).map(_normalised)
        return strategies.tuples(levels, law, slack)

    return strategies.integers(5, 8).flatmap(equilibrium)


def why_a_tail_does_not_gain(equilibrium: Equilibrium) -> str | None:
    """A tail that a curation share, or the strength by way of one gap, does not raise."""
    levels, law, slack = equilibrium
    n = len(law)
    kernel = [[(x - y) / (x + y) for y in levels] for x in levels]
    psi = [sum((k * p for k, p in zip(row, law, strict=True)), Fraction(0)) for row in kernel]
    field = [
        [(i == j) * (psi[-1] + slack - psi[i]) - kernel[i][j] * law[j] for j in range(n)] for i in range(n)
    ]
    for name, pushed in (("share", psi), *_strengths(levels, law)):
        moved = solve(field, pushed)
        if moved is None:
            return f"singular at e^r = {_shown(levels)}, p = {_shown(law)}, e = {slack}"
        tails = [
            sum((p * g for p, g in zip(law[k:], moved[k:], strict=True)), Fraction(0)) for k in range(1, n)
        ]
        if min(tails) <= 0:
            return f"{name}: tails {_shown(tails)} at e^r = {_shown(levels)}, p = {_shown(law)}, e = {slack}"
    return None


def _strengths(levels: Numbers, law: Numbers) -> Iterator[tuple[str, list[Fraction]]]:
    """The part of η that is linear in each log gap: pairs that lie on either side of it."""
    n = len(law)
    for gap in range(n - 1):
        pushed = []
        for i in range(n):
            across = range(gap + 1) if i > gap else range(gap + 1, n)
            sign = 1 if i > gap else -1
            pushed.append(
                sign
                * sum(
                    (law[j] * 2 * levels[i] * levels[j] / (levels[i] + levels[j]) ** 2 for j in across),
                    Fraction(0),
                )
            )
        yield f"strength by gap {gap + 1}", pushed


def _levels(gaps: Sequence[Fraction]) -> Numbers:
    found = [Fraction(1)]
    for gap in gaps:
        found.append(found[-1] * (1 + gap))
    return tuple(found)


def _normalised(parts: Sequence[int]) -> Numbers:
    return tuple(Fraction(part, sum(parts)) for part in parts)


def _mean(law: Numbers, values: Numbers) -> Fraction:
    return sum((p * f for p, f in zip(law, values, strict=True)), Fraction(0))


def _shown(values: Sequence[Fraction]) -> str:
    return ", ".join(map(str, values))
