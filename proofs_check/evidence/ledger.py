"""Ledger: stored evidence, one human-readable JSON file a claim, tied to its statements by hashes."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from proofs_check.checker.recheck import EVIDENCE_KEYS, LEDGER_SCHEMA, ORIGIN_KEY, VERDICTS
from proofs_check.checker.terms import Refused, digest, read_json, record, sequence, text
from proofs_check.claim import Case, Claim
from proofs_check.evidence.evidence import ClaimReport, Evidence, audit
from proofs_check.evidence.origin import Origin
from proofs_check.evidence.verdict import Verdict
from proofs_check.statements.canonical import encode_statement, statement_hash

FOLDER = Path(__file__).parents[1] / "ledger"
WIDTH = 110
_SECONDS = re.compile(r"[0-9]{1,9}\.[0-9]{3}")


@dataclass(frozen=True, kw_only=True)
class Record:
    """What a ledger holds about a claim as it is now.

    Parameters
    ----------
    cases : mapping of case name to tuple of Evidence
        Of the cases whose statement is still the one that was checked, audited just now.
    origin : Origin or None
        With what it was found; None where the file does not tell.
    faults : tuple of str
        Why the file, or a part of it, cannot be trusted: it was changed since it was written.
    """

    cases: Mapping[str, tuple[Evidence, ...]]
    origin: Origin | None = None
    faults: tuple[str, ...] = ()


def write(report: ClaimReport, origin: Origin, folder: Path = FOLDER) -> Path:
    """Store a report's evidence; what is unsupported or not run is left out.

    Parameters
    ----------
    report : ClaimReport
    origin : Origin
        With what the evidence was found.
    folder : Path

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
    data = {"schema": LEDGER_SCHEMA, "claim": report.claim.id, ORIGIN_KEY: origin.data, "cases": cases}
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{report.claim.id}.json"
    partial = file.with_suffix(".partial")
    partial.write_text(readable(data) + "\n", encoding="utf-8")
    partial.replace(file)
    return file


def read(claim: Claim, folder: Path = FOLDER) -> Mapping[str, tuple[Evidence, ...]]:
    """Stored evidence by case name, for cases whose statement is still the one that was checked.

    Evidence for a changed statement, and a file that cannot be read, count as absent.  A proof or a
    refutation is what the checker says of its certificate, whatever the file says.
    """
    return recall(claim, folder).cases


def recall(claim: Claim, folder: Path = FOLDER) -> Record:
    """Everything stored about a claim, and what is wrong with it; no file whatsoever makes it fail."""
    file = folder / f"{claim.id}.json"
    if not file.exists():
        return Record(cases={})
    try:
        data = read_json(file.read_text(encoding="utf-8"))
        text(data["schema"], LEDGER_SCHEMA, "ledger")
        text(data["claim"], claim.id, "ledger")
        stored = {text(case["name"], None, "case"): case for case in sequence(data["cases"], "cases")}
    except (Refused, OSError, KeyError, TypeError, ValueError) as error:
        return Record(cases={}, faults=(f"{file.name} cannot be read: {error}",))
    found: dict[str, tuple[Evidence, ...]] = {}
    faults = []
    for case in claim.cases:
        try:
            evidence = _recall_case(claim, case, stored.get(case.name))
        except (Refused, AttributeError, KeyError, TypeError, ValueError, RecursionError) as error:
            faults.append(f"{file.name}, {case.name}: {error}")
            continue
        if evidence is not None:
            found[case.name] = evidence
            faults += [f"{file.name}, {case.name}: {item.alarm}" for item in evidence if item.alarm]
    return Record(cases=found, origin=_origin(data), faults=tuple(faults))


def _recall_case(claim: Claim, case: Case, stored: Any) -> tuple[Evidence, ...] | None:
    """The audited evidence on a case; None where there is none for its present statement.

    Raises
    ------
    Refused, AttributeError, KeyError, TypeError, ValueError
        When what is stored was not written like this.
    """
    if stored is None:
        return None
    if digest(stored["statement"]) != stored["statement_hash"]:
        raise Refused("the statement does not match its hash")
    hashed = statement_hash(case.statement)
    if stored["statement_hash"] != hashed:
        return None
    items = sequence(stored["evidence"], "evidence")
    return tuple(audit(_decode(claim, case, hashed, item), case) for item in items)


def _origin(data: Any) -> Origin | None:
    try:
        return Origin.read(data[ORIGIN_KEY])
    except (KeyError, TypeError, AttributeError):
        return None


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


def _decode(claim: Claim, case: Case, hashed: str, item: Any) -> Evidence:
    record(item, EVIDENCE_KEYS, "evidence")
    certificate, verdict, seconds = (
        item["certificate"],
        item["verdict"],
        text(item["seconds"], None, "seconds"),
    )
    if verdict not in VERDICTS or not _SECONDS.fullmatch(seconds):
        raise Refused(f"no evidence has verdict {str(verdict)[:40]!r} and took {seconds[:40]!r} seconds")
    return Evidence(
        claim=claim.id,
        case=case.name,
        engine=text(item["engine"], None, "engine"),
        verdict=Verdict(verdict),
        scope=text(item["scope"], case.name, "scope"),
        certificate=None if certificate is None else json.dumps(certificate, sort_keys=True),
        seconds=float(seconds),
        detail=text(item["detail"], None, "detail"),
        versions=tuple(sorted((name, text(number, None, name)) for name, number in item["versions"].items())),
        statement_hash=hashed,
        on_record=True,
    )
