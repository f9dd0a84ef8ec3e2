"""`check` says what is on record, trusts no ledger that was changed, and goes on after a broken claim."""

from __future__ import annotations

import json
import shutil
import sys
from types import ModuleType

import pytest

from backfire.__main__ import run
from backfire.status import ExitStatus
from proofs_check import registry
from proofs_check.evidence import ledger
from proofs_check.evidence.origin import Origin
from proofs_check.registry import engines
from proofs_check.running import check as checking
from theory.budget import Budget

CLAIM = "influence.two-model-sign"


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """A ledger of one claim, just found."""
    folder = tmp_path_factory.mktemp("written")
    (report,) = checking.check([CLAIM], Budget(), jobs=1).reports
    ledger.write(report, Origin.of(engines(), Budget()), folder)
    return folder


@pytest.fixture
def folder(written, tmp_path, monkeypatch):
    """A copy of it, as the shipped one."""
    copy = shutil.copytree(written, tmp_path / "ledger")
    monkeypatch.setattr(ledger, "FOLDER", copy)
    return copy


@pytest.fixture
def broken(monkeypatch):
    """Another claim, whose file raises."""
    module = ModuleType("broken")

    def fails(*_):
        raise RuntimeError("no claim\nhere")

    module.claim = module.condition = fails
    monkeypatch.setitem(sys.modules, "proofs_check.claims.influence.self", module)
    return "influence.self"


def checked(capsys, *arguments):
    status = run(["check", CLAIM, "--json", "--jobs", "1", *arguments])
    printed = capsys.readouterr()
    (claim,) = json.loads(printed.out)["claims"]
    return status, claim, printed.err


def ran(claim):
    return [e for e in claim["evidence"] if e["verdict"] not in ("unsupported", "not run")]


@pytest.mark.usefixtures("folder")
def test_what_is_on_record_is_marked_and_the_same_otherwise(capsys):
    _, fresh, _ = checked(capsys, "--fresh")
    status, recorded, warnings = checked(capsys)
    assert (status, warnings) == (ExitStatus.AS_EXPECTED, "")
    assert all(item["on_record"] for item in ran(recorded))
    assert not any(item["on_record"] for item in fresh["evidence"])
    assert [(e["engine"], e["scope"]) for e in recorded["evidence"]] == [
        (e["engine"], e["scope"]) for e in fresh["evidence"]
    ]
    assert recorded["verdict"] == fresh["verdict"] == "proved"


@pytest.mark.usefixtures("folder")
def test_the_tables_say_what_is_on_record(capsys):
    run(["check", CLAIM])
    printed = capsys.readouterr().out
    assert f"{CLAIM}: proved (on record)" in printed
    assert "On record: 1 of 1" in printed


@pytest.mark.slow
def test_a_tampered_case_is_run_again_with_one_warning(capsys, folder):
    (file,) = folder.glob("*.json")
    data = json.loads(file.read_text(encoding="utf-8"))
    data["cases"][0]["statement_hash"] = "0" * 64
    file.write_text(json.dumps(data), encoding="utf-8")
    status, claim, warnings = checked(capsys)
    assert (status, claim["verdict"]) == (ExitStatus.AS_EXPECTED, "proved")
    assert {e["on_record"] for e in ran(claim) if e["scope"] == data["cases"][0]["name"]} == {False}
    assert {e["on_record"] for e in ran(claim) if e["scope"] == data["cases"][1]["name"]} == {True}
    assert warnings.count("\n") == 1
    assert file.name in warnings


@pytest.mark.usefixtures("folder")
def test_a_broken_claim_is_reported_and_stops_no_other(capsys, broken):
    assert run(["check", broken, CLAIM, "--json"]) == ExitStatus.UNEXPECTED
    document = json.loads(capsys.readouterr().out)
    found = {claim["id"]: claim for claim in document["claims"]}
    assert found[CLAIM]["verdict"] == "proved"
    assert found[broken]["verdict"] == "unknown"
    assert found[broken]["unexpected"] == "it cannot be loaded: RuntimeError: no claim"
    assert document["summary"]["unexpected"] == 1
    assert run(["check", broken, CLAIM, "-v"]) == ExitStatus.UNEXPECTED
    assert f"UNEXPECTED {broken}" in capsys.readouterr().out


def test_explain_says_in_one_line_that_a_claim_is_broken(capsys, broken):
    assert run(["explain", broken]) == ExitStatus.UNEXPECTED
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err == f"backfire: {broken} cannot be loaded: RuntimeError: no claim\n"


@pytest.mark.parametrize("answer", [None, 7, "claim"])
def test_a_module_that_gives_no_claim_is_broken(monkeypatch, answer):
    module = ModuleType("broken")
    module.claim = lambda: answer
    monkeypatch.setitem(sys.modules, "proofs_check.claims.influence.self", module)
    with pytest.raises(registry.BrokenClaim, match="Expected a claim with id"):
        registry.load("influence.self")


def test_a_broken_condition_stops_no_analysis(capsys, broken, tmp_path):
    run(["examples", "user-groups", "--out", str(tmp_path)])
    capsys.readouterr()
    status = run(["analyze", str(tmp_path / "user-groups.toml"), "--json"])
    printed = capsys.readouterr()
    rows = {row["claim"]: row for row in json.loads(printed.out)["conditions"]}
    assert status == ExitStatus.AS_EXPECTED
    assert rows[broken] == {**rows[broken], "holds": "undecided", "margin": None}
    assert len(rows) > 1
    assert printed.err.count("\n") == 1
    assert f"{broken}: its condition failed: RuntimeError: no claim" in printed.err
