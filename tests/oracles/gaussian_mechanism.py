"""The Gaussian mechanism in plain NumPy floats, matrices and loops, written apart from the project's code."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

P_COST, Q_COST = 0.18, 0.22


@dataclass(frozen=True)
class FloatMechanism:
    gains: np.ndarray
    turns: np.ndarray
    pull: np.ndarray
    p_taste: np.ndarray
    q_taste: np.ndarray

    def channel(self, t):
        """A(t), shape (24, 24)."""
        matrix = np.zeros((24, 24))
        for i, (gain, turn) in enumerate(zip(self.gains, self.turns, strict=True)):
            matrix[2 * i : 2 * i + 2, 2 * i : 2 * i + 2] = t * gain * _rotation(turn)
        return matrix

    def stable_point(self, t, share):
        channel = self.channel(t)
        theta = np.linalg.solve(np.eye(24) - channel, share * self.pull)
        return theta, channel @ theta

    def alignments(self, t, share):
        theta, phi = self.stable_point(t, share)
        return alignment(theta, self.p_taste, P_COST), alignment(phi, self.q_taste, Q_COST)

    def influences(self, t, share, step=1e-4):
        """Central differences: exact for these quadratics up to rounding."""
        above, below = (np.array(self.alignments(t, share + s)) for s in (step, -step))
        return (above - below) / (2 * step)


def alignment(x, taste, cost):
    return taste @ x - 0.5 * cost * x @ x


def float_mechanism():
    random = np.random.RandomState(2026330)
    turns = random.permutation(np.concatenate([np.linspace(5, 85, 6), -np.linspace(10, 80, 6)]))
    gains = np.random.RandomState(1999).uniform(0.08, 0.95, 12)
    weights = 0.9 ** np.arange(12)
    full = 2 * np.pi
    pull = _vectors(weights * (1 + 0.20 * np.sin(np.linspace(0, full, 12))), np.linspace(-70, 70, 12), (1, 2))
    p_taste = _vectors(
        weights * (1 + 0.15 * np.cos(np.linspace(0, 0.75 * full, 12))), np.linspace(25, -55, 12), (1, 0)
    )
    q_taste = _vectors(
        weights * (1 + 0.18 * np.sin(np.linspace(0.3, 0.9 * full, 12))), np.linspace(-40, 60, 12), (1, 4)
    )
    random = np.random.RandomState(1108)
    random.permutation(weights)
    pull, p_taste, q_taste = (random.permutation(v).ravel() for v in (pull, p_taste, q_taste))
    return FloatMechanism(gains, turns, pull, p_taste, q_taste)


def _vectors(sizes, degrees, base):
    return np.array([s * _rotation(d) @ base for s, d in zip(sizes, degrees, strict=True)])


def _rotation(degrees):
    c, s = np.cos(np.deg2rad(degrees)), np.sin(np.deg2rad(degrees))
    return np.array([[c, -s], [s, c]])
