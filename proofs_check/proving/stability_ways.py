"""Stability ways: weights and bounds by which the checker may see that a matrix is stable."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from flint import fmpq, fmpq_mat, fmpq_mpoly

from proofs_check.proving.entry_bounds import EntryBounds
from proofs_check.proving.workspace import Workspace

Matrix = list[list[fmpq_mpoly]]
MAX_MINOR_ROWS = 5
MAX_ADJUGATE_ROWS = 4
ROUNDINGS = (10, 10**3, 10**6, 10**12)


def trivial_way(size: int) -> dict[str, Any]:
    """A way that is quick to read and proves nothing: for a first look at the facts."""
    return _way("rows", ["1"] * size, [["0"] * size for _ in range(size)])


def ways(workspace: Workspace, rows: list[list[Any]], bounds: EntryBounds) -> Iterator[Any]:
    """Ways that may show the stability of a matrix of encoded entries, cheapest first."""
    size = len(rows)
    entries = [[workspace.fraction(entry) for entry in row] for row in rows]
    polynomial = all(q == 1 for row in entries for _, q in row)
    found = [[bounds.absolute(p) for p, _ in row] for row in entries] if polynomial else []
    bound = [[b for b in row if b is not None] for row in found]
    bounded = polynomial and all(len(row) == size for row in bound)
    if bounded:
        yield from _norms(workspace, bound, _quick_weights(workspace, bound))
    if size <= MAX_MINOR_ROWS and all(bounds.nonnegative(p * q) for row in entries for p, q in row):
        yield "minors"
    if bounded and size <= MAX_ADJUGATE_ROWS and not _numeric(bound):
        weights = [workspace.tree(w) for w in adjugate_sums(workspace, bound)]
        yield from _norms(workspace, bound, [weights])


def _norms(workspace: Workspace, bound: Matrix, weights: Iterable[list[Any]]) -> Iterator[Any]:
    shown = [[workspace.tree(b) for b in row] for row in bound]
    for vector in weights:
        for norm in ("rows", "columns"):
            yield _way(norm, vector, shown)


def _quick_weights(workspace: Workspace, bound: Matrix) -> Iterator[list[Any]]:
    """Weights as trees: exact for numbers; else ones, and those that the hypotheses speak of."""
    if _numeric(bound):
        numbers = fmpq_mat([[b.leading_coefficient() if b != 0 else fmpq(0) for b in row] for row in bound])
        yield from ([str(w) for w in weights] for weights in numeric_weights(numbers))
        return
    yield ["1"] * len(bound)
    known = _weights_of_facts(workspace, bound)
    if known is not None:
        yield [workspace.tree(w) for w in known]


def _numeric(bound: Matrix) -> bool:
    return all(b.is_constant() for row in bound for b in row)


def numeric_weights(bound: fmpq_mat) -> Iterator[list[fmpq]]:
    """v > 0 with Bv < v for B ≥ 0, with few digits where that suffices; nothing where ρ(B) ≥ 1."""
    size = bound.nrows()
    one = fmpq_mat([[fmpq(int(i == j)) for j in range(size)] for i in range(size)])
    try:
        exact = [(one - bound).solve(fmpq_mat([[fmpq(1)]] * size))[i, 0] for i in range(size)]
    except ZeroDivisionError:
        return
    if not all(v > 0 for v in exact):
        return
    for scale in ROUNDINGS:
        rounded = [fmpq((v * scale + fmpq(1, 2)).floor()) for v in exact]
        if all(
            v > sum((bound[i, j] * rounded[j] for j in range(size)), fmpq(0)) for i, v in enumerate(rounded)
        ):
            yield rounded
            return
    yield exact


def adjugate_sums(workspace: Workspace, bound: Matrix) -> list[fmpq_mpoly]:
    """adj(I − B)·1, which is det(I − B) times the solution of v = Bv + 1."""
    size = len(bound)
    one = workspace.constant(1)
    field = [[(one if i == j else 0 * one) - bound[i][j] for j in range(size)] for i in range(size)]
    sums = []
    for i in range(size):
        replaced = [[one if j == i else entry for j, entry in enumerate(row)] for row in field]
        sums.append(_determinant(replaced, one))
    return sums


def _determinant(rows: Matrix, one: fmpq_mpoly) -> fmpq_mpoly:
    if not rows:
        return one
    total = 0 * one
    for j, entry in enumerate(rows[0]):
        minor = [[*row[:j], *row[j + 1 :]] for row in rows[1:]]
        total = total + (-1) ** j * entry * _determinant(minor, one) if entry != 0 else total
    return total


def _weights_of_facts(workspace: Workspace, bound: Matrix) -> list[fmpq_mpoly] | None:
    """Weights v for which a fact says v_i > Σ_j B_ij v_j, read off each fact's coefficients."""
    strict = [known.polynomial for known in workspace.facts.values() if known.relation == ">"]
    size = len(bound)
    for fact in strict:
        weights = [_minus_coefficient(fact, bound[0][j]) for j in range(size)]
        if any(w is None for w in weights):
            continue
        vector = [w for w in weights if w is not None]
        products = [sum((b * w for b, w in zip(row, vector, strict=True)), 0 * fact) for row in bound]
        if all(w - product in strict for w, product in zip(vector, products, strict=True)):
            return vector
    return None


def _minus_coefficient(polynomial: fmpq_mpoly, entry: fmpq_mpoly) -> fmpq_mpoly | None:
    """w where `polynomial` = −w · `entry` + terms without it, for an entry that is one variable."""
    data = entry.to_dict()
    if len(data) != 1 or sum(next(iter(data))) != 1:
        return None
    place = next(iter(data)).index(1)
    terms = {
        tuple(e - int(k == place) for k, e in enumerate(exponents)): -c
        for exponents, c in polynomial.to_dict().items()
        if exponents[place] == 1
    }
    return polynomial.context().from_dict(terms) if terms else None


def _way(norm: str, weights: list[Any], bounds: list[list[Any]]) -> dict[str, Any]:
    return {"norm": norm, "weights": weights, "bounds": bounds}
