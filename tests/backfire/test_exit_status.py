"""What a shell sees: exit statuses, one message, no traceback, quiet pipes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

COMMAND = [sys.executable, "-m", "backfire"]


def run(*arguments, cwd=None, **more):
    return subprocess.run(
        [*COMMAND, *arguments], capture_output=True, text=True, timeout=120, cwd=cwd, check=False, **more
    )


BAD = [
    (["chek"], "did you mean 'check'?"),
    (["zzz"], "there are analyze"),
    (["--frobnicate"], "No such option"),
    (["analyze"], "Missing argument 'FILE'"),
    (["analyze", "nowhere.toml"], "nowhere.toml"),
    (["analyze", "."], "."),
    (["analyze", "x.toml", "--digits", "0"], "--digits"),
    (["analyze", "x.toml", "--digits", "many"], "--digits"),
    (["analyze", "x.toml", "--time-limit", "nan"], "not a finite number"),
    (["analyze", "x.toml", "--time-limit", "inf"], "not a finite number"),
    (["analyze", "x.toml", "--time-limit", "0"], "--time-limit"),
    (["analyze", "x.toml", "--seed", "-1"], "--seed"),
    (["check", "--jobs", "0"], "--jobs"),
    (["check", "influence.slef"], "did you mean 'influence.self'?"),
    (["check", "nothing.*"], "expected a claim"),
    (["explain", "influence.slef"], "did you mean 'influence.self'?"),
    (["explain"], "Missing argument 'CLAIM'"),
    (["examples", "two-curator"], "did you mean 'two-curators'?"),
    (["figures", "gaussian-mechanisms"], "did you mean 'gaussian-mechanism'?"),
    (["recheck", "nowhere"], "nowhere"),
]


@pytest.mark.parametrize(
    ("arguments", "message"), BAD, ids=lambda value: " ".join(value) if isinstance(value, list) else ""
)
def test_bad_input_is_one_message_and_status_2(arguments, message, tmp_path):
    done = run(*arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert done.stdout == ""
    assert message in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert "Traceback" not in done.stderr


def test_example_is_written_and_not_overwritten(tmp_path):
    first = run("examples", "two-curators", "--out", str(tmp_path))
    path = tmp_path / "two-curators.toml"
    assert (first.returncode, first.stdout.strip()) == (0, str(path))
    assert run("examples", "two-curators", "--out", str(tmp_path)).returncode == 0
    path.write_text("mine", encoding="utf-8")
    again = run("examples", "two-curators", "--out", str(tmp_path))
    assert again.returncode == 2
    assert path.read_text(encoding="utf-8") == "mine"


@pytest.fixture(params=["", "1"], ids=["buffered", "unbuffered"])
def environment(request):
    return {**os.environ, "PYTHONUNBUFFERED": request.param}


@pytest.mark.parametrize("arguments", ["examples", "--help"])
def test_reader_that_leaves_is_no_error(arguments, environment):
    script = f"{sys.executable} -m backfire {arguments} | true; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(
        ["bash", "-c", script], env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.stdout.strip() == "0"
    assert done.stderr == ""


@pytest.mark.parametrize("arguments", ["examples", "--help"])
def test_output_that_cannot_be_written_is_status_2(arguments, environment):
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run(
            [*COMMAND, arguments],
            env=environment,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            timeout=60,
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr == "backfire: No space left on device\n"


def test_terminal_without_greek_gets_escapes():
    environment = {"PYTHONIOENCODING": "latin-1", "PATH": "/usr/bin:/bin", "PYTHONPATH": ":".join(sys.path)}
    done = run("explain", "influence.self", env=environment, encoding="latin-1")
    assert done.returncode == 0
    assert "\\u2202F" in done.stdout
