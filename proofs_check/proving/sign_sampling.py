"""Sign sampling: whether a polynomial is seen negative somewhere that the facts allow."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from flint import fmpq_mpoly

from proofs_check.proving.workspace import Known

if TYPE_CHECKING:
    from numpy.typing import NDArray

_POINTS = 4000
_SCALES = (0.1, 0.5, 1.0, 3.0)
_SURE = 1e-6
_MAX_TERMS = 5_000


def negative_somewhere(polynomial: fmpq_mpoly, facts: Sequence[Known]) -> bool:
    """Whether p < 0 at one of some thousand points where every fact holds; False says nothing.

    Parameters
    ----------
    polynomial : fmpq_mpoly
    facts : sequence of Known
        Inequalities; the caller leaves out polynomials on which equations bear.
    """
    if len(polynomial) > _MAX_TERMS:
        return False
    try:
        with np.errstate(all="ignore"):
            return _seen(polynomial, facts)
    except OverflowError:
        return False


def _seen(polynomial: fmpq_mpoly, facts: Sequence[Known]) -> bool:
    points = _points(len(polynomial.degrees()))
    for fact in facts:
        _orient(points, fact)
    inside = np.ones(len(points), dtype=bool)
    for fact in facts:
        values, _ = _values(fact.polynomial, points)
        inside &= values > 0 if fact.relation == ">" else values >= 0
    values, sizes = _values(polynomial, points[inside])
    return bool((values < -_SURE * sizes).any())


def _points(width: int) -> NDArray[np.float64]:
    """Gaussian points on several scales, some with small integer coordinates."""
    draw = np.random.default_rng(0)
    points: NDArray[np.float64] = (
        draw.standard_normal((_POINTS, width)) * np.resize(_SCALES, _POINTS)[:, None]
    )
    whole = np.arange(_POINTS) % 5 == 0
    points[whole] = np.round(points[whole])
    return points


def _orient(points: NDArray[np.float64], fact: Known) -> None:
    """Give a variable the sign that a fact on it alone demands."""
    terms = fact.polynomial.to_dict()
    if len(terms) == 1 and fact.polynomial.total_degree() == 1:
        ((exponents, c),) = terms.items()
        column = points[:, exponents.index(1)]
        np.copyto(column, np.abs(column) if c > 0 else -np.abs(column))


def _values(
    polynomial: fmpq_mpoly, points: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Values and the sums of the terms' sizes, to judge rounding by; the largest coefficient scaled to 1."""
    total, sizes = np.zeros(len(points)), np.zeros(len(points))
    terms = polynomial.to_dict()
    scale = max((abs(c) for c in terms.values()), default=1)
    for exponents, c in terms.items():
        part = c / scale
        term = np.full(len(points), int(part.p) / int(part.q))
        for k, exponent in enumerate(exponents):
            if exponent:
                term *= points[:, k] ** int(exponent)
        total += term
        sizes += np.abs(term)
    return total, sizes
