"""A potential of crowds at K = ∞, F(p) = α E_ref log p + (1 − α) Σ_j w_j log E_p a_j, and its round.

One round is T(p) = α p_ref + (1 − α) Σ_j w_j a_j p/E_p a_j; α = 0 is a model without real data.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import sympy

from proofs_check.encoding.relations import positive
from proofs_check.encoding.symbols import UNIT, Matrix, column, real, variables
from proofs_check.statements.statement import Relation, Variable


@dataclass(frozen=True)
class CrowdPotential:
    """Symbols, potential and round of two crowds of shares 1 − φ and φ on a number of atoms.

    Parameters
    ----------
    atoms : int
        n ≥ 2; all probabilities are free symbols.
    real_data : bool
        Whether there are real data of share α.
    """

    atoms: int
    real_data: bool = True

    @cached_property
    def law(self) -> Matrix:
        """p_1 … p_n."""
        return column("p", self.atoms)

    @cached_property
    def reference(self) -> Matrix:
        """p_ref."""
        return column("q", self.atoms)

    @cached_property
    def weights(self) -> tuple[Matrix, Matrix]:
        """a and b."""
        return column("a", self.atoms), column("b", self.atoms)

    @cached_property
    def share(self) -> sympy.Expr:
        """α."""
        return real("alpha") if self.real_data else sympy.S.Zero

    @cached_property
    def crowds(self) -> tuple[tuple[sympy.Expr, Matrix], ...]:
        """(1 − φ, a) and (φ, b)."""
        fraction = real("phi")
        return (1 - fraction, self.weights[0]), (fraction, self.weights[1])

    @cached_property
    def potential(self) -> sympy.Expr:
        """F."""
        own = sympy.Add(*(q * sympy.log(p) for q, p in zip(self.reference, self.law, strict=True)))
        chosen = sympy.Add(*(w * sympy.log(a.dot(self.law)) for w, a in self.crowds))
        return self.share * own + (1 - self.share) * chosen

    @cached_property
    def step(self) -> Matrix:
        """T(p)."""
        rest = 1 - self.share
        entries = []
        for i in range(self.atoms):
            kept = sympy.Add(*(w * a[i] * self.law[i] / a.dot(self.law) for w, a in self.crowds))
            entries.append(self.share * self.reference[i] + rest * kept)
        return Matrix(entries)

    @property
    def variables(self) -> tuple[Variable, ...]:
        """p, q, a, b, φ and α, those that occur."""
        data = (self.reference, self.share) if isinstance(self.share, sympy.Symbol) else ()
        return variables(self.law, *self.weights, real("phi"), *data, typical=UNIT)

    def domain(self) -> tuple[Relation, ...]:
        """Probabilities and weights > 0."""
        return tuple(positive(x) for generic in (self.law, *self.weights) for x in generic)

    def means(self) -> tuple[Relation, ...]:
        """E_p a > 0 and E_p b > 0."""
        return tuple(positive(a.dot(self.law)) for a in self.weights)
