"""Choice among few candidates: closed forms, iterated equilibria and finite differences."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from proofs_check.encoding import sampled_choices
from proofs_check.encoding.sampled_choices import (
    chosen,
    why_a_tail_does_not_gain,
    why_the_reward_falls,
)


def fractions(*texts):
    return tuple(map(Fraction, texts))


def test_pairs_are_decided_by_their_closed_form():
    law, weights = fractions("1/2", "1/3", "1/6"), fractions(1, 2, 7)
    for i, kept in enumerate(chosen(law, weights, 2)):
        shares = [2 * weights[i] / (weights[i] + a) for a in weights]
        assert kept == law[i] * sum(p * s for p, s in zip(law, shares, strict=True))


@pytest.mark.parametrize("pool", [2, 3])
def test_what_is_kept_is_a_law_and_favours_the_weightier(pool):
    law, weights = fractions("1/4", "1/4", "1/2"), fractions(1, 3, 9)
    kept = chosen(law, weights, pool)
    assert sum(kept) == 1
    gains = [k / p for k, p in zip(kept, law, strict=True)]
    assert gains == sorted(gains)
    draws = np.random.default_rng(3).choice(3, size=(200_000, pool), p=[0.25, 0.25, 0.5])
    chances = np.array([1.0, 3, 9])[draws]
    expected = [(chances * (draws == i)).sum(1) / chances.sum(1) for i in range(3)]
    assert np.allclose([float(k) for k in kept], np.mean(expected, axis=1), atol=5e-3)


def settled(levels, real, share, raw):
    """Equilibrium of real data (1 − share − raw), raw output and pairs, in floating point."""
    kernel = levels[:, None] / (levels[:, None] + levels[None, :])
    law = real.copy()
    for _ in range(20_000):
        law = (1 - share - raw) * real + raw * law + share * 2 * law * (kernel @ law)
        law /= law.sum()
    return law


@pytest.mark.parametrize("knob", ["share", "strength"])
def test_the_linear_system_is_the_derivative_of_the_settled_law(knob):
    levels, share, raw = np.array([1.0, 2, 5, 6]), 0.4, 0.1
    real = np.array([0.4, 0.3, 0.2, 0.1])
    law = settled(levels, real, share, raw)
    small = 1e-6

    def moved(step):
        if knob == "share":
            return settled(levels, real, share + step, raw)
        return settled(levels ** (1 + step), real, share, raw)

    slope = (moved(small) - moved(-small)) / (2 * small)
    kernel = (levels[:, None] - levels) / (levels[:, None] + levels)
    psi = kernel @ law
    slack = (1 - share - raw) / share - psi[-1]
    assert slack > 0
    field = np.diag(psi[-1] + slack - psi) - kernel * law
    exact_levels, exact_law = (tuple(Fraction(float(v)) for v in values) for values in (levels, law))
    pushes = dict(sampled_choices._strengths(exact_levels, exact_law))
    gaps = np.diff(np.log(levels))
    strength = sum(gap * np.array(p, dtype=float) for gap, p in zip(gaps, pushes.values(), strict=True))
    answer = law * np.linalg.solve(field, psi if knob == "share" else strength)
    tails = [np.cumsum(values[::-1])[::-1][1:] for values in (slope, answer)]
    assert np.allclose(tails[0] / tails[0][0], tails[1] / tails[1][0], rtol=1e-3)
    assert (tails[0] > 0).all()


def test_planted_failures_are_seen():
    levels, law = fractions(1, 2, 5), fractions("1/3", "1/3", "1/3")
    assert why_a_tail_does_not_gain((levels, law, Fraction(1, 2))) is None
    assert why_a_tail_does_not_gain((levels, law, Fraction(-1, 2))) is not None
    assert why_a_tail_does_not_gain((levels[::-1], law, Fraction(1, 2))) is not None
    start = (fractions(1, 4), fractions("1/2", "1/2"), Fraction(1, 4), 2)
    assert why_the_reward_falls(start) is None
    assert why_the_reward_falls((fractions(1, 4), fractions("1/2", "1/2"), Fraction(5, 4), 2)) is not None
