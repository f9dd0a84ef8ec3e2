"""Real parts of a matrix's eigenvalues against 1: the stability of accumulated data.

Accumulated data move mean parameters by μ' = μ + (M(μ) − μ)/(t + 2), a step that shrinks like 1/t. Along an
eigenvector of J with eigenvalue λ the distance to an equilibrium is multiplied by Π(1 + (λ − 1)/(t + 2)),
which behaves like t^(λ − 1): the equilibrium is stable when every real part is below 1, unstable when one is
above.  The Cayley transform C = (J − (1 − s)I)((1 + s)I − J)⁻¹, s > 0, has the eigenvalues
(s + (λ − 1))/(s − (λ − 1)), inside the unit circle iff Re λ < 1 and outside iff Re λ > 1.
"""

from __future__ import annotations

from flint import arb, arb_mat, ctx, fmpq, fmpq_mat

from theory.budget import Budget
from theory.equilibrium.enclosures import all_finite, complex_roots
from theory.equilibrium.result import Stability
from theory.stability import irreducible_blocks, spectral_radius

_SHIFTS = (fmpq(1), fmpq(1, 3), fmpq(22, 7))


def real_parts(jacobian: arb_mat, *, bits: int, budget: Budget) -> Stability:
    """Stable where every eigenvalue of every matrix in the balls is proved to have a real part below 1.

    Parameters
    ----------
    jacobian : arb_mat, shape ``(n, n)``
    bits : int
        Working precision.
    budget : Budget

    Returns
    -------
    Stability
        *Unstable* where in every matrix some eigenvalue is proved to have a real part above 1.

    Examples
    --------
    >>> real_parts(arb_mat([[-3, 1], [-1, -3]]), bits=128, budget=Budget())
    <Stability.STABLE: 'stable'>
    >>> real_parts(arb_mat([[2, 1], [0, -3]]), bits=128, budget=Budget())
    <Stability.UNSTABLE: 'unstable'>
    """
    with ctx.workprec(bits):
        if not all_finite(jacobian.entries()):
            return Stability.UNDECIDED
        blocks = irreducible_blocks(jacobian)
        return _together({_of_block(block, bits, budget) for block in blocks})


def exact_real_parts(jacobian: fmpq_mat, *, bits: int) -> Stability:
    """The same of a rational matrix, from the roots of its characteristic polynomial."""
    with ctx.workprec(bits):
        return _together({_side(arb(root.real)) for root, _ in complex_roots(jacobian.charpoly())})


def cayley_transform(jacobian: arb_mat, shift: fmpq) -> arb_mat | None:
    """(J − (1 − s)I)((1 + s)I − J)⁻¹; None where the inverse is not proved to exist."""
    n = jacobian.nrows()
    identity = arb_mat(n, n, [int(i == j) for i in range(n) for j in range(n)])
    try:
        inverse = (identity * arb(1 + shift) - jacobian).inv()
    except ZeroDivisionError:
        return None
    found = (jacobian - identity * arb(1 - shift)) * inverse
    return found if all_finite(found.entries()) else None


def _of_block(block: arb_mat, bits: int, budget: Budget) -> Stability:
    if block.nrows() == 1:
        return _side(block[0, 0])
    for shift in _SHIFTS:
        transformed = cayley_transform(block, shift)
        if transformed is None:
            continue
        radius = spectral_radius(transformed, bits=bits, budget=budget)
        if radius.upper < 1:
            return Stability.STABLE
        if radius.lower > 1:
            return Stability.UNSTABLE
    return Stability.UNDECIDED


def _side(real_part: arb) -> Stability:
    if real_part < 1:
        return Stability.STABLE
    return Stability.UNSTABLE if real_part > 1 else Stability.UNDECIDED


def _together(found: set[Stability]) -> Stability:
    """One unstable direction is enough; stable takes all of them."""
    for verdict in (Stability.UNSTABLE, Stability.UNDECIDED):
        if verdict in found:
            return verdict
    return Stability.STABLE
