"""Monotone orbits: they climb from the start, coordinate by coordinate up or down, to the next equilibrium.

Order states by x ≤ y iff σ_i x_i ≤ σ_i y_i for all i, with signs σ.  Let F = G − id point upwards at x₀,
σ_i F_i(x₀) > 0, let x* ≥ x₀ be the only equilibrium in the box between the two, and let σ_i σ_j ∂G_i/∂x_j ≥ 0
in the box, for all i and j.  Then x₀ ≤ x₁ ≤ … ≤ x*, as G preserves the order in the box.  A bounded
monotone orbit converges, and its limit is an equilibrium in the box, hence x*.

Where data accumulate, round t goes h = 1/(t + 2) of the way: x + hF(x) preserves the order where ∂G_i/∂x_i ≥
−(1 − h)/h = −(t + 1) is asked of i = j, and F points upwards again, as σ_i F_i(x + hF) ≥ (1 − h +
h ∂G_i/∂x_i) σ_i F_i for an average of the slopes.  Later rounds ask for less.  The steps have an infinite
sum, so the limit is an equilibrium.

The equilibrium is alone in the box when all are known, or when I − M is regular for every M in the hull of
the slopes over the box: two equilibria x, y would have (I − M)(x − y) = 0 for an average M.
"""

from __future__ import annotations

from collections.abc import Sequence

from flint import arb_mat, ctx

from theory.equilibrium.candidates import FaceSolution
from theory.equilibrium.enclosures import Balls, all_finite, midpoints
from theory.equilibrium.orbits.orbit import Iterate
from theory.equilibrium.problem import FixedPointProblem, ball_values

_PIECES = 400


def monotone_limit(
    face: FixedPointProblem,
    candidates: Sequence[FaceSolution],
    iterate: Iterate,
    bits: int,
    *,
    all_known: bool,
    accumulates: bool = False,
) -> FaceSolution | None:
    """The equilibrium that the orbit is proved to reach in this way from an iterate, or None.

    Parameters
    ----------
    face : FixedPointProblem
    candidates : sequence of FaceSolution
        Equilibria of the face in the domain.
    iterate : Iterate
        Where the orbit is, in which round.
    bits : int
        Working precision.
    all_known : bool
        Whether the candidates are all equilibria there are.
    accumulates : bool
        Whether round t goes 1/(t + 2) of the way only.
    """
    with ctx.workprec(bits):
        start = iterate.point
        image = ball_values(face.step_program, start, bits)
        signs = [1 if y > x else -1 if y < x else 0 for x, y in zip(start, image, strict=True)]
        if 0 in signs or not signs:
            return None
        ahead = [
            c
            for c in candidates
            if all(s * (y - x) > 0 for s, x, y in zip(signs, start, c.point, strict=True))
        ]
        for target in ahead:
            box = tuple(x.union(y) for x, y in zip(start, target.point, strict=True))
            alone = all(_apart(c.point, box) for c in candidates if c is not target)
            least = -(iterate.round + 1) if accumulates else 0
            slopes = _ordered_slopes(face, box, signs, least, bits) if alone else None
            if slopes is not None and (all_known or _is_regular(slopes)):
                return target
    return None


def _apart(point: Balls, box: Balls) -> bool:
    """Whether the point is proved to lie outside the box."""
    return any(not x.overlaps(y) for x, y in zip(point, box, strict=True))


def _ordered_slopes(
    face: FixedPointProblem, box: Balls, signs: Sequence[int], least: int, bits: int
) -> arb_mat | None:
    """Hull of the slopes over the box, cut into pieces where needed; None unless the order is kept."""
    pieces, hull = [box], None
    for _ in range(_PIECES):
        if not pieces:
            return hull
        piece = pieces.pop()
        slopes = _slopes(face, piece, signs, least, bits)
        if slopes is not None:
            hull = slopes if hull is None else _hull(hull, slopes)
            continue
        if _slopes(face, midpoints(piece), signs, least, bits) is None:
            return None
        pieces.extend(_halves(piece))
    return None


def _slopes(
    face: FixedPointProblem, piece: Balls, signs: Sequence[int], least: int, bits: int
) -> arb_mat | None:
    """∂G/∂x over the piece, where the order and the domain conditions are proved to be kept."""
    slopes = face.jacobian_at(piece, bits)
    strict, _ = face.conditions_at(piece, bits)
    if not all_finite([*slopes.entries(), *strict]) or not all(v > 0 for v in strict):
        return None
    n = face.size
    kept = all(
        slopes[i, i] >= least if i == j else signs[i] * signs[j] * slopes[i, j] >= 0
        for i in range(n)
        for j in range(n)
    )
    return slopes if kept else None


def _hull(first: arb_mat, second: arb_mat) -> arb_mat:
    entries = [x.union(y) for x, y in zip(first.entries(), second.entries(), strict=True)]
    return arb_mat(first.nrows(), first.ncols(), entries)


def _is_regular(slopes: arb_mat) -> bool:
    """Whether I − M is proved regular for every M in the balls."""
    n = slopes.nrows()
    try:
        (arb_mat(n, n, [int(i == j) for i in range(n) for j in range(n)]) - slopes).inv()
    except ZeroDivisionError:
        return False
    return True


def _halves(piece: Balls) -> tuple[Balls, Balls]:
    """The piece cut across its widest side."""
    widest = max(range(len(piece)), key=lambda k: piece[k].rad())
    lower, middle, upper = piece[widest].lower(), piece[widest].mid(), piece[widest].upper()
    sides = (lower.union(middle), middle.union(upper))
    first, second = (tuple(side if k == widest else x for k, x in enumerate(piece)) for side in sides)
    return first, second
