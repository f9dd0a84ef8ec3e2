"""Building the mechanism's figure: files, captions, determinism."""

from __future__ import annotations

import json
import subprocess
import sys
import xml.etree.ElementTree as ET

import pytest

from paper_figures import build
from paper_figures.canvas import FORMATS
from paper_figures.figure_data import SCHEMA
from paper_figures.registry import load
from theory.budget import Budget
from theory.errors import InvalidInput
from theory.version import VERSION

NAME = "gaussian-mechanism"
BUDGET = Budget(digits=25, seed=7)


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    said = []
    folder = tmp_path_factory.mktemp("figures") / "new"
    paths = build(NAME, folder, BUDGET, said.append)
    return {path.suffix[1:]: path for path in paths}, said


def test_every_promised_file_is_written(built):
    files, said = built
    assert set(files) == {*FORMATS, "json", "txt"}
    assert all(path.name == f"{NAME}.{suffix}" and path.stat().st_size > 0 for suffix, path in files.items())
    assert said


def test_pictures_are_what_their_suffix_says(built):
    files, _ = built
    assert files["pdf"].read_bytes().startswith(b"%PDF-")
    assert files["png"].read_bytes().startswith(b"\x89PNG\r\n")
    root = ET.fromstring(files["svg"].read_text(encoding="utf-8"))
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    axes = [e for e in root.iter() if (e.get("id") or "").startswith("axes_")]
    assert len(axes) == 8


def test_pictures_carry_no_date(built):
    files, _ = built
    assert b"CreationDate" not in files["pdf"].read_bytes()
    assert "dc:date" not in files["svg"].read_text(encoding="utf-8")


def test_data_records_where_it_comes_from(built):
    files, _ = built
    data = json.loads(files["json"].read_text(encoding="utf-8"))
    assert data["schema"] == SCHEMA
    assert (data["figure"], data["version"], data["seed"], data["digits"]) == (NAME, VERSION, 7, 25)
    assert data["parameters"]["curation"] == "2/5"
    assert {series["panel"] for series in data["series"]} == set("abcdefgh")


def test_caption_quotes_the_enclosure_and_names_every_claim(built):
    files, _ = built
    caption = " ".join(files["txt"].read_text(encoding="utf-8").split())
    facts = json.loads(files["json"].read_text(encoding="utf-8"))["facts"]
    assert f"[{facts['q_zero_lower']}, {facts['q_zero_upper']}]" in caption
    assert "{" not in caption
    for claim in load(NAME).CLAIMS:
        assert f"{claim}: " in caption


@pytest.mark.slow
def test_drawing_twice_gives_the_same_bytes(built, tmp_path):
    files, _ = built
    again = {path.suffix[1:]: path for path in build(NAME, tmp_path, BUDGET)}
    assert {s: p.read_bytes() for s, p in again.items()} == {s: p.read_bytes() for s, p in files.items()}


def test_an_unknown_figure_is_bad_input(tmp_path):
    with pytest.raises(
        InvalidInput, match=r"expected the name of a figure, found nonesuch; known: .*gaussian-mechanism"
    ):
        build("nonesuch", tmp_path, BUDGET)


def test_a_folder_that_cannot_be_made_is_bad_input(tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    with pytest.raises(InvalidInput, match="expected a folder that can be written to"):
        build(NAME, blocked / "below", BUDGET)


def test_data_are_computed_without_matplotlib():
    program = (
        "import sys; from paper_figures.registry import load; from theory.budget import Budget; "
        f"load({NAME!r}).data(Budget(), lambda _: None); "
        "print(any(m.partition('.')[0] == 'matplotlib' for m in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
