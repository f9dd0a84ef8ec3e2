"""Total influences as expressions in the parameters, where the equilibrium is one."""

from __future__ import annotations

import sympy

from theory.equilibrium.closed_forms.symbolic import symbolic_equilibrium
from theory.update_map import KnobKind, UpdateMap


def symbolic_total(update_map: UpdateMap, knob: str, model: str) -> sympy.Expr | None:
    """dR_model/dknob at the stable equilibrium, over the parameters; None without a closed form.

    Parameters
    ----------
    update_map : UpdateMap
    knob, model : str
        Names in `update_map.knobs` and `update_map.alignments`.
    """
    turned = next(k for k in update_map.knobs if k.name == knob)
    reward = next(r for name, r in update_map.alignments if name == model)
    point = symbolic_equilibrium(update_map, frozenset({turned.symbol}))
    if point is None:
        return None
    offsets = {k.symbol: sympy.S.Zero for k in update_map.knobs if k.kind is not KnobKind.PARAMETER}
    others = {s: e for s, e in offsets.items() if s != turned.symbol}
    alignment = reward.xreplace(point).xreplace(others)
    return alignment.diff(turned.symbol).xreplace(offsets)
