"""E[(s + a(x_1) + … + a(x_L))^{−q}] = ∫₀^∞ u^{q−1}/(q−1)! e^{−us} φ(u)^L du with φ(u) = Σ p_k e^{−u a_k}.

The integral is an `ExponentialSum` of S = s + Σ a(x_m), scaled: one set of nodes serves every s and every q.
For p ≥ 0 its relative error is at most that of the sum, whatever p.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, factorial, log, log2
from typing import Any

import numpy as np
from flint import arb

from theory.arithmetic.abstract import AbstractArithmetic
from theory.arithmetic.arrays import ArrayArithmetic
from theory.arithmetic.ball import BallArithmetic
from theory.arithmetic.high_precision import HighPrecisionArithmetic
from theory.curation.exponential_sums import exponential_sum, relative_error

OFFSETS = 4
MOST_OCTAVES = 64


@dataclass(frozen=True, kw_only=True)
class Grid:
    """Nodes u_j, weights, and e^{−u_j a_k}, for σ ≤ S ≤ 2^octaves·σ.

    Attributes
    ----------
    bits, octaves : int
        Which `exponential_sum`.
    scale : number
        σ, exact.
    nodes, steps : array, shape ``(J,)``
        u_j and the weights of the integral over u.
    weights : tuple of numbers, shape ``(n,)``
        a.
    decays : tuple of arrays, shape ``(n, …, J)``
        e^{−u_j a_k}.
    """

    bits: int
    octaves: int
    scale: Any
    nodes: Any
    steps: Any
    weights: tuple[Any, ...]
    decays: tuple[Any, ...]


@dataclass(frozen=True, kw_only=True)
class Mixture:
    """φ(u_j) on a grid, with the probabilities that made it; no grid where the weights allow none."""

    grid: Grid | None
    probabilities: tuple[Any, ...]
    weights: tuple[Any, ...]
    values: Any


def bucket(draws: int) -> int:
    """The power of two B with B/2 < L ≤ B: such L share their nodes.

    Examples
    --------
    >>> [bucket(draws) for draws in (1, 2, 3, 15, 16, 17)]
    [1, 2, 4, 16, 16, 32]
    """
    return 1 << (draws - 1).bit_length()


def grid_of(
    arithmetic: AbstractArithmetic, most_draws: int, weights: Sequence[Any], offset: Any = None
) -> Grid | None:
    """Nodes for every L in (B/2, B] and every s up to a few weights.

    None where the weights are not proved > 0 or are too far apart.

    Parameters
    ----------
    arithmetic : AbstractArithmetic
        Balls, mpmath numbers or arrays.
    most_draws : int
        B, a power of two.
    weights : sequence of numbers, shape ``(n,)``
        a > 0.
    offset : number, optional
        An s ≥ 0 to reach where it is more than a few weights.
    """
    low, high = _range(weights)
    if not (low > 0 and high < np.inf):
        return None
    scale = low * most_draws / 2
    farthest = high * (most_draws + OFFSETS)
    if offset is not None:
        farthest = farthest + _range((offset,))[1]
    octaves = _octaves(farthest / scale)
    if octaves > MOST_OCTAVES:
        return None
    bits = _bits(arithmetic)
    rule = exponential_sum(bits, octaves)
    nodes = [_number(arithmetic, node) / scale for node in rule.nodes]
    steps = [_number(arithmetic, weight) / scale for weight in rule.weights]
    return Grid(
        bits=bits,
        octaves=octaves,
        scale=scale,
        nodes=_vector(nodes),
        steps=_vector(steps),
        weights=tuple(weights),
        decays=tuple(_decay(arithmetic, nodes, a) for a in weights),
    )


def mixture_of(grid: Grid | None, probabilities: Sequence[Any], weights: Sequence[Any]) -> Mixture:
    """φ at every node.

    Parameters
    ----------
    grid : Grid or None
        Of these weights.
    probabilities, weights : sequences of numbers, shape ``(n,)``
        p and a.
    """
    values = None
    if grid is not None:
        values = sum(d * _column(p) for p, d in zip(probabilities, grid.decays, strict=True))
    return Mixture(grid=grid, probabilities=tuple(probabilities), weights=tuple(weights), values=values)


def kernel_of(arithmetic: AbstractArithmetic, mixture: Mixture, draws: int, power: int) -> Any:
    """u_j^{q−1}/(q−1)!·φ(u_j)^L times the weight of node j, shape ``(…, J)``."""
    grid = mixture.grid
    if grid is None:
        return None
    if grid.nodes.dtype == object:
        powers = _vector([arithmetic.power(value, draws) for value in mixture.values])
    else:
        powers = mixture.values**draws
    kernel = powers * grid.steps
    for _ in range(power - 1):
        kernel = kernel * grid.nodes
    return kernel / factorial(power - 1) if power > 2 else kernel


def integrated_pool(
    arithmetic: AbstractArithmetic,
    mixture: Mixture,
    kernel: Any,
    draws: int,
    power: int,
    offset: Any,
    counts: Sequence[int] | None,
) -> Any:
    """The expectation, with a proved error in balls; NaN where nothing is proved.

    Parameters
    ----------
    arithmetic : AbstractArithmetic
        Of all numbers.
    mixture : Mixture
        φ on its grid.
    kernel : array
        `kernel_of` the mixture for this L and q.
    draws, power : int
        L ≥ 1 and q ≥ 1.
    offset : number
        s ≥ 0.
    counts : sequence of int or None
        m with s = Σ m_k a_k, where that is how s was written.
    """
    grid = mixture.grid
    if grid is None:
        return nothing(arithmetic)
    if not _covers(grid, draws, offset):
        wider = grid_of(arithmetic, bucket(draws), grid.weights, offset)
        if wider is None or not _covers(wider, draws, offset):
            return nothing(arithmetic)
        mixture, grid, counts = mixture_of(wider, mixture.probabilities, mixture.weights), wider, None
        kernel = kernel_of(arithmetic, mixture, draws, power)
    if counts is None:
        terms = kernel * _decay(arithmetic, grid.nodes, offset)
    else:
        terms = kernel
        for count, decay in zip(counts, grid.decays, strict=True):
            for _ in range(count):
                terms = terms * decay
    total = np.add.reduce(terms, axis=-1)
    return _with_error(total, mixture, draws, power, offset) if isinstance(total, arb) else total


def _with_error(total: arb, mixture: Mixture, draws: int, power: int, offset: arb) -> Any:
    """The true value, from what the sum gives.

    For p ≥ 0 the integral I and the sum Q satisfy |I − Q| ≤ δI, so I ∈ Q(1 ± 2δ) for δ ≤ 1/2.  Otherwise
    |I − Q| ≤ δE_{|p|}[S^{−q}] ≤ δ(Σ|p|)^L/(s + L min a)^q.
    """
    grid = mixture.grid
    if grid is None:
        return nothing(BallArithmetic())
    error = relative_error(grid.bits, grid.octaves, power)
    if not error < 0.5:
        return nothing(BallArithmetic())
    if all(p >= 0 for p in mixture.probabilities):
        return total * arb(1, (2 * error).upper())
    mass = sum((abs(p) for p in mixture.probabilities), arb(0))
    least = offset + draws * _range(mixture.weights)[0]
    return total + arb(0, (error * mass**draws / least**power).abs_upper())


def _covers(grid: Grid, draws: int, offset: Any) -> bool:
    """Whether σ ≤ s + L min a and s + L max a ≤ 2^octaves·σ are proved."""
    low, high = _range(grid.weights)
    least, most = _range((offset,))
    inside = (least + draws * low >= grid.scale) and (most + draws * high <= grid.scale * 2**grid.octaves)
    return bool(inside)


def _range(values: Sequence[Any]) -> tuple[Any, Any]:
    """The least and the largest value that the numbers may have; NaN stays."""
    if isinstance(values[0], arb):
        lows, highs = [v.lower() for v in values], [v.upper() for v in values]
        low, high = lows[0], highs[0]
        for other_low, other_high in zip(lows[1:], highs[1:], strict=True):
            low, high = low.min(other_low), high.max(other_high)
        return low, high
    if any(isinstance(v, np.ndarray | np.floating) for v in values):
        return min(float(np.min(v)) for v in values), max(float(np.max(v)) for v in values)
    return min(values), max(values)


def _octaves(ratio: Any) -> int:
    """⌈log₂ ratio⌉, rounded up to an even number so that rules are reused."""
    exponent = float(ratio.upper().log()) / log(2) if isinstance(ratio, arb) else log2(ratio)
    return 2 * ceil((exponent + 1e-6) / 2) if exponent < MOST_OCTAVES else MOST_OCTAVES + 1


def _bits(arithmetic: AbstractArithmetic) -> int:
    if isinstance(arithmetic, BallArithmetic):
        return arithmetic.bits
    if isinstance(arithmetic, HighPrecisionArithmetic):
        return int(arithmetic.context.prec)
    return 53


def _number(arithmetic: AbstractArithmetic, value: arb) -> Any:
    """A ball's midpoint in another arithmetic; in balls, the ball."""
    if isinstance(arithmetic, BallArithmetic):
        return value
    if isinstance(arithmetic, HighPrecisionArithmetic):
        mantissa, exponent = value.mid().man_exp()
        return arithmetic.context.ldexp(arithmetic.context.mpf(int(mantissa)), int(exponent))
    return float(value)


def _decay(arithmetic: AbstractArithmetic, nodes: Any, a: Any) -> Any:
    """e^{−u_j a}, shape ``(…, J)``."""
    if isinstance(arithmetic, ArrayArithmetic):
        return np.exp(-np.asarray(a)[..., None] * np.asarray(nodes))
    return _vector([arithmetic.exp(-(node * a)) for node in nodes])


def _vector(values: Sequence[Any]) -> Any:
    if isinstance(values[0], float):
        return np.array(values)
    vector = np.empty(len(values), dtype=object)
    vector[:] = values
    return vector


def _column(value: Any) -> Any:
    """A number or an array of them, to broadcast over nodes."""
    if isinstance(value, np.ndarray | np.floating | float):
        return np.asarray(value)[..., None]
    single = np.empty(1, dtype=object)
    single[0] = value
    return single


def nothing(arithmetic: AbstractArithmetic) -> Any:
    """NaN in the arithmetic."""
    if isinstance(arithmetic, BallArithmetic):
        return arb("nan")
    if isinstance(arithmetic, HighPrecisionArithmetic):
        return arithmetic.context.nan
    return np.float64(np.nan)
