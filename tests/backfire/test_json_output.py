"""With --json, standard output is one document that satisfies its schema, and nothing else."""

from __future__ import annotations

import json
from fractions import Fraction
from hashlib import sha256

import pytest
from jsonschema import Draft202012Validator

from backfire.__main__ import run
from proofs_check.report.schemas import shipped
from theory.version import VERSION


@pytest.fixture
def answer(capsys):
    """Run the command in this process; give its status and its standard output."""

    def call(*arguments):
        status = run([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return status, captured.out

    return call


@pytest.fixture
def example(tmp_path, answer):
    def write(name):
        answer("examples", name, "--out", tmp_path)
        return tmp_path / f"{name}.toml"

    return write


def value(ball):
    return Fraction(ball["mid"]), Fraction(ball["rad"])


def test_analysis_satisfies_its_schema_and_contains_the_known_influence(example, answer):
    path = example("user-groups")
    status, text = answer("analyze", path, "--json")
    found = json.loads(text)
    Draft202012Validator(shipped("analysis.json")).validate(found)
    assert status == 0
    equilibrium = found["equilibria"][found["reached"]]
    row = next(r for r in equilibrium["influence"] if (r["knob"], r["on"]) == ("users.up.strength", "m"))
    mid, rad = value(row["total"])
    assert abs(mid + Fraction(1, 7)) <= rad <= Fraction(1, 10**25)
    assert (row["sign"], row["verdict"]) == ("-", "inverts")


def test_analysis_records_what_was_run_on_what(example, answer):
    path = example("two-curators")
    _, text = answer("analyze", path, "--json", "--seed", "7", "--time-limit", "50", "--digits", "20")
    found = json.loads(text)
    assert found["version"] == VERSION
    assert found["parameters"] == {"lam": "1/5"}
    assert found["file"] == {"name": "two-curators.toml", "sha256": sha256(path.read_bytes()).hexdigest()}
    assert (found["seed"], found["time_limit"], found["digits"]) == (7, "50", 20)


def test_influence_rows_are_knobs_in_order_times_models_in_file_order(example, answer):
    _, text = answer("analyze", example("two-curators"), "--json")
    rows = [(r["knob"], r["on"]) for r in json.loads(text)["equilibria"][0]["influence"]]
    knobs = ["lam", "users.warm.strength", "users.cool.strength", "models.p.curation"]
    assert rows == [(knob, model) for knob in knobs for model in ("p", "q")]


def test_filters_keep_only_what_was_asked(example, answer):
    path = example("two-curators")
    _, text = answer("analyze", path, "--json", "--on", "q", "--knob", "lam")
    assert [(r["knob"], r["on"]) for r in json.loads(text)["equilibria"][0]["influence"]] == [("lam", "q")]


@pytest.mark.parametrize(("option", "bad"), [("--on", "r"), ("--knob", "lamb")])
def test_unknown_filter_is_bad_input(example, option, bad, capsys):
    path = example("two-curators")
    assert run(["analyze", str(path), option, bad]) == 2
    message = capsys.readouterr().err
    assert repr(bad) in message
    assert len(message.splitlines()) == 1


def test_out_writes_the_same_document_and_the_map_in_latex(example, answer, tmp_path):
    folder = tmp_path / "results"
    _, text = answer("analyze", example("exponential-fold"), "--json", "--out", folder)
    assert (folder / "analysis.json").read_text(encoding="utf-8") == text
    assert r"\begin{aligned}" in (folder / "update_map.tex").read_text(encoding="utf-8")
    assert "exponential fold" in (folder / "analysis.txt").read_text(encoding="utf-8")


def test_strict_refuses_what_is_undecided(example, answer):
    path = example("exponential-fold")
    status, text = answer("analyze", path, "--json", "--strict")
    assert status == 0
    assert len(json.loads(text)["equilibria"]) == 2


def test_check_satisfies_its_schema(answer):
    status, text = answer("check", "influence.two-model-sign", "--json")
    found = json.loads(text)
    Draft202012Validator(shipped("check.json")).validate(found)
    assert status == 0
    assert [(claim["id"], claim["verdict"]) for claim in found["claims"]] == [
        ("influence.two-model-sign", "proved")
    ]
    proofs = [item for item in found["claims"][0]["evidence"] if item["verdict"] == "proved"]
    assert proofs
    assert all(json.loads(item["certificate"]) for item in proofs)


@pytest.mark.slow
def test_whole_catalogue_ends_as_expected(answer):
    status, text = answer("check", "--json")
    found = json.loads(text)
    Draft202012Validator(shipped("check.json")).validate(found)
    assert status == 0
    assert found["summary"]["unexpected"] == 0
    falsehoods = {c["id"]: c["verdict"] for c in found["claims"] if c["expected"] == "refuted"}
    assert set(falsehoods.values()) == {"refuted"}
    held_true = [c for c in found["claims"] if c["expected"] == "not refuted"]
    assert not [c["id"] for c in held_true if c["verdict"] == "refuted"]


def test_examples_and_explain_are_json(answer):
    assert "two-curators" in json.loads(answer("examples", "--json")[1])
    explained = json.loads(answer("explain", "influence.self", "--json")[1])
    assert explained["citation"].startswith("[WZZ26] ")
    assert explained["provenance"] == "encoded"
