"""Inversion of ∇A: damped Newton steps find θ, a Krawczyk test in balls encloses it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import sympy
from flint import arb, arb_mat

from theory.arithmetic.arrays import ArrayArithmetic
from theory.arithmetic.ball import BallArithmetic
from theory.arithmetic.high_precision import HighPrecisionArithmetic
from theory.arithmetic.program import Program

MAX_STEPS = 200
MAX_HALVINGS = 60
MAX_POLISHES = 12
MAX_INFLATIONS = 8
SETTLED = 1e-14


@dataclass(frozen=True, kw_only=True)
class ConvexProblem:
    """∇A, ∇²A and the natural parameter space as one program, and a point of that space.

    The program's outputs are the gradient (n), the Hessian row by row (n²) and the conditions > 0.
    """

    size: int
    program: Program
    start: Program

    @classmethod
    def compile(
        cls,
        symbols: tuple[sympy.Symbol, ...],
        partition: sympy.Expr,
        start: tuple[sympy.Expr, ...],
        domain: tuple[sympy.Expr, ...],
    ) -> ConvexProblem:
        """The problem of a log-partition over the natural parameter `symbols`."""
        gradient = [partition.diff(s) for s in symbols]
        hessian = [g.diff(t) for g in gradient for t in symbols]
        return cls(
            size=len(symbols),
            program=Program.compile((*gradient, *hessian, *domain), symbols),
            start=Program.compile(start, ()),
        )


def enclosed(problem: ConvexProblem, arithmetic: BallArithmetic, means: Sequence[arb]) -> tuple[arb, ...]:
    """Balls that contain θ(μ) for every μ in the given balls; NaN where that is not shown.

    With C ≈ (∇²A)⁻¹ at θ₀ and a box X around θ₀, the Krawczyk image
    θ₀ − C(∇A(θ₀) − μ) + (I − C ∇²A(X))(X − θ₀) inside X shows a solution in it; ∇A is injective.
    """
    n = problem.size
    nothing = (arb("nan"),) * n
    if not all(m.is_finite() for m in means):
        return nothing
    run = problem.program.bind(arithmetic)
    centre = _approximate(problem, run, means, arithmetic.bits)
    if centre is None:
        return nothing
    values = run(centre)
    try:
        preconditioner = arb_mat(n, n, [v.mid() for v in values[n : n + n * n]]).inv().mid()
    except ZeroDivisionError:
        return nothing
    gap = arb_mat(n, 1, [values[k] - means[k] for k in range(n)])
    newton = preconditioner * gap
    radii = [2 * newton[k, 0].abs_upper() for k in range(n)]
    for _ in range(MAX_INFLATIONS):
        spread = [arb(0, r.abs_upper()) for r in radii]
        image = _krawczyk(run, preconditioner, centre, newton, spread)
        if image is None:
            return nothing
        if all(radii[k] > (image[k] - centre[k]).abs_upper() for k in range(n)):
            return image
        radii = [2 * (image[k] - centre[k]).abs_upper() + arb(2) ** (-arithmetic.bits) for k in range(n)]
    return nothing


def _krawczyk(
    run: Callable[[Sequence[arb]], Sequence[arb]],
    preconditioner: arb_mat,
    centre: Sequence[arb],
    newton: arb_mat,
    spread: Sequence[arb],
) -> tuple[arb, ...] | None:
    """The Krawczyk image of the box centre + spread; None when the box leaves the parameter space."""
    n = len(centre)
    values = run([c + s for c, s in zip(centre, spread, strict=True)])
    if not all(v > 0 for v in values[n + n * n :]):
        return None
    slope = preconditioner * arb_mat(n, n, list(values[n : n + n * n]))
    defect = arb_mat(n, n, [int(i == j) for i in range(n) for j in range(n)]) - slope
    moved = defect * arb_mat(n, 1, list(spread))
    image = tuple(centre[k] - newton[k, 0] + moved[k, 0] for k in range(n))
    return image if all(v.is_finite() for v in image) else None


def _approximate(
    problem: ConvexProblem, run: Callable[[Sequence[arb]], Sequence[arb]], means: Sequence[arb], bits: int
) -> list[arb] | None:
    """Midpoints near the solution, by Newton steps in balls whose radii are dropped."""
    n = problem.size
    rough = vectorised(problem, ArrayArithmetic(), [np.float64(float(m.mid())) for m in means])
    point = [arb(float(t)) for t in rough]
    if not all(t.is_finite() for t in point):
        return None
    for _ in range(MAX_POLISHES):
        values = run(point)
        gap = arb_mat(n, 1, [values[k].mid() - means[k].mid() for k in range(n)])
        try:
            step = arb_mat(n, n, [v.mid() for v in values[n : n + n * n]]).solve(gap)
        except ZeroDivisionError:
            return None
        moved = [(point[k] - step[k, 0]).mid() for k in range(n)]
        if not all(t.is_finite() for t in moved):
            return None
        small = all(abs(moved[k] - point[k]) <= abs(moved[k]) * arb(2) ** (10 - bits) for k in range(n))
        point = moved
        if small:
            break
    return point


def iterated(
    problem: ConvexProblem, arithmetic: HighPrecisionArithmetic, means: Sequence[Any]
) -> tuple[Any, ...]:
    """θ(μ) at high precision; NaN where the iteration does not settle."""
    mp, n = arithmetic.context, problem.size
    run = problem.program.bind(arithmetic)
    point = _beginning(problem, arithmetic, run, means)
    tolerance = mp.mpf(10) ** (-arithmetic.digits + 5)
    values: Sequence[Any] = run(point)
    for _ in range(MAX_STEPS):
        gap = mp.matrix([values[k] - means[k] for k in range(n)])
        hessian = mp.matrix(n, n)
        for k in range(n * n):
            hessian[k // n, k % n] = values[n + k]
        try:
            step = mp.lu_solve(hessian, gap)
        except ZeroDivisionError:
            break
        damped = _damped(run, point, step, gap, means, mp)
        if damped is None:
            break
        moved, values = damped
        if max(abs(moved[k] - point[k]) for k in range(n)) <= tolerance * (1 + max(map(abs, moved))):
            return tuple(moved)
        point = moved
    return (mp.nan,) * n


def _beginning(
    problem: ConvexProblem,
    arithmetic: HighPrecisionArithmetic,
    run: Callable[[Sequence[Any]], Sequence[Any]],
    means: Sequence[Any],
) -> list[Any]:
    """The solution in double precision where it lies in the parameter space, else the problem's start."""
    mp, n = arithmetic.context, problem.size
    if all(isinstance(m, mp.mpf) for m in means):
        rough = vectorised(problem, ArrayArithmetic(), [np.float64(float(m)) for m in means])
        point = [mp.mpf(float(t)) for t in rough]
        inside = run(point)[n + n * n :] if all(map(mp.isfinite, point)) else (mp.zero,)
        if all(isinstance(v, mp.mpf) and v > 0 for v in inside):
            return point
    return list(problem.start.evaluate(arithmetic, ()))


def _damped(
    run: Callable[[Sequence[Any]], Sequence[Any]],
    point: Sequence[Any],
    step: Any,
    gap: Any,
    means: Sequence[Any],
    mp: Any,
) -> tuple[list[Any], Sequence[Any]] | None:
    """The point, and the program's values there, after the largest of 1, ½, ¼, … of the step.

    It stays in the parameter space and does not overshoot the minimum by far.
    """
    n, damping = len(point), mp.mpf(1)
    slope = mp.fsum(gap[k] * step[k] for k in range(n))
    for _ in range(MAX_HALVINGS if mp.isfinite(slope) else 0):
        moved = [point[k] - damping * step[k] for k in range(n)]
        values = run(moved)
        inside = all(isinstance(v, mp.mpf) and v > 0 for v in values[n + n * n :])
        if inside and mp.fsum((values[k] - means[k]) * step[k] for k in range(n)) >= -slope / 2:
            return moved, values
        damping /= 2
    return None


def vectorised(problem: ConvexProblem, arithmetic: ArrayArithmetic, means: Sequence[Any]) -> tuple[Any, ...]:
    """θ(μ) in double precision, elementwise over arrays that broadcast; NaN where it does not settle."""
    n = problem.size
    wanted = np.stack(np.broadcast_arrays(*means)).astype(float)
    shape = wanted.shape[1:]
    wanted = wanted.reshape(n, -1)
    start = [float(v) for v in problem.start.evaluate(arithmetic, ())]
    point = np.repeat(np.array(start)[:, None], wanted.shape[1], axis=1)
    run = problem.program.bind(arithmetic)
    going = np.arange(point.shape[1])
    with np.errstate(all="ignore"):
        for _ in range(MAX_STEPS):
            here, target = point[:, going], wanted[:, going]
            step, slope = _newton_step(run, here, target)
            moved = here - _dampings(run, here, step, slope, target) * step
            point[:, going] = moved
            settled = np.all(np.abs(moved - here) <= SETTLED * (1 + np.abs(moved)), axis=0)
            going = going[~settled & np.all(np.isfinite(moved), axis=0)]
            if not going.size:
                break
    point[:, going] = np.nan
    point[:, ~np.all(np.isfinite(point), axis=0)] = np.nan
    return tuple(row.reshape(shape) for row in point)


def _outputs(run: Callable[[Sequence[Any]], Sequence[Any]], point: Any) -> Any:
    """The program's outputs as rows of one array."""
    return np.stack([np.broadcast_to(v, point.shape[1:]) for v in run(list(point))])


def _newton_step(run: Callable[[Sequence[Any]], Sequence[Any]], point: Any, wanted: Any) -> tuple[Any, Any]:
    """(∇²A)⁻¹(∇A − μ) and its product with ∇A − μ, for each column."""
    n = len(point)
    values = _outputs(run, point)
    gap = values[:n] - wanted
    hessian = np.moveaxis(values[n : n + n * n].reshape(n, n, -1), -1, 0)
    regular = np.isfinite(hessian).all(axis=(1, 2)) & np.isfinite(gap).all(axis=0)
    regular &= np.abs(np.linalg.det(np.where(regular[:, None, None], hessian, np.eye(n)))) > 0
    step = np.full_like(gap, np.nan)
    step[:, regular] = np.linalg.solve(hessian[regular], gap.T[regular][..., None])[..., 0].T
    return step, np.sum(gap * step, axis=0)


def _dampings(
    run: Callable[[Sequence[Any]], Sequence[Any]], point: Any, step: Any, slope: Any, wanted: Any
) -> Any:
    """For each column the largest of 1, ½, ¼, … that stays inside without far overshooting."""
    n = len(point)
    damping = np.ones(point.shape[1])
    going = np.flatnonzero(np.isfinite(slope))
    for _ in range(MAX_HALVINGS):
        values = _outputs(run, point[:, going] - damping[going] * step[:, going])
        inside = np.all(values[n + n * n :] > 0, axis=0)
        descent = np.sum((values[:n] - wanted[:, going]) * step[:, going], axis=0)
        tolerance = slope[going] / 2 + 1e-13 * np.abs(slope[going])
        going = going[~(inside & (descent >= -tolerance))]
        if not going.size:
            break
        damping[going] /= 2
    return damping
