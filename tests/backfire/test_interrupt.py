"""Ctrl-C and SIGTERM: status 130, and what was finished is printed and saved."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
import time

import pytest

from backfire.__main__ import run
from proofs_check.running import check, runner
from theory import analysis, ecosystem_file


def interrupt(*_, **__):
    raise KeyboardInterrupt


def stopped_after(claim_id):
    """What stands for the runner: it is interrupted after that claim."""

    def check_claims(claims, budget, **options):
        done = runner.check_claims([c for c in claims if c.id == claim_id], budget, **options)
        raise runner.Interrupted(done)

    return check_claims


def test_interrupted_check_prints_and_saves_what_was_finished(monkeypatch, capsys, tmp_path):
    monkeypatch.setattr(check, "check_claims", stopped_after("influence.two-model-sign"))
    status = run(["check", "influence.[bst]*", "--json", "--out", str(tmp_path)])
    printed = capsys.readouterr().out
    found = json.loads(printed)
    assert status == 130
    assert found["interrupted"] is True
    assert [claim["id"] for claim in found["claims"]] == ["influence.two-model-sign"]
    assert (tmp_path / "check.json").read_text(encoding="utf-8") == printed


def test_a_claim_that_was_not_begun_is_not_reported(monkeypatch, capsys):
    monkeypatch.setattr(check, "check_claims", interrupt)
    assert run(["check", "influence.two-model-sign", "--json"]) == 130
    assert json.loads(capsys.readouterr().out)["claims"] == []


@pytest.mark.parametrize(("module", "name"), [(analysis, "analyze"), (ecosystem_file, "read")])
def test_interrupted_analysis_prints_no_half_document(monkeypatch, capsys, tmp_path, module, name):
    run(["examples", "user-groups", "--out", str(tmp_path)])
    capsys.readouterr()
    monkeypatch.setattr(module, name, interrupt)
    assert run(["analyze", str(tmp_path / "user-groups.toml"), "--json"]) == 130
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "interrupted" in captured.err


def read_until(terminal, words):
    """What a terminal shows until it shows these words."""
    seen = b""
    while words not in seen:
        seen += os.read(terminal, 4096)


@pytest.fixture
def working(tmp_path):
    """A check, watched on a terminal, that has proved something."""
    ours, its = pty.openpty()
    command = [sys.executable, "-m", "backfire", "check", "influence.*", "--fresh", "--out", str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=its, start_new_session=True) as running:
        read_until(ours, b": proved")
        yield running, ours
    os.close(its)
    os.close(ours)


@pytest.mark.slow
@pytest.mark.parametrize(
    "signals",
    [(signal.SIGINT,), (signal.SIGINT, signal.SIGINT), (signal.SIGTERM,), (signal.SIGTERM, signal.SIGINT)],
    ids=lambda numbers: "+".join(number.name for number in numbers),
)
def test_signals_end_the_workers_and_the_run_and_save_what_was_finished(working, signals, tmp_path):
    running, terminal = working
    for number in signals:
        os.killpg(running.pid, number)
        time.sleep(0.05)
    if len(signals) > 1:
        read_until(terminal, b"once more to stop at once")
    out, _ = running.communicate(timeout=60)
    assert running.returncode == 130
    found = json.loads((tmp_path / "check.json").read_text(encoding="utf-8"))
    assert found["interrupted"] is True
    assert found["claims"]
    assert not any("crashed" in claim["unexpected"] for claim in found["claims"])
    assert b"interrupted before the rest" in out
    assert b"Traceback" not in out


@pytest.mark.slow
def test_a_third_signal_stops_at_once(working):
    running, _ = working
    for _ in range(3):
        os.killpg(running.pid, signal.SIGINT)
        time.sleep(0.05)
    running.communicate(timeout=60)
    assert running.returncode in (-signal.SIGINT, 130)
