"""Long rounds: the first round's gain where its formula is too long to be filled in with exact numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import final

import sympy
from flint import arb, ctx, fmpq

from theory.arithmetic.program import Program
from theory.equilibrium.enclosures import Balls
from theory.equilibrium.problem import ball_values
from theory.expressions.differentiation import partial_derivatives
from theory.robustness.course import AbstractTrace
from theory.robustness.measures import Measure
from theory.update_map import UpdateMap

_BITS = 128
_PARTS = 16
_LONG = 600


def is_long(update_map: UpdateMap, measure: Measure) -> bool:
    """Whether the model's update rules have so many operations that SymPy should not rewrite them."""
    rules = dict(zip(update_map.state, update_map.step, strict=True))
    return any(rules[s].count_ops() > _LONG for s in measure.state)


@final
@dataclass(frozen=True, kw_only=True)
class LongRoundTrace(AbstractTrace):
    """What a quantity gains in the first round, its factors evaluated one after the other in balls.

    Parameters
    ----------
    update_map : UpdateMap
        That of the adversarial ecosystem.
    share : Symbol
        φ.
    measure : Measure
    """

    update_map: UpdateMap
    share: sympy.Symbol
    measure: Measure

    @cached_property
    def _rules(self) -> tuple[sympy.Expr, ...]:
        rules = dict(zip(self.update_map.state, self.update_map.step, strict=True))
        return tuple(rules[s] for s in self.measure.state)

    @property
    def mentions_share(self) -> bool:
        """Whether φ occurs in what moves the quantity."""
        symbols = self.measure.value.free_symbols
        pairs = zip(self.measure.state, self._rules, strict=True)
        return any(self.share in g.free_symbols for s, g in pairs if s in symbols)

    @cached_property
    def _knobs(self) -> tuple[sympy.Symbol, ...]:
        return tuple(s for s, _ in self.update_map.values)

    @cached_property
    def _step(self) -> Program:
        slopes = [partial_derivatives(g, [self.share]).get(self.share, sympy.S.Zero) for g in self._rules]
        inputs = (*self.update_map.state, *self._knobs, self.share)
        return Program.compile((*self._rules, *slopes), inputs)

    @cached_property
    def _conditions(self) -> Program:
        return Program.compile(self.update_map.domain, (*self.update_map.state, *self._knobs, self.share))

    @cached_property
    def _quantity(self) -> Program:
        gradient = partial_derivatives(self.measure.value, self.measure.state)
        entries = [gradient.get(s, sympy.S.Zero) for s in self.measure.state]
        return Program.compile(
            (self.measure.value, *entries, *self.measure.domain), (*self.measure.state, *self._knobs)
        )

    def _fixed(self, bits: int) -> tuple[Balls, Balls]:
        """The start and the knobs' values."""
        return self._exact(self.update_map.start, bits), self._exact(
            [v for _, v in self.update_map.values], bits
        )

    def _exact(self, expressions: Sequence[sympy.Expr], bits: int) -> Balls:
        known = dict(self.update_map.values)
        return ball_values(Program.compile([e.xreplace(known) for e in expressions], ()), (), bits)

    def _after(self, share: arb, bits: int) -> tuple[Balls, Balls, Balls, Balls]:
        """The model's state before and after the round, how φ moves it, and the knobs' values."""
        start, knobs = self._fixed(bits)
        found = ball_values(self._step, (*start, *knobs, share), bits)
        n = len(self.measure.state)
        before = tuple(start[self.update_map.state.index(s)] for s in self.measure.state)
        return before, found[:n], found[n:], knobs

    def value(self, share: arb, bits: int) -> arb:
        before, after, _, knobs = self._after(share, bits)
        then, now = (ball_values(self._quantity, (*state, *knobs), bits)[0] for state in (after, before))
        with ctx.workprec(bits):
            return then - now

    def slope(self, share: arb, bits: int) -> arb:
        _, after, moved, knobs = self._after(share, bits)
        gradient = ball_values(self._quantity, (*after, *knobs), bits)[1:]
        with ctx.workprec(bits):
            return sum((g * d for g, d in zip(gradient, moved, strict=False)), arb(0))

    def vanishes(self, share: fmpq) -> bool:
        return False

    def exists(self) -> bool:
        """Whether every choice and every mean is proved to exist at every share."""
        return all(self._exists_in(fmpq(k, _PARTS), fmpq(k + 1, _PARTS)) for k in range(_PARTS))

    def _exists_in(self, low: fmpq, high: fmpq) -> bool:
        n = len(self.measure.state)
        with ctx.workprec(_BITS):
            span = arb(low).union(arb(high))
            before, after, _, knobs = self._after(span, _BITS)
            start, _ = self._fixed(_BITS)
            conditions = ball_values(self._conditions, (*start, *knobs, span), _BITS)
            means = [ball_values(self._quantity, (*x, *knobs), _BITS)[n + 1 :] for x in (before, after)]
            return all(c > 0 for c in (*conditions, *means[0], *means[1]))
