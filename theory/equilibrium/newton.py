"""Newton's method on midpoints: it finds candidates, and proves nothing."""

from __future__ import annotations

from collections.abc import Sequence

from flint import arb, arb_mat, ctx

from theory.budget import Budget
from theory.equilibrium.enclosures import Balls, all_finite, largest, midpoints
from theory.equilibrium.krawczyk import certify_zero
from theory.equilibrium.problem import FixedPointProblem, ball_values, in_balls


def fixed_point_near(
    problem: FixedPointProblem, point: Sequence[arb], bits: int, budget: Budget
) -> Balls | None:
    """Approximate fixed point at `bits`, found from `point`; None when Newton's method fails."""
    precision, here = min(128, bits), midpoints(point)
    for _ in range(100):
        if budget.spent:
            return None
        with ctx.workprec(precision):
            step = _newton_step(problem, here, precision)
            if step is None:
                return None
            moved, blurred = step
            here = midpoints(x + d for x, d in zip(here, moved, strict=True))
            scale = largest(here)
            small = blurred or largest(moved) <= arb(2) ** (-precision // 2) * (
                scale if scale > 1 else arb(1)
            )
        if small and precision == bits:
            return here
        if small:
            precision = min(bits, 2 * precision)
    return None


def certified_fixed_point(
    problem: FixedPointProblem, point: Sequence[arb], bits: int, budget: Budget
) -> Balls | None:
    """A ball vector proved to contain exactly one fixed point, found from `point`, or None."""
    if problem.size == 0:
        return ()
    near = fixed_point_near(problem, point, bits, budget)
    if near is None:
        return None
    step = in_balls(problem.step_program, bits)

    def residual(x: Sequence[arb]) -> Balls:
        return tuple(g - y for g, y in zip(step(x), x, strict=True))

    def slope(x: Sequence[arb]) -> arb_mat:
        return problem.jacobian_at(x, bits) - _identity(problem.size)

    return certify_zero(residual, slope, near, bits)


def refined(problem: FixedPointProblem, box: Balls, bits: int, budget: Budget) -> Balls | None:
    """The fixed point in `box` (proved unique there) enclosed at a higher precision, or None."""
    better = certified_fixed_point(problem, box, bits, budget)
    if better is None or not all(o.contains(i) for o, i in zip(box, better, strict=True)):
        return None
    return better


def _newton_step(problem: FixedPointProblem, here: Balls, bits: int) -> tuple[Balls, bool] | None:
    """The step, and whether it is lost in the radii of the image, which no further step would improve."""
    image = ball_values(problem.step_program, here, bits)
    slope = problem.jacobian_at(here, bits)
    if not all_finite(image) or not all_finite(slope.entries()):
        return None
    residual = arb_mat(problem.size, 1, [(g - x).mid() for g, x in zip(image, here, strict=True)])
    try:
        step = (_identity(problem.size) - slope).mid().solve(residual)
    except ZeroDivisionError:
        return None
    entries = midpoints(step.entries())
    blurred = all(g.contains(x) for g, x in zip(image, here, strict=True))
    return (entries, blurred) if all_finite(entries) else None


def _identity(n: int) -> arb_mat:
    return arb_mat(n, n, [int(i == j) for i in range(n) for j in range(n)])
