"""The gate raises no error, tells a lying engine, and publishes what it holds."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

import pytest
import sympy

from proofs_check.encoding.relations import at_least, positive
from proofs_check.engine import AbstractEngine, Canaries, Finding
from proofs_check.evidence.evidence import combine_case, combine_claim
from proofs_check.evidence.verdict import Verdict
from proofs_check.gate.document import FILE, markdown, truth_of, truths
from proofs_check.gate.planted import Planted, false, true
from proofs_check.gate.registry import as_claim, planted
from proofs_check.gate.run import GateReport, GateResult, run
from proofs_check.registry import engine
from proofs_check.running.runner import gather
from theory.budget import Budget

ITEMS = planted()
FEW = (
    "gate.jury.trace-and-determinant-bounded",
    "gate.inverse-signs.partner-at-one",
    "gate.simplex.product-strictly-below",
    "gate.choices.pair-gain",
)
x = sympy.Symbol("x", real=True)
SQUARE = true("square", "x² ≥ 0", then=at_least(x**2), why="a square")
NEGATIVE = false("line", "x > 0", then=positive(x), why="not at −1", fails_at={"x": -1})


class LyingEngine(AbstractEngine):
    """Says what it was told to say of everything, without a certificate."""

    name: ClassVar[str] = "liar"
    ceiling: ClassVar[Verdict] = Verdict.PROVED

    def __init__(self, verdict):
        self.verdict = verdict

    def refusal(self, statement):
        return None

    def attempt(self, case, budget):
        return Finding(verdict=self.verdict, detail="because I say so")

    def canaries(self):
        return Canaries(affirms=None, refutes=None, unsupported=None)


def judged(item, *engines):
    """A report on one statement from engines that run in this process, audited and combined as ever."""
    claim = as_claim("gate.some.thing", item)
    budget = Budget(seconds=20)
    evidence = [gather(item.case, engine, budget, claim.id) for engine in engines]
    report = combine_claim(claim, [combine_case(item.case.name, evidence)])
    return GateReport(results=(GateResult(key=claim.id, planted=item, report=report),))


def test_few_statements_pass():
    few = [engine(name) for name in ("falsification", "identity")]
    report = run({key: ITEMS[key] for key in FEW}, Budget(seconds=60), engines=few)
    assert not report.errors


@pytest.mark.parametrize(
    "key", ["gate.rotations.strictly-inside-the-cone", "gate.simplex.product-on-the-sphere"]
)
def test_failure_on_a_curve_or_a_spot_of_a_sphere_is_found(key):
    """Rational points of a curve on which both sides are equal; of a sphere near an irrational point."""
    assert not judged(ITEMS[key], engine("falsification")).errors


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_every_statement_passes():
    report = run()
    assert not report.errors
    assert "0 refuted" in report.summary


@pytest.mark.parametrize("item", [SQUARE, NEGATIVE])
@pytest.mark.parametrize("verdict", [Verdict.PROVED, Verdict.REFUTED])
def test_lying_engine_raises_the_alarm(item, verdict):
    report = judged(item, LyingEngine(verdict))
    assert len(report.errors) == 1
    assert "alarm" in report.errors[0]


def test_false_statement_that_nobody_refutes_is_an_error():
    report = judged(NEGATIVE, engine("identity"))
    assert report.errors == ("gate.some.thing: false, and not refuted: unknown",)


def test_true_statement_that_nobody_proves_is_no_error():
    assert not judged(SQUARE, engine("identity")).errors


def test_refuting_a_true_statement_is_an_error():
    """The same statement, planted with the wrong truth."""
    mislabelled = Planted(name="line", case=NEGATIVE.case, truth=True, says="x > 0", why="wrongly")
    report = judged(mislabelled, engine("falsification"))
    assert report.errors == ("gate.some.thing: true, and refuted by falsification",)


def test_proving_a_false_statement_is_an_error():
    mislabelled = replace(SQUARE, truth=False, fails_at=(("x", sympy.Integer(0)),))
    report = judged(mislabelled, engine("sum-of-squares"))
    assert "false, and proved by sum-of-squares" in report.errors[0]


def test_planted_statements_are_well_formed():
    with pytest.raises(ValueError, match="Expected a point at which line fails"):
        replace(NEGATIVE, fails_at=None)
    with pytest.raises(ValueError, match="Expected a true statement not to fail"):
        replace(NEGATIVE, truth=True)
    with pytest.raises(ValueError, match="Expected a slug"):
        replace(SQUARE, name="A Square")
    with pytest.raises(ValueError, match="without suspects"):
        replace(NEGATIVE, case=replace(NEGATIVE.case, suspects=(NEGATIVE.fails_at,)))


def test_engines_are_not_told_where_it_fails():
    for key, item in ITEMS.items():
        assert item.case.suspects == (), key
        assert item.case.witness is None or item.case.witness != item.fails_at, key


def test_table_tells_its_own_truths():
    report = judged(NEGATIVE, engine("identity"))
    assert truths(markdown(report)) == {"gate.some.line": "false"}


def test_published_table_is_up_to_date():
    wanted = {key: truth_of(item) for key, item in ITEMS.items()}
    assert truths(FILE.read_text(encoding="utf-8")) == wanted
