"""Orbit of the exact start, enclosed in balls round after round."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from functools import partial

from flint import arb, ctx

from theory.budget import Budget
from theory.equilibrium.enclosures import Balls, all_finite
from theory.equilibrium.problem import FixedPointProblem, in_balls

Watch = Callable[[int, Balls], bool]
"""Whether something is proved of the iterate of a round."""
MOST_BITS = 1 << 16
_HUGE = arb(2) ** 100_000


class OrbitStatus(Enum):
    """How an enclosed orbit stands."""

    GOING_ON = "going on"
    SEEN = "what was watched for is proved"
    LEFT_DOMAIN = "a domain condition is proved violated"
    BLURRED = "the balls grow faster than precision can be raised"
    HUGE = "the iterates are beyond every sensible size"
    SPENT = "the time limit is reached"


@dataclass(frozen=True, kw_only=True)
class Iterate:
    """Round number, enclosure of the exact iterate, precision it was computed with, and status."""

    round: int
    point: Balls
    bits: int
    status: OrbitStatus = OrbitStatus.GOING_ON


def first_iterate(problem: FixedPointProblem, bits: int) -> Iterate:
    """The start as round 0."""
    return Iterate(round=0, point=problem.start_at(bits), bits=bits)


def advance(
    problem: FixedPointProblem,
    iterate: Iterate,
    target: int,
    budget: Budget,
    watch: Watch,
    *,
    accumulates: bool = False,
) -> Iterate:
    """The orbit at round `target`, or where something was proved before.

    Balls that grow too wide are computed again from the exact start with twice the precision.

    Parameters
    ----------
    problem : FixedPointProblem
    iterate : Iterate
        Where the orbit has been followed to.
    target : int
        Round to reach, ≥ ``iterate.round``.
    budget : Budget
    watch : Watch
        What to look for on the way.
    accumulates : bool
        Whether round t moves 1/(t + 2) of the way only, as where data accumulate.
    """
    while True:
        iterate = _run(problem, iterate, target, budget, watch, accumulates=accumulates)
        if iterate.status is not OrbitStatus.BLURRED or iterate.bits >= MOST_BITS:
            return iterate
        iterate = first_iterate(problem, 2 * iterate.bits)


def _run(
    problem: FixedPointProblem,
    iterate: Iterate,
    target: int,
    budget: Budget,
    watch: Watch,
    *,
    accumulates: bool,
) -> Iterate:
    bits, point = iterate.bits, iterate.point
    with ctx.workprec(bits):
        step = in_balls(problem.step_program, bits)
        conditions = in_balls(problem.condition_program, bits)
        for k in range(iterate.round, target + 1):
            status = _look(problem, point, conditions, partial(watch, k))
            if status is OrbitStatus.GOING_ON and budget.spent:
                status = OrbitStatus.SPENT
            if status is not OrbitStatus.GOING_ON or k == target:
                return Iterate(round=k, point=point, bits=bits, status=status)
            image = step(point)
            point = _part_of_the_way(point, image, k) if accumulates else image
    return iterate


def _part_of_the_way(point: Balls, image: Balls, k: int) -> Balls:
    """x + (M(x) − x)/(k + 2), the mean of the data sets of rounds 0 to k + 1."""
    return tuple((x * (k + 1) + g) / (k + 2) for x, g in zip(point, image, strict=True))


def _look(
    problem: FixedPointProblem,
    point: Balls,
    conditions: Callable[[Balls], Balls],
    watch: Callable[[Balls], bool],
) -> OrbitStatus:
    if _is_blurred(point):
        return OrbitStatus.BLURRED
    if any(abs(x) > _HUGE for x in point):
        return OrbitStatus.SEEN if watch(point) else OrbitStatus.HUGE
    values = conditions(point)
    strict, weak = values[: len(problem.domain)], values[len(problem.domain) :]
    if any(v <= 0 for v in strict) or any(v < 0 for v in weak):
        return OrbitStatus.LEFT_DOMAIN
    if not all(v > 0 for v in strict):
        return OrbitStatus.BLURRED
    return OrbitStatus.SEEN if watch(point) else OrbitStatus.GOING_ON


def _is_blurred(point: Balls) -> bool:
    if not all_finite(point):
        return True
    allowance = arb(2) ** -24
    return any(not x.rad() <= allowance * (1 + abs(x.mid())) for x in point)
