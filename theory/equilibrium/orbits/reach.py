"""Where iteration from the start goes: enclosed iterates, candidates near them, proofs of convergence."""

from __future__ import annotations

from collections.abc import Callable
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

ROUNDS_A_STEP = (8, 64, 1024)
"""Rounds from about which on regions are looked for where data accumulate."""
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

    `accumulates` says that rounds go part of the way only; `climbs_to` has all equilibria of the
    face where they are known, for orbits that are monotone.
    `regions` holds candidates with the region proved to contract to each; `end` is the
    one whose region the orbit entered; `trap` the one that it entered, to grow for ever.
    """

    bits: int
    traps: tuple[AbstractTrap, ...]
    closed_is_complete: bool
    accumulates: bool
    climbs_to: tuple[FaceSolution, ...] = ()
    regions: list[tuple[FaceSolution, AttractionRegion]] = field(default_factory=list)
    near: FaceSolution | None = None
    end: Solution | None = None
    trap: AbstractTrap | None = None

    def sees(self, at_round: int, point: Balls) -> bool:
        """Whether an enclosed iterate settles where the orbit goes."""
        self.trap = next((trap for trap in self.traps if trap.entered(point)), None)
        if self.trap is not None:
            return True
        for candidate, region in self.regions:
            if region.contains(point, at_round):
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
    search = _begun(update_map, face, closed, bits, budget)
    iterate = first_iterate(face, max(192, bits // 2))
    if search.end is not None:
        return _concluded(face, search, iterate)
    for target in CHECKPOINTS:
        iterate = advance(face, iterate, target, budget, search.sees, accumulates=search.accumulates)
        progress(f"round {iterate.round}")
        if iterate.status is not OrbitStatus.GOING_ON or _settled(update_map, face, search, iterate, budget):
            break
        rest = _rest(face, iterate, accumulates=search.accumulates)
        if rest is not None:
            return _inconclusive(face, search, iterate, rest)
    if iterate.status is OrbitStatus.LEFT_DOMAIN:
        return Journey(reached=Reached.LEAVES_DOMAIN, detail=violation(update_map, face, iterate))
    return _concluded(face, search, iterate)


def _begun(
    update_map: UpdateMap, face: FixedPointProblem, closed: SolutionSet | None, bits: int, budget: Budget
) -> _Search:
    """The search with what the start and the closed form tell; its end, where the orbit is monotone."""
    accumulates = update_map.ecosystem.data.accumulates
    search = _Search(
        bits=bits,
        traps=() if accumulates else traps_of(update_map, face, bits),
        closed_is_complete=closed is not None and closed.complete,
        accumulates=accumulates,
    )
    if closed is None:
        return search
    candidates = on_the_face(update_map, face, closed, bits, budget)
    if search.closed_is_complete and len(candidates) == len(closed.solutions):
        search.climbs_to = candidates
    limit = None if accumulates else contracted_limit(update_map, face, search.climbs_to, bits)
    if limit is not None:
        search.end = limit.full
    elif not _climbs(search, face, first_iterate(face, bits)):
        for candidate in candidates:
            _add(search, face, candidate, budget)
    return search


def _settled(
    update_map: UpdateMap, face: FixedPointProblem, search: _Search, iterate: Iterate, budget: Budget
) -> bool:
    """Whether it is proved, at a checkpoint, where the orbit goes; the search remembers what is near."""
    if search.accumulates and _climbs(search, face, iterate):
        return True
    if search.closed_is_complete:
        return False
    near = candidate_near(update_map, face, iterate.point, search.bits, budget)
    if near is not None:
        search.near = near
        if search.accumulates and _climbs(search, face, iterate, near):
            return True
        _add(search, face, near, budget)
    return search.sees(iterate.round, iterate.point)


def _climbs(
    search: _Search, face: FixedPointProblem, iterate: Iterate, near: FaceSolution | None = None
) -> bool:
    """Whether the orbit is proved to be monotone from here on; then its limit is the search's end."""
    candidates = search.climbs_to if near is None else (near,)
    limit = monotone_limit(
        face, candidates, iterate, search.bits, all_known=near is None, accumulates=search.accumulates
    )
    if limit is not None:
        search.end = limit.full
    return limit is not None


def _add(search: _Search, face: FixedPointProblem, candidate: FaceSolution, budget: Budget) -> None:
    with ctx.workprec(192):
        start = face.start_at(192)
        gap = largest(x - y for x, y in zip(candidate.point, start, strict=True))
        reach = gap if gap > 1 else arb(1)
    if any(_overlap(c.point, candidate.point) for c, _ in search.regions):
        return
    for rounds in ROUNDS_A_STEP if search.accumulates else (1,):
        region = attraction_region(face, candidate.point, reach, budget, rounds_a_step=rounds)
        if region is not None:
            search.regions.append((candidate, region))
            break


def _concluded(face: FixedPointProblem, search: _Search, iterate: Iterate) -> Journey:
    if search.end is not None:
        return Journey(reached=Reached.CONVERGED, solution=search.end)
    if search.trap is not None:
        detail = f"from round {iterate.round} on, {search.trap.reason}"
        return Journey(reached=Reached.DIVERGES, detail=detail)
    slow = ", of which each goes 1/(t + 2) of the way only" if search.accumulates else ""
    detail = _STOPPED.get(iterate.status, f"nothing is proved after {iterate.round} rounds{slow}")
    return _inconclusive(face, search, iterate, detail)


def _inconclusive(face: FixedPointProblem, search: _Search, iterate: Iterate, detail: str) -> Journey:
    """Undecided: keep the certified candidate only if the last iterate is close to it, or comes slowly."""
    if search.closed_is_complete:
        return Journey(reached=Reached.UNDECIDED, detail=detail)
    near = search.near
    if near is not None and (search.accumulates or _distance(near.point, iterate.point) < arb("0.001")):
        return Journey(reached=Reached.UNDECIDED, solution=near.full, detail=detail)
    settled = _distance(_image(face, iterate), iterate.point) < arb("1e-6")
    approximation = face.states_at(iterate.point, iterate.bits) if settled and near is None else None
    return Journey(reached=Reached.UNDECIDED, approximation=approximation, detail=detail)


def _rest(face: FixedPointProblem, iterate: Iterate, *, accumulates: bool) -> str | None:
    """A sign that further rounds would show nothing new: the orbit stands still, or alternates."""
    after = _image(face, iterate)
    moved = _distance(after, iterate.point)
    if moved < arb(2) ** -96:
        return "the iterates stand still, but no region is proved to contract to their limit"
    if accumulates:
        return None
    with ctx.workprec(iterate.bits):
        twice = face.bound_step(iterate.bits)(after)
    if moved > arb("1e-3") and _distance(twice, iterate.point) < arb("1e-9"):
        return "the iterates appear to settle on a cycle of two rounds"
    return None


def _image(face: FixedPointProblem, iterate: Iterate) -> Balls:
    with ctx.workprec(iterate.bits):
        return face.bound_step(iterate.bits)(iterate.point)


def _overlap(first: Balls, second: Balls) -> bool:
    return all(x.overlaps(y) for x, y in zip(first, second, strict=True))


def _distance(first: Balls, second: Balls) -> arb:
    with ctx.workprec(192):
        return largest(x - y for x, y in zip(first, second, strict=True))
