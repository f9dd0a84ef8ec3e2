"""Inequalities with exp and log: tangents, entropies, divergences, logistic curves."""

from __future__ import annotations

import sympy
from sympy import exp, log

from proofs_check.encoding.relations import at_least, positive
from proofs_check.encoding.symbols import reals
from proofs_check.gate.planted import Planted, false, true
from proofs_check.statements.statement import Relation

_X, _Y, _P, _Q = reals("x y p q")


def planted() -> tuple[Planted, ...]:
    """The group's statements."""
    return (
        *_tangents(),
        *_more_tangents(),
        *_slivers(),
        *_more_slivers(),
        *_divergences(),
        *_logistic(),
        *_more_logistic(),
    )


def _between(symbol: sympy.Symbol, low: int | str, high: int | str) -> tuple[Relation, Relation]:
    return at_least(symbol, sympy.Rational(low)), at_least(sympy.Rational(high), symbol)


def _sigmoid(x: sympy.Expr) -> sympy.Expr:
    return 1 / (1 + exp(-x))


def _divergence(p: sympy.Expr, q: sympy.Expr) -> sympy.Expr:
    return p * log(p / q) + (1 - p) * log((1 - p) / (1 - q))


def _tangents() -> tuple[Planted, ...]:
    return (
        true(
            "exponential-above-its-tangent",
            "e^x ≥ 1 + x on [−2, 2]",
            given=_between(_X, -2, 2),
            then=at_least(exp(_X), 1 + _X),
            witness={"x": 0},
            why="convex; attained at 0",
        ),
        true(
            "exponential-above-its-parabola",
            "e^x ≥ 1 + x + x²/2 on [0, 1]",
            given=_between(_X, 0, 1),
            then=at_least(exp(_X), 1 + _X + _X**2 / 2),
            witness={"x": 0},
            why="the rest of the series is ≥ 0; attained at 0",
        ),
        true(
            "exponential-clear-of-its-parabola",
            "e^x > 1 + x + x²/2 + x³/7 on [1/10, 1]",
            given=_between(_X, "1/10", 1),
            then=positive(exp(_X) - 1 - _X - _X**2 / 2 - _X**3 / 7),
            witness={"x": 1},
            why="the series has x³/6 and more: clear by 2 · 10⁻⁵ at 1/10",
        ),
        true(
            "logarithm-below-its-tangent",
            "log x ≤ x − 1 on [1/2, 2]",
            given=_between(_X, "1/2", 2),
            then=at_least(_X - 1, log(_X)),
            witness={"x": 1},
            why="concave; attained at 1",
        ),
    )


def _more_tangents() -> tuple[Planted, ...]:
    return (
        false(
            "exponential-above-its-cubic",
            "e^x ≥ 1 + x + x²/2 + x³/5 on [0, 1]",
            given=_between(_X, 0, 1),
            then=at_least(exp(_X), 1 + _X + _X**2 / 2 + _X**3 / 5),
            witness={"x": 0},
            fails_at={"x": "1/2"},
            why="the series has x³/6",
        ),
        false(
            "mean-of-exponentials",
            "(e^x + e^y)/2 ≤ e^((x + y)/2) + (x − y)²/8 on [0, 1]²",
            given=(*_between(_X, 0, 1), *_between(_Y, 0, 1)),
            then=at_least(exp((_X + _Y) / 2) + (_X - _Y) ** 2 / 8, (exp(_X) + exp(_Y)) / 2),
            witness={"x": 0, "y": 0},
            fails_at={"x": 0, "y": 1},
            why="the second derivative of exp exceeds 1 on (0, 1]: 1.8591 against 1.7737",
        ),
    )


def _slivers() -> tuple[Planted, ...]:
    return (
        false(
            "parabola-a-little-past-zero",
            "e^x ≥ 1 + x + x²/2 on [−10⁻³, 1]",
            given=_between(_X, "-1/1000", 1),
            then=at_least(exp(_X), 1 + _X + _X**2 / 2),
            witness={"x": 1},
            fails_at={"x": "-1/1000"},
            why="for x < 0",
            sliver=True,
        ),
        false(
            "tangent-with-a-little-more",
            "e^x ≥ 1 + x + 10⁻⁷ on [−2, 2]",
            given=_between(_X, -2, 2),
            then=at_least(exp(_X), 1 + _X + sympy.Rational(1, 10**7)),
            witness={"x": 1},
            fails_at={"x": 0},
            why="for |x| < 4.5 · 10⁻⁴",
            sliver=True,
        ),
        false(
            "tangent-strict",
            "log x < x − 1 on [1/2, 2]",
            given=_between(_X, "1/2", 2),
            then=positive(_X - 1 - log(_X)),
            witness={"x": 2},
            fails_at={"x": 1},
            why="equal at x = 1",
            sliver=True,
        ),
    )


def _more_slivers() -> tuple[Planted, ...]:
    return (
        false(
            "entropy-below-a-little-less",
            "−p log p − (1 − p) log(1 − p) ≤ 693147/1000000 for p in [1/10, 9/10]",
            given=_between(_P, "1/10", "9/10"),
            then=at_least(sympy.Rational(693147, 10**6), -_P * log(_P) - (1 - _P) * log(1 - _P)),
            witness={"p": "1/4"},
            fails_at={"p": "1/2"},
            why="log 2 = 0.69314718…, within 3 · 10⁻⁴ of p = 1/2",
            sliver=True,
        ),
        false(
            "tilted-minimum",
            "x(log x − log 3) ≥ −1.1036383 for x in [1/10, 3]",
            given=_between(_X, "1/10", 3),
            then=at_least(_X * (log(_X) - log(3)), -sympy.Rational(11036383, 10**7)),
            witness={"x": 3},
            fails_at={"x": "1103638/1000000"},
            why="the minimum −3/e = −1.10363832… lies at 3/e: below within 2 · 10⁻⁴ of it",
            sliver=True,
        ),
    )


def _divergences() -> tuple[Planted, ...]:
    box = (*_between(_P, "1/10", "9/10"), *_between(_Q, "1/10", "9/10"))
    more = 2 + sympy.Rational(1, 10**4)
    return (
        true(
            "pinsker",
            "KL(p‖q) ≥ 2(p − q)² for two coins",
            given=box,
            then=at_least(_divergence(_P, _Q), 2 * (_P - _Q) ** 2),
            witness={"p": "1/4", "q": "1/2"},
            why="Pinsker's inequality; attained at p = q",
        ),
        true(
            "divergence-below-chi-square",
            "KL(p‖q) ≤ (p − q)²/(q(1 − q)) for two coins",
            given=box,
            then=at_least((_P - _Q) ** 2 / (_Q * (1 - _Q)), _divergence(_P, _Q)),
            witness={"p": "1/4", "q": "1/2"},
            why="log t ≤ t − 1 in each term; attained at p = q",
        ),
        false(
            "pinsker-with-a-little-more",
            "KL(p‖q) ≥ (2 + 10⁻⁴)(p − q)² for two coins",
            given=box,
            then=at_least(_divergence(_P, _Q), more * (_P - _Q) ** 2),
            witness={"p": "1/4", "q": "1/2"},
            fails_at={"p": "501/1000", "q": "499/1000"},
            why="within 0.005 of p = q = 1/2",
            sliver=True,
        ),
        false(
            "divergence-nearly-symmetric",
            "KL(p‖q) ≤ (13/10) KL(q‖p) for two coins",
            given=box,
            then=at_least(sympy.Rational(13, 10) * _divergence(_Q, _P), _divergence(_P, _Q)),
            witness={"p": "1/4", "q": "1/2"},
            fails_at={"p": "1/2", "q": "1/10"},
            why="0.5108 against 1.3 · 0.3681",
        ),
    )


def _logistic() -> tuple[Planted, ...]:
    box = (*_between(_X, -3, 3), *_between(_Y, -3, 3), at_least(_X, _Y))
    gap = _sigmoid(_X) - _sigmoid(_Y)
    return (
        true(
            "logistic-lipschitz",
            "σ(x) − σ(y) ≤ (x − y)/4 for x ≥ y in [−3, 3]",
            given=box,
            then=at_least((_X - _Y) / 4, gap),
            witness={"x": 1, "y": 0},
            why="σ' ≤ 1/4; attained at x = y",
        ),
        false(
            "logistic-lipschitz-a-little-less",
            "σ(x) − σ(y) ≤ (1/4 − 10⁻⁵)(x − y) for x ≥ y in [−3, 3]",
            given=box,
            then=at_least((sympy.Rational(1, 4) - sympy.Rational(1, 10**5)) * (_X - _Y), gap),
            witness={"x": 3, "y": -3},
            fails_at={"x": "1/200", "y": "-1/200"},
            why="only for x, y within 0.03 of 0",
            sliver=True,
        ),
        true(
            "softplus-below-its-parabola",
            "log(1 + e^x) ≤ log 2 + x/2 + x²/8 on [−2, 2]",
            given=_between(_X, -2, 2),
            then=at_least(log(2) + _X / 2 + _X**2 / 8, log(1 + exp(_X))),
            witness={"x": 1},
            why="the second derivative σ(1 − σ) is at most 1/4; attained at 0",
        ),
    )


def _more_logistic() -> tuple[Planted, ...]:
    box = (*_between(_X, -3, 3), *_between(_Y, -3, 3), at_least(_X, _Y))
    return (
        false(
            "softplus-below-a-flatter-parabola",
            "log(1 + e^x) ≤ log 2 + x/2 + x²/9 on [−2, 2]",
            given=_between(_X, -2, 2),
            then=at_least(log(2) + _X / 2 + _X**2 / 9, log(1 + exp(_X))),
            witness={"x": 0},
            fails_at={"x": "1/2"},
            why="it starts as x²/8",
        ),
        false(
            "logistic-is-convex",
            "σ((x + y)/2) ≤ (σ(x) + σ(y))/2 on [−3, 3]²",
            given=box,
            then=at_least((_sigmoid(_X) + _sigmoid(_Y)) / 2, _sigmoid((_X + _Y) / 2)),
            witness={"x": -1, "y": -2},
            fails_at={"x": 2, "y": 0},
            why="σ is concave on [0, ∞)",
        ),
    )
