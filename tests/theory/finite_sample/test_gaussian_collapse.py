"""Collapse of a Gaussian on its own samples: the exact walk of its log-variance, against simulation."""

from __future__ import annotations

import numpy as np
import pytest
import sympy

from theory.ecosystem_file import from_text
from theory.finite_sample.gaussian_collapse import (
    log_variance_drift,
    log_variance_variance,
    variance_factor,
)
from theory.simulation.simulation import Trial, simulate

ALONE = """
[models.p]
family = "gaussian"
start = { mean = 0, variance = 1 }
reads = [ { from = "p", share = 1 } ]
"""


@pytest.mark.parametrize("samples", [3, 10, 50])
def test_steps_of_the_log_variance_have_the_exact_drift_and_variance(samples):
    n = sympy.Integer(samples)
    paths = simulate(from_text(ALONE).ecosystem, Trial(samples=samples, rounds=5, seeds=4000)).paths[:, 1]
    steps = np.diff(np.log(paths), axis=0).ravel()
    drift, spread = (float(f(n)) for f in (log_variance_drift, log_variance_variance))
    assert abs(steps.mean() - drift) < 4 * np.sqrt(spread / steps.size)
    assert abs(steps.var() / spread - 1) < 0.1
    ratios = np.exp(steps)
    assert abs(ratios.mean() - float(variance_factor(n))) < 4 * ratios.std() / np.sqrt(ratios.size)


def test_drift_is_negative_and_of_order_one_over_n():
    drifts = [float(log_variance_drift(sympy.Integer(n))) for n in (2, 5, 100, 10_000)]
    assert all(d < 0 for d in drifts)
    assert abs(drifts[-1] * 10_000 + 2) < 0.01
