"""One scalar state and an increasing map: the orbit climbs, or sinks, to the next equilibrium.

If G is non-decreasing on the interval between the start x₀ and the nearest equilibrium x* on
the side that G(x₀) lies on, then x₀ ≤ x₁ ≤ … ≤ x* (or all reversed); a bounded monotone orbit
converges, and its limit is an equilibrium between x₀ and x*, hence x*.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from flint import arb, ctx

from theory.equilibrium.candidates import FaceSolution
from theory.equilibrium.enclosures import all_finite
from theory.equilibrium.problem import FixedPointProblem, ball_values

_PIECES = 64


def monotone_limit(
    face: FixedPointProblem, candidates: Sequence[FaceSolution], bits: int
) -> FaceSolution | None:
    """The equilibrium that the orbit of a scalar problem is proved to reach in this way, or None.

    `candidates` must be all equilibria of the face in the domain.
    """
    if face.size != 1:
        return None
    with ctx.workprec(bits):
        start = face.start_at(bits)[0]
        image = ball_values(face.step_program, [start], bits)[0]
        rising, falling = image > start, image < start
        if not rising and not falling:
            return None
        ahead = [c for c in candidates if (c.point[0] > start if rising else c.point[0] < start)]
        behind = [c for c in candidates if (c.point[0] < start if rising else c.point[0] > start)]
        if not ahead or len(ahead) + len(behind) != len(candidates):
            return None
        target = (min if rising else max)(ahead, key=lambda c: c.point[0].mid())
        return target if _increases_between(face, start, target.point[0], bits) else None


def _increases_between(face: FixedPointProblem, first: arb, last: arb, bits: int) -> bool:
    """Whether G′ ≥ 0 and the domain conditions are proved on the whole interval, piece by piece."""
    width = (last - first) / _PIECES
    ends = [first + width * k for k in range(_PIECES)] + [last]
    for a, b in pairwise(ends):
        piece = a.union(b)
        slope = face.jacobian_at([piece], bits).entries()[0]
        strict, _ = face.conditions_at([piece], bits)
        if not all_finite([slope, *strict]) or not slope >= 0 or not all(v > 0 for v in strict):
            return False
    return True
