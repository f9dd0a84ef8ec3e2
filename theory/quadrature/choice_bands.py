"""Choice bands: Σ_i w_i f_i r^j e^{−r} with r = e^{−t}a_i at many t, without most of the exponentials.

Nodes are in the order of a, and the t in blocks of neighbours.  Nodes with r ≤ e on a whole block enter by
the Taylor polynomial of e^{−r}, whose error is r^P/P!, through sums of w f a^{p + j}; nodes with r ≥ R ≥ j do
not enter at all, since r^j e^{−r} ≤ R^j e^{−R}.  Only the band between is summed term by term.  The factor
r^j = e^{−tj} a^j is taken out of all of it, so that every j shares the same kernel and powers.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from flint import arb, arb_mat, arb_poly

from theory.quadrature.base.abstract import AbstractRule

_BLOCK = 8
_ROUNDING = 1e-9


@dataclass(frozen=True, kw_only=True)
class Block:
    """Neighbouring t, and the nodes of their band.

    Parameters
    ----------
    scales : tuple of arb
        e^{−t}.
    start, stop : int
        Nodes before `start` have r ≤ e, nodes from `stop` on have r ≥ R.
    """

    scales: tuple[arb, ...]
    start: int
    stop: int


@dataclass(frozen=True, kw_only=True)
class Bands:
    """The kernel e^{−r} on all pairs of nodes.

    Parameters
    ----------
    order : tuple of int
        Positions of the rule's nodes, by a.
    weights, choices : tuple of arb
        w and a in this order.
    blocks : tuple of Block
    terms, large : int
        P and R.
    """

    order: tuple[int, ...]
    weights: tuple[arb, ...]
    choices: tuple[arb, ...]
    blocks: tuple[Block, ...]
    terms: int
    large: int

    @classmethod
    def of(cls, rule: AbstractRule, places: Sequence[arb], bits: int) -> Bands:
        """The bands at the current precision, at which about 2^−bits is small."""
        uppers = [float(a.upper()) for a in rule.logarithms]
        order = tuple(sorted(range(len(uppers)), key=uppers.__getitem__))
        lows = [float(rule.logarithms[i].lower()) for i in order]
        for i in range(len(lows) - 2, -1, -1):
            lows[i] = min(lows[i], lows[i + 1])
        ends = [uppers[i] for i in order], lows
        large = math.ceil(0.7 * bits) + 8
        blocks = [_block(places[k : k + _BLOCK], ends, large) for k in range(0, len(places), _BLOCK)]
        return cls(
            order=order,
            weights=tuple(rule.weights[i] for i in order),
            choices=tuple(rule.logarithms[i].exp() for i in order),
            blocks=tuple(blocks),
            terms=_terms(bits),
            large=large,
        )

    def sums(self, column: Sequence[arb], power: int) -> list[arb]:
        """Σ w f r^j e^{−r} at each t, for the values of f at the rule's nodes."""
        weighted = [w * column[i] for w, i in zip(self.weights, self.order, strict=True)]
        size = sum((abs(w) for w in weighted), arb(0))
        e = arb(1).exp()
        left_out = arb(self.large) ** power * (-arb(self.large)).exp()
        left_out += e ** (self.terms + power) / arb(self.terms + 1).gamma()
        error = arb(0, (left_out * size).upper()) if power <= self.large else arb.nan()
        weighted = [v * a**power for v, a in zip(weighted, self.choices, strict=True)] if power else weighted
        found: list[arb] = []
        collected, series, before = arb_mat(self.terms, 1), arb_poly(), 0
        for k, block in enumerate(self.blocks):
            if block.start > before:
                collected += self._powers[k] * _column(weighted[before : block.start])
                before = block.start
                series = arb_poly([c * collected[p, 0] for p, c in enumerate(self._coefficients)])
            values = [series(scale) for scale in block.scales]
            if block.stop > block.start:
                band = self._kernels[k] * _column(weighted[block.start : block.stop])
                values = [value + band[i, 0] for i, value in enumerate(values)]
            found.extend(scale**power * v + error for scale, v in zip(block.scales, values, strict=True))
        return found

    @cached_property
    def _kernels(self) -> list[arb_mat]:
        """e^{−r} of each t and each node of its block's band."""
        return [
            arb_mat([[(-(scale * a)).exp() for a in self.choices[b.start : b.stop]] for scale in b.scales])
            for b in self.blocks
        ]

    @cached_property
    def _coefficients(self) -> list[arb]:
        """(−1)^p/p! for each p < P."""
        found = [arb(1)]
        for p in range(1, self.terms):
            found.append(found[-1] / -p)
        return found

    @cached_property
    def _powers(self) -> list[arb_mat]:
        """a^p for each p < P and each node that leaves the band at a block."""
        found, before = [], 0
        for block in self.blocks:
            choices = self.choices[before : block.start]
            rows = [[arb(1)] * len(choices)]
            for _ in range(self.terms - 1):
                rows.append([x * a for x, a in zip(rows[-1], choices, strict=True)])
            found.append(arb_mat(rows))
            before = block.start
        return found


def _block(places: Sequence[arb], ends: tuple[list[float], list[float]], large: int) -> Block:
    """Neighbouring t in increasing order, with the band of all of them."""
    first, last = float(places[0]), float(places[-1])
    margin = _ROUNDING * (1 + abs(first) + abs(last))
    start = bisect_right(ends[0], first + 1 - margin)
    stop = bisect_right(ends[1], last + math.log(large) + margin, lo=start)
    return Block(scales=tuple((-t).exp() for t in places), start=start, stop=stop)


def _column(values: Sequence[arb]) -> arb_mat:
    return arb_mat(len(values), 1, list(values))


def _terms(bits: int) -> int:
    """P with P! > e^P 2^bits."""
    terms, size = 1, 1.0
    while size > -bits * math.log(2):
        terms += 1
        size = terms - math.lgamma(terms + 1)
    return terms
