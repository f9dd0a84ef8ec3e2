"""Engines that can refute are never starved by engines that try to prove."""

from __future__ import annotations

from types import SimpleNamespace

from proofs_check.evidence.verdict import Verdict
from proofs_check.registry import engine, engines
from proofs_check.running.runner import FOR_REFUTING, _Clock
from theory.budget import Budget


def task(chosen, case="case"):
    return SimpleNamespace(
        claim=SimpleNamespace(id="a.claim"), case=SimpleNamespace(name=case), engine=chosen
    )


def test_provers_that_use_all_they_get_leave_time_for_falsification():
    clock = _Clock(Budget(seconds=10.0))
    for prover in (item for item in engines() if item.ceiling is Verdict.PROVED):
        for case in ("one", "two"):
            given = task(prover, case)
            clock.note(given, max(0.0, clock.allows(given)), Verdict.UNKNOWN)
    falsification = engine("falsification")
    wanted = 10.0 * min(FOR_REFUTING, falsification.patience)
    assert clock.allows(task(falsification)) >= wanted - 1e-9


def test_a_settled_case_gets_little():
    clock = _Clock(Budget(seconds=10.0))
    clock.note(task(engine("identity")), 0.1, Verdict.PROVED)
    assert clock.allows(task(engine("falsification"))) < 1.0
