"""Enclosure of a mean over the line: a trapezoidal sum in balls, with its errors proved.

Truncation is bounded by `ends`, discretisation by `strip`.  Both bounds hold for every parameter of a small
cell of the parameter space, so they are found once a cell and reused from one round to the next.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from flint import arb, ctx

from theory.arithmetic.ball import BallArithmetic
from theory.quadrature.accuracy import GUARD_BITS, most_nodes, target_bits
from theory.quadrature.cell import FINENESS, Cell, cell_of
from theory.quadrature.ends import Tails, end_beyond
from theory.quadrature.integrand import Balls, Integrand
from theory.quadrature.profile import Profile, profile_of
from theory.quadrature.strip import Plane, Strip

_STEP_BITS = 20
_MARGIN_BITS = 16


@dataclass(frozen=True, kw_only=True)
class Rule:
    """Nodes kh, k₀ ≤ k ≤ k₁, and what is proved of ∫ − h Σ: for f e^Q and for e^Q."""

    step: arb
    first: int
    last: int
    mean_error: arb
    density_error: arb


def enclosed(integrand: Integrand, arithmetic: BallArithmetic, values: Balls) -> arb:
    """A ball that contains the mean for every θ in the given balls; NaN where that is not shown."""
    rule = _rule_for(integrand, values, target_bits(values, arithmetic.bits))
    if rule is None:
        return arb.nan()
    bits = arithmetic.bits + GUARD_BITS
    with ctx.workprec(bits):
        run = integrand.program.bind(BallArithmetic(bits))
        halved = integrand.even and rule.first == -rule.last
        mean, density = _sums(run, rule, values, 0 if halved else rule.first)
        mean = mean * rule.step + arb(0, rule.mean_error)
        density = density * rule.step + arb(0, rule.density_error)
    return mean / density if density > 0 else arb.nan()


def _rule_for(integrand: Integrand, values: Balls, bits: int) -> Rule | None:
    """The rule of the coarsest cell that has one."""
    for fineness in FINENESS:
        cell = cell_of(values, fineness)
        rule = None if cell is None else _rule(integrand, cell, bits)
        if rule is not None:
            return rule
    return None


def _sums(
    run: Callable[[Sequence[Any]], tuple[Any, ...]], rule: Rule, values: Balls, first: int
) -> tuple[arb, arb]:
    """Σ f e^Q and Σ e^Q over the nodes; with `first` = 0 each stands for its mirror image too."""
    mean = density = arb(0)
    for k in range(first, rule.last + 1):
        factor, exponent = run([rule.step * k, *values])
        weight = exponent.exp()
        if first == 0 and k:
            weight = 2 * weight
        mean += factor * weight
        density += weight
    return mean, density


@lru_cache(maxsize=512)
def _rule(integrand: Integrand, cell: Cell, bits: int) -> Rule | None:
    """A rule for every θ of a cell, with errors of about 2^−bits of the integrals, or None."""
    with ctx.workprec(64):
        values = cell.balls()
        profile = profile_of(integrand, cell, bits)
        if profile is None:
            return None
        tolerances = (profile.mean * arb(2) ** -bits, profile.density * arb(2) ** -bits)
        ends = _ends(integrand, values, profile, tuple(t * arb(2) ** -_MARGIN_BITS for t in tolerances))
        if ends is None:
            return None
        first, last, tails = ends
        rule = _stepped(Plane.of(integrand, values), first, last, tails, tolerances)
    return rule if rule is not None and rule.last - rule.first <= most_nodes(bits) else None


def _ends(
    integrand: Integrand, values: Balls, profile: Profile, tolerances: tuple[arb, ...]
) -> tuple[float, float, tuple[arb, arb]] | None:
    """Where to stop on both sides, and what lies beyond for f e^Q and for e^Q."""
    factor, rest = integrand.growths(values)
    if rest.degree != 0 or not rest.bound.is_finite():
        return None
    one = Tails(factor=factor, polynomial=integrand.polynomial(values), rest=rest.bound)
    stops, beyond = [], [arb(0), arb(0)]
    for tails, start in ((one.mirrored(), -profile.first), (one, profile.last)):
        mean = end_beyond(tails, start, tolerances[0])
        density = end_beyond(tails.without_factor(), start, tolerances[1])
        if mean is None or density is None:
            return None
        stops.append(max(mean[0], density[0]))
        beyond = [beyond[0] + mean[1], beyond[1] + density[1]]
    if integrand.even:
        stops = [max(stops)] * 2
    return -stops[0], stops[1], (beyond[0].upper(), beyond[1].upper())


def _stepped(
    plane: Plane, first: float, last: float, tails: tuple[arb, arb], tolerances: tuple[arb, arb]
) -> Rule | None:
    """The rule whose step is the largest that a proved strip allows."""
    pad = (last - first) / 32
    best: tuple[float, Strip] | None = None
    height, failed = (last - first) / 4, math.inf
    for _ in range(24):
        strip = plane.strip(first - pad, last + pad, height)
        if strip is None:
            failed = height
        else:
            step = min(pad, _step(strip, tolerances))
            if best is not None and step <= best[0]:
                break
            best = (step, strip)
        if best is None:
            height /= 2
        elif failed < math.inf and failed > 1.15 * best[1].height:
            height = (best[1].height + failed) / 2
        elif failed == math.inf:
            height = best[1].height / 2
        else:
            break
    return None if best is None else _assembled(plane, first, last, tails, *best)


def _step(strip: Strip, tolerances: tuple[arb, arb]) -> float:
    """A step h, of few bits, at which 2M/(e^{2πy/h} − 1) is about the tolerance for both integrals."""
    sizes = ((strip.mean, tolerances[0]), (strip.density, tolerances[1]))
    needed = max(float((1 + 2 * size / tolerance).log().mid()) for size, tolerance in sizes)
    step = 2 * math.pi * strip.height / needed
    scale = 2.0 ** (math.floor(math.log2(step)) - _STEP_BITS)
    return math.floor(step / scale) * scale


def _assembled(
    plane: Plane, first: float, last: float, tails: tuple[arb, arb], step: float, strip: Strip
) -> Rule | None:
    h = arb(step)
    low, high = math.floor(first / step + 0.5), math.ceil(last / step - 0.5)
    edges = [plane.edge(h * end, strip.height, h) for end in (low - arb(1) / 2, high + arb(1) / 2)]
    if edges[0] is None or edges[1] is None:
        return None
    decay = (2 * arb.pi() * arb(strip.height) / h).exp() - 1
    errors = [
        (2 * size / decay + edges[0][k] + edges[1][k] + tails[k]).upper()
        for k, size in enumerate((strip.mean, strip.density))
    ]
    return Rule(step=h, first=low, last=high, mean_error=errors[0], density_error=errors[1])
