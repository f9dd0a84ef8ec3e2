"""Exponential maps: Bernoulli tilts, curated Poisson loops, and growth that shows late."""

from __future__ import annotations

import sympy
from sympy import exp, log

from proofs_check.encoding.relations import at_least, equal, less, positive
from proofs_check.encoding.symbols import reals
from proofs_check.gate.planted import Planted, false, true
from proofs_check.statements.statement import Relation

_X, _P, _M, _N, _W, _B = reals("x p m n w b")


def planted() -> tuple[Planted, ...]:
    """The group's statements."""
    return (*_tilts(), *_more_tilts(), *_poisson(), *_far())


def _between(symbol: sympy.Symbol, low: int | str, high: int | str) -> tuple[Relation, Relation]:
    return at_least(symbol, sympy.Rational(low)), at_least(sympy.Rational(high), symbol)


def _tilts() -> tuple[Planted, ...]:
    tilt = _P * exp(_B) / (_P * exp(_B) + 1 - _P)
    return (
        true(
            "tilt-raises",
            "p e^b/(p e^b + 1 − p) ≥ p for b in [0, 2], p in [0, 1]",
            given=(*_between(_P, 0, 1), *_between(_B, 0, 2)),
            then=at_least(tilt, _P),
            witness={"p": "1/2", "b": 0},
            why="it is p plus p(1 − p)(e^b − 1) over a positive number; attained at b = 0",
        ),
        true(
            "tilt-above-its-tangent",
            "p e^b/(p e^b + 1 − p) ≥ p + p(1 − p)b for p in [1/10, 1/4], b in [0, 1]",
            given=(*_between(_P, "1/10", "1/4"), *_between(_B, 0, 1)),
            then=at_least(tilt, _P + _P * (1 - _P) * _B),
            witness={"p": "1/4", "b": 1},
            why="the logistic curve is convex as long as its value is at most 1/2, here below e/(e + 3)",
        ),
        true(
            "tilt-moves-clearly",
            "p e^b/(p e^b + 1 − p) ≥ p + 1/25 for p in [1/10, 9/10], b in [1, 2]",
            given=(*_between(_P, "1/10", "9/10"), *_between(_B, 1, 2)),
            then=at_least(tilt, _P + sympy.Rational(1, 25)),
            witness={"p": "1/2", "b": 1},
            why="least at b = 1 and p = 9/10, where it is 0.9607 against 0.94",
        ),
        true(
            "tilt-stays-below",
            "p e^b/(p e^b + 1 − p) < 99/100 for p in [0, 9/10], b in [0, 2]",
            given=(*_between(_P, 0, "9/10"), *_between(_B, 0, 2)),
            then=positive(sympy.Rational(99, 100) - tilt),
            witness={"p": "1/2", "b": 0},
            why="largest at p = 9/10 and b = 2, where it is 0.98518",
        ),
    )


def _more_tilts() -> tuple[Planted, ...]:
    tilt = _P * exp(_B) / (_P * exp(_B) + 1 - _P)
    return (
        false(
            "tilt-above-its-tangent-everywhere",
            "p e^b/(p e^b + 1 − p) ≥ p + p(1 − p)b for p in [1/10, 9/10], b in [0, 1]",
            given=(*_between(_P, "1/10", "9/10"), *_between(_B, 0, 1)),
            then=at_least(tilt, _P + _P * (1 - _P) * _B),
            witness={"p": "1/4", "b": 1},
            fails_at={"p": "1/2", "b": 1},
            why="for p = 1/2 the curve is concave: 0.731 against 3/4",
        ),
        false(
            "tilt-saturates-slowly",
            "p e^b/(p e^b + 1 − p) ≤ p e^b/2 for p in [1/10, 9/10], b in [0, 2]",
            given=(*_between(_P, "1/10", "9/10"), *_between(_B, 0, 2)),
            then=at_least(_P * exp(_B) / 2, tilt),
            witness={"p": "9/10", "b": 2},
            fails_at={"p": "1/10", "b": 0},
            why="the divisor p e^b + 1 − p is 1 at b = 0",
        ),
    )


def _poisson() -> tuple[Planted, ...]:
    """Poisson mean m = (1 − w)n + w m e^b: real mean n, curated self share w at strength b."""
    fixed = (
        equal(_M, (1 - _W) * _N + _W * _M * exp(_B)),
        positive(_M),
        positive(_N),
        positive(_W),
        less(_W, 1),
    )
    start = {"m": 1, "n": 1, "w": "1/2", "b": 0}
    return (
        true(
            "poisson-loop-below-one",
            "an equilibrium of a curated Poisson model has w e^b < 1",
            given=fixed,
            then=less(_W * exp(_B), 1),
            witness=start,
            why="m(1 − w e^b) = (1 − w)n > 0",
        ),
        false(
            "poisson-one-round-bound",
            "w e^b < 1 and b ≥ 0 give (1 − w)/(1 − w e^b) ≤ e^b: the loop raises a Poisson mean by one round",
            given=(positive(_W), less(_W, 1), at_least(_B), less(_W * exp(_B), 1)),
            then=at_least(exp(_B), (1 - _W) / (1 - _W * exp(_B))),
            witness={"w": "1/4", "b": 1},
            fails_at={"w": "3/5", "b": "2/5"},
            why="the loop compounds: 3.81 against 1.49 at w = 3/5, b = 2/5",
        ),
        true(
            "poisson-mean-rises",
            "an equilibrium of a curated Poisson model with e^b ≥ 1 has m ≥ n",
            given=(*fixed, at_least(exp(_B), 1)),
            then=at_least(_M, _N),
            witness=start,
            why="(1 − w)(m − n) = wm(e^b − 1) ≥ 0",
        ),
    )


def _far() -> tuple[Planted, ...]:
    return (
        false(
            "exponential-overtakes-late",
            "x ≥ 0 gives e^(x/100) ≤ 2 + x²",
            given=(at_least(_X),),
            then=at_least(2 + _X**2, exp(_X / 100)),
            witness={"x": 0},
            fails_at={"x": 2000},
            why="for x > about 1455",
            sliver=True,
        ),
        false(
            "logarithm-stays-low",
            "x ≥ 1 gives log x ≤ 10",
            given=(at_least(_X, 1),),
            then=at_least(10, log(_X)),
            witness={"x": 1},
            fails_at={"x": 30000},
            why="for x > e¹⁰ = 22026.5",
            sliver=True,
        ),
    )
