"""Random models of up to six atoms whose users see up to eight candidates, and exact tests of one."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from proofs_check.encoding.one_curated_model import candidate_sets, kept, mean_and_variance, within_set

Numbers = tuple[Fraction, ...]
Round = tuple[Numbers, Numbers, int]
_HARD = (Fraction(1, 100), Fraction(1, 3), Fraction(1), Fraction(5, 2), Fraction(80))
_ROUNDS = 2


def sampled_rounds() -> Any:
    """Hypothesis strategy for (law, weights a = e^r, K): 2 to 6 atoms, K = 2 to 8."""
    from hypothesis import strategies

    def one(size: int) -> Any:
        return strategies.tuples(
            strategies.lists(strategies.sampled_from((1, 2, 7, 90)), min_size=size, max_size=size).map(
                law_of
            ),
            strategies.lists(strategies.sampled_from(_HARD), min_size=size, max_size=size).map(tuple),
            strategies.sampled_from((2, 3, 4, 8)),
        )

    return strategies.integers(2, 6).flatmap(one)


def law_of(parts: Sequence[int]) -> Numbers:
    """Probabilities in proportion to `parts`."""
    return tuple(Fraction(part, sum(parts)) for part in parts)


def gain(law: Numbers, weights: Numbers, pool: int) -> Fraction:
    """E_{C_K(p)}[a] − E_p[a]."""
    picked = kept(law, weights, pool)
    found: Fraction = mean_and_variance(picked, weights)[0] - mean_and_variance(law, weights)[0]
    return found


def why_not_the_gain(sampled: Round) -> str | None:
    """A round whose gain is not E[s²/ā], or lies below its bound or above M/min a times that."""
    law, weights, pool = sampled
    spread = Fraction(0)
    for probability, counts in candidate_sets(law, pool):
        mean, variance = within_set(counts, weights)
        spread += probability * variance / mean
    found = gain(law, weights, pool)
    if found != spread:
        return f"gain {found}, not {spread}: {shown(sampled)}"
    variance = mean_and_variance(law, weights)[1]
    bound = Fraction(pool - 1, pool) * variance / max(weights)
    if not bound <= found <= bound * max(weights) / min(weights):
        return f"gain {found}, bound {bound}: {shown(sampled)}"
    return None


def shown(sampled: Round) -> str:
    """The instance in one line."""
    law, weights, pool = sampled
    return f"p = {', '.join(map(str, law))}; a = {', '.join(map(str, weights))}; K = {pool}"


def sampled_floors() -> Any:
    """Hypothesis strategy for (λ, (real law, weights, K)): 2 to 6 atoms, K = 2 to 8."""
    from hypothesis import strategies

    share = strategies.sampled_from((Fraction(1, 20), Fraction(1), Fraction(30)))
    return strategies.tuples(share, sampled_rounds())


def why_not_above_the_floor(sampled: tuple[Fraction, Round]) -> str | None:
    """A round from real data on after which E[a] lies below the floor with λ/(1 + λ)."""
    share, (real, weights, pool) = sampled
    mean, variance = mean_and_variance(real, weights)
    floor = mean + share / (1 + share) * Fraction(pool - 1, pool) * variance / max(weights)
    law = real
    for t in range(_ROUNDS if pool <= 3 else 1):
        picked = kept(law, weights, pool)
        law = tuple((q + share * c) / (1 + share) for q, c in zip(real, picked, strict=True))
        if mean_and_variance(law, weights)[0] < floor:
            return f"round {t + 1}, λ = {share}: {shown(sampled[1])}"
    return None


def why_far_from_the_tilt(sampled: Round) -> str | None:
    """An event whose chance under C_K is farther from the tilt's than √(E[h²a²] Var(a))/(K min a E[a]).

    The events are single atoms, and all atoms that gain: there the distance is the total variation.
    """
    law, weights, pool = sampled
    total, variance = mean_and_variance(law, weights)
    finite, tilted = kept(law, weights, pool), kept(law, weights, None)
    gaining = {i for i, (chance, limit) in enumerate(zip(finite, tilted, strict=True)) if chance > limit}
    for event in (*({i} for i in range(len(law))), gaining):
        chance, limit = (sum((chances[i] for i in event), Fraction(0)) for chances in (finite, tilted))
        centred = [((j in event) - limit) * a for j, a in enumerate(weights)]
        square = sum((p * x**2 for p, x in zip(law, centred, strict=True)), Fraction(0))
        if (pool * min(weights) * total * (chance - limit)) ** 2 > square * variance:
            return f"atoms {sorted(i + 1 for i in event)}: {shown(sampled)}"
    return None
