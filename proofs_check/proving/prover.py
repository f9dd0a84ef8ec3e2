"""Prover: shows every goal of a statement, or says which one it cannot show."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flint import fmpq, fmpq_mpoly

from proofs_check.proving.elimination import Elimination, Reduction
from proofs_check.proving.signs import Method, Signs
from proofs_check.proving.workspace import Known, Term, Workspace
from theory.budget import Budget


class Prover:
    """Goals shown by reduction modulo the equations and by the signs of factors.

    Parameters
    ----------
    encoded : encoded statement
    method : callable, optional
        Built from the workspace; shows that a polynomial without known factors is > 0 or ≥ 0.
    budget : Budget, optional
        What the method may spend.
    stable : mapping, optional
        In which way the checker is to see the stability of a conclusion, by its name.
    """

    def __init__(
        self,
        encoded: dict[str, Any],
        method: type[AbstractMethod] | None = None,
        budget: Budget | None = None,
        stable: Mapping[str, Any] | None = None,
    ) -> None:
        self.workspace = Workspace(encoded, stable)
        self._signs = Signs(self.workspace)
        self._method: Method | None = None
        self._used: AbstractMethod | None = None
        if method is not None:
            self._used = method(self.workspace, budget or Budget())
            self._method = self._used.show
            self._signs.use(self._method)
        self._elimination = Elimination(self.workspace, self._signs)
        self._elimination.reduced_facts()

    def prove(self) -> tuple[dict[str, Any] | None, str]:
        """(certificate, empty text), or (None, what could not be shown)."""
        pending = list(self.workspace.goals)
        while pending:
            shown = next((goal for goal in pending if self._show(goal)), None)
            if shown is None:
                names = ", ".join(goal.name for goal in pending)
                reason = f"; {self._used.gave_up}" if self._used and self._used.gave_up else ""
                return None, f"not shown: {names}{reason}"
            pending.remove(shown)
            self._learn()
        return self.workspace.certificate(), ""

    def _learn(self) -> None:
        """Take in what a shown goal made known; new equations start the elimination afresh."""
        self._signs.close()
        equations = {known.name for known in self.workspace.facts.values() if known.relation == "="}
        if equations != self._elimination.equations:
            self._elimination = Elimination(self.workspace, self._signs)
            self._elimination.reduced_facts()

    def _show(self, goal: Known) -> bool:
        reduction = self._elimination.reduce(goal.polynomial)
        if goal.relation == "=":
            return reduction.remainder == 0 and self._show_equal(goal, reduction)
        if goal.relation == "!=":
            return self._show_nonzero(goal, reduction)
        return self._show_sign(goal, reduction)

    def _show_equal(self, goal: Known, reduction: Reduction) -> bool:
        found = self._elimination.positive_multiplier(reduction.multiplier)
        if found is None:
            return False
        factor, term = found
        modulo = {name: factor * cofactor for name, cofactor in reduction.cofactors.items()}
        self.workspace.show(goal, times=(term,), total=(), modulo=modulo)
        return True

    def _show_nonzero(self, goal: Known, reduction: Reduction) -> bool:
        """(m r) · p = r² + r Σ e E where r, the remainder, is a product of nonzero factors."""
        square = self._square(reduction.remainder)
        if square is None:
            return False
        self.workspace.show(
            goal,
            times=reduction.multiplier * reduction.remainder,
            total=(square,),
            modulo={name: reduction.remainder * c for name, c in reduction.cofactors.items()},
        )
        return True

    def _square(self, remainder: fmpq_mpoly) -> Term | None:
        """remainder² as one term > 0, from what is known of its factors or from its own sign."""
        if remainder == 0:
            return None
        square = self._signs.term(remainder**2, strict=True)
        for sign in (1, -1):
            positive = None if square is not None else self._positive(sign * remainder, strict=True)
            square = square if positive is None else _product(positive, positive)
        return square

    def _show_sign(self, goal: Known, reduction: Reduction) -> bool:
        """(μ m) · p = μ r + μ Σ e E with μ m > 0 and μ r a term of known sign."""
        found = self._elimination.positive_multiplier(reduction.multiplier)
        if found is None:
            return False
        factor, multiplier = found
        strict = goal.relation == ">"
        remainder = factor * reduction.remainder
        if remainder == 0:
            terms: tuple[Term, ...] = ()
        else:
            term = self._positive(remainder, strict=strict)
            if term is None:
                return False
            terms = (term,)
        if strict and not terms:
            return False
        modulo = {name: factor * cofactor for name, cofactor in reduction.cofactors.items()}
        self.workspace.show(goal, times=(multiplier,), total=terms, modulo=modulo)
        return True

    def _positive(self, polynomial: fmpq_mpoly, *, strict: bool) -> Term | None:
        term = self._signs.term(polynomial, strict=strict)
        if term is None and self._method is not None:
            known = self._method(polynomial, strict=strict)
            term = None if known is None else Term(coefficient=fmpq(1), facts={known.name: 1})
        return term


class AbstractMethod:
    """A way to show that a polynomial is positive where the facts of a workspace hold.

    To implement: `show`.  A method that gives up for lack of time or room says so in `gave_up`.

    Parameters
    ----------
    workspace : Workspace
    budget : Budget
        A method that may take long gives up when it is spent.
    """

    gave_up: str = ""

    def __init__(self, workspace: Workspace, budget: Budget) -> None:
        self.workspace = workspace
        self.budget = budget

    def show(self, polynomial: fmpq_mpoly, *, strict: bool) -> Known | None:
        """The lemma ``polynomial > 0`` (if strict) or ``polynomial >= 0``, or None."""
        raise NotImplementedError(f"Expected {type(self).__name__} to implement show()")


def _product(left: Term, right: Term) -> Term | None:
    if left.square is not None or right.square is not None:
        return None
    facts = {
        name: left.facts.get(name, 0) + right.facts.get(name, 0) for name in {**left.facts, **right.facts}
    }
    return Term(coefficient=left.coefficient * right.coefficient, facts=facts)
