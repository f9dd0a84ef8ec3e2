"""The recipes of CONTRIBUTING.md, followed to the letter in a copy of the project."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("theory", "proofs_check", "paper_figures", "backfire")
_BLOCK = re.compile(r"^```python\n# (?P<path>\S+)\n(?P<text>.*?)^```", re.MULTILINE | re.DOTALL)

RECIPES = {
    match["path"]: match["text"]
    for match in _BLOCK.finditer((ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"))
}

SPEEDS = """
name = "speeds"
[users.u]
reward = "x**2"
strength = "1/10"
[models.m]
family = "maxwell"
users = "u"
real = { share = "1/2", mean_square = 1 }
reads = [{ from = "m", share = "1/2", curated = true }]
"""


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """A copy of the packages with every recipe's file in its place."""
    folder = tmp_path_factory.mktemp("copy")
    for package in PACKAGES:
        shutil.copytree(ROOT / package, folder / package, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("references.bib", "pyproject.toml"):
        shutil.copy(ROOT / name, folder)
    for path, text in RECIPES.items():
        assert not (folder / path).exists(), f"{path} exists already"
        (folder / path).write_text(text, encoding="utf-8")
    return folder


def run(copy, *arguments):
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=copy,
        env={"PYTHONPATH": str(copy), "PATH": "/usr/bin:/bin", "HOME": str(copy)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_there_are_four_recipes():
    folders = sorted(path.rpartition("/")[0] for path in RECIPES)
    assert folders == [
        "paper_figures/figures",
        "proofs_check/claims/influence",
        "proofs_check/engines",
        "theory/families",
    ]


def test_recipes_pass_the_linter(copy):
    ruff = Path(sys.executable).parent / "ruff"
    if not ruff.exists():
        pytest.skip("ruff is not installed")
    for command in (["check"], ["format", "--check"]):
        done = subprocess.run(
            [ruff, *command, *RECIPES], cwd=copy, capture_output=True, text=True, timeout=60, check=False
        )
        assert done.returncode == 0, done.stdout


def test_family_is_found_and_analysed(copy):
    (copy / "speeds.toml").write_text(SPEEDS, encoding="utf-8")
    found = json.loads(run(copy, "-m", "backfire", "analyze", "speeds.toml", "--json"))
    equilibrium = found["equilibria"][found["reached"]]
    assert equilibrium["existence"] == "certified"
    assert equilibrium["point"]["m.mean_square"]["mid"].startswith("1.0845")


@pytest.mark.slow
def test_claim_is_found_and_proved(copy):
    found = json.loads(run(copy, "-m", "backfire", "check", "influence.halving", "--json"))
    assert [(claim["id"], claim["verdict"]) for claim in found["claims"]] == [("influence.halving", "proved")]
    engines = {item["engine"]: item["verdict"] for item in found["claims"][0]["evidence"]}
    assert engines["corners"] == "supported"


def test_engine_is_found_and_passes_its_canaries(copy):
    script = """
from proofs_check.registry import engine
from theory.budget import Budget
corners = engine("corners")
canaries = corners.canaries()
for case in (canaries.affirms, canaries.unsupported):
    print(corners.check(case, Budget()).verdict.value)
"""
    assert run(copy, "-c", script).split() == ["supported", "unsupported"]


@pytest.mark.slow
def test_figure_is_found_and_drawn(copy):
    files = run(copy, "-m", "backfire", "figures", "loop-gain", "--out", "drawn").split()
    assert {Path(file).suffix for file in files} == {".pdf", ".svg", ".png", ".json", ".txt"}
    assert "from -9/10 to 9/10" in (copy / "drawn" / "loop-gain.txt").read_text(encoding="utf-8")
