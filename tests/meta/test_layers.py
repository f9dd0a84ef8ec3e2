"""Imports go one way, and each solver is known to one file."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LAYERS = ("theory", "proofs_check", "paper_figures", "backfire")
SOLE = ("z3", "cvc5", "clarabel", "matplotlib", "numba", "dask", "sklearn")


@cache
def imports(path):
    """Every module that a file imports anywhere in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def modules(package):
    return sorted((ROOT / package).rglob("*.py"))


def roots(path):
    return {name.partition(".")[0] for name in imports(path)}


@pytest.mark.parametrize("package", LAYERS)
def test_no_layer_imports_a_higher_one(package):
    higher = set(LAYERS[LAYERS.index(package) + 1 :])
    assert not {str(path): roots(path) & higher for path in modules(package) if roots(path) & higher}


@pytest.mark.parametrize("library", SOLE)
def test_solver_is_imported_in_one_file_at_most(library):
    users = [
        path.relative_to(ROOT) for package in LAYERS for path in modules(package) if library in roots(path)
    ]
    assert len(users) <= 1, users


@pytest.mark.parametrize(("one", "other"), [("claims", "engines"), ("engines", "claims")])
def test_claims_and_engines_do_not_know_each_other(one, other):
    strangers = {
        str(path)
        for path in modules(f"proofs_check/{one}")
        if any(name.startswith(f"proofs_check.{other}") for name in imports(path))
    }
    assert not strangers


def test_checker_trusts_no_solver_and_no_computer_algebra():
    forbidden = {"sympy", "z3", "cvc5", "clarabel", "numpy", "scipy", "hypothesis"}
    assert not {
        str(path): roots(path) & forbidden
        for path in modules("proofs_check/checker")
        if roots(path) & forbidden
    }


@pytest.mark.skipif(
    shutil.which("lint-imports", path=str(Path(sys.executable).parent)) is None,
    reason="import-linter is not installed",
)
def test_import_linter_sees_no_broken_contract():
    tool = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run([tool], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout
