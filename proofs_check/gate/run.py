"""Running the gate: every engine on every planted statement, and what went wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from proofs_check import registry as engine_registry
from proofs_check.engine import AbstractEngine
from proofs_check.evidence.evidence import ClaimReport
from proofs_check.evidence.verdict import Verdict
from proofs_check.gate.planted import Planted
from proofs_check.gate.registry import as_claim, planted
from proofs_check.running.runner import Progress, check_claims
from theory.budget import Budget

SECONDS = 60.0


@dataclass(frozen=True, kw_only=True)
class GateResult:
    """What all engines together made of one planted statement."""

    key: str
    planted: Planted
    report: ClaimReport

    @property
    def verdict(self) -> Verdict:
        """The combined verdict."""
        return self.report.verdict

    @property
    def engines(self) -> tuple[str, ...]:
        """Names of the engines whose verdict is the combined one; none when nothing was shown."""
        if self.verdict is Verdict.UNKNOWN:
            return ()
        return tuple(item.engine for item in self.report.evidence if item.verdict is self.verdict)

    @property
    def error(self) -> str:
        """What is wrong with the verdict; empty when nothing is."""
        found = {item.verdict for item in self.report.evidence}
        if self.report.alarms:
            return f"alarm: {'; '.join(self.report.alarms)}"
        if self.planted.truth and Verdict.REFUTED in found:
            return f"true, and refuted by {self._by(Verdict.REFUTED)}"
        if not self.planted.truth and Verdict.PROVED in found:
            return f"false, and proved by {self._by(Verdict.PROVED)}"
        if not self.planted.truth and self.verdict is not Verdict.REFUTED:
            return f"false, and not refuted: {self.verdict.value}"
        return ""

    def _by(self, verdict: Verdict) -> str:
        return ", ".join(item.engine for item in self.report.evidence if item.verdict is verdict)


@dataclass(frozen=True, kw_only=True)
class GateReport:
    """The results on a set of planted statements."""

    results: tuple[GateResult, ...]

    @property
    def errors(self) -> tuple[str, ...]:
        """Every error, with the statement's id."""
        return tuple(f"{result.key}: {result.error}" for result in self.results if result.error)

    @property
    def summary(self) -> str:
        """The counts in a sentence."""
        false, slivers, true = (
            [
                result
                for result in self.results
                if result.planted.truth is truth and result.planted.sliver >= sliver
            ]
            for truth, sliver in ((False, False), (False, True), (True, False))
        )
        parts = [
            f"{_count(false, Verdict.REFUTED)} of {len(false)} false statements refuted",
            f"{_count(slivers, Verdict.REFUTED)} of the {len(slivers)} that fail only in a sliver",
            f"of {len(true)} true ones {_count(true, Verdict.REFUTED)} refuted",
            f"{_count(true, Verdict.PROVED)} proved",
            f"{_count(true, Verdict.SUPPORTED)} supported",
            f"{_count(true, Verdict.UNKNOWN)} unknown",
        ]
        return ", ".join(parts)


def _count(results: Sequence[GateResult], verdict: Verdict) -> int:
    return sum(result.verdict is verdict for result in results)


def run(
    items: Mapping[str, Planted] | None = None,
    budget: Budget | None = None,
    *,
    engines: Sequence[AbstractEngine] | None = None,
    jobs: int = 2,
    progress: Progress | None = None,
) -> GateReport:
    """Run engines on planted statements through the path of claims: processes, audit, combination.

    Parameters
    ----------
    items : mapping of id to Planted, optional
        Default: all of them.
    budget : Budget, optional
        `seconds` is for each statement, shared by the engines.
    engines : sequence of AbstractEngine, optional
        Default: all of them.
    jobs : int
    progress : callable, optional
    """
    items = planted() if items is None else items
    claims = [as_claim(key, item) for key, item in items.items()]
    engines = engine_registry.engines() if engines is None else engines
    budget = Budget(seconds=SECONDS) if budget is None else budget
    reports = check_claims(claims, budget, engines=engines, jobs=jobs, progress=progress)
    return GateReport(
        results=tuple(
            GateResult(key=report.claim.id, planted=items[report.claim.id], report=report)
            for report in reports
        )
    )
