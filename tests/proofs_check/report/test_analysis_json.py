"""The analysis document says what was proved, and null where nothing was."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from flint import arb, ctx, fmpq
from jsonschema import Draft202012Validator

from proofs_check.conditions.ecosystem_condition import EcosystemCondition, Holds
from proofs_check.report.analysis_json import analysis_document
from proofs_check.report.analysis_text import analysis_parts
from proofs_check.report.schemas import shipped
from proofs_check.report.terminal import to_text
from theory.analysis import Analysis, EquilibriumReport, analyze
from theory.budget import Budget
from theory.ecosystem_file import from_text
from theory.equilibrium.result import (
    Equilibria,
    Equilibrium,
    Existence,
    Interval,
    Reached,
    Stability,
    Uniqueness,
)
from theory.influence import Influence, InfluenceVerdict, Sign
from theory.update_map import derive

FILE = """
name = "one reader"
[parameters]
lam = { value = "1/5", range = ["0", "2/5"] }
[users.u]
reward = "x"
[models.p]
family = "gaussian-location"
variance = 1
users = "u"
real = { share = "1/2", mean = 1 }
reads = [{ from = "p", share = "1/2 - lam" }, { from = "p", share = "lam", curated = true }]
"""


def third(times=1):
    with ctx.workprec(160):
        return arb(fmpq(times, 3))


def equilibrium(**changes):
    made = Equilibrium(
        point=(third(),),
        exact=None,
        existence=Existence.CERTIFIED,
        uniqueness=Uniqueness.GLOBAL,
        stability=Stability.STABLE,
        spectral_radius=Interval(third(), third()),
        method="affine",
    )
    return replace(made, **changes)


def influence(**changes):
    made = Influence(
        knob="users.u.strength",
        on="p",
        kind="self",
        total=third(-1),
        direct=third(),
        isolated=None,
        sign=Sign.NEGATIVE,
        verdict=InfluenceVerdict.INVERTS,
    )
    return replace(made, **changes)


def document(found=None, rows=(), conditions=(), **changes):
    ecosystem = from_text(FILE).ecosystem
    found = found or equilibrium()
    equilibria = Equilibria(found=(found,), reached=0, reached_detail=Reached.CONVERGED, complete=True)
    analysis = Analysis(
        ecosystem=ecosystem,
        update_map=derive(ecosystem),
        equilibria=replace(equilibria, **changes),
        thresholds=(),
        reports=(EquilibriumReport(equilibrium=found, alignment=(("p", third()),), influence=tuple(rows)),),
        budget=Budget(digits=30),
    )
    made = analysis_document(analysis, conditions)
    Draft202012Validator(shipped("analysis.json")).validate(json.loads(made.model_dump_json(by_alias=True)))
    return made


def test_values_are_balls_around_the_truth():
    found = document(rows=[influence()]).equilibria[0]
    assert found.point["p.mean"].mid == "0." + "3" * 30
    assert found.alignment["p"].mid == "0." + "3" * 30
    row = found.influence[0]
    assert (row.total.mid[0], row.sign, row.verdict, row.isolated) == ("-", "-", "inverts", None)
    assert found.spectral_radius.lo == "0." + "3" * 30
    assert found.spectral_radius.hi == "0." + "3" * 29 + "4"


def test_unresolved_equilibrium_has_nulls_and_approximations():
    found = document(equilibrium(existence=Existence.UNRESOLVED, detail="the box did not close")).equilibria[
        0
    ]
    assert (found.point, found.alignment, found.spectral_radius) == (None, None, None)
    assert found.approximate["p.mean"].startswith("0.333333333333")
    assert found.detail == "the box did not close"


def test_wide_balls_are_null_with_a_reason():
    wide = arb(fmpq(1, 3), 1e-20)
    made = document(equilibrium(point=(wide,)), rows=[influence(total=wide, sign=Sign.POSITIVE)]).equilibria[
        0
    ]
    assert made.point == {"p.mean": None}
    assert "p.mean: the proved radius exceeds 10^-25" in made.detail
    assert made.influence[0].total is None
    assert made.influence[0].detail == "total: the proved radius exceeds 10^-25 max(1, |mid|)"
    assert made.influence[0].sign == "+"


def test_exact_zero_is_zero():
    row = influence(total=arb(0), sign=Sign.ZERO, verdict=InfluenceVerdict.NEUTRAL)
    total = document(rows=[row]).equilibria[0].influence[0].total
    assert (total.mid, total.rad) == ("0", "0")


def test_update_map_keeps_parameters_and_drops_offsets():
    made = document()
    assert set(made.update_map) == set(made.state) == {"p.mean"}
    assert "lam" in made.update_map["p.mean"]
    assert made.parameters == {"lam": "1/5"}


def test_unbounded_margin_has_no_upper_end():
    row = EcosystemCondition(
        claim="ecosystem.grounded", holds=Holds.YES, margin=Interval(third(), arb("inf")), detail=""
    )
    margin = document(conditions=[row]).conditions[0].margin
    assert margin.hi is None
    assert margin.lo.startswith("0.333")


@pytest.mark.parametrize(
    ("changes", "phrase"),
    [
        ({"found": equilibrium(existence=Existence.UNRESOLVED)}, "equilibrium 0: existence"),
        ({"found": equilibrium(stability=Stability.UNDECIDED)}, "equilibrium 0: stability"),
        ({"reached": None, "reached_detail": Reached.UNDECIDED}, "which equilibrium is reached"),
        ({"rows": [influence(sign=Sign.UNDECIDED)]}, "equilibrium 0: influence of users.u.strength on p"),
        (
            {"rows": [influence(verdict=InfluenceVerdict.UNDECIDED)]},
            "equilibrium 0: influence of users.u.strength on p",
        ),
    ],
)
def test_what_is_undecided_is_named(changes, phrase):
    assert document(**changes).undecided() == (phrase,)


def test_nothing_is_undecided_when_all_is_proved():
    assert document(rows=[influence(verdict=None)]).undecided() == ()


@pytest.mark.parametrize("width", [40, 80, 200])
def test_terminal_text_fits_the_width_and_has_no_colour_codes(width):
    text = to_text(analysis_parts(document(rows=[influence()])), width=width, colour=False)
    assert max(map(len, text.splitlines())) <= width
    assert "\x1b" not in text
    assert width < 80 or "inverts" in text


def test_terminal_text_in_colour_marks_an_inversion_red():
    text = to_text(analysis_parts(document(rows=[influence()])), width=120, colour=True)
    assert "\x1b[1;31minverts" in text


def test_the_regime_of_data_is_reported():
    for data, shown in (("replace", False), ("accumulate", True), ("accumulate-subsample", True)):
        analysed = analyze(from_text(f'data = "{data}"\n{FILE}').ecosystem, Budget())
        made = analysis_document(analysed, ())
        Draft202012Validator(shipped("analysis.json")).validate(
            json.loads(made.model_dump_json(by_alias=True))
        )
        assert made.data == data
        assert ("data accumulate" in to_text(analysis_parts(made), width=120, colour=False)) is shown
