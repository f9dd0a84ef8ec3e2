"""Cone coordinates: variables written in linear facts g ≥ 0, with simplices closed by slack facts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flint import fmpq, fmpq_mat, fmpq_mpoly, fmpq_mpoly_ctx

from proofs_check.proving.workspace import Known


@dataclass(frozen=True, kw_only=True)
class Simplex:
    """slack + Σ weight_k g_k = total > 0, over coordinates `members`, all nonnegative."""

    members: tuple[int, ...]
    weights: tuple[fmpq, ...]
    slack: int
    total: fmpq


@dataclass(frozen=True, kw_only=True)
class ConeCoordinates:
    """Facts g_0, g_1, … as coordinates of a new ring, slacks last, and the variables in them."""

    context: fmpq_mpoly_ctx
    facts: tuple[Known, ...]
    images: tuple[fmpq_mpoly, ...]
    simplices: tuple[Simplex, ...]


@dataclass(frozen=True)
class _Linear:
    """A fact whose polynomial is affine: Σ slopes_k x_k + rest."""

    known: Known
    slopes: tuple[fmpq, ...]
    rest: fmpq

    @property
    def order(self) -> tuple[int, bool, bool]:
        """Bounds on one variable first, from below first, strict ones first."""
        used = [slope for slope in self.slopes if slope != 0]
        return (len(used), any(slope < 0 for slope in used), self.known.relation != ">")


def cone_coordinates(facts: Sequence[Known], variables: Sequence[int]) -> ConeCoordinates | None:
    """Coordinates for `variables` (positions in the ring), or None when the facts do not span them."""
    linear = sorted(_linear_facts(facts, variables), key=lambda item: item.order)
    basis = _independent(linear, variables)
    if len(basis) < len(variables):
        return None
    matrix = fmpq_mat([[item.slopes[k] for k in variables] for item in basis])
    inverse = matrix.inv()
    slacks = _slacks([item for item in linear if item not in basis], basis, inverse, variables)
    size = len(basis) + len(slacks)
    context = fmpq_mpoly_ctx.get([f"g{k}" for k in range(size)], "degrevlex")
    gens = context.gens()
    shifted = [gens[k] - context.constant(item.rest) for k, item in enumerate(basis)]
    images = [
        sum((inverse[row, k] * shifted[k] for k in range(len(basis))), context.constant(0))
        for row in range(len(variables))
    ]
    simplices = tuple(
        Simplex(members=members, weights=weights, slack=len(basis) + index, total=total)
        for index, (_, members, weights, total) in enumerate(slacks)
    )
    names = [item.known for item in basis] + [item.known for item, *_ in slacks]
    return ConeCoordinates(context=context, facts=tuple(names), images=tuple(images), simplices=simplices)


def linked_variables(facts: Sequence[Known], variables: Sequence[int]) -> list[int]:
    """`variables` and all others that a chain of affine inequalities links to them."""
    linked = set(variables)
    supports = [
        {k for k, degree in enumerate(known.polynomial.degrees()) if degree}
        for known in facts
        if known.relation in (">", ">=") and known.polynomial.total_degree() == 1
    ]
    grown = True
    while grown:
        near = set().union(*(support for support in supports if support & linked))
        grown = not near <= linked
        linked |= near
    return sorted(linked)


def _linear_facts(facts: Sequence[Known], variables: Sequence[int]) -> list[_Linear]:
    """The affine inequalities over exactly these variables."""
    found = []
    for known in facts:
        if known.relation not in (">", ">=") or known.polynomial.total_degree() != 1:
            continue
        width = len(known.polynomial.degrees())
        slopes, rest = [fmpq(0)] * width, fmpq(0)
        for exponents, c in known.polynomial.to_dict().items():
            if any(exponents):
                slopes[exponents.index(1)] = c
            else:
                rest = c
        if all(slope == 0 for k, slope in enumerate(slopes) if k not in variables):
            found.append(_Linear(known, tuple(slopes), rest))
    return found


def _independent(linear: Sequence[_Linear], variables: Sequence[int]) -> list[_Linear]:
    """The first facts, in order, whose slopes are linearly independent."""
    basis: list[_Linear] = []
    for item in linear:
        rows = [[other.slopes[k] for k in variables] for other in (*basis, item)]
        if fmpq_mat(rows).rank() == len(rows):
            basis.append(item)
        if len(basis) == len(variables):
            break
    return basis


def _slacks(
    rest: Sequence[_Linear], basis: Sequence[_Linear], inverse: fmpq_mat, variables: Sequence[int]
) -> list[tuple[_Linear, tuple[int, ...], tuple[fmpq, ...], fmpq]]:
    """Facts of the form total − Σ weight · g on disjoint sets of coordinates, larger sets first."""
    candidates = []
    for item in rest:
        row = fmpq_mat([[item.slopes[k] for k in variables]]) * inverse
        slopes = [row[0, k] for k in range(len(basis))]
        total = item.rest - sum((slopes[k] * basis[k].rest for k in range(len(basis))), fmpq(0))
        members = tuple(k for k, slope in enumerate(slopes) if slope != 0)
        if total > 0 and members and all(slopes[k] < 0 for k in members):
            candidates.append((item, members, tuple(-slopes[k] for k in members), total))
    chosen: list[tuple[_Linear, tuple[int, ...], tuple[fmpq, ...], fmpq]] = []
    taken: set[int] = set()
    tops = {c[1][0]: c[3] / c[2][0] for c in candidates if len(c[1]) == 1}
    candidates = [c for c in candidates if len(c[1]) == 1 or not _implied(c[1], c[2], c[3], tops)]
    for candidate in sorted(candidates, key=lambda c: (-len(c[1]), c[0].known.relation != ">")):
        if taken.isdisjoint(candidate[1]):
            chosen.append(candidate)
            taken.update(candidate[1])
    return chosen


def _implied(members: tuple[int, ...], weights: tuple[fmpq, ...], total: fmpq, tops: dict[int, fmpq]) -> bool:
    """Whether bounds on the single coordinates give Σ weight · g ≤ total already."""
    if any(k not in tops for k in members):
        return False
    return sum((w * tops[k] for k, w in zip(members, weights, strict=True)), fmpq(0)) <= total
