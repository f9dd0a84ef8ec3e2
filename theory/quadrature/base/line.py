"""Line: equidistant nodes, and how far a trapezoidal sum on them is from the integral.

A function that is analytic on |Im u| ≤ y, with integrals of its modulus of at most M along the lines there,
is integrated by nodes kh up to 2M/(e^{2πy/h} − 1).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from flint import arb

SPARE = 8.0
MOST_NODES = 24_000
LARGEST = 1e9
"""Concentrations beyond which no nodes are sought, nor below its inverse."""


def within_range(concentrations: Iterable[float]) -> bool:
    """Whether nodes are sought for such laws."""
    return all(1 / LARGEST < value < LARGEST for value in concentrations)


@dataclass(frozen=True, kw_only=True)
class Plan:
    """Nodes u = kh for −left ≤ k ≤ right, and the height of the strip that bounds their error."""

    step: float
    left: int
    right: int
    height: float

    @property
    def ends(self) -> tuple[arb, arb]:
        """How far out the first nodes that are left out are, to the left and to the right."""
        return arb(self.step) * (self.left + 1), arb(self.step) * (self.right + 1)

    def off_line(self, strip: arb) -> arb:
        """Bound on the error of the infinite sum, by a bound on the integrals along lines of the strip."""
        rate = 2 * arb.pi() * arb(self.height) / arb(self.step)
        return 2 * strip / (rate.exp() - 1)


def plan_for(
    reach: tuple[float, float], heights: Iterable[float], growth: Callable[[float], float], nats: float
) -> Plan | None:
    """The coarsest nodes over a reach whose error is about e^{−nats}; None where they are too many.

    Parameters
    ----------
    reach : tuple of float
        How far to the left and to the right of 0.
    heights : iterable of float
        Heights of strips to choose from.
    growth : callable
        About how many nats the function grows by up to a height.
    nats : float
    """
    best = max(((y / (nats + growth(y) + SPARE), y) for y in heights), default=None)
    if best is None or not all(map(math.isfinite, reach)):
        return None
    step = 2 * math.pi * best[0]
    if not step > 0 or sum(reach) / step > MOST_NODES:
        return None
    scale = 2.0 ** (math.floor(math.log2(step)) - 20)
    step = math.floor(step / scale) * scale
    return Plan(step=step, left=math.ceil(reach[0] / step), right=math.ceil(reach[1] / step), height=best[1])
