"""One step of a categorical model that reads its users' pick of 16 candidates, in balls, against enumeration.

Six atoms: 15,504 multisets of the 15 other candidates for each atom, or one integral for all six.
"""

from __future__ import annotations

import time

import sympy

from benchmarks.measurement import Contest, medians
from theory.arithmetic.ball import BallArithmetic
from theory.arithmetic.program import Program
from theory.curation.choice import chosen_output
from theory.curation.pool_enumeration import enumerated_pool
from theory.equilibrium.enclosures import precision_for
from theory.families.categorical import Categorical
from theory.reward import Reward, Taste

ATOMS, CANDIDATES, DIGITS, STEPS = 6, 16, 30, 20
REAL_SHARE = sympy.Rational(1, 5)
REWARDS = tuple(sympy.Rational(4 * k, 25) for k in range(ATOMS))
MOST_SECONDS = 0.01


def step() -> tuple[tuple[sympy.Symbol, ...], tuple[sympy.Expr, ...]]:
    """The state and the update map at real data that are uniform."""
    state = sympy.symbols(f"p:{ATOMS}", real=True)
    family = Categorical(tuple(f"atom{k}" for k in range(ATOMS)))
    law = chosen_output(family, state, Taste(reward=Reward(table=REWARDS)), CANDIDATES).law
    kept = law.expectations(family.statistic)
    return state, tuple(REAL_SHARE / ATOMS + (1 - REAL_SHARE) * mean for mean in kept)


def ours() -> float:
    """Seconds of CPU for one step, from the compiled program on."""
    state, update = step()
    arithmetic = BallArithmetic(precision_for(DIGITS))
    with arithmetic.precision():
        run = Program.compile(update, state).bind(arithmetic)
        point = [arithmetic.rational(1, ATOMS)] * ATOMS
        start = time.process_time()
        for _ in range(STEPS):
            point = list(run(point))
        end = time.process_time()
    if not all(float(value.rad()) < 10.0**-DIGITS for value in point):
        raise SystemExit(f"Expected radii below 1e-{DIGITS}, got {point}")
    return (end - start) / STEPS


def peer() -> float:
    """Seconds of CPU for the same step by enumeration."""
    arithmetic = BallArithmetic(precision_for(DIGITS))
    with arithmetic.precision():
        weights = [arithmetic.exp(arithmetic.rational(int(r.p), int(r.q))) for r in REWARDS]
        point = [arithmetic.rational(1, ATOMS)] * ATOMS
        start = time.process_time()
        for p, a in zip(point, weights, strict=True):
            p * CANDIDATES * a * enumerated_pool(arithmetic, CANDIDATES - 1, 1, a, point, weights)
        return time.process_time() - start


def contests(repeat: int) -> tuple[Contest, ...]:
    a, b = medians("finite_pool", repeat)
    name = (
        f"One step of {ATOMS} atoms with pools of {CANDIDATES}, in balls at the precision for {DIGITS} digits"
    )
    return (
        Contest(
            name=f"{name}, against enumeration",
            unit="CPU",
            ours=a,
            peer=b,
            bound=20,
            note=f"{1000 * a:.2f} ms a step against {1000 * b:.0f} ms",
        ),
        Contest(
            name=f"{name}, by itself",
            unit="CPU",
            ours=a,
            peer=0.0,
            bound=MOST_SECONDS,
            difference=True,
            note="from the compiled program on",
        ),
    )
