"""Total and direct effects at an equilibrium, exactly where it is rational and in balls elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import networkx as nx
import sympy
from flint import arb, arb_mat, ctx, fmpq, fmpq_mat

from theory.equilibrium.enclosures import all_finite
from theory.equilibrium.exact import to_sympy
from theory.equilibrium.identities import is_identically_zero
from theory.equilibrium.problem import Rationals, ball_values, rational_values
from theory.influence.derivatives import InfluenceDerivatives


@dataclass(frozen=True, kw_only=True)
class Effect:
    """Total and direct effect of one knob on one model.

    `same` says that they are proved equal.
    """

    total: arb
    direct: arb
    same: bool


Effects = tuple[tuple[Effect, ...], ...]
"""One row a knob, one entry a model."""


def exact_effects(derivatives: InfluenceDerivatives, point: Rationals, bits: int) -> Effects | None:
    """Effects at a rational equilibrium, rounded only at the end; None when one is not rational.

    Raises
    ------
    ZeroDivisionError
        When I − J is singular.
    """
    problem = derivatives.problem
    values = rational_values(derivatives.program, point)
    jacobian = problem.exact_jacobian(point)
    if values is None or jacobian is None:
        return None
    n = problem.size
    identity = fmpq_mat(n, n, [int(i == j) for i in range(n) for j in range(n)])
    columns = _columns(derivatives, values)
    moved = (identity - jacobian).solve(fmpq_mat(n, len(columns), _interleaved(columns))) if n else None
    with ctx.workprec(bits):

        def effect(model: int, knob: int) -> Effect:
            partial = values[derivatives.partial(model, knob)]
            gradient = values[derivatives.gradient(model)]
            direct = partial + _dot(gradient, columns[knob], fmpq(0))
            shift = [moved[i, knob] for i in range(n)] if moved is not None else []
            total = partial + _dot(gradient, shift, fmpq(0))
            return Effect(total=arb(total), direct=arb(direct), same=total == direct)

        return _table(derivatives, effect)


def ball_effects(
    derivatives: InfluenceDerivatives, point: Sequence[arb], bits: int, exact: Rationals | None = None
) -> Effects:
    """Effects at an enclosed equilibrium; zero exactly only where the dependency graph proves it.

    A derivative counts as zero when its expression is proved to vanish: identically, or at
    the equilibrium itself where that is rational.

    Parameters
    ----------
    derivatives : InfluenceDerivatives
    point : sequence of arb
        Encloses the equilibrium.
    bits : int
        Working precision.
    exact : tuple of fmpq or None
        The equilibrium itself, where it is rational.

    Raises
    ------
    ZeroDivisionError
        When I − J is not proved invertible.
    """
    problem = derivatives.problem
    n = problem.size
    with ctx.workprec(bits):
        known = {} if exact is None else dict(zip(problem.coordinates, map(to_sympy, exact), strict=True))
        values = _cleaned(derivatives.expressions, ball_values(derivatives.program, point, bits), bits, known)
        entries = _cleaned(problem.jacobian, problem.jacobian_at(point, bits).entries(), bits, known)
        if not all_finite(entries) or not all_finite(values):
            raise ZeroDivisionError("Expected finite derivatives at the equilibrium")
        jacobian = arb_mat(n, n, list(entries))
        identity = arb_mat(n, n, [int(i == j) for i in range(n) for j in range(n)])
        columns = _columns(derivatives, values)
        moved = (identity - jacobian).solve(arb_mat(n, len(columns), _interleaved(columns)))
        graph = _influence_graph(jacobian)

        def effect(model: int, knob: int) -> Effect:
            partial = values[derivatives.partial(model, knob)]
            gradient = values[derivatives.gradient(model)]
            direct = partial + _dot(gradient, columns[knob], arb(0))
            sources = _support(columns[knob])
            targets = _support(gradient)
            if not _reaches(graph, sources, targets):
                return Effect(total=direct, direct=direct, same=True)
            total = partial + _dot(gradient, [moved[i, knob] for i in range(n)], arb(0))
            return Effect(total=total, direct=direct, same=False)

        return _table(derivatives, effect)


def _table(derivatives: InfluenceDerivatives, effect: Callable[[int, int], Effect]) -> Effects:
    models = range(len(derivatives.models))
    return tuple(tuple(effect(i, k) for i in models) for k in range(len(derivatives.knobs)))


def _cleaned(
    expressions: Sequence[sympy.Expr],
    values: Sequence[arb],
    bits: int,
    known: Mapping[sympy.Symbol, sympy.Expr],
) -> tuple[arb, ...]:
    """The values, with exactly 0 where the ball is a speck around 0 and the expression is proved zero."""
    speck = arb(2) ** (-bits // 4)

    def is_zero(expression: sympy.Expr, value: arb) -> bool:
        if value.is_zero() or not (value.contains(0) and value.rad() < speck):
            return False
        return is_identically_zero(expression.xreplace(dict(known)))

    return tuple(arb(0) if is_zero(e, v) else v for e, v in zip(expressions, values, strict=True))


def _columns(derivatives: InfluenceDerivatives, values: Sequence[Any]) -> list[Sequence[Any]]:
    return [values[derivatives.column(k)] for k in range(len(derivatives.knobs))]


def _interleaved(columns: list[Sequence[Any]]) -> list[Any]:
    """Columns as the entries of a matrix, row by row."""
    return [x for row in zip(*columns, strict=True) for x in row]


def _dot(first: Sequence[Any], second: Sequence[Any], zero: Any) -> Any:
    return sum((a * b for a, b in zip(first, second, strict=True)), zero)


def _influence_graph(jacobian: arb_mat) -> nx.DiGraph:
    """Edge j → i where ∂G_i/∂x_j is not exactly zero."""
    n = jacobian.nrows()
    graph = nx.DiGraph()
    graph.add_nodes_from(range(n))
    graph.add_edges_from((j, i) for i in range(n) for j in range(n) if not jacobian[i, j].is_zero())
    return graph


def _support(values: Sequence[arb]) -> set[int]:
    return {k for k, v in enumerate(values) if not v.is_zero()}


def _reaches(graph: nx.DiGraph, sources: set[int], targets: set[int]) -> bool:
    """Whether some path with at least one edge leads from a source to a target."""
    first = {successor for s in sources for successor in graph.successors(s)}
    seen = set(first)
    for node in first:
        seen |= nx.descendants(graph, node)
    return bool(seen & targets)
