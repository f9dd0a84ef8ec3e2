"""Spectral radius of a matrix of balls, enclosed without floating point.

For every matrix norm ρ(J) = ρ(J^m)^(1/m) ≤ ‖J^m‖^(1/m), and for every m, ρ(J) ≥ (|tr J^m|/n)^(1/m):
repeated squaring makes both bounds converge (the lower one as the best over n consecutive
powers, by Turán's power-sum theorem).  Strongly connected components are bounded apart.
"""

from __future__ import annotations

import networkx as nx
from flint import arb, arb_mat, ctx, fmpq_mat

from theory.budget import Budget
from theory.equilibrium.enclosures import all_finite, complex_roots, largest
from theory.equilibrium.result import Interval, Stability

_LARGE = 40
"""Size from which a decision below or above 1 is enough to stop squaring early."""
_HISTORY = 6


def spectral_radius(jacobian: arb_mat, *, bits: int, budget: Budget) -> Interval:
    """Spectral radius ρ(J) of every matrix in a ball matrix.

    Parameters
    ----------
    jacobian : arb_mat, shape ``(n, n)``
    bits : int
        Working precision.
    budget : Budget
        The width aimed at is 10^(5−D).

    Returns
    -------
    Interval
        Proved to contain ρ; the upper end is infinite when the balls carry no information.

    Examples
    --------
    >>> found = spectral_radius(arb_mat([[0, 1], [-1, 1]]), bits=256, budget=Budget())
    >>> abs(found.lower - 1) < arb("1e-20"), abs(found.upper - 1) < arb("1e-20")
    (True, True)
    """
    with ctx.workprec(bits):
        if not all_finite(jacobian.entries()):
            return Interval(arb(0), arb.pos_inf())
        lower, upper = arb(0), arb(0)
        for block in irreducible_blocks(jacobian):
            found = _block_radius(block, budget)
            lower = max(lower, found.lower)
            upper = found.upper if not found.upper <= upper else upper
        return Interval(lower, upper)


def exact_spectral_radius(jacobian: fmpq_mat, *, bits: int) -> Interval:
    """Spectral radius of a rational matrix, from the roots of its characteristic polynomial.

    A nilpotent matrix gives exactly 0.
    """
    with ctx.workprec(bits):
        lower, upper = arb(0), arb(0)
        for root, _ in complex_roots(jacobian.charpoly()):
            low, high = abs(root).lower(), abs(root).upper()
            lower = max(lower, low)
            upper = max(upper, high)
        return Interval(lower, upper)


def stability(radius: Interval) -> Stability:
    """What an enclosure of the spectral radius proves."""
    if radius.upper < 1:
        return Stability.STABLE
    if radius.lower > 1:
        return Stability.UNSTABLE
    return Stability.UNDECIDED


def nonnegative_bound(jacobian: arb_mat) -> arb | None:
    """Upper bound 1 − 1/max v < 1 on ρ(J) for J ≥ 0, where (I − J)v = 1 and v > 0; None when unproved.

    By Perron–Frobenius, v > 0 with Jv = v − 1 ≤ (1 − 1/max v)·v bounds the spectral radius.
    """
    entries = jacobian.entries()
    n = jacobian.nrows()
    if not all_finite(entries) or not all(e >= 0 for e in entries):
        return None
    ones = arb_mat(n, 1, [1] * n)
    try:
        v = (_identity(n) - jacobian).solve(ones).entries()
    except ZeroDivisionError:
        return None
    if not all(x > 0 for x in v):
        return None
    return (1 - 1 / largest(v)).upper()


def irreducible_blocks(matrix: arb_mat) -> list[arb_mat]:
    """Diagonal blocks on the strongly connected components: their spectra together are the matrix's."""
    n = matrix.nrows()
    graph = nx.DiGraph()
    graph.add_nodes_from(range(n))
    graph.add_edges_from((i, j) for i in range(n) for j in range(n) if not matrix[i, j].is_zero())
    blocks = []
    for component in nx.strongly_connected_components(graph):
        rows = sorted(component)
        blocks.append(arb_mat(len(rows), len(rows), [matrix[i, j] for i in rows for j in rows]))
    return blocks


def _block_radius(block: arb_mat, budget: Budget) -> Interval:
    n = block.nrows()
    if n == 1:
        size = abs(block[0, 0])
        return Interval(size.lower() if size.lower() > 0 else arb(0), size.upper())
    wanted = int(3.33 * max(budget.digits - 5, 8)) + 12
    powers, upper = _square(block, wanted, budget)
    bound = nonnegative_bound(block) if n > _LARGE or not upper < 1 else None
    if bound is not None and bound < upper:
        upper = bound
    lower = arb(0)
    for exponent, power in reversed(powers):
        candidate = _trace_bound(block, power, exponent)
        lower = max(lower, candidate)
        if lower > 0 and (upper - lower).upper() < arb(2) ** (4 - wanted):
            break
        if budget.spent or n > _LARGE:
            break
    return Interval(lower, upper)


def _square(block: arb_mat, wanted: int, budget: Budget) -> tuple[list[tuple[int, arb_mat]], arb]:
    """The last informative powers J^(2^k), and the best norm bound on the way."""
    power, exponent, upper = block, 1, largest_row_sum(block)
    powers = [(1, block)]
    for k in range(1, wanted + 1):
        power, exponent = power * power, 2 * exponent
        entries = power.entries()
        size = largest(entries)
        if size == 0:
            return [(exponent, power)], arb(0)
        blur = largest(e.rad() for e in entries)
        if not all_finite(entries) or not blur <= size * arb(2) ** -16:
            break
        norm = largest_row_sum(power)
        bound = (norm.log() / exponent).exp().upper()
        upper = min(upper, bound)
        powers = [*powers[-_HISTORY:], (exponent, power)]
        decided = upper < 1 and k >= 30
        if budget.spent or (block.nrows() > _LARGE and (decided or k >= 40)):
            break
    return powers, upper


def _trace_bound(block: arb_mat, power: arb_mat, exponent: int) -> arb:
    """The best of (|tr J^m|/n)^(1/m) over m = exponent, …, exponent + n."""
    n, best, current = block.nrows(), arb(0), power
    steps = n if n <= _LARGE else 2
    for j in range(steps + 1):
        trace = current.trace().abs_lower()
        if trace.is_finite() and trace > 0:
            bound = ((trace / n).log() / (exponent + j)).exp().lower()
            best = max(best, bound)
        current = current * block
    return best


def largest_row_sum(matrix: arb_mat) -> arb:
    """Upper bound on the ∞-norm."""
    best = arb(0)
    for row in matrix.tolist():
        total = sum((abs(e).upper() for e in row), arb(0)).upper()
        best = total if not total <= best else best
    return best


def _identity(n: int) -> arb_mat:
    return arb_mat(n, n, [int(i == j) for i in range(n) for j in range(n)])
