"""Engine: one method of proof or refutation, with its fragment and its ceiling."""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, final

from proofs_check.checker.terms import canonical_text
from proofs_check.claim import AnyStatement, Case
from proofs_check.evidence.evidence import Evidence
from proofs_check.evidence.origin import installed
from proofs_check.evidence.verdict import Verdict
from proofs_check.statements.canonical import statement_hash
from theory.budget import Budget


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What an attempt came to; a proof or a refutation of an implication brings its certificate."""

    verdict: Verdict
    detail: str
    certificate: Mapping[str, Any] | None = None


@dataclass(frozen=True, kw_only=True)
class Canaries:
    """Small cases that show an engine at work; None where it can do no such thing.

    Parameters
    ----------
    affirms : Case or None
        True; the engine must reach its ceiling on it.
    refutes : Case or None
        False; the engine must refute it.
    unsupported : Case
        Outside the engine's fragment.
    """

    affirms: Case | None
    refutes: Case | None
    unsupported: Case


class AbstractEngine(ABC):
    """One method, in one file of ``engines``.

    To implement: `name`, `ceiling` (the strongest verdict besides *refuted*), `packages` (distributions
    whose versions matter), `patience` (the part of a claim's time limit that one case may take; the
    patient engines run last), `refusal`, `attempt`, `canaries`; and `missing` where a package is optional.
    """

    name: ClassVar[str]
    ceiling: ClassVar[Verdict]
    packages: ClassVar[tuple[str, ...]] = ()
    patience: ClassVar[float] = 0.25

    @abstractmethod
    def refusal(self, statement: AnyStatement) -> str | None:
        """Why `statement` lies outside the fragment, or None when it is inside."""

    @abstractmethod
    def attempt(self, case: Case, budget: Budget) -> Finding:
        """Try to prove or refute a case of the fragment within the budget."""

    @abstractmethod
    def canaries(self) -> Canaries:
        """Cases that show the engine at work."""

    def missing(self) -> str | None:
        """Why the engine cannot run here, such as a package that is not installed; else None."""
        return None

    @final
    def accepts(self, statement: AnyStatement) -> str | None:
        """Why `statement` is not accepted; None when it is."""
        return self.refusal(statement)

    @final
    def check(self, case: Case, budget: Budget, claim: str = "") -> Evidence:
        """Evidence on `case`: what the attempt came to, not yet audited by the checker."""
        clock = time.monotonic()
        finding = self._find(case, budget.started())
        if self.ceiling is not Verdict.PROVED and finding.verdict is Verdict.PROVED:
            detail = f"{self.name} cannot prove: {finding.detail}"
            finding = Finding(verdict=Verdict.UNKNOWN, detail=detail)
        text = None if finding.certificate is None else canonical_text(finding.certificate)
        return Evidence(
            claim=claim,
            case=case.name,
            engine=self.name,
            verdict=finding.verdict,
            scope=case.name,
            certificate=text,
            seconds=round(time.monotonic() - clock, 3),
            detail=finding.detail,
            versions=installed(self.packages),
            statement_hash=statement_hash(case.statement),
        )

    def _find(self, case: Case, budget: Budget) -> Finding:
        reason = self.accepts(case.statement)
        if reason is not None:
            return Finding(verdict=Verdict.UNSUPPORTED, detail=reason)
        absent = self.missing()
        if absent is not None:
            return Finding(verdict=Verdict.NOT_RUN, detail=absent)
        return self.attempt(case, budget)
