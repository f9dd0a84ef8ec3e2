"""Every engine on every example of known truth that it accepts; each example settled by some engine."""

from __future__ import annotations

from functools import cache

import pytest
from strategies.known_truths import FALSE, TRUE

from proofs_check.evidence.evidence import audit
from proofs_check.evidence.verdict import Verdict
from proofs_check.registry import engines
from theory.budget import Budget

SECONDS = 8.0
PATIENT = 30.0
ENGINES = {item.name: item for item in engines()}
EXAMPLES = {**TRUE, **FALSE}


@cache
def evidence(engine, example, seconds=SECONDS):
    """Audited evidence, once for all tests of this file."""
    about = EXAMPLES[example].case
    return audit(ENGINES[engine].check(about, Budget(seconds=seconds)), about)


def accepted(engine, example):
    if ENGINES[engine].accepts(EXAMPLES[example].case.statement) is not None:
        return False
    return ENGINES[engine].missing() is None


def require(example):
    """Skip with the reason when the one engine that can settle an example is not there."""
    needed = EXAMPLES[example].needs
    if needed and needed not in ENGINES:
        pytest.skip(f"no engine {needed} is registered")
    if needed and ENGINES[needed].missing():
        pytest.skip(f"{needed}: {ENGINES[needed].missing()}")


PAIRS = [(engine, example) for example in EXAMPLES for engine in ENGINES if accepted(engine, example)]


@pytest.mark.slow
@pytest.mark.parametrize(("engine", "example"), PAIRS)
def test_no_engine_errs_on_a_known_example(engine, example):
    found = evidence(engine, example)
    assert not found.alarm
    assert found.verdict is not (Verdict.REFUTED if example in TRUE else Verdict.PROVED)


@pytest.mark.parametrize("example", TRUE)
def test_a_true_example_is_proved_by_some_engine(example):
    require(example)
    proving = [name for name in ENGINES if ENGINES[name].ceiling is Verdict.PROVED]
    first = sorted(proving, key=lambda name: name != EXAMPLES[example].needs)
    assert any(
        evidence(name, example, PATIENT).verdict is Verdict.PROVED
        for name in first
        if accepted(name, example)
    )


@pytest.mark.parametrize("example", FALSE)
def test_a_false_example_is_refuted_by_some_engine(example):
    require(example)
    refuting = [name for name in ("falsification", "smt", "balls") if accepted(name, example)]
    assert any(evidence(name, example, PATIENT).verdict is Verdict.REFUTED for name in refuting)


def test_every_engine_that_proves_inequalities_accepts_some_example():
    general = {"sign-product", "bernstein", "products", "sum-of-squares", "falsification", "smt"}
    assert general & ENGINES.keys() <= {engine for engine, _ in PAIRS}
