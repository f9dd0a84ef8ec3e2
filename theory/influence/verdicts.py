"""Verdicts: what curation does in the long run against what it does in one round."""

from __future__ import annotations

from flint import arb

from theory.influence.result import InfluenceVerdict, Sign


def sign_of(value: arb | None) -> Sign:
    """The sign that a ball proves; zero only for the exact number 0."""
    if value is None:
        return Sign.UNDECIDED
    if value.is_zero():
        return Sign.ZERO
    if value > 0:
        return Sign.POSITIVE
    return Sign.NEGATIVE if value < 0 else Sign.UNDECIDED


def verdict(total: arb | None, direct: arb | None, *, same: bool) -> InfluenceVerdict:
    """The verdict on a self-influence s = `total` with direct effect d = `direct`.

    In this precedence: d < 0 misaligned; s = 0 neutral; d = 0 indirect; s < 0 < d inverts; then s against d.

    Examples
    --------
    >>> verdict(arb(-1), arb(2), same=False).value, verdict(arb(0), arb(2), same=False).value
    ('inverts', 'neutral')
    """
    s, d = sign_of(total), sign_of(direct)
    if d is Sign.NEGATIVE:
        return InfluenceVerdict.MISALIGNED
    if d is Sign.UNDECIDED or total is None or direct is None:
        return InfluenceVerdict.UNDECIDED
    if s is Sign.ZERO:
        return InfluenceVerdict.NEUTRAL
    if d is Sign.ZERO:
        known = s in {Sign.POSITIVE, Sign.NEGATIVE}
        return InfluenceVerdict.INDIRECT if known else InfluenceVerdict.UNDECIDED
    if s is Sign.NEGATIVE:
        return InfluenceVerdict.INVERTS
    return _against_direct(total, direct, same=same)


def _against_direct(total: arb, direct: arb, *, same: bool) -> InfluenceVerdict:
    """s against d > 0, where s is not proved ≤ 0."""
    if same:
        return InfluenceVerdict.UNCHANGED
    if total > direct:
        return InfluenceVerdict.AMPLIFIES
    if total > 0 and total < direct:
        return InfluenceVerdict.DAMPENS
    return InfluenceVerdict.UNDECIDED
