"""Gram ansatz: a multiple of a polynomial as weighted sums of squares with unknown Gram matrices."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flint import fmpq, fmpq_mpoly

from proofs_check.proving.workspace import Term

Exponents = tuple[int, ...]
Column = dict[Exponents, fmpq]


@dataclass(frozen=True, kw_only=True)
class Weight:
    """A term that is ≥ 0 where the facts hold, expanded, and whether it is surely > 0."""

    term: Term
    polynomial: fmpq_mpoly
    strict: bool


@dataclass(frozen=True, kw_only=True)
class Block:
    """weight · rootsᵀ Q roots with an unknown positive semidefinite matrix Q."""

    weight: Weight
    roots: tuple[fmpq_mpoly, ...]

    @property
    def pairs(self) -> Iterator[tuple[int, int]]:
        """Positions (row ≤ column) of the entries of Q, column by column."""
        return ((row, column) for column in range(len(self.roots)) for row in range(column + 1))


@dataclass(frozen=True, kw_only=True)
class Cofactor:
    """An unknown multiple of monomial · equation."""

    equation: str
    monomial: fmpq_mpoly
    polynomial: fmpq_mpoly


@dataclass(frozen=True, kw_only=True)
class Ansatz:
    """Σ c · multiplier · goal = Σ weight · rootsᵀ Q roots + Σ ε · surplus + Σ a · cofactor.

    Unknown are c ≥ 0 with Σ c = 1, Q positive semidefinite, ε ≥ 0 and the numbers a.  In the order of
    `columns` they are a, the upper triangles of the Q, ε, c.
    """

    goal: fmpq_mpoly
    multipliers: tuple[Weight, ...]
    blocks: tuple[Block, ...]
    surplus: tuple[Weight, ...]
    cofactors: tuple[Cofactor, ...]

    @property
    def basis_size(self) -> int:
        """How many roots all blocks have."""
        return sum(len(block.roots) for block in self.blocks)

    @property
    def unknowns(self) -> int:
        """How many unknown numbers there are."""
        entries = sum(len(block.roots) * (len(block.roots) + 1) // 2 for block in self.blocks)
        return len(self.cofactors) + entries + len(self.surplus) + len(self.multipliers)

    def columns(self) -> list[Column]:
        """What each unknown is multiplied by in right side − left side = 0."""
        found = [dict(cofactor.polynomial.to_dict()) for cofactor in self.cofactors]
        for block in self.blocks:
            weighted = [block.weight.polynomial * root for root in block.roots]
            for row, column in block.pairs:
                entry = weighted[row] * block.roots[column]
                found.append((entry if row == column else 2 * entry).to_dict())
        found += [weight.polynomial.to_dict() for weight in self.surplus]
        return found + [(-weight.polynomial * self.goal).to_dict() for weight in self.multipliers]
