"""influence.conflict against plain iteration in floating point."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from proofs_check.claims.influence import conflict

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
    reward = np.array([0.8, 0, -0.8])
    for place, share in enumerate((0.5, 0.6)):
        laws = settle((share, 0.5), crosses, [np.ones(3) / 3] * 2, (np.exp(reward), np.exp(-reward)))
        assert abs(laws[0] @ reward - float(tabled[0][place])) < 1e-5
        assert abs(laws[1] @ -reward - float(tabled[1][place])) < 1e-5


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
