"""Quantities at the reached equilibrium, enclosed in balls."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import sympy
from flint import arb, arb_mat, ctx

from proofs_check.conditions.judgement import Slack
from theory.analysis import Analysis
from theory.arithmetic.program import Program
from theory.equilibrium.enclosures import precision_for
from theory.equilibrium.problem import ball_values
from theory.equilibrium.result import Equilibrium, Interval
from theory.update_map import UpdateMap, derive


@dataclass(frozen=True)
class AtEquilibrium:
    """The reached equilibrium of an analysis, with what can be evaluated there."""

    analysis: Analysis
    equilibrium: Equilibrium

    @property
    def bits(self) -> int:
        """Working precision."""
        return precision_for(self.analysis.budget.digits)

    def values(self, expressions: Sequence[sympy.Expr]) -> tuple[arb, ...]:
        """Balls around expressions in states, parameters and knobs; NaN where one is not defined."""
        update_map = self.analysis.update_map
        known = [update_map.at_values(expression) for expression in expressions]
        return ball_values(Program.compile(known, update_map.state), self.equilibrium.point, self.bits)

    def slack(self, words: str, expression: sympy.Expr) -> Slack:
        """The hypothesis ``expression > 0``."""
        return Slack(words, self.interval(self.values([expression])[0]))

    def interval(self, ball: arb) -> Interval | None:
        """A ball's ends; None when it carries no information."""
        if not ball.is_finite():
            return None
        with ctx.workprec(self.bits):
            return Interval(ball.lower(), ball.upper())

    def stability(self) -> Slack:
        """The hypothesis 1 − ρ(J) > 0."""
        return self.below_one("ρ(J) < 1", self.equilibrium.spectral_radius)

    def below_one(self, words: str, radius: Interval | None) -> Slack:
        """The hypothesis that an enclosed radius is below 1."""
        if radius is None or not radius.upper.is_finite():
            return Slack(words, None)
        with ctx.workprec(self.bits):
            return Slack(words, Interval((1 - radius.upper).lower(), (1 - radius.lower).upper()))

    @cached_property
    def synchronous(self) -> UpdateMap:
        """The update map with all models refitted at once; it has the same equilibria."""
        if self.analysis.ecosystem.order is None:
            return self.analysis.update_map
        return derive(replace(self.analysis.ecosystem, order=None))

    def field(self) -> arb_mat:
        """I − J of the synchronous map, shape ``(n, n)``."""
        jacobian = self.synchronous.jacobian
        n = jacobian.rows
        entries = self.values(list(jacobian))
        with ctx.workprec(self.bits):
            return arb_mat(n, n, [int(k % (n + 1) == 0) - entry for k, entry in enumerate(entries)])

    def is_invertible(self, square: arb_mat) -> bool | None:
        """True when the determinant is proved nonzero; else None."""
        with ctx.workprec(self.bits):
            determinant = square.det()
            proved = determinant.is_finite() and not determinant.contains(0)
        return True if proved else None


def reached(analysis: Analysis) -> AtEquilibrium | None:
    """The equilibrium that iteration from the start is proved to reach."""
    report = analysis.reached
    return None if report is None else AtEquilibrium(analysis, report.equilibrium)


def coordinates_of(update_map: UpdateMap, model: str) -> tuple[int, ...]:
    """Positions of a model's free coordinates."""
    return tuple(k for k, s in enumerate(update_map.coordinates) if s.name.startswith(f"{model}."))


def has_scalar_states(analysis: Analysis) -> bool:
    """Whether every model has one free coordinate."""
    update_map = analysis.update_map
    return all(len(coordinates_of(update_map, m.name)) == 1 for m in analysis.ecosystem.models)
