"""Invariant faces: states that stay at their value exactly, such as the probability of an absent atom."""

from __future__ import annotations

from collections.abc import Mapping

import sympy
from flint import arb

from theory.equilibrium.identities import is_identically_zero
from theory.equilibrium.problem import FixedPointProblem
from theory.update_map import UpdateMap

Values = dict[sympy.Symbol, sympy.Expr]


def start_values(update_map: UpdateMap) -> Values:
    """Exact start of every state."""
    return {s: update_map.at_values(e) for s, e in zip(update_map.state, update_map.start, strict=True)}


def invariant_values(update_map: UpdateMap, values: Mapping[sympy.Symbol, sympy.Expr]) -> Values:
    """The greatest part of `values` that a round reproduces exactly, whatever the other states are."""
    kept: Values = dict(values)
    steps = {
        s: g.xreplace(dict(update_map.values))
        for s, g in zip(update_map.state, update_map.step, strict=True)
        if s in kept
    }
    while kept:
        embedding = {s: e for s, e in update_map.dependent if s not in kept}
        moved = {
            s for s in kept if not is_identically_zero(steps[s].xreplace(embedding).xreplace(kept) - kept[s])
        }
        if not moved:
            break
        kept = {s: v for s, v in kept.items() if s not in moved}
    return kept


def on_face(update_map: UpdateMap, fixed: Mapping[sympy.Symbol, sympy.Expr]) -> FixedPointProblem:
    """The problem in the coordinates that remain when `fixed` (an invariant part) keeps its values."""
    embedding: Values = {s: fixed[s] for s in update_map.coordinates if s in fixed}
    for symbol, expression in update_map.dependent:
        if symbol in fixed:
            _eliminate_one(expression, fixed[symbol], embedding)
    active = tuple(s for s in update_map.coordinates if s not in embedding)
    states: Values = {s: embedding.get(s, s) for s in update_map.coordinates}
    states |= {s: fixed[s] if s in fixed else e.xreplace(embedding) for s, e in update_map.dependent}
    values = dict(update_map.values)

    def reduce(expression: sympy.Expr) -> sympy.Expr:
        return expression.xreplace(values).xreplace(states)

    image = dict(zip(update_map.state, update_map.step, strict=True))
    start = start_values(update_map)
    return FixedPointProblem(
        coordinates=active,
        step=tuple(reduce(image[s]) for s in active),
        domain=tuple(reduce(e) for e in update_map.domain),
        nonnegative=tuple(reduce(e) for e in update_map.nonnegative),
        start=tuple(start[s] for s in active),
        embedding=tuple((s, states[s]) for s in update_map.state),
    )


def touching_values(update_map: UpdateMap, states: Mapping[sympy.Symbol, arb], bits: int) -> Values:
    """States that lie within roundoff of 0 or 1 where a nonnegativity condition ends."""
    allowance = arb(2) ** (-bits // 4)
    touching: Values = {}
    for symbol in update_map.state:
        for end in (sympy.S.Zero, sympy.S.One):
            near = abs(states[symbol] - int(end)) < allowance
            if near and _is_boundary(update_map, symbol, end):
                touching[symbol] = end
    return touching


def _is_boundary(update_map: UpdateMap, symbol: sympy.Symbol, end: sympy.Expr) -> bool:
    dependent = dict(update_map.dependent)
    conditions = [e for e in update_map.nonnegative if e.free_symbols <= {symbol}]
    return (
        any(symbol in e.free_symbols and e.subs(symbol, end) == 0 for e in conditions)
        or (end == 0 and any((e - symbol) == 0 for e in update_map.nonnegative))
        or (end == 0 and symbol in dependent and dependent[symbol] in update_map.nonnegative)
    )


def _eliminate_one(expression: sympy.Expr, value: sympy.Expr, embedding: Values) -> None:
    """Solve the affine relation ``expression = value`` for the last symbol that is still free."""
    relation = sympy.expand(expression.xreplace(embedding) - value)
    free = sorted(relation.free_symbols, key=lambda s: s.name)
    if not free:
        return
    last = free[-1]
    slope = relation.coeff(last, 1)
    solved = sympy.expand(-(relation - slope * last) / slope)
    embedding.update({s: e.xreplace({last: solved}) for s, e in embedding.items()})
    embedding[last] = solved
