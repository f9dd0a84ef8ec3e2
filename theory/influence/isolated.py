"""A model on its own: what the same knob does when nothing is read from other models."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import sympy
from flint import arb

from theory.budget import Budget
from theory.ecosystem import Ecosystem
from theory.equilibrium.result import Equilibria
from theory.equilibrium.solve import solve
from theory.influence.at_equilibrium import effects_at
from theory.influence.derivatives import InfluenceDerivatives
from theory.influence.effects import Effects
from theory.update_map import UpdateMap, derive


def isolated_ecosystem(ecosystem: Ecosystem, name: str) -> Ecosystem | None:
    """The ecosystem of one model alone; None when it has no real data.

    Every stream from another model is deleted, with its curation and channel, and its
    share added to the model's real data.
    """
    model = ecosystem.model(name)
    if model.real is None:
        return None
    own = tuple(s for s in model.reads if s.producer == name)
    freed = sympy.Add(*(s.share for s in model.reads if s.producer != name))
    alone = replace(model, reads=own, real=replace(model.real, share=model.real.share + freed))
    people = {model.users, *(s.curators for s in own)}
    return replace(
        ecosystem,
        name=f"{ecosystem.name}: {name} alone",
        models=(alone,),
        users=tuple(u for u in ecosystem.users if u.name in people),
        order=None,
    )


@dataclass(frozen=True, kw_only=True)
class _Alone:
    """Effects of the isolated model's knobs at the equilibrium it reaches, or why there are none."""

    update_map: UpdateMap | None = None
    effects: Effects | None = None
    detail: str = ""

    def total(self, knob: str) -> tuple[arb | None, str]:
        if self.update_map is None or self.effects is None:
            return None, self.detail
        names = [k.name for k in self.update_map.knobs]
        if knob not in names:
            return None, "isolated: nothing is left between 0 and 1 to turn"
        return self.effects[names.index(knob)][0].total, ""


@dataclass
class IsolatedModels:
    """Isolated totals of an ecosystem's models, each model solved once when first asked for.

    Examples
    --------
    >>> IsolatedModels(ecosystem=Ecosystem(name="empty", models=()), budget=Budget()).known
    {}
    """

    ecosystem: Ecosystem
    budget: Budget
    known: dict[str, _Alone] = field(default_factory=dict)

    def total(self, knob: str, name: str) -> tuple[arb | None, str]:
        """Isolated total of a knob on a model, or None with the reason."""
        if name not in self.known:
            self.known[name] = self._solved(name)
        return self.known[name].total(knob)

    def already_solved(self, update_map: UpdateMap, equilibria: Equilibria) -> None:
        """Take over what is known when the ecosystem has one model, which is then isolated already."""
        (model,) = self.ecosystem.models
        self.known[model.name] = self._at_reached(update_map, equilibria)

    def _solved(self, name: str) -> _Alone:
        ecosystem = isolated_ecosystem(self.ecosystem, name)
        if ecosystem is None:
            return _Alone(detail="isolated: the model has no real data")
        update_map = derive(ecosystem)
        return self._at_reached(update_map, solve(update_map, self.budget.started()))

    def _at_reached(self, update_map: UpdateMap, equilibria: Equilibria) -> _Alone:
        if equilibria.reached is None:
            why = equilibria.reached_detail.value
            return _Alone(detail=f"isolated: no equilibrium is proved to be reached ({why})")
        models = tuple(judged for judged, _ in update_map.alignments)
        derivatives = InfluenceDerivatives(update_map=update_map, knobs=update_map.knobs, models=models)
        effects = effects_at(derivatives, equilibria.found[equilibria.reached], self.budget)
        if effects is None:
            return _Alone(detail="isolated: I − J is not proved invertible")
        return _Alone(update_map=update_map, effects=effects)
