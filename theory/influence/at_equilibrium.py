"""Effects at one certified equilibrium, as precise as the budget asks."""

from __future__ import annotations

from theory.budget import Budget
from theory.equilibrium.enclosures import Balls, precision_for, tight_enough
from theory.equilibrium.newton import refined
from theory.equilibrium.result import Equilibrium
from theory.influence.derivatives import InfluenceDerivatives
from theory.influence.effects import Effects, ball_effects, exact_effects

_DOUBLINGS = 3


def effects_at(derivatives: InfluenceDerivatives, equilibrium: Equilibrium, budget: Budget) -> Effects | None:
    """Effects of every knob on every model, or None when I − J is not proved invertible.

    The enclosure of the equilibrium is refined until every radius is small enough, or
    precision has been doubled three times, or the budget is spent.
    """
    bits = precision_for(budget.digits)
    update_map = derivatives.update_map
    places = [update_map.state.index(s) for s in update_map.coordinates]
    point: Balls = tuple(equilibrium.point[k] for k in places)
    exact = None if equilibrium.exact is None else tuple(equilibrium.exact[k] for k in places)
    try:
        if exact is not None:
            found = exact_effects(derivatives, exact, bits)
            if found is not None:
                return found
        effects = ball_effects(derivatives, point, bits, exact)
    except ZeroDivisionError:
        return None
    for _ in range(_DOUBLINGS):
        if budget.spent or _all_tight(effects, budget.digits):
            break
        bits *= 2
        better = refined(derivatives.problem, point, bits, budget)
        if better is None:
            break
        point = better
        effects = ball_effects(derivatives, point, bits, exact)
    return effects


def _all_tight(effects: Effects, digits: int) -> bool:
    return all(
        tight_enough(value, digits)
        for row in effects
        for effect in row
        for value in (effect.total, effect.direct)
    )
