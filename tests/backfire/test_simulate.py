"""`backfire simulate`: one document that satisfies its schema, saved as data, interrupted in order."""

from __future__ import annotations

import csv
import json
from hashlib import sha256

import numpy as np
import pytest
from jsonschema import Draft202012Validator

from backfire.__main__ import run
from proofs_check.report.schemas import shipped
from theory.simulation import simulation

TRIAL = ("--samples", "50", "--rounds", "3", "--seeds", "20", "--seed", "4")


@pytest.fixture
def example(tmp_path, capsys):
    run(["examples", "feed-forward", "--out", str(tmp_path)])
    capsys.readouterr()
    return tmp_path / "feed-forward.toml"


def test_document_satisfies_its_schema_and_records_what_was_run(example, capsys):
    assert run(["simulate", str(example), *TRIAL, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    Draft202012Validator(shipped("simulation.json")).validate(found)
    assert [found[key] for key in ("samples", "rounds", "seeds", "seed")] == [50, 3, 20, 4]
    assert found["file"] == {"name": example.name, "sha256": sha256(example.read_bytes()).hexdigest()}
    assert [row["round"] for row in found["path"]] == [0, 1, 2, 3]
    last = found["path"][-1]["states"]["q.mean"]
    assert abs(float(last["mean"]) - float(last["exact_mean"])) < 4 * float(last["standard_error"])
    assert last["exact_mean"] == last["population"]


def test_saved_files_hold_the_same_numbers(example, tmp_path, capsys):
    folder = tmp_path / "out"
    assert run(["simulate", str(example), *TRIAL, "--json", "--out", str(folder)]) == 0
    printed = capsys.readouterr().out
    assert (folder / "simulation.json").read_text(encoding="utf-8") == printed
    document = json.loads(printed)
    with (folder / "simulation.csv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    assert len(rows) == 4 * len(document["state"])
    for row in rows:
        state = document["path"][int(row["round"])]["states"][row["state"]]
        assert {key: row[key] or None for key in state} == state
    with np.load(folder / "simulation.npz") as saved:
        assert saved["state"].tolist() == document["state"]
        assert saved["paths"].shape == (4, len(document["state"]), 20)
        assert float(document["path"][2]["states"]["q.mean"]["mean"]) == saved["paths"][2, 2].mean()


def test_table_shows_the_last_round_and_all_of_them_when_asked(example, capsys):
    assert run(["simulate", str(example), *TRIAL]) == 0
    assert capsys.readouterr().out.count("Round ") == 1
    assert run(["simulate", str(example), *TRIAL, "-v"]) == 0
    assert capsys.readouterr().out.count("Round ") == 4


def test_runs_that_leave_the_domain_are_counted(tmp_path, capsys):
    path = tmp_path / "poisson.toml"
    path.write_text(
        '[models.p]\nfamily = "poisson"\nstart = { mean = 1 }\nreads = [{ from = "p", share = 1 }]'
    )
    assert run(["simulate", str(path), "--samples", "2", "--rounds", "9", "--seeds", "40"]) == 0
    assert "of 40 runs left the domain, from round" in capsys.readouterr().out


@pytest.mark.parametrize(
    "options", [("--samples", "0"), ("--rounds", "-1"), ("--seeds", "x"), ("--seeds", "10000000")]
)
def test_bad_numbers_are_bad_input(example, options, capsys):
    more = ("--rounds", "1000") if options == ("--seeds", "10000000") else ()
    assert run(["simulate", str(example), *options, *more]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert len(captured.err.splitlines()) == 1


def test_interrupted_simulation_prints_and_saves_the_finished_rounds(example, tmp_path, monkeypatch, capsys):
    play = simulation.play

    def interrupted(*arguments, **options):
        for played in play(*arguments, **options):
            if played.number == 2:
                raise KeyboardInterrupt
            yield played

    monkeypatch.setattr(simulation, "play", interrupted)
    folder = tmp_path / "out"
    assert run(["simulate", str(example), *TRIAL, "--json", "--out", str(folder)]) == 130
    found = json.loads(capsys.readouterr().out)
    assert found["interrupted"] is True
    assert [row["round"] for row in found["path"]] == [0, 1]
    assert (folder / "simulation.npz").exists()
