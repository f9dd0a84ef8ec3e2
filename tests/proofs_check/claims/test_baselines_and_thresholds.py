"""Baselines of influence and thresholds of adversaries, against series and high-precision mixtures."""

from __future__ import annotations

import mpmath
import pytest
import sympy

from proofs_check.claims.influence import baseline
from proofs_check.claims.robust import sigmoid_threshold

R = sympy.Rational


def test_the_entry_lies_between_its_baselines_by_the_series_of_returns():
    weights = sympy.Matrix(
        [[R(1, 5), R(2, 5), R(1, 10)], [R(3, 10), R(1, 10), R(1, 5)], [R(1, 2), 0, R(1, 4)]]
    )
    power, total = sympy.eye(3), sympy.zeros(3)
    for _ in range(400):
        total, power = total + power.evalf(40), (power * weights).evalf(40)
    real_share = 1 - sum(weights[0, :])
    assert 1 / (1 - weights[0, 0]) < total[0, 0] < 1 / real_share
    assert abs(total[0, 0] - (sympy.eye(3) - weights).inv()[0, 0]) < R(1, 10**20)
    assert len(baseline.claim().cases) == 4


def log_mean_after_refit(size, fraction):
    """Growth of log E e^x when N(0, size), c = 1, is refitted to its curated mixture."""
    mean = (1 - 2 * fraction) * size
    variance = (1 - fraction) * (size + size**2) + fraction * (size + size**2) - mean**2
    return mean + variance / 2 - size / 2


@pytest.mark.parametrize("size", ["0.2", "1", "7"])
def test_thresholds_are_where_the_growth_changes_sign(size):
    with mpmath.workdps(40):
        z, eps = mpmath.mpf(size), mpmath.mpf("1e-9")
        refit = (z - 1 + mpmath.sqrt(1 + z**2)) / (2 * z)
        assert log_mean_after_refit(z, refit - eps) > 0 > log_mean_after_refit(z, refit + eps)
        sigmoid = mpmath.exp(z) / (1 + mpmath.exp(z))
        for fraction, sign in ((sigmoid - eps, 1), (sigmoid + eps, -1)):
            growth = (1 - fraction) * mpmath.exp(z) + fraction * mpmath.exp(-z) - 1
            assert growth * sign > 0


def test_the_claim_has_both_directions_of_each_machine_checked_threshold():
    names = [case.name for case in sigmoid_threshold.claim().cases]
    assert sum("below" in n for n in names) == sum("past" in n for n in names) == 3
