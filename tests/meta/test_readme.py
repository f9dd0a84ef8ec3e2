"""What README.md and docs/ show is what the command prints, and what they point to exists."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from backfire.command import backfire
from backfire.status import ExitStatus
from theory.ecosystem_file import from_text
from theory.families.registry import families

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")] + sorted(
    (ROOT / "docs").glob("*.md")
)
_CONSOLE = re.compile(r"^```console\n(?P<text>.*?)^```", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\((?!http)([^)#]+)\)")
_QUOTED_PATH = re.compile(r"`((?:theory|proofs_check|paper_figures|backfire|tests|docs)/[\w./]*)`")
_QUOTED_COMMAND = re.compile(r"`backfire (\w+)")


def sessions():
    """Every console block of the pages."""
    return [
        pytest.param(block, id=f"{page.name}-{number}")
        for page in PAGES
        for number, block in enumerate(_CONSOLE.findall(page.read_text(encoding="utf-8")))
    ]


def commands(block):
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        line, _, output = part.partition("\n")
        yield shlex.split(line), output


@pytest.mark.parametrize("block", sessions())
def test_console_session_is_what_the_command_prints(block, tmp_path):
    environment = {**os.environ, "COLUMNS": "100", "PYTHONPATH": str(ROOT)}
    for (program, *arguments), shown in commands(block):
        assert program == "backfire"
        done = subprocess.run(
            [sys.executable, "-m", "backfire", *arguments],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.stdout == shown
        assert done.stderr == ""


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_pages_point_to_what_exists(page):
    text = page.read_text(encoding="utf-8")
    links = {page.parent / target for target in _LINK.findall(text)}
    paths = {ROOT / quoted for quoted in _QUOTED_PATH.findall(text)}
    assert not {str(path) for path in links | paths if not path.exists()}
    assert set(_QUOTED_COMMAND.findall(text)) <= set(backfire.list_commands(None))


def test_documented_ecosystem_is_accepted_and_families_are_all_there():
    text = (ROOT / "docs" / "ecosystem-files.md").read_text(encoding="utf-8")
    whole, *additions = re.findall(r"^```toml\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    for addition in ("", *additions):
        assert {"p", "q"} <= {model.name for model in from_text(whole + addition).ecosystem.models}
    rows = re.findall(r"^\| `([\w-]+)` \| (.*?) \| .*? \| (.*?) \|$", text, re.MULTILINE)
    assert {name for name, _, _ in rows} == set(families())
    for name, _, settings in rows:
        assert set(re.findall(r"`(\w+)`", settings)) == set(families()[name].settings)


def test_documented_exit_statuses_are_the_commands():
    text = (ROOT / "docs" / "json.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\d+) \|", text, re.MULTILINE)
    assert [int(row) for row in rows] == [status.value for status in ExitStatus]


def test_documented_commands_are_all_there():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `backfire (\w+)", text, re.MULTILINE)) == set(backfire.list_commands(None))
