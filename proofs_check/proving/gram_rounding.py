"""Rounding of Gram matrices: rational unknowns near a guess that satisfy an ansatz exactly."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import gcd, lcm
from typing import TYPE_CHECKING, TypeVar

import numpy as np
from flint import fmpq, fmpq_mpoly

from proofs_check.proving.affine_system import AffineSystem
from proofs_check.proving.gram import Ansatz, Block, Weight
from proofs_check.proving.workspace import Term

if TYPE_CHECKING:
    from numpy.typing import NDArray

Number = TypeVar("Number", float, fmpq)
COARSE = (1, 2, 3, 4, 6, 8, 12, 24, 60)
FINE = (10**3, 10**4, 10**6, 10**8, 10**11)
_SLACK = 1e-9


@dataclass(frozen=True, kw_only=True)
class Identity:
    """times · goal = total + Σ cofactor · equation with terms that are ≥ 0, and whether each side is > 0."""

    times: tuple[Term, ...]
    total: tuple[Term, ...]
    modulo: dict[str, fmpq_mpoly]
    times_strict: bool
    total_strict: bool


def rounded(
    ansatz: Ansatz,
    system: AffineSystem,
    guess: NDArray[np.float64],
    *,
    strict: bool,
    fine: bool,
) -> Identity | None:
    """The identity with the simplest denominators near the guess; None when no rounding is semidefinite.

    Parameters
    ----------
    ansatz : Ansatz
    system : AffineSystem
        The equations between the unknowns of `ansatz`.
    guess : array
    strict : bool
        Whether the sum must be surely > 0; else it is enough that the multipliers are.
    fine : bool
        Whether large denominators are worth trying: they are when the guess is in the interior.
    """
    for denominator in (*COARSE, *FINE) if fine else COARSE:
        values = {k: fmpq(round(float(guess[k]) * denominator), denominator) for k in system.free}
        found = _identity(ansatz, system.solution(values))
        if found is not None and (found.total_strict or (found.times_strict and not strict)):
            return found
    return None


def matrices(ansatz: Ansatz, unknowns: Sequence[Number]) -> Iterator[tuple[Block, list[list[Number]]]]:
    """Each block with its symmetric matrix."""
    position = len(ansatz.cofactors)
    for block in ansatz.blocks:
        size = len(block.roots)
        matrix = [[unknowns[0]] * size for _ in range(size)]
        for row, column in block.pairs:
            matrix[row][column] = matrix[column][row] = unknowns[position]
            position += 1
        yield block, matrix


def _identity(ansatz: Ansatz, unknowns: list[fmpq]) -> Identity | None:
    """The identity with these unknowns, when they have the right signs."""
    last = len(unknowns) - len(ansatz.multipliers)
    weights, shares = ansatz.surplus, unknowns[last - len(ansatz.surplus) : last]
    scales = unknowns[last:]
    if any(c < 0 for c in (*shares, *scales)):
        return None
    found = list(matrices(ansatz, unknowns))
    if not all(_nearly_semidefinite(matrix) for _, matrix in found):
        return None
    total = [_scaled(weight, c) for weight, c in zip(weights, shares, strict=True) if c != 0]
    for block, matrix in found:
        squares = _squares(block, matrix)
        if squares is None:
            return None
        total += squares
    used = [(weight, c) for weight, c in zip(ansatz.multipliers, scales, strict=True) if c != 0]
    return Identity(
        times=tuple(_scaled(weight, c) for weight, c in used),
        total=tuple(total),
        modulo=_modulo(ansatz, unknowns),
        times_strict=any(weight.strict for weight, _ in used),
        total_strict=any(weight.strict and c != 0 for weight, c in zip(weights, shares, strict=True)),
    )


def _modulo(ansatz: Ansatz, unknowns: Sequence[fmpq]) -> dict[str, fmpq_mpoly]:
    cofactors: dict[str, fmpq_mpoly] = {}
    for part, c in zip(ansatz.cofactors, unknowns, strict=False):
        term = c * part.monomial
        cofactors[part.equation] = cofactors[part.equation] + term if part.equation in cofactors else term
    return cofactors


def _scaled(weight: Weight, scale: fmpq) -> Term:
    term = weight.term
    return Term(coefficient=term.coefficient * scale, facts=term.facts, square=term.square)


def _nearly_semidefinite(matrix: list[list[fmpq]]) -> bool:
    """Whether floating-point numbers see no clearly negative eigenvalue."""
    try:
        approximate = np.array([[int(c.p) / int(c.q) for c in row] for row in matrix])
    except OverflowError:
        return False
    scale = 1.0 + float(np.abs(approximate).max())
    return bool(np.linalg.eigvalsh(approximate)[0] >= -_SLACK * scale)


def _squares(block: Block, matrix: list[list[fmpq]]) -> list[Term] | None:
    """weight · rootsᵀ Q roots as terms from Q = Σ pivot · row rowᵀ; None when Q is not semidefinite."""
    rest = [list(row) for row in matrix]
    size = len(rest)
    terms = []
    for k in range(size):
        pivot = rest[k][k]
        if pivot < 0 or (pivot == 0 and any(rest[k][j] != 0 for j in range(k, size))):
            return None
        if pivot == 0:
            continue
        row = [rest[k][j] / pivot if j >= k else fmpq(0) for j in range(size)]
        for i in (i for i in range(k + 1, size) if row[i] != 0):
            scaled = pivot * row[i]
            for j in range(k, size):
                rest[i][j] = rest[i][j] - scaled * row[j]
        terms.append(_square(block, row, pivot))
    return terms


def _square(block: Block, row: Sequence[fmpq], pivot: fmpq) -> Term:
    root = block.roots[0] * 0
    for c, part in zip(row, block.roots, strict=True):
        if c != 0:
            root = root + c * part
    content = _content(root)
    term = block.weight.term
    square = None if root.is_constant() else root / content
    return Term(coefficient=term.coefficient * pivot * content**2, facts=term.facts, square=square)


def _content(polynomial: fmpq_mpoly) -> fmpq:
    """The rational number that leaves coprime integer coefficients."""
    numerator, denominator = 0, 1
    for c in polynomial.coeffs():
        numerator, denominator = gcd(numerator, int(c.p)), lcm(denominator, int(c.q))
    return fmpq(numerator, denominator)
