"""Stability: ρ(J) < 1 for a square matrix J as inequalities, what it implies and what implies it.

*Table* [Schur, Cohn, Jury], for p = a_n zⁿ + … + a_0 with a_n > 0: all roots of p lie in the open disc iff
a_n² > a_0² and those of q = (a_n p − a_0 p*)/z do, where p* = zⁿ p(1/z); q has degree n − 1 and leading
coefficient a_n² − a_0².  Proof: |p*| = |p| on the circle.  Let a_n > |a_0|.  A root of p on the circle is
one of q; without one, a_n p and zq have as many roots inside [Rouché].  And a stable p has |a_0/a_n| < 1,
the product of its roots.  Jury's inequalities are the table of a cubic, its factors taken apart.

*Rows*, with v > 0 and B ≥ |J| entry by entry: if Bv < v then ρ(J) ≤ max_i Σ_j |J_ij| v_j/v_i < 1, the
maximum norm in the coordinates x_i/v_i.  *Columns*: the same of Jᵀ.

*Minors*, with J ≥ 0: elimination of I − J with positive leading minors keeps its off-diagonal entries ≤ 0,
so both triangular factors have inverses ≥ 0; then v = (I − J)⁻¹1 ≥ 1 has Jv = v − 1 < v, as in *Rows*.
Conversely a principal block K of a stable J ≥ 0 has ρ(K) ≤ ρ(J) < 1 [Perron–Frobenius]: det(I − K) > 0.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations
from operator import mul
from typing import Any

from proofs_check.checker.polynomials import Algebra, Key, Quotient
from proofs_check.checker.terms import Refused, check_tree, record, sequence

Matrix = list[list[Quotient]]
Inequality = tuple[str, Quotient, str]
MAX_GOAL_TERMS = 40_000
MAX_FACT_TERMS = 2_000
MAX_MINOR_ROWS = 5


def consequences(rows: Matrix) -> Iterator[Inequality]:
    """What ρ < 1 implies: Jury's inequalities, and the table for more than three rows if it is short."""
    low = characteristic(rows)
    more = _table(low, MAX_FACT_TERMS) if len(rows) > 3 else None
    yield from _named("j", [*_jury(low), *(more or [])])


def minors_of_stable(rows: Matrix) -> Iterator[Inequality]:
    """What ρ < 1 and J ≥ 0 imply: det(I − K) > 0 for principal blocks K, the whole left out."""
    size = len(rows) if len(rows) <= MAX_MINOR_ROWS else 0
    chosen = [block for width in range(1, size) for block in combinations(range(size), width)]
    yield from _named("m", [_minor(rows, block) for block in chosen])


def sufficient(rows: Matrix, way: Any, algebra: Algebra, seen: dict[Key, None]) -> Iterator[Inequality]:
    """Inequalities that together give ρ < 1, in a way that the certificate names.

    Parameters
    ----------
    rows : matrix
    way : JSON data
        None for the table; ``"minors"``; or ``{"norm", "weights", "bounds"}`` with
        the norm ``"rows"`` or ``"columns"``, the vector v and the matrix B.
    algebra : Algebra
    seen : dict
        Every divisor of the weights and bounds is added.
    """
    if way is None:
        found = _table(characteristic(rows), MAX_GOAL_TERMS)
        if found is None:
            raise Refused(f"stable: the table of {len(rows)} rows has more than {MAX_GOAL_TERMS} terms")
        yield from _named("j", found)
    elif way == "minors":
        yield from _at_least_zero("e", rows)
        yield from _named("m", [_minor(rows, tuple(range(k + 1))) for k in range(len(rows))])
    else:
        yield from _by_norm(rows, way, algebra, seen)


def characteristic(rows: list[list[Any]]) -> list[Any]:
    """Coefficients of det(z − matrix), constant term first (Faddeev and LeVerrier).

    The entries are rationals, or anything else with sums, products, and rational multiples.
    """
    size = len(rows)
    zero = rows[0][0] * Fraction(0)
    coefficients = [zero + Fraction(1)]
    product = [[coefficients[0] * Fraction(i == j) for j in range(size)] for i in range(size)]
    for k in range(1, size + 1):
        columns = list(zip(*product, strict=True))
        product = [[sum(map(mul, row, column), zero) for column in columns] for row in rows]
        trace = sum((product[i][i] for i in range(size)), zero) * Fraction(-1, k)
        coefficients.append(trace)
        for i in range(size):
            product[i][i] = product[i][i] + trace
    return coefficients[::-1]


def _jury(low: list[Quotient]) -> list[Quotient]:
    """Inequalities > 0 that follow from stability if the leading one is > 0; up to degree 3 they give it."""
    size = len(low) - 1
    zero = low[0] * 0
    at_minus_one = [c * (-1) ** (size - k) for k, c in enumerate(low)]
    found = [sum(low, zero), sum(at_minus_one, zero)]
    if size >= 2:
        found += [low[size] - low[0], low[size] + low[0]]
    if size == 3:
        base, middle = low[3] * low[3] - low[0] * low[0], low[0] * low[2] - low[1] * low[3]
        found += [base + middle, base - middle]
    return found


def _table(low: list[Quotient], limit: int) -> list[Quotient] | None:
    """Inequalities > 0 equivalent to stability, where the leading one is > 0; None where they are too long.

    The leading coefficient of each row of the table down to degree 3, then Jury's.
    """
    leads: list[Quotient] = []
    while len(low) > 4 or leads:
        top, bottom = low[-1], low[0]
        if (len(top.numerator) + len(bottom.numerator)) * sum(len(c.numerator) for c in low) > limit:
            return None
        if len(low) <= 4:
            break
        low = [top * a - bottom * b for a, b in zip(low[1:], low[-2::-1], strict=True)]
        leads.append(low[-1])
        if low[-1].constant():
            low = [c * (1 / abs(low[-1].constant())) for c in low]
    return leads + _jury(low)


def _minor(rows: Matrix, block: tuple[int, ...]) -> Quotient:
    """det(I − K) of the principal block K on these rows."""
    return _jury(characteristic([[rows[i][j] for j in block] for i in block]))[0]


def _by_norm(rows: Matrix, way: Any, algebra: Algebra, seen: dict[Key, None]) -> Iterator[Inequality]:
    fields = record(way, ("norm", "weights", "bounds"), "stable")
    if fields["norm"] not in ("rows", "columns"):
        raise Refused(f"stable: expected the norm rows or columns, found {str(fields['norm'])[:40]!r}")
    size = len(rows)
    read = [sequence(row, "bounds") for row in sequence(fields["bounds"], "bounds")]
    read.append(sequence(fields["weights"], "weights"))
    if [len(row) for row in read] != [size] * (size + 1):
        raise Refused(f"stable: expected {size} weights and {size} rows of {size} bounds")
    for tree in (tree for row in read for tree in row):
        check_tree(tree, algebra.names, "stable")
    *bounds, weights = [[algebra.quotient(tree, seen) for tree in row] for row in read]
    yield from _named("v", weights)
    pairs = [list(zip(*both, strict=True)) for both in zip(bounds, rows, strict=True)]
    for sign, name in ((-1, "u"), (1, "l")):
        yield from _at_least_zero(name, [[bound + entry * sign for bound, entry in row] for row in pairs])
    lines = bounds if fields["norm"] == "rows" else [list(line) for line in zip(*bounds, strict=True)]
    yield from _named(
        "r", [v - sum(map(mul, b, weights), v * 0) for v, b in zip(weights, lines, strict=True)]
    )


def _named(name: str, quotients: list[Quotient]) -> Iterator[Inequality]:
    return ((f"{name}{index}", quotient, ">") for index, quotient in enumerate(quotients))


def _at_least_zero(name: str, rows: Matrix) -> Iterator[Inequality]:
    entries = ((i, j, entry) for i, row in enumerate(rows) for j, entry in enumerate(row))
    return ((f"{name}{i}.{j}", entry, ">=") for i, j, entry in entries)
