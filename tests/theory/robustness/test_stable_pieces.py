"""Stability of wide ball matrices: never claimed where a matrix inside is unstable."""

from __future__ import annotations

import numpy as np
from flint import arb, arb_mat
from hypothesis import given, settings
from hypothesis import strategies as st

from theory.robustness.stable_pieces import is_stable_throughout


@settings(max_examples=60)
@given(
    size=st.integers(1, 4),
    scale=st.floats(0.2, 1.6),
    width=st.sampled_from([0.0, 1e-6, 1e-3, 0.05]),
    seed=st.integers(0, 10**6),
)
def test_corners_of_what_is_called_stable_are_stable(size, scale, width, seed):
    generator = np.random.default_rng(seed)
    middle = scale * generator.standard_normal((size, size)) / np.sqrt(size)
    balls = arb_mat([[arb(float(x), width) for x in row] for row in middle])
    corners = [middle + width * generator.choice([-1, 1], (size, size)) for _ in range(8)]
    radii = [abs(np.linalg.eigvals(m)) for m in corners]
    parts = [np.linalg.eigvals(m).real for m in corners]
    if is_stable_throughout(balls, bits=64, accumulates=False):
        assert max(r.max() for r in radii) < 1
    if is_stable_throughout(balls, bits=64, accumulates=True):
        assert max(p.max() for p in parts) < 1
    if width == 0 and radii[0].max() < 0.99:
        assert is_stable_throughout(balls, bits=64, accumulates=False)


def test_oscillation_dies_out_only_where_data_accumulate():
    overshooting = arb_mat([["-1.5"]])
    assert not is_stable_throughout(overshooting, bits=64, accumulates=False)
    assert is_stable_throughout(overshooting, bits=64, accumulates=True)


def test_nothing_is_claimed_of_what_is_not_finite():
    assert not is_stable_throughout(arb_mat([[arb.nan()]]), bits=64, accumulates=True)
