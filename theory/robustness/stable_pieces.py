"""Stability of every matrix in wide balls: Gershgorin's discs in a basis of approximate eigenvectors."""

from __future__ import annotations

import numpy as np
from flint import acb, acb_mat, arb, arb_mat, ctx

from theory.equilibrium.enclosures import all_finite
from theory.stability import irreducible_blocks


def is_stable_throughout(jacobian: arb_mat, *, bits: int, accumulates: bool) -> bool:
    """Whether every eigenvalue of every matrix in the balls is proved to have modulus below 1.

    Where data accumulate, a real part below 1 is asked instead.

    Parameters
    ----------
    jacobian : arb_mat, shape ``(n, n)``
    bits : int
        Working precision.
    accumulates : bool

    Examples
    --------
    >>> wide = arb_mat([[arb("0.5 +/- 0.01"), 3], [arb("0 +/- 0.01"), arb("-0.6 +/- 0.01")]])
    >>> is_stable_throughout(wide, bits=64, accumulates=False)
    True
    """
    with ctx.workprec(bits):
        if not all_finite(jacobian.entries()):
            return False
        return all(_block_is_stable(block, accumulates) for block in irreducible_blocks(jacobian))


def _block_is_stable(block: arb_mat, accumulates: bool) -> bool:  # noqa: FBT001 (an inner function)
    n = block.nrows()
    moved = _diagonal_dominant(block) if n > 1 else acb_mat(block)
    if moved is None:
        return False
    for i in range(n):
        spread = sum((abs(acb(moved[i, j])).upper() for j in range(n) if j != i), arb(0))
        centre = acb(moved[i, i])
        reach = (arb(centre.real) if accumulates else abs(centre)) + spread
        if not reach < 1:
            return False
    return True


def _diagonal_dominant(block: arb_mat) -> acb_mat | None:
    """V⁻¹JV for approximate eigenvectors V: similar to J whatever V is, as long as it is invertible."""
    middle = np.array([[float(x.mid()) for x in row] for row in block.tolist()])
    if not np.all(np.isfinite(middle)):
        return None
    vectors = np.linalg.eig(middle).eigenvectors
    basis = acb_mat([[acb(float(v.real), float(v.imag)) for v in row] for row in vectors])
    try:
        moved: acb_mat = basis.solve(acb_mat(block) * basis)
    except ZeroDivisionError:
        return None
    return moved if all(acb(x).is_finite() for x in moved.entries()) else None
