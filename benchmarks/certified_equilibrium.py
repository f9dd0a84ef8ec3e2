"""Krawczyk's test on 100 unknowns against the same test in mpmath.iv.

The map: 100 Bernoulli models, each reading all others' curated output,
G_i(x) = a m_i + Σ_j w_ij e^β x_j/(1 + (e^β − 1)x_j).  The peer is handed its
preconditioner ready made; ours computes its own.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

import numpy as np
from flint import arb, arb_mat, ctx, fmpq
from mpmath import iv
from numpy.typing import NDArray

from benchmarks.measurement import Contest, medians
from theory.equilibrium.krawczyk import krawczyk

N, BITS = 100, 128
REAL_SHARE = Fraction(1, 5)
WEIGHT = (1 - REAL_SHARE) / sum(range(1, 8))
ODDS = Fraction(3, 2)
RADIUS = Fraction(1, 10**12)


def weight(i: int, j: int) -> Fraction:
    """w_ij: seven neighbours, the nearer the heavier."""
    distance = (j - i) % N
    return WEIGHT * (8 - distance) if 1 <= distance <= 7 else Fraction(0)


def real_mean(i: int) -> Fraction:
    return Fraction(1 + i % 7, 9)


def approximate_point() -> tuple[list[float], NDArray[np.float64]]:
    """Double-precision fixed point and the inverse Jacobian of x − G(x) there."""
    weights = np.array([[float(weight(i, j)) for j in range(N)] for i in range(N)])
    means, odds = np.array([float(real_mean(i)) for i in range(N)]), float(ODDS)
    x = means
    for _ in range(400):
        x = float(REAL_SHARE) * means + weights @ (odds * x / (1 + (odds - 1) * x))
    slope = np.eye(N) - weights * (odds / (1 + (odds - 1) * x) ** 2)
    return [float(v) for v in x], np.linalg.inv(slope)


def field(x: Sequence[Any], number: Callable[[Fraction], Any]) -> list[Any]:
    """x − G(x) in the numbers that `number` makes of fractions."""
    odds, gain = number(ODDS), number(ODDS - 1)
    curated = [odds * v / (1 + gain * v) for v in x]
    return [
        x[i]
        - number(REAL_SHARE * real_mean(i))
        - sum((number(weight(i, j % N)) * curated[j % N] for j in range(i + 1, i + 8)), number(Fraction(0)))
        for i in range(N)
    ]


def slopes(x: Sequence[Any], number: Callable[[Fraction], Any]) -> list[list[Any]]:
    """Jacobian of x − G(x), as rows."""
    odds, gain = number(ODDS), number(ODDS - 1)
    slope = [odds / ((1 + gain * v) * (1 + gain * v)) for v in x]
    rows = []
    for i in range(N):
        row = [number(Fraction(0))] * N
        row[i] = number(Fraction(1))
        for j in range(i + 1, i + 8):
            row[j % N] = -number(weight(i, j % N)) * slope[j % N]
        rows.append(row)
    return rows


def as_ball(value: Fraction) -> arb:
    return arb(fmpq(value.numerator, value.denominator))


def as_interval(value: Fraction) -> Any:
    return iv.mpf(value.numerator) / value.denominator


def ours() -> float:
    """Seconds of CPU for our test; the enclosure must exist."""
    point, _ = approximate_point()
    start = time.process_time()
    with ctx.workprec(BITS):
        box = krawczyk(
            lambda x: field(x, as_ball),
            lambda x: arb_mat(slopes(x, as_ball)),
            [arb(v) for v in point],
            as_ball(RADIUS),
            BITS,
        )
    end = time.process_time()
    if box is None:
        raise SystemExit("Expected an enclosure, got none")
    return end - start


def peer() -> float:
    """Seconds of CPU for the same test in interval matrices of mpmath."""
    iv.prec = BITS
    point, inverse = approximate_point()
    start = time.process_time()
    centre = iv.matrix(point)
    preconditioner = iv.matrix(inverse.tolist())
    radius = as_interval(RADIUS)
    offset = iv.matrix([iv.mpf([-radius.b, radius.b])] * N)
    box = centre + offset
    value = iv.matrix(field(list(centre), as_interval))
    slope = iv.matrix(slopes(list(box), as_interval))
    contraction = iv.eye(N) - preconditioner * slope
    image = centre - preconditioner * value + contraction * offset
    proved = all(box[i].a < image[i].a and image[i].b < box[i].b for i in range(N))
    end = time.process_time()
    if not proved:
        raise SystemExit("Expected an enclosure, got none")
    return end - start


def contests(repeat: int) -> tuple[Contest, ...]:
    a, b = medians("certified_equilibrium", repeat)
    return (
        Contest(
            name=f"Certified equilibrium, {N} unknowns, against mpmath.iv",
            unit="CPU, imports and the approximate point apart",
            ours=a,
            peer=b,
            bound=25,
            note=f"Krawczyk's test at {BITS} bits; the peer's preconditioner is given",
        ),
    )
