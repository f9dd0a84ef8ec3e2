"""`check --mutants` examines mutants afresh, keeps what was finished, and `check` alone reads the record."""

from __future__ import annotations

import json

from backfire.__main__ import run
from backfire.status import ExitStatus
from proofs_check.mutation import examination
from proofs_check.mutation.examination import MutantTally, recorded
from proofs_check.registry import load
from proofs_check.running import runner

CLAIM = "influence.two-model-sign"
FRESH = MutantTally(planted=8, refuted=7, explained=("one: true, proved by identity",), survivors=())


def checked(capsys, *arguments):
    status = run(["check", CLAIM, "--json", "--time-limit", "0.1", *arguments])
    return status, json.loads(capsys.readouterr().out)


def test_the_record_is_shown_without_the_option(capsys):
    _, document = checked(capsys)
    (claim,) = document["claims"]
    on_record = recorded(load(CLAIM))
    assert (claim["mutants"] is None) == (on_record is None)
    assert [item["status"] for item in claim["sharpness"]] == ["necessary", "necessary"]


def test_fresh_mutants_replace_the_record(capsys, monkeypatch):
    monkeypatch.setattr(examination, "examine_all", lambda ids, *_, **__: dict.fromkeys(ids, FRESH))
    _, document = checked(capsys, "--mutants")
    assert document["claims"][0]["mutants"] == {
        "planted": 8, "refuted": 7, "explained": list(FRESH.explained), "survivors": [],
    }  # fmt: skip


def test_engines_that_disagree_on_a_mutant_are_an_error(capsys, monkeypatch):
    loud = MutantTally(
        planted=1, refuted=0, explained=(), survivors=("m",), alarms=("engines disagree on m",)
    )
    monkeypatch.setattr(examination, "examine_all", lambda ids, *_, **__: dict.fromkeys(ids, loud))
    status, document = checked(capsys, "--mutants")
    assert status == ExitStatus.UNEXPECTED
    assert "engines disagree on m" in document["claims"][0]["unexpected"]


def test_an_interruption_among_the_mutants_keeps_the_check(capsys, monkeypatch):
    def interrupted(*_, **__):
        raise runner.Interrupted(())

    monkeypatch.setattr(examination, "examine_all", interrupted)
    status, document = checked(capsys, "--mutants")
    assert status == ExitStatus.INTERRUPTED
    assert [claim["id"] for claim in document["claims"]] == [CLAIM]
