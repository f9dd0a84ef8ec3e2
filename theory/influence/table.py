"""The table of influences at one equilibrium: every knob on every model with users."""

from __future__ import annotations

from flint import arb

from theory.budget import Budget
from theory.ecosystem import Ecosystem
from theory.equilibrium.enclosures import tight_enough
from theory.equilibrium.result import Equilibrium, Existence, Stability
from theory.influence.at_equilibrium import effects_at
from theory.influence.derivatives import InfluenceDerivatives
from theory.influence.effects import Effect
from theory.influence.isolated import IsolatedModels
from theory.influence.result import Influence
from theory.influence.verdicts import sign_of, verdict
from theory.update_map import Knob, KnobKind


def influences(
    derivatives: InfluenceDerivatives,
    equilibrium: Equilibrium,
    isolated: IsolatedModels,
    budget: Budget,
) -> tuple[Influence, ...]:
    """Every wanted influence at an equilibrium; () where I − J is not proved invertible."""
    if equilibrium.existence is not Existence.CERTIFIED:
        return ()
    effects = effects_at(derivatives, equilibrium, budget)
    if effects is None:
        return ()
    stable = equilibrium.stability is Stability.STABLE
    ecosystem = derivatives.update_map.ecosystem
    return tuple(
        _influence(ecosystem, knob, name, effect, isolated if stable else None, budget.digits)
        for knob, row in zip(derivatives.knobs, effects, strict=True)
        for name, effect in zip(derivatives.models, row, strict=True)
    )


def kind_of(ecosystem: Ecosystem, knob: Knob, name: str) -> str:
    """``parameter``; ``self`` when the knob belongs to the model's users or curation; else ``cross``."""
    if knob.kind is KnobKind.PARAMETER:
        return "parameter"
    owner = ecosystem.model(name).users if knob.kind is KnobKind.STRENGTH else name
    return "self" if knob.owner == owner else "cross"


def _influence(
    ecosystem: Ecosystem,
    knob: Knob,
    name: str,
    effect: Effect,
    isolated: IsolatedModels | None,
    digits: int,
) -> Influence:
    kind = kind_of(ecosystem, knob, name)
    alone, why = None, ""
    if kind == "self" and isolated is not None:
        alone, why = isolated.total(knob.name, name)
    wide: list[str] = []
    total = _tight(effect.total, "total", digits, wide)
    direct = _tight(effect.direct, "direct", digits, wide)
    alone = None if alone is None else _tight(alone, "isolated", digits, wide)
    judged = kind == "self" and isolated is not None
    return Influence(
        knob=knob.name,
        on=name,
        kind=kind,
        total=total,
        direct=direct,
        isolated=alone,
        sign=sign_of(effect.total),
        verdict=verdict(effect.total, effect.direct, same=effect.same) if judged else None,
        detail="; ".join([*wide, *([why] if why else [])]),
    )


def _tight(value: arb, what: str, digits: int, wide: list[str]) -> arb | None:
    if tight_enough(value, digits):
        return value
    wide.append(f"{what}: the proved radius exceeds 10^{5 - digits} max(1, |mid|)")
    return None
