"""Entry bounds: polynomials that bound |p| where the facts of a workspace hold."""

from __future__ import annotations

from flint import fmpq, fmpq_mpoly

from proofs_check.proving.prover import AbstractMethod
from proofs_check.proving.signs import Signs, factorise
from proofs_check.proving.workspace import Workspace

MAX_TERMS = 60


class EntryBounds:
    """|p| from signs of p, from facts −b ≤ p ≤ b, and from those of p's factors and terms.

    Parameters
    ----------
    workspace : Workspace
    method : AbstractMethod
        Asked about the signs of factors that no fact settles.
    """

    def __init__(self, workspace: Workspace, method: AbstractMethod) -> None:
        self._workspace = workspace
        self._signs = Signs(workspace)
        self._signs.use(method.show)

    def nonnegative(self, polynomial: fmpq_mpoly) -> bool:
        """Whether p ≥ 0 is shown."""
        return polynomial == 0 or self._signs.term(polynomial, strict=False) is not None

    def absolute(self, polynomial: fmpq_mpoly) -> fmpq_mpoly | None:
        """b with b ≥ |p|, or None where no such polynomial is seen."""
        if self.nonnegative(polynomial):
            return polynomial
        if self.nonnegative(-polynomial):
            return -polynomial
        if len(polynomial) > MAX_TERMS:
            return None
        found = factorise(polynomial)
        if sum(power for _, power in found.factors) > 1:
            return self._product([f for f, power in found.factors for _ in range(power)], abs(found.constant))
        return self._between_facts(polynomial) or self._total(polynomial)

    def _product(self, factors: list[fmpq_mpoly], constant: fmpq) -> fmpq_mpoly | None:
        result = self._workspace.constant(1) * constant
        for factor in factors:
            bound = self.absolute(factor)
            if bound is None:
                return None
            result = result * bound
        return result

    def _between_facts(self, polynomial: fmpq_mpoly) -> fmpq_mpoly | None:
        """b of facts b − p ≥ 0 and b + p ≥ 0 up to positive factors, or the larger of two numbers."""
        above, below = self._tops(polynomial), self._tops(-polynomial)
        found = next((bound for bound in above if self.nonnegative(bound + polynomial)), None)
        numbers = [
            [b.leading_coefficient() for b in tops if b.is_constant() and b != 0] for tops in (above, below)
        ]
        if found is None and all(numbers):
            return self._workspace.constant(max(min(tops) for tops in numbers))
        return found

    def _tops(self, polynomial: fmpq_mpoly) -> list[fmpq_mpoly]:
        """b of the facts b − p ≥ 0 up to positive factors."""
        exponents, lead = next(iter(polynomial.to_dict().items()))
        tops = []
        for known in self._workspace.facts.values():
            slope = known.polynomial.to_dict().get(exponents)
            if known.relation in (">", ">=") and slope is not None and (slope > 0) is not (lead > 0):
                bound = known.polynomial * (-lead / slope) + polynomial
                tops += [bound] if len(bound) < len(known.polynomial) else []
        return tops

    def _total(self, polynomial: fmpq_mpoly) -> fmpq_mpoly | None:
        """The sum of bounds on the terms."""
        data = polynomial.to_dict()
        if len(data) < 2:
            return None
        total = self._workspace.constant(0)
        for exponents, coefficient in data.items():
            bound = self.absolute(self._workspace.context.from_dict({exponents: coefficient}))
            if bound is None:
                return None
            total = total + bound
        return total
