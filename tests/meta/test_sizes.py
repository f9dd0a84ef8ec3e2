"""Files and functions stay as small as a reader can hold."""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("theory", "proofs_check", "paper_figures", "backfire")
MODULES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))


def lines_of(path):
    return len(path.read_text(encoding="utf-8").splitlines())


def body_length(function):
    """Lines of a function without its docstring."""
    first = function.body[1] if ast.get_docstring(function) and len(function.body) > 1 else function.body[0]
    return function.end_lineno - first.lineno + 1


def longer_than(most, paths):
    return {str(path) for path in paths if lines_of(path) > most}


def long_functions(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    functions = (n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef))
    return {f"{path}: {f.name}" for f in functions if body_length(f) > 40}


def test_modules_have_at_most_300_lines():
    assert not longer_than(300, MODULES)


def test_test_files_have_at_most_400_lines():
    assert not longer_than(400, TESTS)


def test_functions_have_at_most_40_lines():
    assert not set().union(*map(long_functions, MODULES))


def test_a_long_function_is_found(tmp_path):
    path = tmp_path / "long.py"
    path.write_text("def f(x):\n" + "    x += 1\n" * 41, encoding="utf-8")
    assert long_functions(path) == {f"{path}: f"}
    assert longer_than(41, [path]) == {str(path)}
