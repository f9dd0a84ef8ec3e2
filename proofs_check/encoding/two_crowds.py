"""A saturated model whose output two crowds choose from: weights a of share 1 − φ, b of share φ.

The model can be any law p on its atoms; one round is p' = (1 − φ) a p/E_p a + φ b p/E_p b.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import product

import sympy

from proofs_check.encoding.relations import positive
from proofs_check.encoding.symbols import UNIT, Matrix, Range, column, entries, real, variables
from proofs_check.statements.statement import Relation, Variable

Values = dict[sympy.Symbol, sympy.Expr]
_WEIGHTS: Range = (sympy.Rational(0), sympy.Rational(4))


@dataclass(frozen=True)
class TwoCrowds:
    """Symbols, one round and domain on a number of atoms.

    Parameters
    ----------
    atoms : int
        n ≥ 2; the last probability is 1 less the others.
    """

    atoms: int

    @cached_property
    def free(self) -> Matrix:
        """p_1 … p_{n−1}."""
        return column("p", self.atoms - 1)

    @cached_property
    def law(self) -> tuple[sympy.Expr, ...]:
        """All n probabilities."""
        return (*self.free, 1 - sympy.Add(*self.free))

    @cached_property
    def honest(self) -> Matrix:
        """a = e^r."""
        return column("a", self.atoms)

    @cached_property
    def other(self) -> Matrix:
        """b = e^s."""
        return column("b", self.atoms)

    @cached_property
    def share(self) -> sympy.Symbol:
        """φ, the share of the crowd with weights b."""
        return real("phi")

    def mean(self, values: Iterable[sympy.Expr]) -> sympy.Expr:
        """E_p of a function of the atom."""
        return sympy.Add(*(p * f for p, f in zip(self.law, values, strict=True)))

    def covariance(self, first: Iterable[sympy.Expr], second: Iterable[sympy.Expr]) -> sympy.Expr:
        """Cov_p of two functions of the atom."""
        first, second = tuple(first), tuple(second)
        product = self.mean(f * g for f, g in zip(first, second, strict=True))
        return product - self.mean(first) * self.mean(second)

    @cached_property
    def ratios(self) -> tuple[sympy.Expr, ...]:
        """p'_i/p_i, atom by atom."""
        honest, other = self.mean(self.honest), self.mean(self.other)
        return tuple(
            (1 - self.share) * a / honest + self.share * b / other
            for a, b in zip(self.honest, self.other, strict=True)
        )

    @cached_property
    def step(self) -> tuple[sympy.Expr, ...]:
        """p'."""
        return tuple(p * ratio for p, ratio in zip(self.law, self.ratios, strict=True))

    @cached_property
    def gain(self) -> sympy.Expr:
        """E_{p'} a − E_p a."""
        after = sympy.Add(*(p * a for p, a in zip(self.step, self.honest, strict=True)))
        return after - self.mean(self.honest)

    @property
    def variables(self) -> tuple[Variable, ...]:
        """p, a, b, φ in that order."""
        return (
            *variables(self.free, typical=UNIT),
            *variables(self.honest, self.other, typical=_WEIGHTS),
            *variables(self.share, typical=UNIT),
        )

    def domain(self) -> tuple[Relation, ...]:
        """Probabilities and weights > 0."""
        return tuple(positive(x) for x in (*self.law, *self.honest, *self.other))

    def at(
        self,
        law: Iterable[str | int],
        honest: Iterable[str | int],
        other: Iterable[str | int],
        share: str | int,
    ) -> Values:
        """Values of p_1 … p_{n−1}, a, b and φ."""
        given = {self.free: law, self.honest: honest, self.other: other}
        values = entries({generic: [[value] for value in items] for generic, items in given.items()})
        return values | {self.share: sympy.Rational(share)}

    def kept(self, weights: Matrix, candidates: int) -> tuple[sympy.Expr, ...]:
        """C_K: law of what is kept of K candidates, one draw of them at a time."""
        kept = [sympy.S.Zero] * self.atoms
        for draw in product(range(self.atoms), repeat=candidates):
            chance = sympy.Mul(*(self.law[i] for i in draw))
            total = sympy.Add(*(weights[i] for i in draw))
            for i in draw:
                kept[i] += chance * weights[i] / total
        return tuple(kept)
