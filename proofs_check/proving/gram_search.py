"""Search of an exact identity of a given form: guess, round, move to a smaller face, again."""

from __future__ import annotations

import time
from dataclasses import replace

from flint import fmpq

from proofs_check.proving import semidefinite
from proofs_check.proving.affine_system import AffineSystem, Inconsistent
from proofs_check.proving.gram import Ansatz, Column
from proofs_check.proving.gram_faces import restricted
from proofs_check.proving.gram_pruning import pruned
from proofs_check.proving.gram_rounding import Identity, rounded

MAX_BASIS = 160
MAX_UNKNOWNS = 2_500
MAX_ROUNDS = 6
_INTERIOR = 1e-7
_FEASIBLE = -1e-5


class GramSearch:
    """Exact identities of given forms.

    Parameters
    ----------
    deadline : float
        Moment on the monotonic clock at which to give up.
    strict : bool
        Whether the sum must be surely > 0.
    """

    def __init__(self, deadline: float, *, strict: bool) -> None:
        self._deadline = deadline
        self._strict = strict

    @property
    def expired(self) -> bool:
        """Whether it is time to give up."""
        return time.monotonic() > self._deadline

    def identity(self, ansatz: Ansatz) -> Identity | None:
        """An identity of this form; None when none was found.

        Matrices as regular as can be come first; when they cannot be regular, few squares.
        """
        found, feasible = self._descend(ansatz, sparse=False)
        return self._descend(ansatz, sparse=True)[0] if found is None and feasible else found

    def _descend(self, ansatz: Ansatz, *, sparse: bool) -> tuple[Identity | None, bool]:
        """An identity found on ever smaller faces, and whether the first guess was feasible."""
        current: Ansatz | None = ansatz
        for number in range(MAX_ROUNDS):
            if current is None or not self._manageable(current):
                return None, number > 0
            try:
                system = AffineSystem(_columns(current), {(): fmpq(1)})
            except Inconsistent:
                return None, number > 0
            guess = self._guess(current, system, sparse=sparse and number == 0)
            if guess is None or guess.margin < _FEASIBLE:
                return None, number > 0
            fine = guess.margin > _INTERIOR
            found = rounded(current, system, guess.unknowns, strict=self._strict, fine=fine)
            if found is not None:
                return found, True
            current = restricted(current, guess.unknowns)
            current = None if current is None else pruned(current)
        return None, True

    def _manageable(self, ansatz: Ansatz) -> bool:
        """Whether the search is small enough, and can give what is wanted."""
        small = ansatz.basis_size <= MAX_BASIS and ansatz.unknowns <= MAX_UNKNOWNS
        strict = ansatz.surplus if self._strict else [w for w in ansatz.multipliers if w.strict]
        return small and bool(strict)

    def _guess(self, ansatz: Ansatz, system: AffineSystem, *, sparse: bool) -> semidefinite.Guess | None:
        """Approximate unknowns; the margin is relative to the goal's coefficients."""
        left = self._deadline - time.monotonic()
        if left <= 0:
            return None
        try:
            programme, size = self._programme(ansatz, system, sparse=sparse)
        except OverflowError:
            return None
        found = semidefinite.solve(programme, left)
        return None if found is None else replace(found, unknowns=size * found.unknowns)

    def _programme(
        self, ansatz: Ansatz, system: AffineSystem, *, sparse: bool
    ) -> tuple[semidefinite.Programme, float]:
        """The programme in floating-point numbers, scaled down by the goal's largest coefficient."""
        columns = _columns(ansatz)
        rows = {e: k for k, e in enumerate(sorted(system.independent))}
        first = len(columns) - len(ansatz.multipliers)
        size = max(abs(int(c.p) / int(c.q)) for c in ansatz.goal.coeffs())
        programme = semidefinite.Programme(
            columns=[
                {rows[e]: int(c.p) / int(c.q) for e, c in part.items() if e in rows} for part in columns
            ],
            right=[float(e == ()) / size for e in sorted(rows)],
            free=len(ansatz.cofactors),
            sizes=tuple(len(block.roots) for block in ansatz.blocks),
            scalars=len(columns) - first + len(ansatz.surplus),
            summed=range(first - len(ansatz.surplus), first) if self._strict else range(0),
            sparse=sparse,
        )
        return programme, size


def _columns(ansatz: Ansatz) -> list[Column]:
    """Coefficients of the unknowns in one equation for each monomial, and in Σ c = 1 under the name ()."""
    columns = ansatz.columns()
    for column in columns[len(columns) - len(ansatz.multipliers) :]:
        column[()] = fmpq(1)
    return columns
