"""Budgets as users write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from theory.attack.flip_budget import flip_budget
from theory.errors import InvalidInput


@given(st.integers(1, 500), st.integers(0, 100))
def test_a_part_is_rounded_down_and_never_too_much(pairs, percent):
    assert flip_budget(f"{percent}%", pairs) == flip_budget(f"{percent}/100", pairs) == percent * pairs // 100


@pytest.mark.parametrize(("text", "count"), [("0", 0), ("1", 1), ("1.0", 10), ("10", 10), ("12.5%", 1)])
def test_whole_numbers_are_pairs_and_decimals_are_parts(text, count):
    assert flip_budget(text, 10) == count


@pytest.mark.parametrize(
    "text", ["", "11", "-1", "1.1", "101%", "ten", "1e-1", "1/0", "0.1%%", " 1", "nan", "３"]
)
def test_anything_else_is_refused(text):
    with pytest.raises(InvalidInput, match=r"--budget: expected a number of pairs up to 10"):
        flip_budget(text, 10)
