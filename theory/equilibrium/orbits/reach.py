"""Where iteration from the start goes: enclosed iterates, candidates near them, proofs of convergence."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from flint import arb, ctx

from theory.budget import Budget
from theory.equilibrium.candidates import FaceSolution, candidate_near, on_the_face
from theory.equilibrium.closed_forms.solutions import Solution, SolutionSet
from theory.equilibrium.enclosures import Balls, largest
from theory.equilibrium.orbits.attraction import AttractionRegion, attraction_region
from theory.equilibrium.orbits.conditions import violation, violation_at_start
from theory.equilibrium.orbits.contraction import contracted_limit
from theory.equilibrium.orbits.monotone import monotone_limit
from theory.equilibrium.orbits.orbit import Iterate, OrbitStatus, advance, first_iterate
from theory.equilibrium.orbits.trap import AbstractTrap
from theory.equilibrium.orbits.traps import traps_of
from theory.equilibrium.problem import FixedPointProblem
from theory.equilibrium.result import Reached
from theory.update_map import UpdateMap

CHECKPOINTS = (8, 32, 128, 512, 2048, 8192, 32768)
Progress = Callable[[str], None]

_STOPPED = {
    OrbitStatus.BLURRED: "the enclosures of the iterates grow faster than precision can be raised",
    OrbitStatus.HUGE: "the iterates exceed 2^100000, but divergence is not proved",
    OrbitStatus.SPENT: "the time limit was reached during iteration",
}


@dataclass(frozen=True, kw_only=True)
class Journey:
    """What is proved about the orbit, and the candidate that it comes near to.

    `solution` is the equilibrium reached when `reached` is CONVERGED, otherwise a
    certified one close to the last iterate, if any; `approximation` is that iterate,
    over all states, where the orbit seems to settle but nothing is certified.
    """

    reached: Reached
    solution: Solution | None = None
    approximation: Balls | None = None
    detail: str = ""


@dataclass
class _Search:
    """What to look for along the orbit, and what has been proved.

    `regions` holds candidates with the region proved to contract to each; `end` is the
    one whose region the orbit entered; `trap` the one that it entered, to grow for ever.
    """

    traps: tuple[AbstractTrap, ...]
    closed_is_complete: bool
    regions: list[tuple[FaceSolution, AttractionRegion]] = field(default_factory=list)
    near: FaceSolution | None = None
    end: Solution | None = None
    trap: AbstractTrap | None = None

    def sees(self, point: Balls) -> bool:
        """Whether an enclosed iterate settles where the orbit goes."""
        self.trap = next((trap for trap in self.traps if trap.entered(point)), None)
        if self.trap is not None:
            return True
        for candidate, region in self.regions:
            if region.contains(point):
                self.end = candidate.full
                return True
        return False


def journey(
    update_map: UpdateMap,
    face: FixedPointProblem,
    closed: SolutionSet | None,
    *,
    bits: int,
    budget: Budget,
    progress: Progress,
) -> Journey:
    """Follow the orbit on its invariant face until something is proved or the budget is spent.

    Parameters
    ----------
    update_map : UpdateMap
    face : FixedPointProblem
        The invariant face on which the orbit stays.
    closed : SolutionSet or None
        All solutions in closed form, where the map has one.
    bits : int
        Working precision to begin with.
    budget : Budget
    progress : callable
        Told in a short text what is being tried.
    """
    outside = violation_at_start(update_map, face, bits)
    if outside:
        return Journey(reached=Reached.LEAVES_DOMAIN, detail=outside)
    candidates = () if closed is None else on_the_face(update_map, face, closed, bits, budget)
    complete = closed is not None and closed.complete
    if complete and face.coordinates == update_map.coordinates:
        limit = _known_limit(update_map, face, candidates, bits)
        if limit is not None:
            return Journey(reached=Reached.CONVERGED, solution=limit.full)
    search = _Search(
        traps=traps_of(update_map, face, bits),
        closed_is_complete=complete,
    )
    for candidate in candidates:
        _add(search, face, candidate, budget)
    return _followed(update_map, face, search, bits, budget, progress)


def _followed(
    update_map: UpdateMap,
    face: FixedPointProblem,
    search: _Search,
    bits: int,
    budget: Budget,
    progress: Progress,
) -> Journey:
    iterate = first_iterate(face, max(192, bits // 2))
    for target in CHECKPOINTS:
        iterate = advance(face, iterate, target, budget, search.sees)
        progress(f"round {iterate.round}")
        if iterate.status is not OrbitStatus.GOING_ON:
            break
        if not search.closed_is_complete:
            near = candidate_near(update_map, face, iterate.point, bits, budget)
            if near is not None:
                search.near = near
                _add(search, face, near, budget)
            if search.sees(iterate.point):
                break
        rest = _rest(face, iterate)
        if rest is not None:
            return _inconclusive(face, search, iterate, rest)
    if iterate.status is OrbitStatus.LEFT_DOMAIN:
        return Journey(reached=Reached.LEAVES_DOMAIN, detail=violation(update_map, face, iterate))
    return _concluded(face, search, iterate)


def _known_limit(
    update_map: UpdateMap, face: FixedPointProblem, candidates: Sequence[FaceSolution], bits: int
) -> FaceSolution | None:
    """Where the orbit goes, when that is proved without following it."""
    return monotone_limit(face, candidates, bits) or contracted_limit(update_map, face, candidates, bits)


def _add(search: _Search, face: FixedPointProblem, candidate: FaceSolution, budget: Budget) -> None:
    with ctx.workprec(192):
        start = face.start_at(192)
        gap = largest(x - y for x, y in zip(candidate.point, start, strict=True))
        reach = gap if gap > 1 else arb(1)
    known = any(c.full == candidate.full for c, _ in search.regions)
    region = None if known else attraction_region(face, candidate.point, reach, budget)
    if region is not None:
        search.regions.append((candidate, region))


def _concluded(face: FixedPointProblem, search: _Search, iterate: Iterate) -> Journey:
    if search.end is not None:
        return Journey(reached=Reached.CONVERGED, solution=search.end)
    if search.trap is not None:
        return Journey(
            reached=Reached.DIVERGES, detail=f"from round {iterate.round} on, {search.trap.reason}"
        )
    detail = _STOPPED.get(iterate.status, f"nothing is proved after {iterate.round} rounds")
    return _inconclusive(face, search, iterate, detail)


def _inconclusive(face: FixedPointProblem, search: _Search, iterate: Iterate, detail: str) -> Journey:
    """Undecided: keep the certified candidate only if the last iterate is close to it."""
    if search.closed_is_complete:
        return Journey(reached=Reached.UNDECIDED, detail=detail)
    near = search.near
    if near is not None and _distance(near.point, iterate.point) < arb("0.001"):
        return Journey(reached=Reached.UNDECIDED, solution=near.full, detail=detail)
    settled = _distance(_image(face, iterate), iterate.point) < arb("1e-6")
    approximation = face.states_at(iterate.point, iterate.bits) if settled and near is None else None
    return Journey(reached=Reached.UNDECIDED, approximation=approximation, detail=detail)


def _rest(face: FixedPointProblem, iterate: Iterate) -> str | None:
    """A sign that further rounds would show nothing new: the orbit stands still, or alternates."""
    after = _image(face, iterate)
    moved = _distance(after, iterate.point)
    if moved < arb(2) ** -96:
        return "the iterates stand still, but no region is proved to contract to their limit"
    with ctx.workprec(iterate.bits):
        twice = face.bound_step(iterate.bits)(after)
    if moved > arb("1e-3") and _distance(twice, iterate.point) < arb("1e-9"):
        return "the iterates appear to settle on a cycle of two rounds"
    return None


def _image(face: FixedPointProblem, iterate: Iterate) -> Balls:
    with ctx.workprec(iterate.bits):
        return face.bound_step(iterate.bits)(iterate.point)


def _distance(first: Balls, second: Balls) -> arb:
    with ctx.workprec(192):
        return largest(x - y for x, y in zip(first, second, strict=True))
