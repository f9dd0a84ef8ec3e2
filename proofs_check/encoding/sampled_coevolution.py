"""Random preferences and laws of up to six outcomes, and tests of one instance: in fractions, or in balls."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from flint import arb, ctx, fmpq

from proofs_check.encoding.one_curated_model import candidate_sets, kept
from proofs_check.encoding.sampled_rounds import Numbers, Round, law_of, sampled_rounds, shown

Plane = tuple[Fraction, Fraction]
Start = tuple[tuple[Fraction, ...], Fraction, Fraction, Fraction, Fraction, int | None]
_BITS = 200
_ROUNDS = 3


def why_not_in_order(sampled: Round) -> str | None:
    """Two outcomes whose selection weights are not in the order of rewards, or closer than the factors."""
    law, weights, pool = sampled
    least, most = min(weights), max(weights)
    selected = [_selection_weight(law, weights, pool, i) for i in range(len(law))]
    for heavy, high in zip(weights, selected, strict=True):
        for light, low in zip(weights, selected, strict=True):
            gap = heavy / light
            if gap < 1:
                continue
            lost = (1 - 1 / gap) * (pool - 1)
            best = 1 - lost / (most / least / gap + pool - 1)
            stated = 1 - lost / (most / least + pool - 1)
            if low > best * high or best > stated or (gap > 1) != (low < high):
                return f"weights {heavy} and {light}: {shown(sampled)}"
    return None


def _selection_weight(law: Numbers, weights: Numbers, pool: int, atom: int) -> Fraction:
    found = Fraction(0)
    for probability, counts in candidate_sets(law, pool - 1):
        others = sum((count * a for count, a in zip(counts, weights, strict=True)), Fraction(0))
        found += probability * pool * weights[atom] / (weights[atom] + others)
    return found


def sampled_pairs() -> Any:
    """Hypothesis strategy for a round and a second law on its outcomes."""
    from hypothesis import strategies

    def with_another(sampled: Round) -> Any:
        parts = strategies.lists(
            strategies.sampled_from((1, 2, 7, 90)), min_size=len(sampled[0]), max_size=len(sampled[0])
        )
        return strategies.tuples(strategies.just(sampled), parts.map(law_of))

    return sampled_rounds().flatmap(with_another)


def why_farther_apart(sampled: tuple[Round, Numbers]) -> str | None:
    """Two laws that choice takes farther apart than L_p times, L_p = KE/(E + K − 1)."""
    (law, weights, pool), other = sampled
    top = max(weights) / min(weights)
    most = pool * top / (top + pool - 1)
    after = _variation(kept(law, weights, pool), kept(other, weights, pool))
    if after > most * _variation(law, other):
        return f"q = {', '.join(map(str, other))}: {shown(sampled[0])}"
    return None


def _variation(first: Sequence[Fraction], second: Sequence[Fraction]) -> Fraction:
    return sum((abs(p - q) for p, q in zip(first, second, strict=True)), Fraction(0)) / 2


def sampled_basins() -> Any:
    """Hypothesis strategy for (slopes of the other features, τ, share of the room, β, shift, K)."""
    from hypothesis import strategies

    slope = strategies.sampled_from(tuple(map(Fraction, ("1/10", "-1/4", "1/2", "1", "-3", "5"))))
    return strategies.tuples(
        strategies.lists(slope, min_size=1, max_size=4, unique=True).map(tuple),
        strategies.sampled_from(tuple(map(Fraction, ("1/5", "1", "3")))),
        strategies.sampled_from(tuple(map(Fraction, ("1/100", "99/100")))),
        strategies.sampled_from(tuple(map(Fraction, ("0", "1/3", "1")))),
        strategies.sampled_from(tuple(map(Fraction, ("0", "1/2", "1")))),
        strategies.sampled_from((2, 3, 4, 8, None)),
    )


def why_not_locked_in(start: Start) -> str | None:
    """A start in the basin whose mass elsewhere, in balls, is above its bound in one of the first rounds.

    Features are (1, 0) and, for slopes t, ((1 − t²)/(1 + t²), 2t/(1 + t²)); all mass elsewhere is on them
    in equal parts, 1 − p_0(x_1) = share·γ/8, and w_0 is shifted by shift·γ/4 towards the last of them.
    """
    slopes, heat, share, rate, shift, pool = start
    features = [(Fraction(1), Fraction(0)), *(_unit_vector(t) for t in slopes)]
    margin = min(1 - x for x, _ in features[1:])
    missing = share * margin / 8
    x, y = features[-1]
    part = shift * margin / 4 / 2  # the distance of two unit vectors is at most 2
    with ctx.workprec(_BITS):
        preference = (ball(1 - part + part * x), ball(part * y))
        law = [ball(1 - missing), *[ball(missing / len(slopes))] * len(slopes)]
        factor = _factor(ball(heat), ball(margin / 2), pool)
        for t in range(1, _ROUNDS + 1):
            law, preference = _round(features, ball(heat), ball(rate), pool, law, preference)
            left = sum(law[1:], arb(0))
            stated = (factor / (1 - ball(missing))) ** t * ball(missing)
            fallen = factor**t * ball(missing)
            if left > stated or left > fallen / (1 - ball(missing) + fallen):
                return f"round {t}: slopes {slopes}, τ = {heat}, share {share}, β = {rate}, K = {pool}"
    return None


def ball(number: Fraction) -> arb:
    """A ball around an exact fraction."""
    return arb(fmpq(number.numerator, number.denominator))


def _unit_vector(t: Fraction) -> Plane:
    return (1 - t**2) / (1 + t**2), 2 * t / (1 + t**2)


def _factor(heat: arb, gap: arb, pool: int | None) -> arb:
    lost = 1 - (-(heat * gap)).exp()
    return 1 - lost if pool is None else 1 - lost * (pool - 1) / ((2 * heat).exp() + pool - 1)


def _round(
    features: list[Plane], heat: arb, rate: arb, pool: int | None, law: list[arb], preference: tuple[arb, arb]
) -> tuple[list[arb], tuple[arb, arb]]:
    """One round without real data."""
    weights = [(heat * (preference[0] * ball(x) + preference[1] * ball(y))).exp() for x, y in features]
    new = list(kept(law, weights, pool))
    seen = [sum((p * ball(f[k]) for p, f in zip(new, features, strict=True)), arb(0)) for k in (0, 1)]
    first, second = ((1 - rate) * w + rate * e for w, e in zip(preference, seen, strict=True))
    return new, (first, second)
