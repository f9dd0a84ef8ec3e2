"""Gram ansatz: a multiple of a polynomial as weighted sums of squares with unknown Gram matrices."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

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


def pruned(ansatz: Ansatz) -> Ansatz | None:
    """The ansatz without the unknowns that must vanish; None when nothing can equal the goal.

    Where the coefficient of a monomial must be 0 and is a sum of numbers ≥ 0 alone, all of these are 0.
    """
    while True:
        tally = _Tally(ansatz)
        if tally.impossible:
            return None
        if not tally.vanishing:
            return ansatz
        blocks = []
        for index, block in enumerate(ansatz.blocks):
            kept = tuple(r for k, r in enumerate(block.roots) if (index, k) not in tally.vanishing)
            blocks += [replace(block, roots=kept)] if kept else []
        surplus = tuple(w for k, w in enumerate(ansatz.surplus) if (-1, k) not in tally.vanishing)
        ansatz = replace(ansatz, blocks=tuple(blocks), surplus=surplus)


class _Tally:
    """For each monomial: the numbers ≥ 0 that enter its coefficient, and whether anything else does."""

    def __init__(self, ansatz: Ansatz) -> None:
        self._free: set[Exponents] = set()
        self._signs: dict[Exponents, dict[tuple[int, int], bool]] = {}
        self._wanted: set[Exponents] = set()
        for weight in ansatz.multipliers:
            self._wanted.update((weight.polynomial * ansatz.goal).to_dict())
        for cofactor in ansatz.cofactors:
            self._free.update(cofactor.polynomial.to_dict())
        for index, block in enumerate(ansatz.blocks):
            self._count(index, block)
        for index, weight in enumerate(ansatz.surplus):
            self._note((-1, index), weight.polynomial)
        self.impossible = len(ansatz.multipliers) == 1 and bool(
            self._wanted - self._free - self._signs.keys()
        )
        self.vanishing = {
            number
            for exponents, signs in self._signs.items()
            if exponents not in self._free and exponents not in self._wanted and len(set(signs.values())) == 1
            for number in signs
        }

    def _count(self, index: int, block: Block) -> None:
        weighted = [block.weight.polynomial * root for root in block.roots]
        for row, column in block.pairs:
            entry = weighted[row] * block.roots[column]
            if row == column:
                self._note((index, row), entry)
            else:
                self._free.update(entry.to_dict())

    def _note(self, number: tuple[int, int], polynomial: fmpq_mpoly) -> None:
        for exponents, c in polynomial.to_dict().items():
            self._signs.setdefault(exponents, {})[number] = c > 0
