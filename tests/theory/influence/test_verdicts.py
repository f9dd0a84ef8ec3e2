"""Verdicts from balls: the precedence of the definition, and undecided where balls leave it open."""

from __future__ import annotations

import pytest
from flint import arb

from theory.influence import InfluenceVerdict, Sign
from theory.influence.verdicts import sign_of, verdict

WIDE = arb(0, 1)


@pytest.mark.parametrize(
    ("total", "direct", "same", "expected"),
    [
        (3, 2, False, "amplifies"),
        (1, 2, False, "dampens"),
        (2, 2, True, "unchanged"),
        (2, 2, False, "undecided"),
        (-1, 2, False, "inverts"),
        (0, 2, False, "neutral"),
        (0, 0, True, "neutral"),
        (1, 0, False, "indirect"),
        (-1, 0, False, "indirect"),
        (1, -1, False, "misaligned"),
        (0, -1, False, "misaligned"),
        (WIDE, -1, False, "misaligned"),
        (WIDE, 2, False, "undecided"),
        (arb(1, 2), 4, False, "undecided"),
        (WIDE, 0, False, "undecided"),
        (0, WIDE, False, "undecided"),
        (-1, WIDE, False, "undecided"),
        (arb(2, 0.5), arb(2, 0.5), False, "undecided"),
        (arb(2, 0.5), arb(2, 0.5), True, "unchanged"),
        (None, 2, False, "undecided"),
        (arb.nan(), arb.nan(), True, "undecided"),
    ],
)
def test_precedence(total, direct, same, expected):
    total = None if total is None else arb(total)
    assert verdict(total, arb(direct), same=same) is InfluenceVerdict(expected)


def test_signs_need_proof():
    assert sign_of(arb(0)) is Sign.ZERO
    assert sign_of(WIDE) is Sign.UNDECIDED
    assert sign_of(arb(2, 1)) is Sign.POSITIVE
    assert sign_of(arb(-2, 1)) is Sign.NEGATIVE
    assert sign_of(arb.nan()) is Sign.UNDECIDED
