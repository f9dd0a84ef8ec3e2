"""Pairwise choice on four atoms: the expansion too long for a certificate, in flint's own arithmetic."""

from __future__ import annotations

from functools import reduce
from operator import add, mul

import pytest
from flint import fmpq_mpoly_ctx

from proofs_check.claims.open import pairwise_single

ATOMS = 4
NAMES = ["s1", "s2", "s3", "p1", "p2", "p3", "p4", "e"]
CONTEXT = fmpq_mpoly_ctx.get(NAMES, "degrevlex")
GENERATORS = dict(zip(NAMES, CONTEXT.gens(), strict=True))


def expanded(expression):
    """A SymPy expression of sums, products and powers in flint's arithmetic."""
    if expression.is_Symbol:
        return GENERATORS[expression.name]
    if expression.is_Integer:
        return CONTEXT.constant(int(expression))
    if expression.is_Pow:
        return expanded(expression.base) ** int(expression.exp)
    return reduce(add if expression.is_Add else mul, map(expanded, expression.args))


def determinant(rows):
    """By expansion along the first row."""
    if not rows:
        return CONTEXT.constant(1)
    total = CONTEXT.constant(0)
    for j, head in enumerate(rows[0]):
        total += (-1) ** j * head * determinant([row[:j] + row[j + 1 :] for row in rows[1:]])
    return total


def tails(rows, right, factors):
    """Tail numerators of the system with each row multiplied by its factor; the right side has it already."""
    parts = []
    for column in range(ATOMS):
        part = CONTEXT.constant(0)
        for i in range(ATOMS):
            minor = [row[:column] + row[column + 1 :] for k, row in enumerate(rows) if k != i]
            others = reduce(mul, (factors[k] for k in range(ATOMS) if k != i))
            part += (-1) ** (i + column) * right[i] * others * determinant(minor)
        parts.append(GENERATORS[f"p{column + 1}"] * part)
    return [reduce(add, parts[k:]) for k in range(1, ATOMS)]


def entries(matrix):
    return [[expanded(matrix[i, j]) for j in range(ATOMS)] for i in range(ATOMS)]


def positive(polynomial):
    return len(polynomial) > 0 and all(c > 0 for c in polynomial.coeffs())


def test_the_determinant_has_positive_coefficients_only():
    matrix, _, _ = pairwise_single.system(ATOMS)
    assert positive(determinant(entries(matrix)))


@pytest.mark.slow
def test_the_tails_of_the_share_have_positive_coefficients_only():
    matrix, right, _ = pairwise_single.system(ATOMS)
    one = [CONTEXT.constant(1)] * ATOMS
    assert all(map(positive, tails(entries(matrix), [expanded(side) for side in right], one)))


@pytest.mark.slow
def test_the_tails_of_the_strength_have_positive_coefficients_only():
    matrix, _, _ = pairwise_single.system(ATOMS)
    for gap in range(1, ATOMS):
        scaled, right, _ = pairwise_single.strength_system(ATOMS, gap)
        factors = [expanded(scaled[i, i] / matrix[i, i]) for i in range(ATOMS)]
        assert all(map(positive, tails(entries(matrix), [expanded(side) for side in right], factors)))
