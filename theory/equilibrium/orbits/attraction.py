"""Region of attraction: an ellipsoid proved to contract to a certified equilibrium.

With P the solution of P = I + JᵀPJ at the equilibrium x* (found on midpoints, then only
checked), V(x) = (x − x*)ᵀP(x − x*) and B the hull box of {V ≤ r²}: if P − MᵀPM is positive
definite for every M in the ball matrix J(B), then V(G(x)) ≤ q·V(x) with q < 1 on {V ≤ r²},
because G(x) − x* = M(x − x*) for an average M of J over the segment, which lies in J(B).
That average is over the n pieces of the segment that lie in the boxes x* + (k/n)(B − x*), k = 1, …, n, too.

Part of the way: x' = x + h(G(x) − x) has K = I + h(M − I) in place of M.  With e = x − x* and B = M − I,
V(x') = V + h(eᵀ(BᵀP + PB)e + h eᵀBᵀPBe): if that falls for one step size h, it falls for every smaller
one, by at least ch·V with one c > 0.  So an orbit in the region whose steps h_t are at most h and
have an infinite sum, such as 1/(t + 2), converges to x*.
"""

from __future__ import annotations

from dataclasses import dataclass

from flint import arb, arb_mat, ctx

from theory.budget import Budget
from theory.equilibrium.enclosures import Balls, all_finite, largest, midpoints, widened
from theory.equilibrium.problem import FixedPointProblem

_BITS = 192
_PIECES = 8


@dataclass(frozen=True, kw_only=True)
class AttractionRegion:
    """{x : (x − x*)ᵀP(x − x*) < r²}, every orbit in which, from `first_round` on, converges to x*."""

    centre: Balls
    shape: arb_mat
    squared_radius: arb
    first_round: int = 0

    def contains(self, point: Balls, at_round: int = 0) -> bool:
        """Whether every point of the balls is proved to lie in the region, in a late enough round."""
        if at_round < self.first_round:
            return False
        if not point:
            return True
        with ctx.workprec(_BITS):
            offset = arb_mat(len(point), 1, [x - c for x, c in zip(point, self.centre, strict=True)])
            (value,) = (offset.transpose() * self.shape * offset).entries()
            return bool(value < self.squared_radius)


def attraction_region(
    problem: FixedPointProblem, centre: Balls, reach: arb, budget: Budget, *, rounds_a_step: int = 1
) -> AttractionRegion | None:
    """The largest region found by halving r from hull half-width `reach`, or None.

    Parameters
    ----------
    problem : FixedPointProblem
    centre : tuple of arb
        Encloses an equilibrium whose existence is proved already.
    reach : arb
    budget : Budget
    rounds_a_step : int
        1/h: 1 where a round goes all the way to G(x).  For n > 1 the region is for
        accumulated data, whose round t goes 1/(t + 2) of the way, from round n − 2 on.
    """
    if problem.size == 0:
        return AttractionRegion(centre=(), shape=arb_mat(0, 0, []), squared_radius=arb(1))
    with ctx.workprec(_BITS):
        jacobian = problem.jacobian_at(midpoints(centre), _BITS)
        shape = _lyapunov_shape(_part_of_the_way(jacobian, rounds_a_step).mid())
        half_widths = None if shape is None else _hull_half_widths(shape)
        if shape is None or half_widths is None:
            return None
        radius = (reach / largest(half_widths)).mid()
        for _ in range(200):
            if budget.spent:
                return None
            if _contracts(problem, centre, shape, [radius * h for h in half_widths], rounds_a_step):
                return AttractionRegion(
                    centre=centre,
                    shape=shape,
                    squared_radius=radius * radius,
                    first_round=max(rounds_a_step - 2, 0),
                )
            radius = radius / 2
    return None


def _lyapunov_shape(jacobian: arb_mat) -> arb_mat | None:
    """Midpoints of Σ (Jᵀ)^k J^k by doubling; None when the sum does not settle."""
    n = jacobian.nrows()
    total = arb_mat(n, n, [int(i == j) for i in range(n) for j in range(n)])
    power = jacobian
    for _ in range(48):
        term = (power.transpose() * total * power).mid()
        total = (total + term).mid()
        if not all_finite(total.entries()):
            return None
        if largest(term.entries()) < arb(2) ** -64:
            return ((total + total.transpose()) / 2).mid()
        power = (power * power).mid()
    return None


def _hull_half_widths(shape: arb_mat) -> list[arb] | None:
    """√((P⁻¹)_ii), rounded up; None unless P is proved positive definite."""
    if not is_positive_definite(shape):
        return None
    try:
        inverse = shape.inv()
    except ZeroDivisionError:
        return None
    widths = [inverse[i, i].sqrt().upper() for i in range(shape.nrows())]
    return widths if all_finite(widths) else None


def _average_slope(problem: FixedPointProblem, centre: Balls, half_widths: list[arb], pieces: int) -> arb_mat:
    """Encloses the average of J over the segment from the equilibrium to any point of the box."""
    total = arb_mat(problem.size, problem.size)
    for k in range(1, pieces + 1):
        box = tuple(widened(c, h * k / pieces) for c, h in zip(centre, half_widths, strict=True))
        total += problem.jacobian_at(box, _BITS)
    return total / pieces


def _part_of_the_way(jacobian: arb_mat, rounds_a_step: int) -> arb_mat:
    """I + h(J − I), h = 1/`rounds_a_step`."""
    n = jacobian.nrows()
    rest = arb_mat(n, n, [int(i == j) * (rounds_a_step - 1) for i in range(n) for j in range(n)])
    return (rest + jacobian) / rounds_a_step


def _contracts(
    problem: FixedPointProblem, centre: Balls, shape: arb_mat, half_widths: list[arb], rounds_a_step: int
) -> bool:
    box = tuple(widened(c, h) for c, h in zip(centre, half_widths, strict=True))
    strict, _ = problem.conditions_at(box, _BITS)
    if not all(v > 0 for v in strict):
        return False
    slope = _average_slope(problem, centre, half_widths, 1 if rounds_a_step == 1 else _PIECES)
    if not all_finite(slope.entries()):
        return False
    slope = _part_of_the_way(slope, rounds_a_step)
    return is_positive_definite(shape - slope.transpose() * shape * slope)


def is_positive_definite(matrix: arb_mat) -> bool:
    """Whether every symmetric matrix in the balls is proved positive definite (pivots of LDLᵀ).

    Only the lower triangle is read.
    """
    n = matrix.nrows()
    rows = [[matrix[i, j] for j in range(i + 1)] for i in range(n)]
    for k in range(n):
        pivot = rows[k][k]
        if not pivot > 0:
            return False
        for i in range(k + 1, n):
            factor = rows[i][k] / pivot
            for j in range(k + 1, i + 1):
                rows[i][j] = rows[i][j] - factor * rows[j][k]
    return True
