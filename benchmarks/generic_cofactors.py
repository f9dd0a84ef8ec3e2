"""Determinant and all cofactors of I − J with a symbol for each entry of J, against SymPy's own.

The contender here has N = 7 (49 cofactors, 13,700 terms in the determinant), the peer N = 5.
"""

from __future__ import annotations

import time

import sympy

from benchmarks.measurement import Contest, medians
from theory.expressions.cofactors import cofactors, polynomial_rows
from theory.expressions.exact_matrix import Matrix

SIZE, PEER_SIZE = 7, 5
MOST_SECONDS = 0.5


def field(size: int) -> Matrix:
    """I − J."""
    entries = [[sympy.Symbol(f"j{i}{j}", real=True) for j in range(size)] for i in range(size)]
    return Matrix(sympy.eye(size) - sympy.Matrix(entries))


def ours() -> float:
    """Seconds of CPU for the determinant and the adjugate, from the SymPy matrix on."""
    matrix = field(SIZE)
    start = time.process_time()
    _, rows = polynomial_rows(matrix)
    found = cofactors(rows)
    end = time.process_time()
    if len(found.determinant) != 13_700:
        raise SystemExit(f"Expected 13700 terms, got {len(found.determinant)}")
    return end - start


def peer() -> float:
    """Seconds of CPU for SymPy's inverse of a smaller matrix."""
    matrix = sympy.Matrix(field(PEER_SIZE))
    start = time.process_time()
    matrix.inv()
    return time.process_time() - start


def contests(repeat: int) -> tuple[Contest, ...]:
    a, b = medians("generic_cofactors", repeat)
    return (
        Contest(
            name=f"All cofactors of generic I − J, N = {SIZE}, against SymPy's inverse at N = {PEER_SIZE}",
            unit="CPU, imports apart",
            ours=a,
            peer=b,
            bound=20,
            note="the peer's matrix is smaller: its seconds grow some fifteenfold with each row",
        ),
        Contest(
            name=f"All cofactors of generic I − J, N = {SIZE}, by itself",
            unit="CPU, imports apart",
            ours=a,
            peer=0.0,
            bound=MOST_SECONDS,
            difference=True,
            note="from the SymPy matrix to the polynomials",
        ),
    )
