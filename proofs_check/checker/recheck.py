"""Recheck: re-verifies every certificate of a ledger, without the programs that found them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from proofs_check.checker.certificate_check import check_certificate
from proofs_check.checker.terms import Refused, digest, read_json, record, sequence, text

LEDGER_SCHEMA = "backfire.ledger/1"
OBSERVED_SCHEMAS = ("backfire.experiment/1", "backfire.limit/1")
VERDICTS = ("proved", "refuted", "supported", "unknown")
LEDGER_KEYS = ("schema", "claim", "cases")
ORIGIN_KEY = "found_with"
MUTANTS = "mutants"
EVIDENCE_KEYS = ("engine", "verdict", "scope", "detail", "seconds", "versions", "certificate")


@dataclass(frozen=True, kw_only=True)
class RecheckResult:
    """One stored piece of evidence, or one unreadable file, and whether it stands.

    `file` is its path in the ledger.  `shows` is what its certificate proves (``proved``, ``refuted``), empty
    for evidence that carries none and needs none.
    """

    file: str
    claim: str
    case: str
    engine: str
    accepted: bool
    shows: str
    reason: str


def recheck(path: Path | None = None) -> tuple[RecheckResult, ...]:
    """Results for every piece of evidence in a ledger: a folder with its ``mutants``, or one file.

    Parameters
    ----------
    path : Path, optional
        Default: the ledger that ships with the project.

    Raises
    ------
    FileNotFoundError
        When there is no such file or folder.
    """
    path = Path(__file__).parent.parent / "ledger" if path is None else Path(path)
    if not path.exists():
        raise FileNotFoundError(f"Expected a ledger file or folder, found nothing at {path}")
    if not path.is_dir():
        return tuple(_recheck_file(path, path.name))
    files = [*sorted(path.glob("*.json")), *sorted(path.glob(f"{MUTANTS}/*.json"))]
    return tuple(
        result for file in files for result in _recheck_file(file, file.relative_to(path).as_posix())
    )


def _recheck_file(file: Path, name: str) -> list[RecheckResult]:
    try:
        data = read_json(file.read_text(encoding="utf-8"))
        told = (ORIGIN_KEY,) if type(data) is dict and ORIGIN_KEY in data else ()
        record(data, (*LEDGER_KEYS, *told), "ledger")
        text(data["schema"], LEDGER_SCHEMA, "ledger")
        text(data["claim"], None, "ledger")
        cases = sequence(data["cases"], "cases")
        return [result for case in cases for result in _recheck_case(name, data["claim"], case)]
    except (Refused, OSError, UnicodeDecodeError) as error:
        return [_result(name, "", "", "", reason=str(error))]


def _recheck_case(file: str, claim: str, case: Any) -> list[RecheckResult]:
    record(case, ("name", "statement", "statement_hash", "evidence"), "case")
    name = str(case["name"])
    if digest(case["statement"]) != case["statement_hash"]:
        return [_result(file, claim, name, "", reason="the statement does not match its hash")]
    results = []
    for item in sequence(case["evidence"], "evidence"):
        record(item, EVIDENCE_KEYS, "evidence")
        shows, reason = _stands(case["statement"], item)
        results.append(_result(file, claim, name, str(item["engine"]), shows=shows, reason=reason))
    return results


def _stands(statement: Any, item: dict[str, Any]) -> tuple[str, str]:
    """(what the evidence shows, why it is refused)."""
    verdict, certificate = item["verdict"], item["certificate"]
    if verdict not in VERDICTS:
        return "", f"unknown verdict {str(verdict)[:40]!r}"
    if verdict not in ("proved", "refuted"):
        return "", "" if certificate is None else "a certificate where none belongs"
    observed = type(statement) is dict and statement.get("schema") in OBSERVED_SCHEMAS
    if verdict == "refuted" and certificate is None and observed:
        return "", ""
    outcome = check_certificate(statement, certificate)
    if outcome.accepted and outcome.shows != verdict:
        return "", f"its certificate shows {outcome.shows}, not {verdict}"
    return outcome.shows, outcome.reason


def _result(file: str, claim: str, case: str, engine: str, *, shows: str = "", reason: str) -> RecheckResult:
    return RecheckResult(
        file=file, claim=claim, case=case, engine=engine, accepted=not reason, shows=shows, reason=reason
    )
