"""Failures only far out, only close in, or only on the boundary of a hypothesis."""

from __future__ import annotations

import sympy

from proofs_check.encoding.relations import at_least, equal, less, positive, unequal
from proofs_check.encoding.symbols import reals
from proofs_check.gate.planted import Planted, false, true

_X, _Y, _A, _B, _L, _M, _W = reals("x y a b l m w")
_MILLION = 10**6


def planted() -> tuple[Planted, ...]:
    """The group's statements."""
    return (*_huge(), *_tiny(), *_more_tiny(), *_boundary(), *_more_boundary(), *_true(), *_more_true())


def _huge() -> tuple[Planted, ...]:
    return (
        false(
            "cubic-overtakes-late",
            "x ≥ 0 gives x³ ≤ 10⁶x² + 1",
            given=(at_least(_X),),
            then=at_least(_MILLION * _X**2 + 1, _X**3),
            witness={"x": 1},
            fails_at={"x": 1000001},
            why="for x > 10⁶",
            sliver=True,
        ),
        false(
            "gap-far-out",
            "x ≥ 0 gives (x − 5000)² + 1 ≥ 2",
            given=(at_least(_X),),
            then=at_least((_X - 5000) ** 2 + 1, 2),
            witness={"x": 1},
            fails_at={"x": 5000},
            why="for |x − 5000| < 1",
            sliver=True,
        ),
        false(
            "strength-bounded",
            "v = V + κv² with V ≥ 1 and κ > 0 has v ≤ 10⁵",
            given=(equal(_X, _Y + _A * _X**2), at_least(_Y, 1), positive(_A)),
            then=at_least(10**5, _X),
            witness={"x": 2, "y": 1, "a": "1/4"},
            fails_at={"x": 1000000, "y": 1, "a": "999999/1000000000000"},
            why="the larger root for κ < 10⁻⁵",
            sliver=True,
        ),
    )


def _tiny() -> tuple[Planted, ...]:
    return (
        false(
            "quadratic-dips-near-zero",
            "x ≥ 0 gives x² − 10⁻⁵x + 10⁻¹² ≥ 0",
            given=(at_least(_X),),
            then=at_least(_X**2 - _X / 10**5, -sympy.Rational(1, 10**12)),
            witness={"x": 1},
            fails_at={"x": "1/200000"},
            why="between its roots, about 10⁻⁷ and 10⁻⁵",
            sliver=True,
        ),
        false(
            "amplification-near-one",
            "0 ≤ w < 1 gives 1/(1 − w) ≤ 10⁷",
            given=(at_least(_W), less(_W, 1)),
            then=at_least(10**7, 1 / (1 - _W)),
            witness={"w": 0},
            fails_at={"w": "99999999/100000000"},
            why="for w > 1 − 10⁻⁷",
            sliver=True,
        ),
        false(
            "two-loops-near-one",
            "0 ≤ a, b < 1 gives 1/((1 − a)(1 − b)) ≤ 10⁸",
            given=(at_least(_A), less(_A, 1), at_least(_B), less(_B, 1)),
            then=at_least(10**8, 1 / ((1 - _A) * (1 - _B))),
            witness={"a": 0, "b": 0},
            fails_at={"a": "99999/100000", "b": "99999/100000"},
            why="(1 − a)(1 − b) < 10⁻⁸ on a part of 2 · 10⁻⁷",
            sliver=True,
        ),
    )


def _more_tiny() -> tuple[Planted, ...]:
    return (
        false(
            "strip-between-constraints",
            "x + y ≤ 1, x ≥ y² and x ≤ y² + 10⁻⁶ give y ≤ 3/5",
            given=(
                at_least(1, _X + _Y),
                at_least(_X, _Y**2),
                at_least(_Y**2 + sympy.Rational(1, _MILLION), _X),
            ),
            then=at_least(sympy.Rational(3, 5), _Y),
            witness={"x": 0, "y": 0},
            fails_at={"x": "93025/250000", "y": "305/500"},
            why="the strip along the parabola reaches y = (√5 − 1)/2 = 0.618…",
            sliver=True,
        ),
    )


def _boundary() -> tuple[Planted, ...]:
    rate = _L / (1 + _L)
    return (
        false(
            "rate-below-half",
            "the retraining rate λ/(1 + λ) is below 1/2 for 0 ≤ λ ≤ 1",
            given=(at_least(_L), at_least(1, _L)),
            then=less(rate, sympy.Rational(1, 2)),
            witness={"l": 0},
            fails_at={"l": 1},
            why="it is 1/2 at λ = 1",
            sliver=True,
        ),
        false(
            "strict-at-zero",
            "|x| ≤ 2 gives x²(x + 3) > 0",
            given=(at_least(2, _X), at_least(_X, -2)),
            then=positive(_X**2 * (_X + 3)),
            witness={"x": 1},
            fails_at={"x": 0},
            why="it is 0 at x = 0",
            sliver=True,
        ),
        false(
            "double-touch",
            "x in [0, 1] gives (3x − 1)²(5x − 2)² > 0",
            given=(at_least(_X), at_least(1, _X)),
            then=positive((3 * _X - 1) ** 2 * (5 * _X - 2) ** 2),
            witness={"x": 0},
            fails_at={"x": "1/3"},
            why="it is 0 at 1/3 and at 2/5",
            sliver=True,
        ),
    )


def _more_boundary() -> tuple[Planted, ...]:
    return (
        false(
            "on-a-line-in-the-square",
            "x, y in [0, 1] give (7x − 3y − 1)² > 0",
            given=(at_least(_X), at_least(1, _X), at_least(_Y), at_least(1, _Y)),
            then=positive((7 * _X - 3 * _Y - 1) ** 2),
            witness={"x": 0, "y": 0},
            fails_at={"x": "2/7", "y": "1/3"},
            why="it is 0 on a line",
            sliver=True,
        ),
    )


def _true() -> tuple[Planted, ...]:
    return (
        true(
            "rate-is-monotone",
            "0 ≤ λ ≤ μ gives λ/(1 + λ) ≤ μ/(1 + μ)",
            given=(at_least(_L), at_least(_M, _L)),
            then=at_least(_M / (1 + _M), _L / (1 + _L)),
            witness={"l": 0, "m": 1},
            why="x/(1 + x) = 1 − 1/(1 + x)",
        ),
        true(
            "cubic-overtaken-in-range",
            "0 ≤ x ≤ 10⁶ gives x³ ≤ 10⁶x² + 1",
            given=(at_least(_X), at_least(_MILLION, _X)),
            then=at_least(_MILLION * _X**2 + 1, _X**3),
            witness={"x": 1},
            why="x²(10⁶ − x) ≥ 0",
        ),
        true(
            "quadratic-just-clears",
            "x² − 10⁻⁵x + 10⁻¹⁰/4 ≥ 0",
            then=at_least(_X**2 - _X / 10**5 + sympy.Rational(1, 4 * 10**10)),
            why="it is (x − 10⁻⁵/2)²; attained at 10⁻⁵/2",
        ),
        true(
            "strip-ends-at-the-golden-ratio",
            "x + y ≤ 1 and x ≥ y² give y ≤ 619/1000",
            given=(at_least(1, _X + _Y), at_least(_X, _Y**2)),
            then=at_least(sympy.Rational(619, 1000), _Y),
            witness={"x": 0, "y": 0},
            why="y² + y ≤ 1 up to (√5 − 1)/2 = 0.61803…",
        ),
    )


def _more_true() -> tuple[Planted, ...]:
    return (
        true(
            "amplified-twice",
            "a, b in [0, 1) give 1/((1 − a)(1 − b)) ≥ 1/(1 − (a + b)/2)²",
            given=(at_least(_A), less(_A, 1), at_least(_B), less(_B, 1)),
            then=at_least(1 / ((1 - _A) * (1 - _B)), 1 / (1 - (_A + _B) / 2) ** 2),
            witness={"a": 0, "b": 0},
            why="(1 − a)(1 − b) ≤ (1 − (a + b)/2)²; attained at a = b",
        ),
        true(
            "no-root-without-real-data",
            "x = wx + b with b > 0 and w ≥ 1 has no solution x ≥ 0",
            given=(equal(_X, _W * _X + _B), positive(_B), at_least(_X), unequal(_X, 0)),
            then=less(_W, 1),
            witness={"x": 2, "w": "1/2", "b": 1},
            why="(1 − w)x = b > 0 with x > 0",
        ),
    )
