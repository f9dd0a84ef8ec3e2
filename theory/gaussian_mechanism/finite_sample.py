"""The finite-sample loop beside the mechanism: θ is refitted first, then φ from the new θ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import sympy
from numpy.typing import NDArray

from theory.arithmetic.arrays import ArrayArithmetic
from theory.arithmetic.program import evaluate
from theory.gaussian_mechanism.constants import P_COST, Q_COST, Block

Floats = NDArray[np.float64]
Complexes = NDArray[np.complex128]


@dataclass(frozen=True, kw_only=True)
class Trial:
    """One finite-sample setting.

    Parameters
    ----------
    sample_size : int
        n ≥ 1, samples each model is refitted on.
    repetitions : int
        Independent runs.
    noise : Rational
        σ, standard deviation of one sample in each coordinate.
    rounds, discarded : int
        Rounds played, and how many of them the averages leave out.
    """

    sample_size: int
    repetitions: int
    noise: sympy.Rational = sympy.Rational(1, 5)
    rounds: int = 100
    discarded: int = 80


@dataclass(frozen=True, kw_only=True)
class PlaneArrays:
    """The blocks in double precision, each plane as the complex line.

    Each array has one entry a block: ``turned_gain`` is b_i e^{iψ_i}.
    """

    turned_gain: Complexes
    pull: Complexes
    p_taste: Complexes
    q_taste: Complexes

    @classmethod
    def of(cls, parts: Sequence[Block]) -> PlaneArrays:
        """Double-precision image of exact blocks."""
        return cls(
            turned_gain=_complexes([(b.gain * sympy.cos(b.turn), b.gain * sympy.sin(b.turn)) for b in parts]),
            pull=_complexes([b.pull.components for b in parts]),
            p_taste=_complexes([b.p_taste.components for b in parts]),
            q_taste=_complexes([b.q_taste.components for b in parts]),
        )


def mean_alignments(
    planes: PlaneArrays,
    couplings: Floats,
    shares: Floats,
    trial: Trial,
    generator: np.random.Generator,
) -> tuple[Floats, Floats]:
    """J_p and J_q of every run, averaged over the rounds that count.

    A round is θ ← φ + (k/n)a + N(0, σ²/n), k ~ Binomial(n, λ), then φ ← Aθ + N(0, σ²/n),
    from φ = 0.  All shares of one run and coupling see common random numbers: the same
    Gaussian noise, and k counts how many of the same n uniforms fall below λ.  Runs and
    couplings are independent of each other.

    Parameters
    ----------
    planes : PlaneArrays
        The mechanism's blocks, as complex numbers.
    couplings : array, shape ``(T,)``
        Values of t in [0, 1].
    shares : array, shape ``(L,)``
        Values of λ in [0, 1].
    trial : Trial
        Sample size, rounds and runs.
    generator : numpy Generator
        Source of all noise.

    Returns
    -------
    tuple of arrays, shape ``(repetitions, T, L)``
    """
    n, runs = trial.sample_size, trial.repetitions
    channel = couplings[:, None, None] * planes.turned_gain
    phi: Complexes = np.zeros((runs, len(couplings), len(shares), len(planes.pull)), dtype=complex)
    p_total = np.zeros(phi.shape[:3])
    q_total = np.zeros(phi.shape[:3])
    spread = float(trial.noise) / np.sqrt(n)
    drawn = (runs, len(couplings))
    for turn in range(trial.rounds):
        fraction = np.mean(generator.random((*drawn, n, 1)) < shares, axis=2)
        p_noise, q_noise = _plane_noise(generator, spread, (2, *drawn, 1, len(planes.pull)))
        theta = phi + fraction[..., None] * planes.pull
        theta += p_noise
        phi = channel * theta
        phi += q_noise
        if turn >= trial.discarded:
            p_total += _alignment(theta, planes.p_taste, float(P_COST))
            q_total += _alignment(phi, planes.q_taste, float(Q_COST))
    kept = trial.rounds - trial.discarded
    return p_total / kept, q_total / kept


def influence_estimates(
    planes: PlaneArrays,
    couplings: Floats,
    share: float,
    step: float,
    trial: Trial,
    generator: np.random.Generator,
) -> tuple[Floats, Floats]:
    """Central differences of J_p and J_q in λ over a step δ, one a run and coupling.

    Parameters
    ----------
    planes : PlaneArrays
    couplings : array, shape ``(T,)``
        Values of t in [0, 1].
    share : float
        λ in [0, 1].
    step : float
        δ > 0.
    trial : Trial
    generator : numpy Generator

    Returns
    -------
    tuple of arrays, shape ``(repetitions, T)``
    """
    shares = np.array([share - step, share + step])
    p, q = mean_alignments(planes, couplings, shares, trial, generator)
    return (p[:, :, 1] - p[:, :, 0]) / (2 * step), (q[:, :, 1] - q[:, :, 0]) / (2 * step)


def _alignment(x: Complexes, taste: Complexes, cost: float) -> Floats:
    linear = x.real @ taste.real + x.imag @ taste.imag
    square = np.einsum("...i,...i->...", x.real, x.real) + np.einsum("...i,...i->...", x.imag, x.imag)
    result: Floats = linear - 0.5 * cost * square
    return result


def _plane_noise(generator: np.random.Generator, spread: float, shape: tuple[int, ...]) -> Complexes:
    pairs: Floats = generator.normal(0.0, spread, (*shape, 2))
    return pairs.view(np.complex128)[..., 0]


def _complexes(pairs: Sequence[tuple[sympy.Expr, sympy.Expr]]) -> Complexes:
    flat = evaluate([part for pair in pairs for part in pair], {}, ArrayArithmetic())
    values: Complexes = np.array(flat, dtype=np.float64).view(np.complex128)
    return values
