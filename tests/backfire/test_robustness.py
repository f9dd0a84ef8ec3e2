"""`backfire robustness`: one document that satisfies its schema, filters, refusals."""

from __future__ import annotations

import json
from fractions import Fraction
from hashlib import sha256

import pytest
from jsonschema import Draft202012Validator

from backfire.__main__ import run
from proofs_check.report.schemas import shipped


@pytest.fixture
def example(tmp_path, capsys):
    run(["examples", "exponential-fold", "--out", str(tmp_path)])
    capsys.readouterr()
    return tmp_path / "exponential-fold.toml"


def document(capsys):
    return json.loads(capsys.readouterr().out)


def test_document_satisfies_its_schema_and_encloses_the_threshold(example, tmp_path, capsys):
    folder = tmp_path / "out"
    assert run(["robustness", str(example), "--json", "--digits", "20", "--out", str(folder)]) == 0
    text = capsys.readouterr().out
    assert (folder / "robustness.json").read_text(encoding="utf-8") == text
    assert "7/12" in (folder / "robustness.txt").read_text(encoding="utf-8")
    found = json.loads(text)
    Draft202012Validator(shipped("robustness.json")).validate(found)
    assert found["file"] == {"name": example.name, "sha256": sha256(example.read_bytes()).hexdigest()}
    assert found["digits"] == 20
    (adversaries,) = found["adversaries"]
    assert adversaries == {"users": "u", "reward": "-x", "strength": "1/6", "declared": False, "share": "0"}
    rewards = [r for r in found["thresholds"] if r["quantity"] == "reward"]
    for row in rewards:
        if row["reference"] in ("start", "real data"):
            assert row["verdict"] == "falls"
            assert row["exact"] == "7/12"
            low, high = (Fraction(row["share"][end]) for end in ("lo", "hi"))
            assert low <= Fraction(7, 12) <= high
            assert high - low < Fraction(1, 10**18)
    first = next(r for r in rewards if r["reference"] == "no adversaries")
    assert (first["share"], first["after_zero"]) == ({"lo": "0", "hi": "0"}, "below")


def test_filters_keep_only_what_was_asked(tmp_path, capsys):
    run(["examples", "two-curators", "--out", str(tmp_path)])
    capsys.readouterr()
    path = tmp_path / "two-curators.toml"
    assert run(["robustness", str(path), "--json", "--users", "warm", "--on", "p"]) == 0
    found = document(capsys)
    assert [(a["declared"], a["share"]) for a in found["adversaries"]] == [(True, "1/10")]
    assert {(r["users"], r["on"]) for r in found["thresholds"]} == {("warm", "p")}


@pytest.mark.parametrize(("option", "bad"), [("--users", "v"), ("--on", "n")])
def test_unknown_names_are_bad_input(example, option, bad, capsys):
    assert run(["robustness", str(example), option, bad]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert repr(bad) in captured.err
    assert len(captured.err.splitlines()) == 1


def test_tables_say_what_adversaries_want(example, capsys):
    assert run(["robustness", str(example)]) == 0
    shown = capsys.readouterr().out
    assert "Adversaries among u" in shown
    assert "the opposite of what the users want" in shown
    assert "E[r]" in shown
    assert run(["robustness", str(example), "-q"]) == 0
    assert "E[exp(s r)]" not in capsys.readouterr().out


def test_ecosystem_without_curation_has_nothing_to_report(tmp_path, capsys):
    path = tmp_path / "raw.toml"
    path.write_text('[models.p]\nfamily = "poisson"\nreal = { share = 1, mean = 1 }')
    assert run(["robustness", str(path)]) == 0
    assert "Nobody curates anything" in capsys.readouterr().out


def test_strict_refuses_what_is_undecided(tmp_path, capsys):
    path = tmp_path / "pure.toml"
    path.write_text(
        '[users.u]\nreward = "x"\n[models.p]\nfamily = "gaussian"\nusers = "u"\n'
        "start = { mean = 0, variance = 1 }\n"
        'reads = [{ from = "p", share = 1, curated = true }]'
    )
    assert run(["robustness", str(path), "--json"]) == 0
    assert {r["verdict"] for r in document(capsys)["thresholds"]} == {"falls", "undecided"}
    assert run(["robustness", str(path), "--json", "--strict"]) == 3
