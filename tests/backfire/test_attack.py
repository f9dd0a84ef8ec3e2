"""`backfire attack`: one document that satisfies its schema, tables, pictures, and orderly ends."""

from __future__ import annotations

import csv
import json
import sys
from itertools import pairwise

import pytest
from jsonschema import Draft202012Validator

from backfire.__main__ import run
from paper_figures import publication
from proofs_check.report.schemas import shipped
from theory.attack import report, small_sets

SMALL = ("--data", "eight-gaussians", "--pairs", "12", "--budget", "2", "--rounds", "3", "--small-sets", "2")


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    folder = tmp_path_factory.mktemp("attack")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(publication, "publish", lambda *_: ())
        assert run(["attack", *SMALL, "--seed", "3", "-q", "--out", str(folder)]) == 0
    return folder


@pytest.fixture
def undrawn(monkeypatch):
    """What would have been drawn: the file's stem and the data, a pair a picture."""
    drawn = []
    monkeypatch.setattr(publication, "publish", lambda _, data, stem: drawn.append((stem, data)))
    return drawn


def test_document_satisfies_its_schema_and_records_what_was_run(written):
    found = json.loads((written / "attack.json").read_text(encoding="utf-8"))
    Draft202012Validator(shipped("attack.json")).validate(found)
    (data,) = found["data"]
    assert (found["seed"], found["interrupted"], found["small_sets"]["instances"]) == (3, False, 2)
    assert (data["data"], data["pairs"], data["budget"], data["rounds"]) == ("eight-gaussians", 12, 2, 3)
    names = [outcome["attacker"] for outcome in data["outcomes"]]
    assert names == ["none", *sorted(names[1:])]
    assert {"exhaustive", "greedy", "influence", "random", "white-box", "by-distance"} < set(names)
    best = {outcome["attacker"]: float(outcome["covariance"]) for outcome in data["outcomes"]}
    assert best["exhaustive"] == min(best.values())
    assert data["front"]["exact"] is True


def test_gains_agree_with_the_theory(written):
    found = json.loads((written / "attack.json").read_text(encoding="utf-8"))
    for outcome in found["data"][0]["outcomes"]:
        assert float(outcome["identity_error"]) < 1e-14
        weight = [float(value) for value in outcome["weight"]]
        gains = [float(value) for value in outcome["predicted"]]
        assert [b - a for a, b in pairwise(weight)] == pytest.approx(gains, abs=1e-12)


def test_tables_hold_the_numbers_of_the_document(written):
    found = json.loads((written / "attack.json").read_text(encoding="utf-8"))["data"][0]
    with (written / "eight-gaussians-rounds.csv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    assert [row["weight"] for row in rows] == [w for outcome in found["outcomes"] for w in outcome["weight"]]
    with (written / "eight-gaussians-front.csv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    assert len(rows) == len(found["front"]["points"]) + len(found["outcomes"])
    assert len((written / "small-sets.csv").read_text(encoding="utf-8").splitlines()) == 3


@pytest.mark.slow
def test_picture_is_drawn_with_its_data_and_caption(tmp_path):
    written = tmp_path / "new"
    assert run(["attack", *SMALL, "--attacker", "random", "--out", str(written)]) == 0
    assert (written / "attack-eight-gaussians.pdf").read_bytes().startswith(b"%PDF-")
    assert (written / "attack-eight-gaussians.png").read_bytes().startswith(b"\x89PNG")
    plotted = json.loads((written / "attack-eight-gaussians.json").read_text(encoding="utf-8"))
    assert {series["panel"] for series in plotted["series"]} == set("abcdef")
    caption = (written / "attack-eight-gaussians.txt").read_text(encoding="utf-8")
    assert "attack.flips: " in caption
    assert "{" not in caption


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--data", "digit"), "did you mean 'digits'"),
        (("--attacker", "white"), "white-box"),
        (("--attacker", "exhaustive"), "at most 20 pairs"),
        (("--attacker", "exh*"), "at most 20 pairs"),
        (("--attacker", "greedy", "--pairs", "501"), "at most 500 pairs"),
        (("--budget", "201"), "up to 200"),
        (("--budget", "120%"), "up to 200"),
        (("--share", "1.5"), "--share"),
        (("--share", "nan"), "--share"),
        (("--pairs", "0"), "--pairs"),
        (("--rounds", "-1"), "--rounds"),
        (("--ridge", "0"), "--ridge"),
    ],
)
def test_bad_input_is_one_line(options, said, tmp_path, capsys):
    data = () if options[0] == "--data" else ("--data", "eight-gaussians")
    assert run(["attack", *data, *options, "--out", str(tmp_path / "none")]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert said in captured.err
    assert len(captured.err.splitlines()) == 1
    assert not (tmp_path / "none").exists()


def test_digits_without_their_package_are_bad_input_at_once(tmp_path, monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "sklearn", None)
    monkeypatch.setitem(sys.modules, "sklearn.datasets", None)
    assert run(["attack", "--out", str(tmp_path / "none")]) == 2
    assert "scikit-learn" in capsys.readouterr().err


def test_interrupted_attack_keeps_the_attackers_that_finished(tmp_path, undrawn, monkeypatch, capsys):
    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(report, "front", interrupted)
    options = (*SMALL, "--attacker", "random", "--json", "--out", str(tmp_path))
    assert run(["attack", *options]) == 130
    printed = capsys.readouterr().out
    assert (tmp_path / "attack.json").read_text(encoding="utf-8") == printed
    found = json.loads(printed)
    Draft202012Validator(shipped("attack.json")).validate(found)
    assert found["interrupted"] is True
    assert found["small_sets"] is None
    assert [outcome["attacker"] for outcome in found["data"][0]["outcomes"]] == ["none", "random"]
    assert found["data"][0]["front"] is None
    assert [stem.name for stem, _ in undrawn] == ["attack-eight-gaussians"]
    assert {series.panel for series in undrawn[0][1].series} == set("abcde")


def test_interrupted_small_sets_keep_the_attacks(tmp_path, undrawn, monkeypatch, capsys):
    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(small_sets, "random_problem", interrupted)
    assert run(["attack", *SMALL, "--attacker", "random", "--json", "--out", str(tmp_path)]) == 130
    found = json.loads(capsys.readouterr().out)
    assert undrawn
    assert (found["interrupted"], found["small_sets"]) == (True, None)
    assert found["data"][0]["front"] is not None
