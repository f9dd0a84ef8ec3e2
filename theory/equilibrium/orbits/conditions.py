"""Domain conditions in words: whose choice, or whose state, ceased to exist, and by how much."""

from __future__ import annotations

from flint import arb

from theory.curation.choice import curated_output
from theory.equilibrium.identities import is_identically_zero
from theory.equilibrium.orbits.orbit import Iterate
from theory.equilibrium.problem import FixedPointProblem
from theory.expressions import render
from theory.update_map import UpdateMap, state_symbols
from theory.update_map.retraining import strength_offset

_LONGEST = 160
_AT_START = "at the start (round 0)"


def tilt_conditions(update_map: UpdateMap) -> tuple[int, ...]:
    """Positions in `UpdateMap.domain` of the conditions for choices to exist."""
    of_states = {d for m in update_map.ecosystem.models for d in m.family.state_domain(state_symbols(m))}
    return tuple(k for k, d in enumerate(update_map.domain) if d not in of_states)


def choices_depend_on_state(update_map: UpdateMap, face: FixedPointProblem) -> bool:
    """Whether some condition for a choice to exist involves a state that moves."""
    moving = set(face.coordinates)
    return any(face.domain[k].free_symbols & moving for k in tilt_conditions(update_map))


def violation_at_start(update_map: UpdateMap, face: FixedPointProblem, bits: int) -> str:
    """A condition that is exactly 0 at the start, which balls cannot tell; empty when none is proved to be.

    Parameters
    ----------
    update_map : UpdateMap
    face : FixedPointProblem
        The invariant face on which the orbit stays.
    bits : int
        Working precision.
    """
    strict, _ = face.conditions_at(face.start_at(bits), bits)
    start = dict(zip(face.coordinates, face.start, strict=True))
    for k, value in enumerate(strict):
        if value.contains(0) and is_identically_zero(face.domain[k].xreplace(start)):
            return _failed(update_map, k, _AT_START, arb(0))
    return ""


def violation(update_map: UpdateMap, face: FixedPointProblem, iterate: Iterate) -> str:
    """Which condition fails at an iterate that has left the domain, as a sentence without full stop.

    Parameters
    ----------
    update_map : UpdateMap
    face : FixedPointProblem
        The invariant face on which the orbit stays.
    iterate : Iterate
        The first one outside.
    """
    strict, weak = face.conditions_at(iterate.point, iterate.bits)
    when = _AT_START if iterate.round == 0 else f"in round {iterate.round}"
    for k, value in enumerate(strict):
        if value <= 0:
            return _failed(update_map, k, when, value)
    for expression, value in zip(update_map.nonnegative, weak, strict=True):
        if value < 0:
            shown = render(update_map.at_values(expression))
            return f"a state is outside its range {when}: {shown} >= 0 fails, {_amount(value)}"
    return f"a domain condition fails {when}"


def _failed(update_map: UpdateMap, k: int, when: str, value: arb) -> str:
    return f"{_what_ceases(update_map, k)} {when}: {_shown(update_map, k)} > 0 fails, {_amount(value)}"


def _what_ceases(update_map: UpdateMap, k: int) -> str:
    condition = update_map.domain[k]
    for model in update_map.ecosystem.models:
        if condition in model.family.state_domain(state_symbols(model)):
            return f"the state of {model.name} is no law of family {model.family.name}"
    for _, stream in update_map.ecosystem.streams():
        if stream.curators is None:
            continue
        producer = update_map.ecosystem.model(stream.producer)
        users = update_map.ecosystem.users_named(stream.curators)
        output = curated_output(producer.family, state_symbols(producer), users, strength_offset(users.name))
        if condition in output.domain:
            return f"what {users.name} would keep of {producer.name} cannot be normalised"
    return "the next round is not defined"


def _shown(update_map: UpdateMap, k: int) -> str:
    text = render(update_map.at_values(update_map.domain[k]))
    return text if len(text) <= _LONGEST else f"an expression of {len(text)} characters"


def _amount(value: arb) -> str:
    if value.is_zero():
        return "it is exactly 0"
    return f"it is about {value.str(6, radius=False)}"
