"""Sums of squares: multiplier · p as products of facts times squares, guessed numerically, made exact."""

from __future__ import annotations

import time
from math import gcd, lcm

from flint import fmpq, fmpq_mpoly

from proofs_check.proving.gram import Ansatz
from proofs_check.proving.gram_plans import PLANS, ansatzes, inputs_about
from proofs_check.proving.gram_pruning import pruned
from proofs_check.proving.gram_rounding import Identity
from proofs_check.proving.gram_search import GramSearch
from proofs_check.proving.prover import AbstractMethod
from proofs_check.proving.sign_sampling import negative_somewhere
from proofs_check.proving.workspace import Known, Term, Workspace
from theory.budget import Budget

MAX_TERMS = 600
SHARE = 0.5
"""Part of the time left that one polynomial may take."""

_LARGE = 10_000


class SumsOfSquaresMethod(AbstractMethod):
    """Shows p > 0 or p ≥ 0 from Σ multiplier · p = Σ products of facts · squares + Σ cofactor · equation.

    A semidefinite programme over floating-point numbers proposes the squares; where its matrices are
    singular the search moves to their face; the unknowns are rounded, the identity solved exactly, and
    the matrices split into squares over the rationals.
    """

    def __init__(self, workspace: Workspace, budget: Budget) -> None:
        super().__init__(workspace, budget)
        self._failed: set[tuple[str, bool, int]] = set()

    def show(self, polynomial: fmpq_mpoly, *, strict: bool) -> Known | None:
        if polynomial.is_constant() or len(polynomial) > MAX_TERMS:
            return None
        scale = _scale(polynomial)
        goal = polynomial / scale
        asked = (str(goal), strict, len(self.workspace.facts))
        found = None if asked in self._failed else self._identity(goal, strict=strict)
        if found is None:
            self._failed.add(asked)
            return None
        return self._lemma(polynomial, scale, found, strict=strict)

    def _identity(self, goal: fmpq_mpoly, *, strict: bool) -> Identity | None:
        """An identity for the goal by the first plan that gives one."""
        search = GramSearch(self._deadline(), strict=strict)
        seen: set[str] = set()
        for inputs in inputs_about(goal, tuple(self.workspace.facts.values())):
            if not inputs.equations and negative_somewhere(goal, inputs.facts):
                continue
            for plan in PLANS:
                if search.expired:
                    return None
                for whole in ansatzes(self.workspace, goal, inputs, plan, strict=strict):
                    ansatz = pruned(whole)
                    fresh = ansatz is not None and _fresh(ansatz, seen)
                    found = search.identity(ansatz) if ansatz and fresh else None
                    if found is not None:
                        return found
        return None

    def _deadline(self) -> float:
        """The moment at which work on one polynomial ends."""
        now = time.monotonic()
        left = self.budget.seconds if self.budget.deadline is None else self.budget.deadline - now
        return now + SHARE * left

    def _lemma(self, polynomial: fmpq_mpoly, scale: fmpq, found: Identity, *, strict: bool) -> Known:
        """times · (p / scale) = total + … as a lemma about p."""
        total = [
            Term(coefficient=term.coefficient * scale, facts=term.facts, square=term.square)
            for term in found.total
        ]
        modulo = {name: scale * cofactor for name, cofactor in found.modulo.items()}
        relation = ">" if strict else ">="
        return self.workspace.lemma(polynomial, relation, times=found.times, total=total, modulo=modulo)


def _fresh(ansatz: Ansatz, seen: set[str]) -> bool:
    """Whether no ansatz of the same multipliers and blocks was tried."""
    weights = [str(weight.polynomial) for weight in (*ansatz.multipliers, *ansatz.surplus)]
    blocks = [(str(block.weight.polynomial), len(block.roots)) for block in ansatz.blocks]
    key = f"{weights} {blocks} {len(ansatz.cofactors)}"
    fresh = key not in seen
    seen.add(key)
    return fresh


def _scale(polynomial: fmpq_mpoly) -> fmpq:
    """A positive number that leaves small integer coefficients, as far as one number can."""
    numerator, denominator, largest = 0, 1, 0
    for c in polynomial.coeffs():
        numerator, denominator = gcd(numerator, int(c.p)), lcm(denominator, int(c.q))
    scale = fmpq(numerator, denominator)
    for c in polynomial.coeffs():
        largest = max(largest, abs(int((c / scale).p)))
    return scale if largest <= _LARGE else scale * fmpq(largest, _LARGE)
