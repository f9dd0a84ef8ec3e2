"""Claims about one curated model, against iteration and closed forms computed here."""

from __future__ import annotations

import random

import mpmath
import pytest

from proofs_check import registry

SINGLE = [claim_id for claim_id in registry.claim_ids() if claim_id.startswith("single.")]


def tilted(law, weights):
    total = sum(p * a for p, a in zip(law, weights, strict=True))
    return [p * a / total for p, a in zip(law, weights, strict=True)]


def settled(step, law, rounds=4000):
    for _ in range(rounds):
        law = step(law)
    return law


def test_all_rows_are_there():
    assert {claim_id.removeprefix("single.") for claim_id in SINGLE} >= {
        "tilt-limit", "repeated-tilt", "gain-identity", "gain-bound", "concentrates", "reward-floor",
        "kl-ceiling", "closed-form-equilibrium", "isolated-curation-helps", "tilt-lipschitz",
        "hilbert-contraction", "retraining-rate", "gaussian-blow-up", "collapse",
    }  # fmt: skip


def test_closed_form_equilibrium_is_where_iteration_settles():
    real, weights, eta = [0.2, 0.5, 0.3], [1.0, 2.5, 0.4], 0.7
    ends = settled(
        lambda p: [(1 - eta) * q + eta * c for q, c in zip(real, tilted(p, weights), strict=True)], real
    )

    def level(z):
        return sum(q * (1 - eta) * a / (z - eta * a) for q, a in zip(real, weights, strict=True)) - 1

    root = float(mpmath.findroot(level, (eta * 2.5 + 1e-6, 2.5), solver="anderson"))
    form = [(1 - eta) * q * root / (root - eta * a) for q, a in zip(real, weights, strict=True)]
    assert ends == pytest.approx(form, abs=1e-10)


def test_raw_own_output_drops_out():
    real, weights = [0.2, 0.5, 0.3], [1.0, 2.5, 0.4]

    def ends(alpha, curated):
        raw = 1 - alpha - curated
        return settled(
            lambda p: [
                alpha * q + raw * x + curated * c for q, x, c in zip(real, p, tilted(p, weights), strict=True)
            ],
            real,
        )

    assert ends(0.4, 0.6) == pytest.approx(ends(0.2, 0.3), abs=1e-10)


def test_hilbert_s_metric_contracts_by_the_factor():
    draw = random.Random(7)
    real, weights, alpha = [0.3, 0.3, 0.4], [1.0, 9.0, 0.2], 0.3
    m = (1 - alpha) / (alpha * min(real))

    def apart(p, q):
        ratios = [x / y for x, y in zip(p, q, strict=True)]
        return float(mpmath.log(max(ratios) / min(ratios)))

    def step(p):
        return [alpha * r + (1 - alpha) * c for r, c in zip(real, tilted(p, weights), strict=True)]

    for _ in range(50):
        parts = [[draw.random() ** 4 + 1e-9 for _ in real] for _ in range(2)]
        first, second = ([x / sum(part) for x in part] for part in parts)
        assert apart(step(first), step(second)) <= m / (1 + m) * apart(first, second) + 1e-12


def test_gaussian_settles_on_the_smaller_root_up_to_the_critical_strength():
    share, slope, spread = 0.3, 1.5, 0.8
    own = 1 - share
    critical = share / (2 * slope * (own * spread) ** 0.5)
    strength = 0.9 * critical
    kappa = own * (strength * slope / share) ** 2

    def step(state):
        mean, variance = state
        moved = mean + strength * slope * variance
        centre = own * moved
        return centre, share * spread + own * (variance + moved**2) - centre**2

    mean, variance = settled(step, (0.0, spread))
    root = (1 - (1 - 4 * kappa * spread) ** 0.5) / (2 * kappa)
    assert variance == pytest.approx(root, rel=1e-9)
    assert mean == pytest.approx(own * strength * slope * root / share, rel=1e-9)
