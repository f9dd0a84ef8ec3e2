"""Files and functions stay as small as a reader can hold."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("theory", "proofs_check", "paper_figures", "backfire")
MODULES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))


def named(paths):
    return [pytest.param(path, id=str(path.relative_to(ROOT))) for path in paths]


def lines_of(path):
    return len(path.read_text(encoding="utf-8").splitlines())


def body_length(function):
    """Lines of a function without its docstring."""
    first = function.body[1] if ast.get_docstring(function) and len(function.body) > 1 else function.body[0]
    return function.end_lineno - first.lineno + 1


@pytest.mark.parametrize("path", named(MODULES))
def test_module_has_at_most_300_lines(path):
    assert lines_of(path) <= 300


@pytest.mark.parametrize("path", named(TESTS))
def test_test_file_has_at_most_400_lines(path):
    assert lines_of(path) <= 400


@pytest.mark.parametrize("path", named(MODULES))
def test_function_has_at_most_40_lines(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    functions = (n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef))
    assert not {f.name: body_length(f) for f in functions if body_length(f) > 40}
