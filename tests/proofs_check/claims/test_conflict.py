"""influence.conflict against plain iteration in floating point."""

from __future__ import annotations

from fractions import Fraction

import mpmath
import numpy as np
import pytest

from proofs_check.claims.influence import conflict, conflict_consumers
from proofs_check.encoding import opposed_users

SETTINGS = {
    "A1": (("0", "1/10"), (".29423", ".38083"), (".21905", ".21652")),
    "A2": (("1/5", "4/5"), (".18567", ".24165"), ("-.18567", "-.20138")),
    "A3": (("3/10", "2/5"), (".10325", ".13581"), (".03551", ".02952")),
    "A4": (("7/10", "3/10"), ("-.12585", "-.15572"), (".12585", ".12977")),
    "A5": (("1/5", "3/10"), (".15970", ".20865"), (".08938", ".08363")),
    "A6": (("7/10", "4/5"), ("-.05599", "-.07003"), ("-.11302", "-.11004")),
}


def tilt(law, weights):
    return law * weights / (law @ weights)


def settle(share, crosses, shares_real, weights):
    """Both laws after many rounds; `share` and 1/2 or 1/4 curated, the rest real."""
    laws = [np.ones(3) / 3] * 2
    for _ in range(3000):
        chosen = [tilt(law, w) for law, w in zip(laws, weights, strict=True)]
        laws = [
            (1 - s) * real + s * ((1 - k) * chosen[i] + k * chosen[1 - i])
            for i, (s, k, real) in enumerate(zip(share, crosses, shares_real, strict=True))
        ]
    return laws


@pytest.mark.parametrize("setting", sorted(SETTINGS))
def test_the_table_is_what_iteration_finds(setting):
    crosses, *tabled = SETTINGS[setting]
    crosses = [float(Fraction(k)) for k in crosses]
    claimed = opposed_users.SETTINGS[setting]
    reward = np.array([0.8, 0, -0.8])
    for place, share in enumerate((0.5, 0.6)):
        laws = settle((share, 0.5), crosses, [np.ones(3) / 3] * 2, (np.exp(reward), np.exp(-reward)))
        for model, sign in enumerate((1, -1)):
            found = sign * (laws[model] @ reward)
            assert abs(found - float(tabled[model][place])) < 5.1e-6
            assert abs(found - float(claimed[1 + place][model])) < 5.1e-7


@pytest.mark.parametrize("setting", sorted(SETTINGS))
def test_consumers_curation_lifts_p_across_the_number(setting):
    crosses = [float(Fraction(k)) for k in SETTINGS[setting][0]]
    reward = np.array([0.8, 0, -0.8])
    weights = (np.exp(reward), np.exp(-reward))
    found = []
    for share in (0.5, 0.6):
        laws = [np.ones(3) / 3] * 2
        for _ in range(3000):
            laws = [
                (1 - s) / 3 + s * ((1 - k) * tilt(laws[i], weights[i]) + k * tilt(laws[1 - i], weights[i]))
                for i, (s, k) in enumerate(zip((share, 0.5), crosses, strict=True))
            ]
        found.append(laws[0] @ reward)
    assert 0 < found[0] < float(conflict_consumers.SETTINGS[setting][2]) < found[1]


def test_more_curation_moves_p_away_from_zero_in_every_setting():
    for _, before, after in opposed_users.SETTINGS.values():
        low, high = float(before[0]), float(after[0])
        assert (low > 0) == (high > low)


def test_ten_decimals_of_the_inversion_by_finite_differences():
    mp = mpmath.mp.clone()
    mp.dps = 40
    real = [mp.mpf(k) / 26 for k in (20, 5, 1)]
    rewards = [mp.log(150), mp.log(100), mp.mpf(0)]

    def curated(law, weights):
        kept = [p * a for p, a in zip(law, weights, strict=True)]
        return [k / sum(kept) for k in kept]

    def alignment(share):
        first = second = real
        for _ in range(600):
            picked = curated(second, (1, 4, 1))
            second = [(3 * r + c) / 4 for r, c in zip(real, picked, strict=True)]
            mixed = [(2 * x + 3 * y) / 5 for x, y in zip(curated(first, (150, 100, 1)), picked, strict=True)]
            first = [(1 - share) * r + share * m for r, m in zip(real, mixed, strict=True)]
        means = [sum(p * r for p, r in zip(law, rewards, strict=True)) for law in (first, mixed, real)]
        return means[0], means[1] - means[2]

    share, small = mp.mpf(2) / 3, mp.mpf(10) ** -9
    slope = (alignment(share + small)[0] - alignment(share - small)[0]) / (2 * small)
    assert abs(alignment(share)[1] - mp.mpf("0.0122086707")) < 6e-11
    assert abs(slope + mp.mpf("0.0271917919")) < 6e-11


def test_the_inversion_is_the_slope_of_the_settled_alignment():
    weights = (np.array([150.0, 100, 1]), np.array([1.0, 4, 1]))
    real = [np.array(conflict.real_data(), dtype=float), np.array([161, 36, 23]) / 220]

    def alignment(share):
        return settle((share, 0.25), (0.6, 0.0), real, weights)[0] @ np.log(weights[0])

    slope = (alignment(2 / 3 + 1e-5) - alignment(2 / 3 - 1e-5)) / 2e-5
    law = settle((2 / 3, 0.25), (0.6, 0.0), real, weights)[0]
    assert np.allclose(law, [5 / 8, 1 / 3, 1 / 24])
    direct = 1.5 * (law @ np.log(weights[0]) - real[0] @ np.log(weights[0]))
    assert abs(direct - 0.0133843) < 1e-6
    assert abs(slope + 0.0345896) < 1e-6
