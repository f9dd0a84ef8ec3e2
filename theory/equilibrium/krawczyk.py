"""Krawczyk's test: a box is proved to contain one zero of a function, and only one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from flint import arb, arb_mat, ctx

from theory.equilibrium.enclosures import Balls, all_finite, largest, midpoints, strictly_inside, widened

Function = Callable[[Sequence[arb]], Sequence[arb]]
Derivative = Callable[[Sequence[arb]], arb_mat]


def krawczyk(
    function: Function, jacobian: Derivative, point: Sequence[arb], radius: arb, bits: int
) -> Balls | None:
    """Enclosure of the only zero of a function in a box, or None when the test proves nothing.

    The box B has centre y = `point` and half-width `radius` in every coordinate.  With C
    an approximate inverse of F′(y), the test is K(B) = y − C·F(y) + (I − C·F′(B))·(B − y)
    ⊂ int B, which proves existence and uniqueness of a zero in B and that it lies in K(B).

    Parameters
    ----------
    function : callable
        F, from n balls to n balls.
    jacobian : callable
        F′, from n balls to an ``(n, n)`` matrix of balls.
    point : sequence of arb, shape ``(n,)``
        Only midpoints are used.
    radius : arb
        Positive.
    bits : int
        Working precision.

    Examples
    --------
    >>> from flint import arb, arb_mat
    >>> root = krawczyk(lambda x: [x[0] ** 2 - 2], lambda x: arb_mat(1, 1, [2 * x[0]]),
    ...                 [arb("1.4142")], arb("0.001"), 64)
    >>> root[0].overlaps(arb(2).sqrt())
    True
    """
    with ctx.workprec(bits):
        centre = midpoints(point)
        preconditioner = _approximate_inverse(jacobian(centre))
        if preconditioner is None:
            return None
        return _contract(function, jacobian, preconditioner, centre, radius)


def certify_zero(function: Function, jacobian: Derivative, point: Sequence[arb], bits: int) -> Balls | None:
    """The same test, with the radius chosen from the size of the Newton step at `point`.

    The radius starts at twice that step (plus the roundoff level) and grows eightfold up to six times.
    """
    with ctx.workprec(bits):
        centre = midpoints(point)
        if not centre:
            return ()
        preconditioner = _approximate_inverse(jacobian(centre))
        if preconditioner is None:
            return None
        value = list(function(centre))
        if not all_finite(value):
            return None
        step = largest((preconditioner * arb_mat(len(value), 1, value)).entries())
        scale = largest(centre)
        floor = (scale if scale > 1 else arb(1)) * arb(2) ** (16 - bits)
        radius = (2 * step + floor).upper()
        for _ in range(6):
            box = _contract(function, jacobian, preconditioner, centre, radius)
            if box is not None:
                return box
            radius = radius * 8
        return None


def _approximate_inverse(matrix: arb_mat) -> arb_mat | None:
    """Midpoints of the inverse; None when it is not found (nothing is proved by that)."""
    if not all_finite(matrix.entries()):
        return None
    try:
        inverse = matrix.mid().inv()
    except ZeroDivisionError:
        return None
    return inverse.mid() if all_finite(inverse.entries()) else None


def _contract(
    function: Function, jacobian: Derivative, preconditioner: arb_mat, centre: Balls, radius: arb
) -> Balls | None:
    n = len(centre)
    box = [widened(c, radius) for c in centre]
    slope = jacobian(box)
    value = list(function(centre))
    if not all_finite(slope.entries()) or not all_finite(value):
        return None
    contraction = _identity(n) - preconditioner * slope
    offset = arb_mat(n, 1, [b - c for b, c in zip(box, centre, strict=True)])
    image = arb_mat(n, 1, list(centre)) - preconditioner * arb_mat(n, 1, value) + contraction * offset
    entries = tuple(image.entries())
    if not all_finite(entries) or not strictly_inside(entries, box):
        return None
    return entries


def _identity(n: int) -> arb_mat:
    return arb_mat(n, n, [int(i == j) for i in range(n) for j in range(n)])
