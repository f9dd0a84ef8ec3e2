"""Evidence: one engine's verdict on one case, and how evidence combines into a claim's verdict."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from proofs_check.checker.certificate_check import check_certificate
from proofs_check.checker.terms import Refused, read_json
from proofs_check.claim import Case, Claim, Expectation
from proofs_check.evidence.verdict import Verdict
from proofs_check.statements.canonical import encode_statement
from proofs_check.statements.statement import Statement


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """What one engine showed of one case.

    Parameters
    ----------
    claim, case, engine : str
        Claim id, case name, engine name.
    verdict : Verdict
    scope : str
        What the verdict covers; the case's name.
    certificate : str or None
        The certificate as JSON text.
    seconds : float
    detail : str
        How, or why not, in a sentence.
    versions : tuple of (package, version) pairs
    statement_hash : str
        Hash of the statement that was checked.
    alarm : str
        Why the engine cannot be trusted: a certificate that the checker refused.  Empty otherwise.
    on_record : bool
        Whether it was read from a ledger, not found just now.
    """

    claim: str
    case: str
    engine: str
    verdict: Verdict
    scope: str
    certificate: str | None
    seconds: float
    detail: str
    versions: tuple[tuple[str, str], ...]
    statement_hash: str
    alarm: str = ""
    on_record: bool = False


@dataclass(frozen=True, kw_only=True)
class CaseReport:
    """All evidence on one case and what it comes to.

    `alarm` tells of engines that disagree or of a certificate that the checker refused; else it is empty.
    """

    case: str
    verdict: Verdict
    evidence: tuple[Evidence, ...]
    alarm: str


@dataclass(frozen=True, kw_only=True)
class ClaimReport:
    """A claim with its evidence, case by case, and the verdict it comes to."""

    claim: Claim
    cases: tuple[CaseReport, ...]
    verdict: Verdict
    complete: bool = True

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """All evidence, in the order of the cases."""
        return tuple(evidence for case in self.cases for evidence in case.evidence)

    @property
    def alarms(self) -> tuple[str, ...]:
        """Disagreements between engines and certificates that the checker refused."""
        return tuple(f"{self.claim.id}, {case.case}: {case.alarm}" for case in self.cases if case.alarm)

    @property
    def unexpected(self) -> str:
        """Why the verdict opposes the claim's expectation; empty when it does not."""
        if self.alarms:
            return "; ".join(self.alarms)
        if self.claim.expected is Expectation.NOT_REFUTED and self.verdict is Verdict.REFUTED:
            return "expected not to be refuted, and it was"
        if self.claim.expected is Expectation.REFUTED and self.verdict is Verdict.PROVED:
            return "expected to be refuted, and it was proved"
        return ""


def audit(evidence: Evidence, case: Case) -> Evidence:
    """The evidence after the checker has had its say.

    A proof counts only with a certificate that the checker accepts as a proof, a refutation of an
    implication likewise; otherwise the verdict becomes *unknown* and an alarm is raised.
    """
    observed = evidence.verdict is Verdict.REFUTED and not isinstance(case.statement, Statement)
    if evidence.verdict not in (Verdict.PROVED, Verdict.REFUTED) or observed:
        return evidence
    reason = _refusal(evidence, case)
    if not reason:
        return evidence
    alarm = f"{evidence.engine} said {evidence.verdict.value}, but {reason}"
    return replace(evidence, verdict=Verdict.UNKNOWN, certificate=None, detail=alarm, alarm=alarm)


def combine_case(name: str, evidence: Iterable[Evidence]) -> CaseReport:
    """One case's verdict from its audited evidence.

    Refuted with proved is a disagreement: both are kept, the verdict is *unknown*, and the alarm says so.
    """
    evidence = tuple(evidence)
    found = {item.verdict for item in evidence}
    alarms = [item.alarm for item in evidence if item.alarm]
    verdict = next(
        (v for v in (Verdict.REFUTED, Verdict.PROVED, Verdict.SUPPORTED) if v in found), Verdict.UNKNOWN
    )
    if Verdict.PROVED in found and Verdict.REFUTED in found:
        proving, refuting = (
            ", ".join(item.engine for item in evidence if item.verdict is v)
            for v in (Verdict.PROVED, Verdict.REFUTED)
        )
        alarms.append(f"engines disagree: proved by {proving}, refuted by {refuting}")
        verdict = Verdict.UNKNOWN
    return CaseReport(case=name, verdict=verdict, evidence=evidence, alarm="; ".join(alarms))


def combine_claim(claim: Claim, cases: Iterable[CaseReport], *, complete: bool = True) -> ClaimReport:
    """A claim's verdict: refuted if a case is, proved if every implication among its cases is.

    Cases that can only be sampled or iterated may refute a claim; they neither make it proved nor
    keep it from being proved for the scope of its implications.  Proofs for part of an open
    question's scope support it: they do not settle it.
    """
    cases = tuple(cases)
    found = {case.case: case.verdict for case in cases}
    provable = [case.name for case in claim.cases if isinstance(case.statement, Statement)]
    if Verdict.REFUTED in found.values():
        verdict = Verdict.REFUTED
    elif len(found) < len(claim.cases) or any(case.alarm for case in cases):
        verdict = Verdict.UNKNOWN
    elif provable and all(found[name] is Verdict.PROVED for name in provable):
        verdict = Verdict.SUPPORTED if claim.expected is Expectation.OPEN else Verdict.PROVED
    else:
        verdict = Verdict.UNKNOWN if Verdict.UNKNOWN in found.values() else Verdict.SUPPORTED
    return ClaimReport(claim=claim, cases=cases, verdict=verdict, complete=complete)


def _refusal(evidence: Evidence, case: Case) -> str:
    """Why the checker does not confirm the evidence; empty when it does."""
    if evidence.certificate is None:
        return "it gave no certificate"
    try:
        certificate = read_json(evidence.certificate)
    except Refused as error:
        return f"its certificate cannot be read: {error}"
    outcome = check_certificate(encode_statement(case.statement), certificate)
    if not outcome.accepted:
        return f"the checker refused its certificate: {outcome.reason}"
    if outcome.shows != evidence.verdict.value:
        return f"its certificate shows that the statement is {outcome.shows}"
    return ""
