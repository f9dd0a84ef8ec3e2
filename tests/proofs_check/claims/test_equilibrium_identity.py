"""Where a saturated model ends: iteration at 60 digits, finite pools by enumeration, roots by mpmath."""

from __future__ import annotations

from itertools import product

import mpmath
import pytest
import sympy

from proofs_check.claims.robust import equilibrium_identity

MP = mpmath.mp.clone()
MP.dps = 60
REAL = [MP.mpf(1) / 4, MP.mpf(1) / 2, MP.mpf(1) / 4]
WEIGHTS = [MP.mpf(1) / 2, MP.mpf(1), MP.mpf(2)]


def settled(curate, real, share, rounds=1500):
    law = list(real)
    for _ in range(rounds):
        law = [share * q + (1 - share) * c for q, c in zip(real, curate(law), strict=True)]
    return law


def tilts(fraction):
    def curate(law):
        honest = sum(p * e for p, e in zip(law, WEIGHTS, strict=True))
        other = sum(p / e for p, e in zip(law, WEIGHTS, strict=True))
        return [
            (1 - fraction) * p * e / honest + fraction * p / e / other
            for p, e in zip(law, WEIGHTS, strict=True)
        ]

    return curate


def mean(law, values):
    return sum(p * f for p, f in zip(law, values, strict=True))


def ending(fraction):
    return mean(settled(tilts(fraction), REAL, MP.mpf(1) / 2), WEIGHTS) - MP.mpf(9) / 8


@pytest.mark.parametrize("side", [0, 1])
def test_the_ends_of_the_interval_lie_on_either_side_of_the_crossing(side):
    end = equilibrium_identity.CROSSING[side]
    found = ending(MP.mpf(end.p) / end.q)
    assert found > 0 if side == 0 else found < 0
    assert abs(found) < MP.mpf(10) ** -31


def test_the_cubic_has_one_root_among_the_fractions():
    phi = sympy.Symbol("phi", real=True)
    roots = sympy.Poly(equilibrium_identity.cubic(), phi).nroots(n=40)
    inside = [root for root in roots if 0 <= root <= 1]
    low, high = equilibrium_identity.CROSSING
    assert len(inside) == 1
    assert low < inside[0] < high
    assert high - low <= sympy.Rational(1, 10**30)


def pairs(weights):
    """K = 2 by enumeration; off the simplex the map is unstable, so rounding is divided out."""

    def curate(law):
        chosen = [MP.mpf(0)] * len(law)
        for i, j in product(range(len(law)), repeat=2):
            chosen[i] += law[i] * law[j] * 2 * weights[i] / (weights[i] + weights[j])
        return [c / sum(chosen) for c in chosen]

    return curate


@pytest.mark.parametrize("values", [(0, 1, 2), (3, -1, 0), (1, 0, 0)])
def test_the_identity_holds_where_pairs_are_chosen(values):
    share = MP.mpf(1) / 3
    law = settled(pairs(WEIGHTS), REAL, share)
    curated = pairs(WEIGHTS)(law)
    left = mean(law, values) - mean(REAL, values)
    right = (1 - share) / share * (mean(curated, values) - mean(law, values))
    assert abs(left - right) < MP.mpf(10) ** -55


@pytest.mark.parametrize("fraction", ["1/4", "0.52", "0.54", "9/10"])
def test_e_r_ends_below_real_data_exactly_past_its_threshold(fraction):
    share = MP.mpf(sympy.Rational(fraction).p) / sympy.Rational(fraction).q
    law = settled(tilts(share), REAL, MP.mpf(1) / 2)
    honest, other = (mean(tilts(k)(law), WEIGHTS) for k in (0, 1))
    threshold = (honest - mean(law, WEIGHTS)) / (honest - other)
    assert (mean(law, WEIGHTS) < mean(REAL, WEIGHTS)) == (share > threshold)
