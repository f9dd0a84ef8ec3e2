"""Orbits of co-evolving preferences as statements about limits, with the step of the model itself."""

from __future__ import annotations

from collections.abc import Sequence

import sympy

from proofs_check.claim import Case
from proofs_check.statements.limit_statement import LimitStatement
from theory.coevolution.model import Coevolution, CoevolutionState
from theory.coevolution.orbits import coordinates, state_symbols

Exprs = tuple[sympy.Expr, ...]


def rationals(*numbers: int | str) -> Exprs:
    """Exact numbers from integers and fractions as text.

    Examples
    --------
    >>> rationals(1, "1/3")
    (1, 1/3)
    """
    return tuple(map(sympy.Rational, numbers))


def coevolving(
    features: Sequence[Sequence[int]],
    *,
    power: int,
    pool: int | None,
    synthetic: str = "1",
    learning: str = "1",
) -> Coevolution:
    """The model with e^τ = `power` and a uniform p_ref.

    Parameters
    ----------
    features : sequence of sequence of int, shape ``(n, m)``
    power : int
    pool : int or None
        K.
    synthetic, learning : str
        η and β, as fractions.
    """
    n = len(features)
    return Coevolution(
        features=tuple(rationals(*feature) for feature in features),
        temperature=sympy.log(power),
        candidates=pool,
        synthetic_share=sympy.Rational(synthetic),
        reference=(sympy.Rational(1, n),) * n,
        learning_rate=sympy.Rational(learning),
    )


def iterated(
    name: str, model: Coevolution, start: CoevolutionState, limit: CoevolutionState, rate: sympy.Expr
) -> Case:
    """From `start` the iterates tend to `limit`, in the long run at `rate`.

    Parameters
    ----------
    name : str
        The case's.
    model : Coevolution
    start, limit : CoevolutionState
    rate : Expr
    """
    state = state_symbols(model)
    return Case(
        name=name,
        statement=LimitStatement(
            variables=coordinates(state),
            step=coordinates(model.step(state)),
            start=coordinates(start),
            limit=coordinates(limit),
            rate=rate,
        ),
    )
