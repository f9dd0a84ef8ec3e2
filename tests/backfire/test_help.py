"""Help answers without the libraries that work needs."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from backfire.command import backfire

HEAVY = (
    "sympy",
    "z3",
    "cvc5",
    "clarabel",
    "matplotlib",
    "rich",
    "pydantic",
    "numpy",
    "scipy",
    "flint",
    "mpmath",
)
COMMANDS = backfire.list_commands(None)

_LIST_MODULES = """
import json, sys
from backfire.__main__ import run
status = run(json.loads(sys.argv[1]))
print(json.dumps([status, sorted(m for m in sys.modules if "." not in m)]), file=sys.stderr)
"""


def status_and_modules(*arguments):
    done = subprocess.run(
        [sys.executable, "-c", _LIST_MODULES, json.dumps(arguments)],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    status, modules = json.loads(done.stderr)
    return status, set(modules), done.stdout


def test_the_commands_are_the_files():
    assert COMMANDS == [
        "analyze",
        "attack",
        "check",
        "examples",
        "explain",
        "figures",
        "recheck",
        "robustness",
        "simulate",
    ]


@pytest.mark.parametrize(
    "arguments", [(), ("--help",), ("--version",), *((name, "--help") for name in COMMANDS)]
)
def test_help_imports_no_heavy_library(arguments):
    status, modules, text = status_and_modules(*arguments)
    assert status == 0
    assert text
    assert not modules & set(HEAVY)


@pytest.mark.parametrize("name", COMMANDS)
def test_help_offers_the_common_options(name):
    _, _, text = status_and_modules(name, "--help")
    assert "--json" in text
    assert "-q, --quiet" in text
    assert "-v, --verbose" in text


def test_every_command_has_its_line():
    _, _, text = status_and_modules("--help")
    lines = dict(line.split(maxsplit=1) for line in text.partition("Commands:\n")[2].splitlines())
    assert set(lines) == set(COMMANDS)
