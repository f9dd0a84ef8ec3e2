"""Series, captions, decimals, the canvas and the registry of figures."""

from __future__ import annotations

from pathlib import Path

import matplotlib as mpl
import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

import paper_figures.figures
from paper_figures import caption
from paper_figures.canvas import styled
from paper_figures.caption import caption_text
from paper_figures.decimals import outward
from paper_figures.figure_data import FigureData, Series
from paper_figures.registry import figure_names, load
from proofs_check.registry import claim_ids
from theory.budget import Budget


def some_data(**facts):
    series = [Series.of("a", "line", x=[0, 1], y=[2, 3])]
    return FigureData.of("some", series, Budget(seed=3), facts=facts, parameters={"n": "4"})


def test_columns_of_a_series_have_one_length():
    with pytest.raises(ValueError, match=r"Expected columns of one length in 'line', got \[2, 3\]"):
        Series.of("a", "line", x=[0, 1], y=[1, 2, 3])


def test_words_stay_words():
    series = Series.of("a", "bars", label=["one", "two"], y=[1, 2])
    assert series.words("label") == ("one", "two")
    assert list(series["y"]) == [1.0, 2.0]


def test_a_series_is_found_by_panel_and_name():
    assert some_data().find("a", "line").name == "line"
    with pytest.raises(KeyError, match="Expected a series of panel b, got 'line'"):
        some_data().find("b", "line")


def test_captions_fill_in_facts_and_parameters():
    text = caption_text("Zero in [{low}, {high}],\nn = {n}.", (), some_data(low="0.1", high="0.2"))
    assert text.startswith("Zero in [0.1, 0.2], n = 4.\n")
    assert "seed 3" in text


def test_a_caption_may_not_quote_what_the_data_lack():
    with pytest.raises(KeyError, match="missing"):
        caption_text("{missing}", (), some_data())


def test_captions_say_when_no_evidence_is_on_record(monkeypatch):
    monkeypatch.setattr(caption.ledger, "read", lambda _: {})
    text = caption_text("", ("influence.self",), some_data())
    assert "  influence.self: no evidence on record\n" in text


@given(
    st.fractions(max_denominator=10**6).filter(lambda x: abs(x) < 10**6),
    st.fractions(min_value=0, max_value=1, max_denominator=10**6),
    st.integers(0, 12),
)
def test_decimals_round_outward_by_less_than_a_place(lower, width, places):
    low, high = (sympy.Rational(x.numerator, x.denominator) for x in (lower, lower + width))
    shown_low, shown_high = (sympy.Rational(text) for text in outward(low, high, places))
    place = sympy.Rational(1, 10**places)
    assert low - place < shown_low <= low <= high <= shown_high < high + place


def test_style_is_put_back():
    before = dict(mpl.rcParams)
    with styled():
        assert mpl.rcParams["font.family"] == ["STIXGeneral"]
    assert dict(mpl.rcParams) == before


def test_every_module_of_the_folder_is_a_figure():
    folder = Path(paper_figures.figures.__file__).parent
    found = {path.stem for path in folder.iterdir() if not path.name.startswith("__")}
    assert {name.replace("-", "_") for name in figure_names()} == found


@pytest.mark.parametrize("name", figure_names())
def test_figures_rest_on_claims_that_exist(name):
    figure = load(name)
    assert figure.CLAIMS
    assert set(figure.CLAIMS) <= set(claim_ids())
    assert callable(figure.data)
    assert callable(figure.draw)
