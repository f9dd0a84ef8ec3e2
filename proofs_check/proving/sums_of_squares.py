"""Sums of squares: multiplier · p as products of facts times squares, guessed numerically, made exact."""

from __future__ import annotations

import time
from math import gcd, lcm

from flint import fmpq, fmpq_mpoly

from proofs_check.proving import semidefinite
from proofs_check.proving.affine_system import AffineSystem, Inconsistent
from proofs_check.proving.gram import Ansatz, Column, Exponents, pruned
from proofs_check.proving.gram_faces import restricted
from proofs_check.proving.gram_plans import PLANS, ansatzes, inputs_about
from proofs_check.proving.gram_rounding import Identity, rounded
from proofs_check.proving.prover import AbstractMethod
from proofs_check.proving.sign_sampling import negative_somewhere
from proofs_check.proving.workspace import Known, Term, Workspace
from theory.budget import Budget

MAX_BASIS = 90
MAX_UNKNOWNS = 2_500
MAX_ROUNDS = 6
MAX_TERMS = 600
SHARE = 0.5
"""Part of the time left that one polynomial may take."""

_INTERIOR = 1e-7
_FEASIBLE = -1e-5
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
        asked = (str(polynomial), strict, len(self.workspace.facts))
        if asked in self._failed:
            return None
        scale = _scale(polynomial)
        found = self._identity(polynomial / scale, strict=strict)
        if found is None:
            self._failed.add(asked)
            return None
        return self._lemma(polynomial, scale, found, strict=strict)

    def _identity(self, goal: fmpq_mpoly, *, strict: bool) -> Identity | None:
        """An identity for the goal by the first plan that gives one."""
        deadline = self._deadline()
        seen: set[str] = set()
        for inputs in inputs_about(goal, tuple(self.workspace.facts.values())):
            if not inputs.equations and negative_somewhere(goal, inputs.facts):
                continue
            for plan in PLANS:
                for whole in ansatzes(self.workspace, goal, inputs, plan, strict=strict):
                    ansatz = pruned(whole)
                    fresh = ansatz is not None and _fresh(ansatz, seen)
                    found = _search(ansatz, deadline, strict=strict) if ansatz and fresh else None
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


def _search(ansatz: Ansatz, deadline: float, *, strict: bool) -> Identity | None:
    """An exact identity of this form, looked for on ever smaller faces."""
    current: Ansatz | None = ansatz
    for _ in range(MAX_ROUNDS):
        if current is None or not _manageable(current, strict=strict):
            return None
        try:
            system = AffineSystem(_columns(current), {(): fmpq(1)})
        except Inconsistent:
            return None
        guess = _guess(current, system, deadline, strict=strict)
        if guess is None or guess.margin < _FEASIBLE:
            return None
        found = rounded(current, system, guess.unknowns, strict=strict, fine=guess.margin > _INTERIOR)
        if found is not None:
            return found
        current = restricted(current, guess.unknowns)
        current = None if current is None else pruned(current)
    return None


def _manageable(ansatz: Ansatz, *, strict: bool) -> bool:
    """Whether the search is small enough, and can give what is wanted."""
    small = ansatz.basis_size <= MAX_BASIS and ansatz.unknowns <= MAX_UNKNOWNS
    fit = bool(ansatz.surplus) if strict else any(weight.strict for weight in ansatz.multipliers)
    return small and fit


def _columns(ansatz: Ansatz) -> list[Column]:
    """Coefficients of the unknowns in one equation for each monomial, and in Σ c = 1 under the name ()."""
    columns = ansatz.columns()
    for column in columns[len(columns) - len(ansatz.multipliers) :]:
        column[()] = fmpq(1)
    return columns


def _guess(
    ansatz: Ansatz, system: AffineSystem, deadline: float, *, strict: bool
) -> semidefinite.Guess | None:
    """Approximate unknowns with regular matrices, as far as there are any."""
    left = deadline - time.monotonic()
    if left <= 0:
        return None
    columns = _columns(ansatz)
    rows = {e: k for k, e in enumerate(sorted(system.independent))}
    first = len(columns) - len(ansatz.multipliers)
    programme = semidefinite.Programme(
        columns=[
            {rows[e]: int(c.p) / int(c.q) for e, c in column.items() if e in rows} for column in columns
        ],
        right=[float(e == ()) for e in sorted(rows)],
        free=len(ansatz.cofactors),
        sizes=tuple(len(block.roots) for block in ansatz.blocks),
        scalars=len(columns) - first + len(ansatz.surplus),
        summed=range(first - len(ansatz.surplus), first) if strict else range(0),
    )
    return semidefinite.solve(programme, left)


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
