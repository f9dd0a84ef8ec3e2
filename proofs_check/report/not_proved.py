"""Why a claim is not proved, in a line."""

from __future__ import annotations

from collections.abc import Iterator

from proofs_check.report.check_document import CheckDocument, ClaimDocument, EvidenceDocument

_REFUTED = {"open": "an open question, settled", "refuted": "a falsehood, as expected,"}
_SILENT = ("unsupported", "not run")


def not_proved(document: CheckDocument) -> Iterator[tuple[str, str]]:
    """The id of each claim that is not proved, with the reason.

    Yields
    ------
    (str, str)
    """
    for claim in document.claims:
        if claim.verdict != "proved":
            yield claim.id, reason(claim)


def reason(claim: ClaimDocument) -> str:
    """Why a claim is not proved."""
    if claim.unexpected:
        return claim.unexpected
    if claim.verdict == "refuted":
        return f"refuted: {_REFUTED.get(claim.expected, 'unexpectedly')} by an exact counterexample"
    cases = _by_case(claim)
    left = [f"{case}: {_obstacle(found)}" for case, found in cases.items() if not _settled(found)]
    if claim.expected == "open":
        proved = f"{len(cases) - len(left)} of {len(cases)} cases proved, which does not settle it"
        return "; ".join([f"{claim.verdict}: an open question, {proved}", *left])
    return f"{claim.verdict}: {'; '.join(left) or 'its cases were not all finished'}"


def _by_case(claim: ClaimDocument) -> dict[str, list[EvidenceDocument]]:
    cases: dict[str, list[EvidenceDocument]] = {}
    for item in claim.evidence:
        cases.setdefault(item.scope, []).append(item)
    return cases


def _settled(found: list[EvidenceDocument]) -> bool:
    return any(item.verdict in ("proved", "refuted") for item in found)


def _obstacle(found: list[EvidenceDocument]) -> str:
    """What stands against a proof of one case: the best that was found, and by whom."""
    ran = [item for item in found if item.verdict not in _SILENT]
    if not ran:
        return "no engine accepts it or could run"
    best = [item for item in ran if item.verdict == "supported"] or ran
    return ", ".join(f"{item.engine} {item.verdict} ({item.detail})" for item in best)
