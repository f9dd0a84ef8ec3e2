"""Pruning: the unknowns of an ansatz that must vanish, found from the supports alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from flint import fmpq_mpoly

from proofs_check.proving.gram import Ansatz, Block

_BITS = 16
Number = tuple[int, int]
"""(block, root) of a diagonal entry, or (−1, place) of a surplus."""


def pruned(ansatz: Ansatz) -> Ansatz | None:
    """The ansatz without the unknowns that must vanish; None when nothing can equal the goal.

    Where the coefficient of a monomial must be 0 and is a sum of numbers ≥ 0 alone, all of these are 0.
    """
    tally = _Tally(ansatz)
    while vanishing := tally.vanishing():
        tally.drop(vanishing)
    if tally.impossible:
        return None
    blocks = []
    for index, block in enumerate(ansatz.blocks):
        roots = tuple(root for k, root in enumerate(block.roots) if (index, k) in tally.signs)
        blocks += [replace(block, roots=roots)] if roots else []
    surplus = tuple(weight for k, weight in enumerate(ansatz.surplus) if (-1, k) in tally.signs)
    return replace(ansatz, blocks=tuple(blocks), surplus=surplus)


class _Tally:
    """Which monomials the unknowns reach: numbers ≥ 0 with the sign of their coefficient, others without.

    A monomial is packed into one integer, so that a product is a sum.
    """

    def __init__(self, ansatz: Ansatz) -> None:
        self._blocks = [_supports(block) for block in ansatz.blocks]
        self._wanted = {m for weight in ansatz.multipliers for m in _signed(weight.polynomial * ansatz.goal)}
        self._always = {m for cofactor in ansatz.cofactors for m in _signed(cofactor.polynomial)}
        self._single = len(ansatz.multipliers) == 1
        self.signs: dict[Number, dict[int, bool]] = {
            (index, k): _signed(block.weight.polynomial * root * root)
            for index, block in enumerate(ansatz.blocks)
            for k, root in enumerate(block.roots)
        }
        self.signs |= {(-1, k): _signed(weight.polynomial) for k, weight in enumerate(ansatz.surplus)}
        self._free = set(self._off_diagonal())

    @property
    def impossible(self) -> bool:
        """Whether a monomial of the goal is out of reach."""
        reached = {m for signs in self.signs.values() for m in signs}
        return self._single and bool(self._wanted - self._free - self._always - reached)

    def vanishing(self) -> set[Number]:
        """Numbers that must be 0."""
        senses: dict[int, set[bool]] = {}
        for signs in self.signs.values():
            for m, sign in signs.items():
                senses.setdefault(m, set()).add(sign)
        alone = {
            m
            for m, found in senses.items()
            if len(found) == 1 and m not in self._free and m not in self._always and m not in self._wanted
        }
        return {number for number, signs in self.signs.items() if not alone.isdisjoint(signs)}

    def drop(self, numbers: set[Number]) -> None:
        """Forget the numbers and what their rows of the matrices reach."""
        for number in numbers:
            del self.signs[number]
        self._free = set(self._off_diagonal())

    def _off_diagonal(self) -> Iterator[int]:
        for index, (weight, roots) in enumerate(self._blocks):
            kept = [root for k, root in enumerate(roots) if (index, k) in self.signs]
            pairs = {a + b for k, left in enumerate(kept) for right in kept[:k] for a in left for b in right}
            yield from (m + pair for m in weight for pair in pairs)


def _supports(block: Block) -> tuple[list[int], list[list[int]]]:
    """Packed monomials of the weight and of each root."""
    return list(_signed(block.weight.polynomial)), [list(_signed(root)) for root in block.roots]


def _signed(polynomial: fmpq_mpoly) -> dict[int, bool]:
    """Packed monomials, each with whether its coefficient is positive."""
    return {_packed(exponents): c > 0 for exponents, c in polynomial.to_dict().items()}


def _packed(exponents: tuple[int, ...]) -> int:
    packed = 0
    for exponent in exponents:
        packed = (packed << _BITS) + int(exponent)
    return packed
