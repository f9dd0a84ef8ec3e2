"""The bound D of a network of models against its Jacobian, by quadrature; the family is not Gaussian."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import brentq

from proofs_check.claims.ecosystem import network

GRID = np.linspace(-40, 40, 16001)
STEP = GRID[1] - GRID[0]
BEND = 4 / (3 * np.sqrt(3))  # greatest slope of 1/cosh²
DATA = {2: ((-0.4, 0.5), (0.1, 0.6)), 3: ((-0.5, 0.4), (0.0, 0.3), (-0.2, 0.7))}
SHARES = {
    2: np.array([[0.3, 0.7], [0.6, 0.4]]),
    3: np.array([[0.2, 0.5, 0.3], [0.0, 0.4, 0.6], [0.7, 0.1, 0.2]]),
}


def density(theta):
    """p_θ(x) = 1/(π cosh(x − θ)): its parameter moves it by exactly as much in W₁."""
    return 1 / (np.pi * np.cosh(GRID - theta))


def mean(law, values):
    return float(np.sum(law * values) * STEP)


def data_law(atoms):
    """Two models' densities in equal parts: data that the family cannot fit exactly."""
    return sum(density(atom) for atom in atoms) / len(atoms)


def refitted(data, streams, strength):
    """argmax E_data log p_θ + λ Σ w_j E_{p_j} log p_θ; the score is tanh(x − θ)."""
    whole = data + strength * streams
    return brentq(lambda theta: mean(whole, np.tanh(GRID - theta)), -5, 5, xtol=1e-13)


def round_of(state, strengths):
    n = len(state)
    laws = np.array([density(theta) for theta in state])
    return np.array([refitted(data_law(DATA[n][i]), SHARES[n][i] @ laws, strengths[i]) for i in range(n)])


def distance(first, second):
    return float(np.sum(np.abs(np.cumsum(first - second))) * STEP * STEP)


def bounds(state, strengths):
    n = len(state)
    laws = [density(theta) for theta in state]
    rows = []
    for i, strength in enumerate(strengths):
        data = data_law(DATA[n][i])
        concavity = mean(data, np.cosh(GRID - state[i]) ** -2.0)
        far = max(distance(laws[j], data) for j in range(n) if SHARES[n][i, j] > 0)
        room = concavity + strength * (concavity - BEND * far)
        assert room > 0
        rows.append(strength / room * SHARES[n][i])
    return np.array(rows)


@pytest.mark.parametrize("n", [2, 3])
def test_every_link_is_within_its_bound_and_so_is_the_radius(n):
    strengths = np.array([0.3, 0.5, 0.4][:n])
    state = np.zeros(n)
    for _ in range(60):
        state = round_of(state, strengths)
    assert np.allclose(round_of(state, strengths), state, atol=1e-10)
    small = 1e-5
    columns = [
        (round_of(state + small * e, strengths) - round_of(state - small * e, strengths)) / (2 * small)
        for e in np.eye(n)
    ]
    jacobian, bound = np.array(columns).T, bounds(state, strengths)
    assert (np.abs(jacobian) <= bound + 1e-7).all()
    radius = [max(abs(np.linalg.eigvals(m))) for m in (jacobian, bound)]
    assert radius[0] <= radius[1]
    assert radius[0] > 0.1


def test_gaussian_locations_attain_the_bound():
    case = next(c for c in network.claim().cases if "attained" in c.name)
    point = dict.fromkeys(case.statement.symbols, 0.25)
    assert float(case.statement.conclusions[0].left.subs(point)) == pytest.approx(0.25 / 1.25 * 0.25)
