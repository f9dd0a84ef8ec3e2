"""The figure's data the plain way: nested Python loops, one NumPy vector a sample.

Finite samples cost the same for every seed, so one seed is run and its time multiplied.
"""

# ruff: noqa: ANN001, ANN201, NPY002 (a script as one writes it for a single figure)

from __future__ import annotations

import time

import numpy as np

P_COST, Q_COST, SHARE, NOISE, STEP = 0.18, 0.22, 0.4, 0.2, 0.02
SEEDS, SHARE_SEEDS, ROUNDS, DISCARDED = 40, 20, 100, 80


def rotation(degrees):
    c, s = np.cos(np.deg2rad(degrees)), np.sin(np.deg2rad(degrees))
    return np.array([[c, -s], [s, c]])


def directions(sizes, degrees, base):
    return np.array([s * rotation(d) @ base for s, d in zip(sizes, degrees, strict=True)])


def constants():
    np.random.seed(2026330)
    turns = np.random.permutation(np.concatenate([np.linspace(5, 85, 6), -np.linspace(10, 80, 6)]))
    np.random.seed(1999)
    gains = np.random.uniform(0.08, 0.95, 12)
    weights = 0.9 ** np.arange(12)
    a = directions(
        weights * (1 + 0.20 * np.sin(np.linspace(0, 2 * np.pi, 12))), np.linspace(-70, 70, 12), [1, 2]
    )
    g_p = directions(
        weights * (1 + 0.15 * np.cos(np.linspace(0, 1.5 * np.pi, 12))), np.linspace(25, -55, 12), [1, 0]
    )
    g_q = directions(
        weights * (1 + 0.18 * np.sin(np.linspace(0.3, 1.8 * np.pi, 12))), np.linspace(-40, 60, 12), [1, 4]
    )
    np.random.seed(1108)
    np.random.permutation(weights)
    return gains, turns, *(np.random.permutation(v).ravel() for v in (a, g_p, g_q))


GAINS, TURNS, A, G_P, G_Q = constants()


def channel(t):
    matrix = np.zeros((24, 24))
    for i in range(12):
        matrix[2 * i : 2 * i + 2, 2 * i : 2 * i + 2] = t * GAINS[i] * rotation(TURNS[i])
    return matrix


def alignments(theta, phi):
    return (
        G_P @ theta - 0.5 * P_COST * theta @ theta,
        G_Q @ phi - 0.5 * Q_COST * phi @ phi,
    )


def influences(t):
    matrix = channel(t)
    inverse = np.linalg.inv(np.eye(24) - matrix)
    theta = inverse @ (SHARE * A)
    phi = matrix @ theta
    return (G_P - P_COST * theta) @ inverse @ A, (G_Q - Q_COST * phi) @ matrix @ inverse @ A


def curves():
    """Exact curves, the crossing by bisection, and alignment against the curated share."""
    values = [influences(t) for t in np.linspace(0.05, 1.0, 191)]
    low, high = 0.05, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if influences(middle)[1] > 0 else (low, middle)
    for t in (0.2, 0.9):
        matrix = channel(t)
        for share in np.linspace(0, 0.8, 161):
            theta = np.linalg.solve(np.eye(24) - matrix, share * A)
            values.append(alignments(theta, matrix @ theta))
    return values, low


def sample_by_sample(t, share, n, seed):
    """One run: every round draws n samples for p and n for q, one vector each."""
    random = np.random.RandomState(seed)
    matrix = channel(t)
    theta, phi, kept = np.zeros(24), np.zeros(24), []
    for turn in range(ROUNDS):
        total = np.zeros(24)
        for _ in range(n):
            sample = phi + NOISE * random.randn(24)
            if random.rand() < share:
                sample = sample + A
            total += sample
        theta = total / n
        made = matrix @ theta
        total = np.zeros(24)
        for _ in range(n):
            total += made + NOISE * random.randn(24)
        phi = total / n
        if turn >= DISCARDED:
            kept.append(alignments(theta, phi))
    return np.mean(kept, axis=0)


def round_by_round(t, share, n, seed):
    """The same run with the n samples of a round drawn in one call."""
    random = np.random.RandomState(seed)
    matrix = channel(t)
    theta, phi, kept = np.zeros(24), np.zeros(24), []
    for turn in range(ROUNDS):
        chosen = random.rand(n) < share
        theta = (phi + NOISE * random.randn(n, 24) + chosen[:, None] * A).mean(axis=0)
        phi = (matrix @ theta + NOISE * random.randn(n, 24)).mean(axis=0)
        if turn >= DISCARDED:
            kept.append(alignments(theta, phi))
    return np.mean(kept, axis=0)


def estimates_of_one_seed(run, seed):
    return [
        (run(t, SHARE + STEP, n, seed) - run(t, SHARE - STEP, n, seed)) / (2 * STEP)
        for n in (4, 12, 64)
        for t in np.linspace(0.05, 1.0, 18)
    ]


def alignments_of_one_seed(run, seed):
    return [run(t, share, n, seed) for n in (4, 32) for t in (0.2, 0.9) for share in np.linspace(0, 0.8, 17)]


def cpu_seconds(run):
    """CPU time of the whole experiment in this process, from one seed of each part."""
    curves()
    fixed = time.process_time()
    estimates_of_one_seed(run, 0)
    between = time.process_time()
    alignments_of_one_seed(run, 0)
    end = time.process_time()
    return fixed + SEEDS * (between - fixed) + SHARE_SEEDS * (end - between)
