"""Ctrl-C: status 130, and what was finished is printed and saved."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time

import pytest

from backfire.__main__ import run
from proofs_check.running import runner
from theory import analysis, ecosystem_file


def interrupt(*_, **__):
    raise KeyboardInterrupt


def test_interrupted_check_prints_and_saves_what_was_finished(monkeypatch, capsys, tmp_path):
    check = runner.check

    def stopped(_, budget, **options):
        raise runner.Interrupted(check(["influence.two-model-sign"], budget, **options))

    monkeypatch.setattr(runner, "check", stopped)
    status = run(["check", "--json", "--out", str(tmp_path)])
    printed = capsys.readouterr().out
    found = json.loads(printed)
    assert status == 130
    assert found["interrupted"] is True
    assert [claim["id"] for claim in found["claims"]] == ["influence.two-model-sign"]
    assert (tmp_path / "check.json").read_text(encoding="utf-8") == printed


@pytest.mark.parametrize(("module", "name"), [(analysis, "analyze"), (ecosystem_file, "read")])
def test_interrupted_analysis_prints_no_half_document(monkeypatch, capsys, tmp_path, module, name):
    run(["examples", "user-groups", "--out", str(tmp_path)])
    capsys.readouterr()
    monkeypatch.setattr(module, name, interrupt)
    assert run(["analyze", str(tmp_path / "user-groups.toml"), "--json"]) == 130
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "interrupted" in captured.err


@pytest.mark.slow
def test_ctrl_c_ends_the_workers_and_the_run():
    command = [sys.executable, "-m", "backfire", "check", "--json"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as running:
        time.sleep(6)
        os.killpg(running.pid, signal.SIGINT)
        out, err = running.communicate(timeout=60)
    assert running.returncode == 130
    assert "Traceback" not in err
    assert not out or json.loads(out)["interrupted"] is True
