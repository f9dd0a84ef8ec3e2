"""Equations solved one strongly connected component after the other, in the order they feed each other."""

from __future__ import annotations

import networkx as nx
import sympy
from flint import arb, fmpq

from theory.equilibrium.closed_forms.registry import closed_forms
from theory.equilibrium.closed_forms.solutions import Solution, SolutionSet, within_domain
from theory.equilibrium.exact import to_sympy
from theory.equilibrium.identities import has_pole
from theory.equilibrium.problem import FixedPointProblem

Known = dict[sympy.Symbol, tuple[arb, fmpq | None]]
"""Balls, and exact values, of the coordinates solved so far."""


def solve(problem: FixedPointProblem, bits: int) -> SolutionSet | None:
    """All equilibria in closed form, or None when some component has none."""
    if problem.size == 0:
        return None
    whole = _solve_directly(problem, bits)
    if whole is not None and (whole.complete or len(_components(problem)) == 1):
        return whole
    return _solve_in_turn(problem, bits) or whole


def _solve_directly(problem: FixedPointProblem, bits: int) -> SolutionSet | None:
    for form in closed_forms():
        found = form.solve(problem, bits)
        if found is not None:
            return found
    return None


def _components(problem: FixedPointProblem) -> list[list[sympy.Symbol]]:
    """Coordinates that depend on each other, upstream first."""
    graph = nx.DiGraph()
    graph.add_nodes_from(problem.coordinates)
    for symbol, step in zip(problem.coordinates, problem.step, strict=True):
        graph.add_edges_from((source, symbol) for source in step.free_symbols)
    condensed = nx.condensation(graph)
    order = {s: k for k, s in enumerate(problem.coordinates)}
    return [
        sorted(condensed.nodes[c]["members"], key=order.__getitem__) for c in nx.topological_sort(condensed)
    ]


def _solve_in_turn(problem: FixedPointProblem, bits: int) -> SolutionSet | None:
    branches: list[Known] = [{}]
    parts: list[SolutionSet] = []
    for component in _components(problem):
        longer: list[Known] = []
        for known in branches:
            if _is_outside(problem, known):
                continue
            part = _part(problem, component, known)
            found = None if part is None else _solve_directly(part, bits)
            if found is None:
                return None
            parts.append(found)
            longer += _continued(known, component, found)
        branches = longer
    return within_domain(problem, _assembled(problem, branches, parts), bits)


def _assembled(problem: FixedPointProblem, branches: list[Known], parts: list[SolutionSet]) -> SolutionSet:
    solutions = []
    for known in branches:
        pairs = [known[s] for s in problem.coordinates]
        exact = tuple(x for _, x in pairs if x is not None)
        solutions.append(
            Solution(point=tuple(b for b, _ in pairs), exact=exact if len(exact) == len(pairs) else None)
        )
    return SolutionSet(
        solutions=tuple(solutions),
        complete=all(part.complete for part in parts),
        method=", ".join(dict.fromkeys(part.method for part in parts)),
        detail="; ".join(dict.fromkeys(part.detail for part in parts if part.detail)),
    )


def _is_outside(problem: FixedPointProblem, known: Known) -> bool:
    """Whether a domain condition on the coordinates solved so far is proved to fail."""
    conditions = (e.xreplace(_exact_values(known)) for e in problem.domain)
    return any(c.is_Rational and c <= 0 for c in conditions)


def _exact_values(known: Known) -> dict[sympy.Symbol, sympy.Rational]:
    return {s: to_sympy(exact) for s, (_, exact) in known.items() if exact is not None}


def _part(
    problem: FixedPointProblem, component: list[sympy.Symbol], known: Known
) -> FixedPointProblem | None:
    """The component's own problem; None when an upstream value is not rational, or a pole."""
    values = _exact_values(known)
    inside = set(component)
    steps = {
        s: g.xreplace(values) for s, g in zip(problem.coordinates, problem.step, strict=True) if s in inside
    }
    if any(g.free_symbols - inside or has_pole(g) for g in steps.values()):
        return None
    domain = (e.xreplace(values) for e in problem.domain)
    weak = (e.xreplace(values) for e in problem.nonnegative)
    return FixedPointProblem(
        coordinates=tuple(component),
        step=tuple(steps[s] for s in component),
        domain=tuple(e for e in domain if e.free_symbols and e.free_symbols <= inside),
        nonnegative=tuple(e for e in weak if e.free_symbols and e.free_symbols <= inside),
        start=(),
        embedding=(),
    )


def _continued(known: Known, component: list[sympy.Symbol], found: SolutionSet) -> list[Known]:
    longer = []
    for solution in found.solutions:
        exact = solution.exact or (None,) * len(component)
        pairs = zip(solution.point, exact, strict=True)
        longer.append(known | dict(zip(component, pairs, strict=True)))
    return longer
