"""Numbers of an ecosystem that no equilibrium is needed for, enclosed in balls."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sympy
from flint import arb, ctx

from proofs_check.conditions.judgement import Slack
from theory.analysis import Analysis
from theory.arithmetic.program import Program
from theory.equilibrium.enclosures import precision_for
from theory.equilibrium.problem import ball_values
from theory.equilibrium.result import Interval
from theory.expressions.polynomials import is_identically_zero


@dataclass(frozen=True)
class KnownNumbers:
    """Expressions in parameters and knobs alone, evaluated at the values of an analysis."""

    analysis: Analysis

    @property
    def bits(self) -> int:
        """Working precision."""
        return precision_for(self.analysis.budget.digits)

    def at_values(self, expression: sympy.Expr) -> sympy.Expr:
        """The expression at the parameters' values."""
        return self.analysis.update_map.at_values(expression)

    def ball(self, expression: sympy.Expr) -> arb:
        """A ball around the number; NaN where it is not defined."""
        return ball_values(Program.compile([self.at_values(expression)], ()), (), self.bits)[0]

    def interval(self, expression: sympy.Expr) -> Interval | None:
        """The ends of that ball; None without information."""
        return self.ends(self.ball(expression))

    def ends(self, ball: arb) -> Interval | None:
        """A ball's ends; None without information."""
        if not ball.is_finite():
            return None
        with ctx.workprec(self.bits):
            return Interval(ball.lower(), ball.upper())

    def slack(self, words: str, expression: sympy.Expr) -> Slack:
        """The hypothesis ``expression > 0``."""
        return Slack(words, self.interval(expression))

    def least(self, expressions: Sequence[sympy.Expr]) -> arb:
        """A ball around the least of the numbers."""
        with ctx.workprec(self.bits):
            found = self.ball(expressions[0])
            for expression in expressions[1:]:
                found = found.min(self.ball(expression))
            return found

    def largest(self, expressions: Sequence[sympy.Expr]) -> arb:
        """A ball around the largest of the numbers."""
        with ctx.workprec(self.bits):
            return -self.least([-e for e in expressions])

    def is_zero(self, expression: sympy.Expr) -> bool:
        """Whether the number is proved to be 0."""
        return is_identically_zero(self.at_values(expression))
