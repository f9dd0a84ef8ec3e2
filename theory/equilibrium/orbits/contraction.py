"""Affine maps that contract everywhere: every orbit converges to the one equilibrium.

v > 0 with |J|v ≤ qv, q < 1, makes x' = Jx + b a contraction in the norm max |x_i|/v_i.  Where no choice has a
condition on the state, every iterate is a law of its family, so the orbit stays in the domain.
"""

from __future__ import annotations

from collections.abc import Sequence

from flint import arb, arb_mat, ctx

from theory.equilibrium.candidates import FaceSolution
from theory.equilibrium.closed_forms.affine import is_affine
from theory.equilibrium.enclosures import all_finite, largest
from theory.equilibrium.orbits.conditions import choices_depend_on_state
from theory.equilibrium.problem import FixedPointProblem
from theory.update_map import UpdateMap

_DOUBLINGS = 40


def contracted_limit(
    update_map: UpdateMap, face: FixedPointProblem, candidates: Sequence[FaceSolution], bits: int
) -> FaceSolution | None:
    """The equilibrium that every orbit of an affine problem is proved to reach in this way, or None.

    Parameters
    ----------
    update_map : UpdateMap
    face : FixedPointProblem
        The invariant face on which the orbit stays.
    candidates : sequence of FaceSolution
        Equilibria on the face.
    bits : int
        Working precision.
    """
    if len(candidates) != 1 or not is_affine(face) or choices_depend_on_state(update_map, face):
        return None
    strict, weak = face.conditions_at(face.start_at(bits), bits)
    if not all(v > 0 for v in strict) or not all(v >= 0 for v in weak):
        return None
    return candidates[0] if _contracts(face, bits) else None


def _contracts(face: FixedPointProblem, bits: int) -> bool:
    n = face.size
    jacobian = face.jacobian_at([arb(0)] * n, bits)
    if not all_finite(jacobian.entries()):
        return False
    with ctx.workprec(bits):
        sizes = arb_mat(n, n, [abs(x) for x in jacobian.entries()])
        vector = _neumann_sum(sizes)
        image = sizes * vector
        return all(y < x for x, y in zip(vector.entries(), image.entries(), strict=True))


def _neumann_sum(sizes: arb_mat) -> arb_mat:
    """Midpoints of Σ |J|^k 1 over k < 2^40, where it settles."""
    n = sizes.nrows()
    total, power = arb_mat(n, 1, [1] * n), sizes.mid()
    for _ in range(_DOUBLINGS):
        following = (total + power * total).mid()
        power = (power * power).mid()
        if (
            not all_finite((*following.entries(), *power.entries()))
            or largest(power.entries()) < arb(2) ** -64
        ):
            return following
        total = following
    return total
