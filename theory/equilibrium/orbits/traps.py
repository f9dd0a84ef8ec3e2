"""Every trap of a problem, where no choice can cease to exist on the way.

A round keeps each state a law of its family as long as every tilt can be normalised: what is matched is a
mean of the statistic over laws on the family's support.  So an orbit in a trap goes on for ever when no tilt
has a condition on the state, whatever the other models do.
"""

from __future__ import annotations

from theory.equilibrium.orbits.conditions import choices_depend_on_state
from theory.equilibrium.orbits.divergence import one_gaussian_trap
from theory.equilibrium.orbits.gaussian_network import growing_variances
from theory.equilibrium.orbits.growth import growing_groups
from theory.equilibrium.orbits.trap import AbstractTrap
from theory.equilibrium.problem import FixedPointProblem
from theory.update_map import UpdateMap


def traps_of(update_map: UpdateMap, face: FixedPointProblem, bits: int) -> tuple[AbstractTrap, ...]:
    """The traps of the update map's problem on a face, from the commonest kind to the rarest.

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
    alone = one_gaussian_trap(face, bits)
    return (*growing_groups(face, bits), *growing_variances(face, bits), *(() if alone is None else (alone,)))
