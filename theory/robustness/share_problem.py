"""Share problem: equilibria y = G(y, φ) as the share φ of adversaries moves, evaluated in balls."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import sympy
from flint import arb, arb_mat, ctx

from theory.arithmetic.program import Program
from theory.equilibrium.enclosures import Balls, all_finite, largest, midpoints
from theory.equilibrium.krawczyk import certify_zero
from theory.equilibrium.problem import FixedPointProblem, ball_values
from theory.expressions.differentiation import jacobian
from theory.robustness.stable_pieces import is_stable_throughout

BITS = 128
"""Working precision of boxes and of the conditions in them."""


@dataclass(frozen=True, kw_only=True)
class ShareProblem:
    """Equilibria y = G(y, φ) on a face of the states, φ a symbol.

    Parameters
    ----------
    face : FixedPointProblem
        Its expressions are over its coordinates and φ.
    whole : FixedPointProblem
        The same on all free coordinates, where stability is asked.
    share : Symbol
        φ.
    accumulates : bool
        Whether earlier data stay.
    """

    face: FixedPointProblem
    whole: FixedPointProblem
    share: sympy.Symbol
    accumulates: bool = False

    @property
    def size(self) -> int:
        """Number n of unknowns."""
        return self.face.size

    @cached_property
    def _step(self) -> Program:
        return Program.compile(self.face.step, (*self.face.coordinates, self.share))

    @cached_property
    def _slopes(self) -> Program:
        unknowns = (*self.face.coordinates, self.share)
        return Program.compile(tuple(jacobian(self.face.step, unknowns)), unknowns)

    @cached_property
    def _conditions(self) -> Program:
        found = (*self.face.domain, *self.face.nonnegative)
        return Program.compile(found, (*self.face.coordinates, self.share))

    @cached_property
    def _whole_slopes(self) -> Program:
        return Program.compile(self.whole.jacobian, (*self.whole.coordinates, self.share))

    def residual(self, point: Sequence[arb], share: arb, bits: int) -> Balls:
        """G(y, φ) − y, shape ``(n,)``."""
        image = ball_values(self._step, (*point, share), bits)
        with ctx.workprec(bits):
            return tuple(g - y for g, y in zip(image, point, strict=True))

    def slopes(self, point: Sequence[arb], share: arb, bits: int) -> tuple[arb_mat, arb_mat]:
        """∂G/∂y − I, shape ``(n, n)``, and ∂G/∂φ, shape ``(n, 1)``."""
        n = self.size
        entries = ball_values(self._slopes, (*point, share), bits)
        with ctx.workprec(bits):
            square = [entries[i * (n + 1) + j] - int(i == j) for i in range(n) for j in range(n)]
        return arb_mat(n, n, square), arb_mat(n, 1, [entries[i * (n + 1) + n] for i in range(n)])

    def states_at(self, point: Sequence[arb], bits: int) -> dict[sympy.Symbol, arb]:
        """Every state by its symbol."""
        values = self.face.states_at(point, bits)
        return {s: v for (s, _), v in zip(self.face.embedding, values, strict=True)}

    def choices_exist(self, point: Sequence[arb], share: arb) -> bool:
        """Whether every condition of the domain is proved."""
        values = ball_values(self._conditions, (*point, share), BITS)
        strict = len(self.face.domain)
        return all(v > 0 for v in values[:strict]) and all(v >= 0 for v in values[strict:])

    def is_stable(self, point: Sequence[arb], share: arb) -> bool:
        """Whether every equilibrium in the box is proved stable at every share in the ball."""
        states = self.states_at(point, BITS)
        n = self.whole.size
        full = (*(states[s] for s in self.whole.coordinates), share)
        slopes = arb_mat(n, n, list(ball_values(self._whole_slopes, full, BITS)))
        return is_stable_throughout(slopes, bits=BITS, accumulates=self.accumulates)


def enclosed(problem: ShareProblem, guess: Sequence[arb], share: arb, bits: int) -> Balls | None:
    """Balls that hold exactly one equilibrium at one share, found from `guess`, or None.

    Parameters
    ----------
    problem : ShareProblem
    guess : sequence of arb, shape ``(n,)``
        Where Newton's method starts.
    share : arb
        For each share in the ball the equilibrium is the only one; best if it is a point.
    bits : int
        Working precision.
    """
    with ctx.workprec(bits):
        near = near_equilibrium(problem, guess, arb(share.mid()), bits)
        if near is None:
            return None
        return certify_zero(
            lambda x: problem.residual(x, share, bits),
            lambda x: problem.slopes(x, share, bits)[0],
            near,
            bits,
        )


def near_equilibrium(problem: ShareProblem, guess: Sequence[arb], share: arb, bits: int) -> Balls | None:
    """Approximate equilibrium at one share, by Newton's method from `guess`; it proves nothing."""
    here = midpoints(guess)
    for _ in range(40):
        value = problem.residual(here, share, bits)
        slope = problem.slopes(here, share, bits)[0]
        if not all_finite(value) or not all_finite(slope.entries()):
            return None
        if not here:
            return here
        try:
            step = slope.mid().solve(arb_mat(problem.size, 1, list(midpoints(value))))
        except ZeroDivisionError:
            return None
        moves = midpoints(step.entries())
        here = midpoints(x - d for x, d in zip(here, moves, strict=True))
        scale = largest(here)
        if largest(moves) <= arb(2) ** (-bits // 2) * (scale if scale > 1 else arb(1)):
            return here
    return None
