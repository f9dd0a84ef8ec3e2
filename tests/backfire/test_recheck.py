"""`backfire recheck`: accepts what was proved, refuses what was tampered with, and needs no solver."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys

import pytest

from backfire.__main__ import run
from proofs_check.evidence import ledger
from proofs_check.evidence.origin import Origin
from proofs_check.running.check import check
from theory.budget import Budget


@pytest.fixture(scope="module")
def stored(tmp_path_factory):
    """A ledger with one proved claim, which also stands for the mutants."""
    folder = tmp_path_factory.mktemp("ledger")
    (report,) = check(["influence.two-model-sign"], Budget(), jobs=1).reports
    for place in (folder, folder / "mutants"):
        ledger.write(report, Origin.of((), Budget()), place)
    return folder


def test_stored_proof_is_accepted(stored, capsys):
    assert run(["recheck", str(stored), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["summary"]["refused"] == 0
    assert {result["shows"] for result in found["results"]} >= {"proved"}


def test_the_mutants_of_a_ledger_are_rechecked_with_it(stored, capsys, tmp_path):
    assert run(["recheck", str(stored)]) == 0
    assert "of them about mutants" in capsys.readouterr().out
    shutil.copytree(stored, tmp_path / "ledger")
    (file,) = (tmp_path / "ledger" / "mutants").glob("*.json")
    file.write_text(file.read_text(encoding="utf-8").replace('"proved"', '"refuted"'), encoding="utf-8")
    assert run(["recheck", str(tmp_path / "ledger"), "--json"]) == 1
    results = json.loads(capsys.readouterr().out)["results"]
    assert {item["file"] for item in results if not item["accepted"]} == {f"mutants/{file.name}"}


def test_tampered_statement_is_refused_with_status_1(stored, capsys, tmp_path):
    (file,) = stored.glob("*.json")
    data = json.loads(file.read_text(encoding="utf-8"))
    data["cases"][0]["statement_hash"] = "0" * 64
    (tmp_path / file.name).write_text(json.dumps(data), encoding="utf-8")
    assert run(["recheck", str(tmp_path)]) == 1
    assert "REFUSED" in capsys.readouterr().out


def test_file_that_is_no_ledger_is_refused(tmp_path, capsys):
    (tmp_path / "junk.json").write_text("{", encoding="utf-8")
    assert run(["recheck", str(tmp_path)]) == 1
    assert "junk.json" in capsys.readouterr().out


def test_empty_folder_is_bad_input(tmp_path, capsys):
    assert run(["recheck", str(tmp_path)]) == 2
    assert "expected evidence in the ledger" in capsys.readouterr().err


def test_recheck_loads_no_solver_and_no_computer_algebra(stored):
    script = """
import sys
from backfire.__main__ import run
status = run(["recheck", sys.argv[1]])
loaded = {"sympy", "z3", "cvc5", "clarabel", "hypothesis", "scipy", "numpy"} & set(sys.modules)
print(status, sorted(loaded), file=sys.stderr)
"""
    done = subprocess.run(
        [sys.executable, "-c", script, str(stored)], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stderr.strip() == "0 []"
