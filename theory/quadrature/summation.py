"""Means over the counts 1, 2, 3, …: partial sums, in balls with a proved bound on the rest."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from flint import arb, ctx

from theory.arithmetic.arrays import ArrayArithmetic
from theory.arithmetic.ball import BallArithmetic
from theory.arithmetic.high_precision import HighPrecisionArithmetic
from theory.quadrature.accuracy import GUARD_BITS, MOST_NODES, target_bits
from theory.quadrature.ends import Tails
from theory.quadrature.integrand import Balls, Integrand

_CHUNK = 256
_DEPTH = 1e-18


def enclosed_sum(integrand: Integrand, arithmetic: BallArithmetic, values: Balls) -> arb:
    """A ball that contains Σ f e^Q / Σ e^Q for every θ in the given balls; NaN where that is not shown."""
    if not all(v.is_finite() for v in values):
        return arb.nan()
    stop = _stop(integrand, values, target_bits(values, arithmetic.bits))
    if stop is None:
        return arb.nan()
    last, beyond = stop
    bits = arithmetic.bits + GUARD_BITS
    with ctx.workprec(bits):
        run = integrand.program.bind(BallArithmetic(bits))
        mean, density = arb(0, beyond[0]), arb(0, beyond[1])
        for n in range(1, last + 1):
            factor, exponent = run([arb(n), *values])
            weight = exponent.exp()
            mean += factor * weight
            density += weight
    return mean / density if density > 0 else arb.nan()


def _stop(integrand: Integrand, values: Balls, bits: int) -> tuple[int, tuple[arb, arb]] | None:
    """The last term to add, and bounds on the rest of both sums; None where none is found."""
    with ctx.workprec(64):
        factor, rest = integrand.growths(values)
        if rest.degree != 0 or not rest.bound.is_finite():
            return None
        tails = Tails(factor=factor, polynomial=integrand.polynomial(values), rest=rest.bound)
        first = tails.polynomial(arb(1)) - rest.bound
        allowed = (first.exp() * arb(2) ** -bits).lower()
        last = 8
        while last <= MOST_NODES:
            beyond = (tails.summed_from(last + 1), tails.without_factor().summed_from(last + 1))
            if beyond[0] is not None and beyond[1] is not None and beyond[0] <= allowed >= beyond[1]:
                return last, (beyond[0], beyond[1])
            last += 1 + last // 8
    return None


def iterated_sum(integrand: Integrand, arithmetic: HighPrecisionArithmetic, values: Sequence[Any]) -> Any:
    """The mean by adding terms until they no longer matter."""
    mp = arithmetic.context
    run = integrand.program.bind(arithmetic)
    mean = density = mp.zero
    for n in range(1, MOST_NODES):
        factor, exponent = run([mp.mpf(n), *values])
        weight = mp.exp(exponent)
        mean, density = mean + factor * weight, density + weight
        if n > 8 and abs(factor) * weight * n < mp.eps * abs(mean) / n and weight * n < mp.eps * density:
            return mean / density
    return mp.nan


def vectorised_sum(integrand: Integrand, arithmetic: ArrayArithmetic, values: Sequence[Any]) -> Any:
    """The mean in double precision, elementwise over arrays that broadcast."""
    columns = [np.asarray(v, dtype=float) for v in np.broadcast_arrays(*values)] if values else []
    shape = columns[0].shape if columns else ()
    flat = [c.reshape(1, -1) for c in columns]
    run = integrand.program.bind(arithmetic)
    mean, density = np.zeros((2, 1))
    for start in range(1, MOST_NODES, _CHUNK):
        points = np.arange(start, start + _CHUNK, dtype=float)[:, None]
        with np.errstate(all="ignore"):
            factor, exponent = run([points, *flat])
            weights = np.exp(exponent)
            terms = factor * weights
            mean, density = mean + terms.sum(axis=0), density + weights.sum(axis=0)
            if not np.any(np.abs(terms[-1]) > _DEPTH * np.abs(mean)):
                break
    with np.errstate(all="ignore"):
        return np.broadcast_to(mean / density, (int(np.prod(shape)),)).reshape(shape)[()]
