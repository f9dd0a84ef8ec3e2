"""Equilibrium curve: the stable equilibrium x*(φ) that is followed from φ = 0 as adversaries grow.

A piece [φ_k, φ_{k+1}] is a box that moves along a straight line, y = δ + t(φ − φ_m) with δ in the box.
Krawczyk's test for δ, run for all shares of the piece at once, proves that each share has exactly one
equilibrium there; consecutive pieces are tied by an enclosure at their common share that lies in
both.  So the pieces hold one smooth curve.  It is followed as long as every choice exists and the
equilibrium is proved stable.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flint import arb, arb_mat, ctx, fmpq

from theory.budget import Budget
from theory.equilibrium.enclosures import Balls, all_finite, midpoints
from theory.equilibrium.krawczyk import certify_zero
from theory.robustness.share_problem import BITS, ShareProblem, enclosed, near_equilibrium

_FIRST_STEP, _LONGEST, _SHORTEST = fmpq(1, 16), fmpq(1, 8), fmpq(1, 2**20)
_OVERLAP = fmpq(1, 64)
_MOST_PIECES = 600
_NARROW = 24
_NOT_SMOOTH = "the equilibrium is not proved to move on smoothly"


@dataclass(frozen=True, kw_only=True)
class Piece:
    """Exactly one equilibrium δ + t(φ − φ_m), a stable one, with δ in the box, for every share φ in the ball.

    Parameters
    ----------
    span : arb
        The shares.
    middle : arb
        φ_m.
    tangent : tuple of arb, shape ``(n,)``
        t, exact numbers.
    box : tuple of arb, shape ``(n,)``
    """

    span: arb
    middle: arb
    tangent: Balls
    box: Balls

    def at(self, share: arb) -> Balls:
        """Holds the equilibrium for every share of the piece in the ball."""
        return self._moved(self.box, share - self.middle)

    def holds(self, point: Balls, share: arb) -> bool:
        """Whether a point is proved to lie in the piece at every share in the ball."""
        resting = self._moved(point, self.middle - share)
        return self.span.contains(share) and _inside(resting, self.box)

    def _moved(self, point: Balls, way: arb) -> Balls:
        return tuple(x + t * way for x, t in zip(point, self.tangent, strict=True))


@dataclass(frozen=True, kw_only=True)
class EquilibriumCurve:
    """The curve x*(φ) on [0, `until`].

    Parameters
    ----------
    problem : ShareProblem
    pieces : tuple of Piece
        From φ = 0 on, without gaps.
    until : fmpq
    detail : str
        Why it goes no further than `until`; empty at 1.
    """

    problem: ShareProblem
    pieces: tuple[Piece, ...]
    until: fmpq
    detail: str = ""

    def at(self, share: arb, bits: int) -> Balls | None:
        """Enclosure of x*(φ) for every φ in the ball; None beyond the curve's end."""
        with ctx.workprec(bits):
            around = next((p for p in self.pieces if p.span.contains(share)), None)
            if around is not None:
                return _sharpened(self.problem, around, share, bits)
            met = [p for p in self.pieces if p.span.overlaps(share)]
            ends = (met[0].span.lower(), met[-1].span.upper()) if met else ()
            if not ends or not (ends[0] <= share.lower() and share.upper() <= ends[1]):
                return None
            boxes = [p.at(p.span) for p in met]
            return tuple(_hull([box[k] for box in boxes]) for k in range(self.problem.size))


def follow(problem: ShareProblem, start: Balls, budget: Budget) -> EquilibriumCurve:
    """The curve from an enclosure of one equilibrium at φ = 0, as far as it is proved.

    Parameters
    ----------
    problem : ShareProblem
    start : tuple of arb, shape ``(n,)``
        Holds exactly one equilibrium at φ = 0.
    budget : Budget
    """
    pieces: list[Piece] = []
    here, point, step, why = fmpq(0), start, _FIRST_STEP, ""
    while here < 1:
        if budget.spent or len(pieces) >= _MOST_PIECES:
            why = "the time limit was reached" if budget.spent else "too many pieces were needed"
            break
        there = min(here + step, fmpq(1))
        found, end, why = _piece(problem, here, there, point)
        if found is None or end is None:
            step = (there - here) / 2
            if step < _SHORTEST:
                break
            continue
        pieces.append(found)
        here, point, step, why = there, end, min(2 * step, _LONGEST), ""
    return EquilibriumCurve(problem=problem, pieces=tuple(pieces), until=here, detail=why)


def _piece(
    problem: ShareProblem, low: fmpq, high: fmpq, start: Balls
) -> tuple[Piece | None, Balls | None, str]:
    """The piece from `start`, with an enclosure at its end, or why there is none."""
    with ctx.workprec(BITS):
        margin = (high - low) * _OVERLAP
        span = arb(low - margin).union(arb(high + margin))
        piece = _moving_box(problem, start, span)
        if piece is None or not piece.holds(start, arb(low)):
            return None, None, _NOT_SMOOTH
        swept = piece.at(span)
        if not problem.choices_exist(swept, span):
            return None, None, "not every choice is proved to exist"
        if not problem.is_stable(swept, span):
            return None, None, "the equilibrium is not proved to stay stable"
        end = enclosed(problem, piece.at(arb(high)), arb(high), BITS)
        if end is None or not piece.holds(end, arb(high)):
            return None, None, _NOT_SMOOTH
        return piece, end, ""


def _moving_box(problem: ShareProblem, guess: Balls, span: arb) -> Piece | None:
    """A box around the equilibrium at the middle share, which moves with it along the tangent there."""
    middle = arb(span.mid())
    centre = near_equilibrium(problem, guess, middle, BITS)
    tangent = None if centre is None else _tangent(problem, centre, middle)
    if centre is None or tangent is None:
        return None
    way = span - middle
    column = arb_mat(problem.size, 1, list(tangent))

    def moved(resting: Sequence[arb]) -> Balls:
        return tuple(x + t * way for x, t in zip(resting, tangent, strict=True))

    def residual(resting: Sequence[arb]) -> Balls:
        here = problem.residual(resting, middle, BITS)
        square, by_share = problem.slopes(moved(resting), span, BITS)
        drift = square * column + by_share
        return tuple(h + d * way for h, d in zip(here, drift.entries(), strict=True))

    box = certify_zero(residual, lambda x: problem.slopes(moved(x), span, BITS)[0], centre, BITS)
    return None if box is None else Piece(span=span, middle=middle, tangent=tangent, box=box)


def _tangent(problem: ShareProblem, point: Balls, share: arb) -> Balls | None:
    """Approximately dx*/dφ, in exact numbers."""
    square, by_share = problem.slopes(point, share, BITS)
    try:
        found = midpoints((-(square.mid().solve(by_share.mid()))).entries())
    except ZeroDivisionError:
        return None
    return found if all_finite(found) else None


def _sharpened(problem: ShareProblem, piece: Piece, share: arb, bits: int) -> Balls:
    """The piece at the shares of a ball, or a sharper enclosure in it where the ball is narrow."""
    wide = piece.at(share)
    if share.rad() > arb(2) ** -_NARROW:
        return wide
    sharp = enclosed(problem, wide, share, bits)
    return sharp if sharp is not None and piece.holds(sharp, share) else wide


def _inside(inner: Balls, outer: Balls) -> bool:
    return all(o.contains(i) for i, o in zip(inner, outer, strict=True))


def _hull(boxes: list[arb]) -> arb:
    hull = boxes[0]
    for box in boxes[1:]:
        hull = hull.union(box)
    return hull
