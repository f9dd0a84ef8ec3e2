"""Orbits and equilibria of co-evolving preferences: exact tests, and iteration in many digits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sympy

from theory.arithmetic.high_precision import HighPrecisionArithmetic
from theory.arithmetic.program import Program
from theory.coevolution.model import Coevolution, CoevolutionState


@dataclass(frozen=True, kw_only=True)
class Orbit:
    """Iterates in floating point: they support a limit, and prove none.

    Parameters
    ----------
    laws : tuple of tuple of mpf, shape ``(rounds + 1, n)``
        p_0, p_1, ….
    preferences : tuple of tuple of mpf, shape ``(rounds + 1, m)``
        w_0, w_1, ….
    """

    laws: tuple[tuple[Any, ...], ...]
    preferences: tuple[tuple[Any, ...], ...]


def is_equilibrium(model: Coevolution, state: CoevolutionState) -> bool:
    """Whether one round leaves the state as it is, shown exactly; False where that is not shown.

    Parameters
    ----------
    model : Coevolution
    state : CoevolutionState
        Exact numbers or symbols.

    Examples
    --------
    >>> one, zero, half = sympy.S.One, sympy.S.Zero, sympy.Rational(1, 2)
    >>> model = Coevolution(
    ...     features=((one, zero), (zero, one)), temperature=sympy.log(16), candidates=2,
    ...     synthetic_share=sympy.Rational(20, 29), reference=(half, half), learning_rate=half,
    ... )
    >>> [is_equilibrium(model, CoevolutionState(law=(p, 1 - p), preference=(p, 1 - p)))
    ...  for p in (half / 2, half, 3 * half / 2, half / 3)]
    [True, True, True, False]
    """
    following = model.step(state)
    new, old = (*following.law, *following.preference), (*state.law, *state.preference)
    return all(sympy.simplify(x - y) == 0 for x, y in zip(new, old, strict=True))


def orbit(model: Coevolution, start: CoevolutionState, rounds: int, digits: int = 60) -> Orbit:
    """The first iterates from an exact start.

    Parameters
    ----------
    model : Coevolution
    start : CoevolutionState
        Exact numbers.
    rounds : int
        How many.
    digits : int
        Working precision in decimal digits.

    Examples
    --------
    >>> one, zero, half = sympy.S.One, sympy.S.Zero, sympy.Rational(1, 2)
    >>> model = Coevolution(
    ...     features=((one, zero), (zero, one)), temperature=sympy.log(16), candidates=None,
    ...     synthetic_share=sympy.Rational(13, 22), reference=(half, half), learning_rate=one,
    ... )
    >>> law = (2 * half / 5, 8 * half / 5)
    >>> [str(round(p, 6)) for p in orbit(model, CoevolutionState(law=law, preference=law), 60).laws[-1]]
    ['0.25', '0.75']
    """
    symbols = state_symbols(model)
    program = Program.compile(coordinates(model.step(symbols)), coordinates(symbols))
    arithmetic = HighPrecisionArithmetic(digits)
    run = program.bind(arithmetic)
    point = Program.compile(coordinates(start), ()).evaluate(arithmetic, ())
    iterates = [point]
    with arithmetic.precision():
        for _ in range(rounds):
            iterates.append(run(iterates[-1]))
    free = model.outcomes - 1
    return Orbit(
        laws=tuple((*x[:free], 1 - sum(x[:free])) for x in iterates),
        preferences=tuple(x[free:] for x in iterates),
    )


def state_symbols(model: Coevolution) -> CoevolutionState:
    """A state of symbols p1 … p(n−1) and w1 … wm, to write the step as a formula.

    The last probability is what the others leave: with K candidates one round multiplies a rounding error
    of the total mass by K.
    """
    free = tuple(sympy.Symbol(f"p{i + 1}", real=True) for i in range(model.outcomes - 1))
    preference = tuple(sympy.Symbol(f"w{k + 1}", real=True) for k in range(model.dimension))
    return CoevolutionState(law=(*free, 1 - sympy.Add(*free)), preference=preference)


def coordinates(state: CoevolutionState) -> tuple[sympy.Expr, ...]:
    """All numbers of a state but the last probability.

    Examples
    --------
    >>> third = sympy.Rational(1, 3)
    >>> coordinates(CoevolutionState(law=(third, 2 * third), preference=(sympy.S.One,)))
    (1/3, 1)
    """
    return (*state.law[:-1], *state.preference)
