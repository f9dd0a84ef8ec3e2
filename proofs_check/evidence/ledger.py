"""Ledger: stored evidence, one human-readable JSON file a claim, tied to its statements by hashes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from proofs_check.checker.recheck import LEDGER_SCHEMA, VERDICTS
from proofs_check.checker.terms import Refused, read_json
from proofs_check.claim import Case, Claim
from proofs_check.evidence.evidence import ClaimReport, Evidence, audit
from proofs_check.evidence.verdict import Verdict
from proofs_check.statements.canonical import encode_statement, statement_hash

FOLDER = Path(__file__).parents[1] / "ledger"
WIDTH = 110


def write(report: ClaimReport, folder: Path = FOLDER) -> Path:
    """Store a report's evidence; what is unsupported or not run is left out.

    Returns
    -------
    Path
        The file written, ``group.slug.json``.
    """
    cases = []
    for case, found in zip(report.claim.cases, report.cases, strict=True):
        statement = encode_statement(case.statement)
        kept = [_encode(item) for item in found.evidence if item.verdict.value in VERDICTS and not item.alarm]
        cases.append(
            {
                "name": case.name,
                "statement": statement,
                "statement_hash": statement_hash(case.statement),
                "evidence": kept,
            }
        )
    data = {"schema": LEDGER_SCHEMA, "claim": report.claim.id, "cases": cases}
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{report.claim.id}.json"
    partial = file.with_suffix(".partial")
    partial.write_text(readable(data) + "\n", encoding="utf-8")
    partial.replace(file)
    return file


def read(claim: Claim, folder: Path = FOLDER) -> dict[str, tuple[Evidence, ...]]:
    """Stored evidence by case name, for cases whose statement is still the one that was checked.

    Evidence for a changed statement, and a file that cannot be read, count as absent.  A proof or a
    refutation is what the checker says of its certificate, whatever the file says.
    """
    file = folder / f"{claim.id}.json"
    try:
        data = read_json(file.read_text(encoding="utf-8"))
        stored = {case["name"]: case for case in data["cases"]}
        return {
            case.name: tuple(
                audit(_decode(claim, case, item), case) for item in stored[case.name]["evidence"]
            )
            for case in claim.cases
            if case.name in stored and stored[case.name]["statement_hash"] == statement_hash(case.statement)
        }
    except (OSError, Refused, KeyError, TypeError, ValueError):
        return {}


def readable(value: Any, indent: int = 0) -> str:
    """JSON with sorted keys that breaks lines only where a value does not fit on one."""
    line = json.dumps(value, sort_keys=True, ensure_ascii=False)
    if len(line) + indent <= WIDTH or not isinstance(value, dict | list) or not value:
        return line
    pad = " " * (indent + 1)
    if isinstance(value, dict):
        parts = [
            f"{json.dumps(key, ensure_ascii=False)}: {readable(value[key], indent + 1)}"
            for key in sorted(value)
        ]
        return "{\n" + ",\n".join(pad + part for part in parts) + "\n" + " " * indent + "}"
    return "[\n" + ",\n".join(pad + readable(part, indent + 1) for part in value) + "\n" + " " * indent + "]"


def _encode(evidence: Evidence) -> dict[str, Any]:
    return {
        "engine": evidence.engine,
        "verdict": evidence.verdict.value,
        "scope": evidence.scope,
        "detail": evidence.detail,
        "seconds": f"{evidence.seconds:.3f}",
        "versions": dict(evidence.versions),
        "certificate": None if evidence.certificate is None else read_json(evidence.certificate),
    }


def _decode(claim: Claim, case: Case, item: dict[str, Any]) -> Evidence:
    certificate = item["certificate"]
    return Evidence(
        claim=claim.id,
        case=case.name,
        engine=item["engine"],
        verdict=Verdict(item["verdict"]),
        scope=item["scope"],
        certificate=None if certificate is None else json.dumps(certificate, sort_keys=True),
        seconds=float(item["seconds"]),
        detail=item["detail"],
        versions=tuple(sorted(item["versions"].items())),
        statement_hash=statement_hash(case.statement),
    )
