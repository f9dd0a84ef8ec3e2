"""The difference of two equilibria under averaged slopes: its largest entry cannot keep its size."""

from __future__ import annotations

import sympy

from proofs_check.claim import Case
from proofs_check.encoding.relations import all_nonnegative, at_least, equal, less
from proofs_check.encoding.symbols import UNIT, column, point, variables
from proofs_check.statements.statement import Statement


def largest_difference_is_zero(n: int) -> Case:
    """δ = Kδ with K ≥ 0 and row sums < 1, where δ_1 ≥ |δ_j| after renaming and scaling: δ_1 ≤ 0.

    Parameters
    ----------
    n : int
        Size of δ, at least 2.
    """
    row, apart = column("K", n), column("d", n)
    return Case(
        name=f"N = {n}: one equilibrium",
        statement=Statement(
            variables=variables(row, apart, typical=UNIT),
            hypotheses=(
                *all_nonnegative(row),
                less(sympy.Add(*row), 1),
                equal(apart[0], (row.T * apart)[0, 0]),
                at_least(apart[0]),
                *(at_least(apart[0], sign * d) for d in apart[1:] for sign in (1, -1)),
            ),
            conclusions=(at_least(-apart[0]),),
        ),
        witness=point(dict.fromkeys(row, sympy.Rational(1, 2 * n)) | dict.fromkeys(apart, 0)),
    )
