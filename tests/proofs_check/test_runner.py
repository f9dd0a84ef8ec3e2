"""Plan, run, audit, combine: in processes that end at their limit."""

from __future__ import annotations

import functools
import os
import signal
import threading
import time
from dataclasses import replace

import pytest
import sympy
from strategies.statements import GE, GT, case, implication, real, relation

from proofs_check.claim import Claim, Expectation, Provenance
from proofs_check.evidence.verdict import Verdict
from proofs_check.registry import claim_ids, engine, engines
from proofs_check.running import processes, runner
from proofs_check.running.check import check
from proofs_check.running.processes import Job, Pool
from theory.budget import Budget
from theory.errors import InvalidInput

(X,) = real("x")


def outcomes(jobs, workers=2):
    found = {}
    with Pool(workers) as pool:
        for key, job in enumerate(jobs):
            while pool.full:
                found.update(pool.finished())
            pool.start(key, job)
        while not pool.idle:
            found.update(pool.finished())
    return found


def test_jobs_return_their_values_and_their_crashes():
    found = outcomes(
        [
            Job(function=max, arguments=(2, 3), seconds=30.0),
            Job(function=max, arguments=(), seconds=30.0),
            Job(function=os._exit, arguments=(7,), seconds=30.0),
        ]
    )
    assert found[0].value == 3
    assert "TypeError" in found[1].crashed
    assert "exit code 7" in found[2].crashed


def test_a_job_that_does_not_end_is_killed():
    found = outcomes([Job(function=time.sleep, arguments=(1000,), seconds=0.1)])
    assert found[0].killed


def test_no_clock_runs_before_a_process_has_started_and_answered(monkeypatch, tmp_path):
    ready = tmp_path / "ready"
    monkeypatch.setattr(processes, "_nothing", functools.partial(ready.touch))
    with Pool(1) as pool:
        pool.start(0, Job(function=max, arguments=(2, 3), seconds=30.0))
        assert ready.exists()


@pytest.mark.parametrize("seconds", [1e9, 1e300])
def test_a_limit_may_be_longer_than_the_system_can_wait(seconds):
    assert outcomes([Job(function=max, arguments=(2, 3), seconds=seconds)])[0].value == 3


def test_a_job_ends_at_its_limit_even_when_nobody_kills_it(monkeypatch):
    monkeypatch.setattr(processes, "_kill", lambda running: running.process.join(30.0))
    with Pool(1) as pool:
        pool.start(0, Job(function=time.sleep, arguments=(1000,), seconds=0.1))
        process = pool._running[0].process
        ((_, outcome),) = pool.finished()
    assert outcome.killed
    assert not process.is_alive()
    assert process.exitcode == -signal.SIGALRM


def test_leaving_the_pool_kills_what_runs():
    with Pool(1) as pool:
        pool.start(0, Job(function=time.sleep, arguments=(1000,), seconds=1000.0))
        process = pool._running[0].process
        assert process.is_alive()
    assert not process.is_alive()
    assert pool.idle


def claim(*cases):
    return Claim(
        id="test.runner",
        title="",
        provenance=Provenance.DERIVED,
        source="",
        statement="",
        latex="",
        hypotheses=(),
        cases=cases,
        scope="",
    )


TRUE = case(implication([X], [relation(X, GE, 1)], [relation(X, GT)]), {X: 2}, name="true")
FALSE = case(implication([X], [relation(X, GE)], [relation(X, GE, 1)]), {X: 2}, name="false")
CHOSEN = [engine(name) for name in ("sign-product", "bernstein", "falsification", "iteration")]


def test_a_claim_is_checked_case_by_case_with_every_engine():
    told = []
    (report,) = runner.check_claims(
        [claim(TRUE, FALSE)], Budget(seconds=40.0), engines=CHOSEN, progress=told.append
    )
    assert [c.verdict for c in report.cases] == [Verdict.PROVED, Verdict.REFUTED]
    assert report.verdict is Verdict.REFUTED
    assert "refuted" in report.unexpected
    assert {e.engine for e in report.evidence} == {e.name for e in CHOSEN}
    assert any("bernstein" in text for text in told)
    assert report.complete


def test_no_time_is_said_and_is_no_verdict():
    (report,) = runner.check_claims([claim(TRUE)], Budget(seconds=0.0), engines=CHOSEN)
    ran = [e for e in report.evidence if e.verdict is not Verdict.UNSUPPORTED]
    assert {e.verdict for e in ran} == {Verdict.NOT_RUN}
    assert all("time" in e.detail for e in ran)
    assert report.verdict is Verdict.UNKNOWN


def test_an_interruption_keeps_what_was_finished():
    def interrupt(_):
        raise KeyboardInterrupt

    with pytest.raises(runner.Interrupted) as caught:
        runner.check_claims(
            [claim(TRUE, FALSE)], Budget(seconds=40.0), engines=CHOSEN, jobs=1, progress=interrupt
        )
    (report,) = caught.value.reports
    assert not report.complete
    assert report.evidence
    assert threading.active_count() < 20


def test_an_unknown_claim_is_bad_input():
    with pytest.raises(InvalidInput, match=r"no\.such-claim"):
        check(["no.such-claim"], Budget())


def test_ids_come_from_file_names():
    assert all(claim_id == claim_id.lower() and "." in claim_id for claim_id in claim_ids())
    assert "influence.two-model-sign" in claim_ids()
    assert "false.cycle-gains-suffice" in claim_ids()
    assert engines() is engines()


def order_of(claim):
    told = []
    runner.check_claims([claim], Budget(seconds=40.0), engines=CHOSEN, jobs=1, progress=told.append)
    return [text.split(", ")[-1].split(":")[0] for text in told]


def test_what_is_held_to_be_true_is_proved_before_it_is_attacked():
    assert order_of(claim(TRUE)) == ["sign-product", "bernstein", "falsification"]


def test_a_falsehood_with_suspects_is_attacked_first():
    suspected = replace(FALSE, suspects=((("x", sympy.Rational(1, 2)),),))
    doubted = replace(claim(suspected), expected=Expectation.REFUTED)
    assert order_of(doubted) == ["falsification", "sign-product", "bernstein"]
    assert order_of(replace(doubted, cases=(FALSE,))) == ["sign-product", "bernstein", "falsification"]


def test_an_engine_that_cannot_even_say_what_it_accepts_raises_an_alarm_and_stops_no_other():
    class Confused(type(engine("bernstein"))):
        name = "confused"

        def refusal(self, statement):
            raise RuntimeError("no idea")

    (report,) = runner.check_claims(
        [claim(TRUE)], Budget(seconds=40.0), engines=[Confused(), engine("bernstein")]
    )
    assert report.verdict is Verdict.UNKNOWN
    assert "confused crashed: RuntimeError: no idea" in report.unexpected
    assert {e.engine: e.verdict for e in report.evidence}["bernstein"] is Verdict.PROVED
