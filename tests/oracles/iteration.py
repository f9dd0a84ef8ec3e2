"""Iteration and moved equilibria in mpmath: independent of balls, Newton tests and derivatives."""

from __future__ import annotations

import mpmath

from theory.arithmetic.high_precision import HighPrecisionArithmetic
from theory.arithmetic.program import Program


def free_step(update, knob=None):
    """G on the free coordinates as a program; a knob's symbol stays an input after the coordinates."""
    kept = {} if knob is None else {knob.symbol}
    values = {s: v for s, v in update.values if s not in kept}
    step = [g.xreplace(values) for g in update.reduced_step]
    return Program.compile(step, [*update.coordinates, *kept])


def iterated(update, digits, rounds, tolerance):
    """The orbit's last point (all states) after at most `rounds` rounds at `digits` digits."""
    arithmetic = HighPrecisionArithmetic(digits)
    mp = arithmetic.context
    embedding = dict(update.dependent)
    states = Program.compile([embedding.get(s, s) for s in update.state], update.coordinates)
    start = dict(zip(update.state, update.start, strict=True))
    begin = Program.compile([update.at_values(start[s]) for s in update.coordinates], ())
    point = begin.evaluate(arithmetic, ())
    step = free_step(update).bind(arithmetic)
    for _ in range(rounds):
        after = step(point)
        moved = max((abs(a - b) for a, b in zip(after, point, strict=True)), default=mp.mpf(0))
        point = after
        if moved < tolerance:
            break
    return states.evaluate(arithmetic, point)


def moved_equilibrium(update, knob, point, shift, digits):
    """Free coordinates of the equilibrium near `point` with the knob moved by `shift` (chord method)."""
    arithmetic = HighPrecisionArithmetic(digits)
    mp = arithmetic.context
    value = Program.compile([dict(update.values)[knob.symbol]], ()).evaluate(arithmetic, ())[0] + shift
    step = free_step(update, knob).bind(arithmetic)
    n = len(point)

    def residual(x):
        return mp.matrix([g - y for g, y in zip(step([*x, value]), x, strict=True)])

    x, h = [mp.mpf(y) for y in point], mp.mpf(10) ** (-digits // 2)
    slope = mp.matrix(n, n)
    for j in range(n):
        ahead = residual([y + h * (i == j) for i, y in enumerate(x)])
        behind = residual([y - h * (i == j) for i, y in enumerate(x)])
        for i in range(n):
            slope[i, j] = (ahead[i] - behind[i]) / (2 * h)
    for _ in range(60):
        correction = mp.lu_solve(slope, residual(x))
        x = [y - c for y, c in zip(x, correction, strict=True)]
        if mp.norm(correction) < mp.mpf(10) ** (5 - digits):
            return x
    raise AssertionError("the chord method did not settle")


def difference_quotient(update, knob, model, point, digits=60):
    """dR/dknob at an equilibrium as a central difference of moved equilibria."""
    arithmetic = HighPrecisionArithmetic(digits)
    mp = arithmetic.context
    h = mp.mpf(10) ** (-digits // 3)
    reward = dict(update.alignments)[model].xreplace(dict(update.dependent))
    values = {s: v for s, v in update.values if s != knob.symbol}
    program = Program.compile([reward.xreplace(values)], [*update.coordinates, knob.symbol])
    base = Program.compile([dict(update.values)[knob.symbol]], ()).evaluate(arithmetic, ())[0]

    def at(shift):
        x = moved_equilibrium(update, knob, point, shift, digits)
        return program.evaluate(arithmetic, [*x, base + shift])[0]

    return (at(h) - at(-h)) / (2 * h)


def to_mpf(ball):
    """Midpoint of a ball as an mpmath number (exact)."""
    mantissa, exponent = ball.mid().man_exp()
    return mpmath.mpf((int(mantissa), int(exponent)))
