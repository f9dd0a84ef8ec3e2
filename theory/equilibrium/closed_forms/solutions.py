"""Solution sets of fixed-point problems, and which points of them lie in the domain."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from enum import Enum
from typing import ClassVar

from flint import arb, ctx

from theory.equilibrium.enclosures import Balls, all_finite
from theory.equilibrium.problem import FixedPointProblem, Rationals, ball_values, rational_values


@dataclass(frozen=True, kw_only=True)
class Solution:
    """One equilibrium: balls that contain it, and the equilibrium itself when it is rational.

    `states`, when known better than from `point`, lists every state, dependent ones included.
    """

    point: Balls
    exact: Rationals | None = None
    states: Balls | None = None


@dataclass(frozen=True, kw_only=True)
class SolutionSet:
    """Equilibria whose existence is proved.

    Parameters
    ----------
    solutions : tuple of Solution
        In disjoint balls.
    complete : bool
        Whether every equilibrium in the domain is among them.
    method : str
        Name of the closed form.
    detail : str
        Why it is not complete, or that the set is proved empty or infinite.
    """

    solutions: tuple[Solution, ...]
    complete: bool
    method: str
    detail: str = ""


class AbstractClosedForm(ABC):
    """A kind of problem all of whose equilibria can be written down.

    To implement: `name` and `solve`.  Put the class in a file of its own in this folder,
    with ``CLOSED_FORM = TheClass()`` at its end.
    """

    name: ClassVar[str]
    """What reports call the method."""

    rank: ClassVar[int] = 0
    """Forms are tried in increasing rank."""

    @abstractmethod
    def solve(self, problem: FixedPointProblem, bits: int) -> SolutionSet | None:
        """All equilibria, or None when the problem is not of this kind."""


class Place(Enum):
    """Where a point lies with respect to the domain conditions."""

    INSIDE = "inside"
    OUTSIDE = "outside"
    UNDECIDED = "undecided"


def place_of(problem: FixedPointProblem, solution: Solution, bits: int) -> Place:
    """Whether the domain conditions are proved to hold, or one of them proved to fail, at a solution."""
    if solution.exact is not None:
        decided = _exact_place(problem, solution.exact)
        if decided is not None:
            return decided
    if not all_finite(ball_values(problem.step_program, solution.point, bits)):
        return Place.UNDECIDED
    strict, weak = problem.conditions_at(solution.point, bits)
    with ctx.workprec(bits):
        if any(v <= 0 for v in strict) or any(v < 0 for v in weak):
            return Place.OUTSIDE
        if all(v > 0 for v in strict) and all(v >= 0 for v in weak):
            return Place.INSIDE
    return Place.UNDECIDED


def within_domain(problem: FixedPointProblem, found: SolutionSet, bits: int) -> SolutionSet:
    """The same set without the points outside the domain."""
    places = [place_of(problem, s, bits) for s in found.solutions]
    kept = tuple(s for s, p in zip(found.solutions, places, strict=True) if p is Place.INSIDE)
    undecided = Place.UNDECIDED in places
    return SolutionSet(
        solutions=kept,
        complete=found.complete and not undecided,
        method=found.method,
        detail="a root is not separated from the boundary of the domain" if undecided else found.detail,
    )


def point_of(exact: Rationals, bits: int) -> Balls:
    """Balls around a rational point."""
    with ctx.workprec(bits):
        return tuple(arb(x) for x in exact)


def _exact_place(problem: FixedPointProblem, exact: Rationals) -> Place | None:
    values = rational_values(problem.condition_program, exact)
    if values is None:
        return None
    strict, weak = values[: len(problem.domain)], values[len(problem.domain) :]
    inside = all(v > 0 for v in strict) and all(v >= 0 for v in weak)
    return Place.INSIDE if inside else Place.OUTSIDE
