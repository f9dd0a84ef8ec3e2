"""Reports on ecosystems without a stable end: the reason and the threshold, in JSON and in words."""

from __future__ import annotations

import json
from fractions import Fraction

from jsonschema import Draft202012Validator

from proofs_check.report.analysis_json import analysis_document
from proofs_check.report.analysis_text import analysis_parts
from proofs_check.report.schemas import shipped
from proofs_check.report.terminal import to_text
from theory.analysis import analyze
from theory.budget import Budget
from theory.ecosystem_file import from_text

FILE = """
name = "counts that feed on themselves"
[users.u]
reward = "x"
strength = "{strength}"
[models.p]
family = "poisson"
users = "u"
real = {{ share = "1/2", mean = 1 }}
reads = [{{ from = "p", share = "1/2", curated = true }}]
"""


def documented(strength):
    made = from_text(FILE.format(strength=strength), source="counts.toml").ecosystem
    return analysis_document(analyze(made, Budget(digits=20)), [])


def test_threshold_is_reported_with_the_reason():
    document = documented(1)
    written = json.loads(document.model_dump_json(by_alias=True))
    Draft202012Validator(shipped("analysis.json")).validate(written)
    (row,) = written["thresholds"]
    assert (row["knob"], row["failure"], written["reached_detail"]) == (
        "users.u.strength",
        "diverges",
        "diverges",
    )
    assert Fraction(row["converges"]) < Fraction("0.6931471805599453") < Fraction(row["fails"])
    said = " ".join(to_text(analysis_parts(document), width=100, colour=False).split())
    assert "From round 0 on, p.mean grows beyond every bound" in said
    assert f"converge at users.u.strength = {row['converges']} and to diverge at {row['fails']}." in said


def test_what_converges_reports_no_threshold():
    document = documented("1/2")
    assert (document.thresholds, document.detail) == ((), "")
