"""The checker stands alone: the standard library, and flint for balls."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import proofs_check.checker

FOLDER = Path(proofs_check.checker.__file__).parent
FILES = sorted(FOLDER.glob("*.py"))
WITH_BALLS = {"balls.py", "boxes.py"}


def imported(file):
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0
            yield node.module


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_imports_are_the_standard_library_the_checker_and_flint_in_its_place(file):
    for name in imported(file):
        top = name.partition(".")[0]
        allowed = top in sys.stdlib_module_names or name.startswith("proofs_check.checker")
        assert allowed or (top == "flint" and file.name in WITH_BALLS), name


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_nothing_is_evaluated_as_code(file):
    names = {
        node.id
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Name)
    }
    assert not names & {"eval", "exec", "compile", "__import__", "globals", "float"}


@pytest.mark.slow
def test_the_shipped_ledger_stands_and_rechecking_loads_no_solver_and_no_algebra_system():
    code = (
        "import sys; from proofs_check.checker.recheck import recheck; "
        "results = recheck(); print(len(results) > 1000, [r for r in results if not r.accepted], "
        "sorted({m.partition('.')[0] for m in sys.modules} "
        "& {'sympy', 'z3', 'cvc5', 'clarabel', 'numpy', 'scipy', 'mpmath', 'theory', 'hypothesis'}), "
        "sorted(m for m in sys.modules if m.startswith('proofs_check.') "
        "and not m.startswith('proofs_check.checker')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "True [] [] []"
