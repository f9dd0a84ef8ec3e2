"""Every trap of a problem, where no choice can cease to exist on the way.

A round keeps each state a law of its family as long as every tilt can be normalised: what is matched is a
mean of the statistic over laws on the family's support.  So an orbit in a trap goes on for ever when no tilt
has a condition on the state, whatever the other models do.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

from theory.equilibrium.enclosures import Balls
from theory.equilibrium.orbits.conditions import choices_depend_on_state
from theory.equilibrium.orbits.divergence import one_gaussian_trap
from theory.equilibrium.orbits.gaussian_network import growing_variances
from theory.equilibrium.orbits.growth import growing_groups
from theory.equilibrium.orbits.trap import AbstractTrap
from theory.equilibrium.problem import FixedPointProblem, problem_of
from theory.update_map import UpdateMap


@final
@dataclass(frozen=True, kw_only=True)
class LiftedTrap(AbstractTrap):
    """A trap of the whole problem, met on a face of it.

    Parameters
    ----------
    trap : AbstractTrap
        Over the whole problem's coordinates.
    face : FixedPointProblem
    positions : tuple of int
        Of those coordinates among all states.
    bits : int
        Working precision.
    """

    trap: AbstractTrap
    face: FixedPointProblem
    positions: tuple[int, ...]
    bits: int

    def entered(self, point: Balls) -> bool:
        states = self.face.states_at(point, self.bits)
        return self.trap.entered(tuple(states[k] for k in self.positions))

    @property
    def reason(self) -> str:
        return self.trap.reason


def traps_of(update_map: UpdateMap, face: FixedPointProblem, bits: int) -> tuple[AbstractTrap, ...]:
    """The traps of the update map's problem on a face, from the commonest kind to the rarest.

    States that the face holds fixed count as data that do not move; the whole problem is looked at as well.

    Parameters
    ----------
    update_map : UpdateMap
    face : FixedPointProblem
        The invariant face on which the orbit stays.
    bits : int
        Working precision.
    """
    if choices_depend_on_state(update_map, face):
        return ()
    found = _traps(face, bits)
    if face.coordinates == update_map.coordinates:
        return found
    positions = tuple(update_map.state.index(s) for s in update_map.coordinates)
    whole = _traps(problem_of(update_map), bits)
    return (*found, *(LiftedTrap(trap=t, face=face, positions=positions, bits=bits) for t in whole))


def _traps(problem: FixedPointProblem, bits: int) -> tuple[AbstractTrap, ...]:
    alone = one_gaussian_trap(problem, bits)
    return (
        *growing_groups(problem, bits),
        *growing_variances(problem, bits),
        *(() if alone is None else (alone,)),
    )
