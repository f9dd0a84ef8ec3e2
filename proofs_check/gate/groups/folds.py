"""The fold of a tilted Gaussian, v = V + κv², and inequalities with square roots."""

from __future__ import annotations

import sympy
from sympy import sqrt

from proofs_check.encoding.relations import at_least, equal, less, positive
from proofs_check.encoding.symbols import reals
from proofs_check.gate.planted import Planted, false, true

_V, _R, _K = reals("v V k")
_X, _Y = reals("x y")
_FIXED = (equal(_V, _R + _K * _V**2), positive(_V), positive(_R), positive(_K))
_LOWER = (1 - sqrt(1 - 4 * _K * _R)) / (2 * _K)
_UPPER = (1 + sqrt(1 - 4 * _K * _R)) / (2 * _K)
_EXISTS = (positive(_R), positive(_K), at_least(1, 4 * _K * _R))
_AT_FOLD = {"v": 2, "V": 1, "k": "1/4"}
_BEFORE = {"v": 1, "V": "3/4", "k": "1/4"}


def planted() -> tuple[Planted, ...]:
    """The group's statements."""
    return (*_equilibria(), *_wrong_exponents(), *_surfaces(), *_roots(), *_root_slivers(), *_true_roots())


def _equilibria() -> tuple[Planted, ...]:
    return (
        true(
            "fold-condition",
            "an equilibrium v = V + κv² has 4κV ≤ 1",
            given=_FIXED,
            then=at_least(1, 4 * _K * _R),
            witness=_BEFORE,
            why="the discriminant of κv² − v + V; attained at the fold",
        ),
        true(
            "at-most-doubled-when-stable",
            "an equilibrium with 2κv ≤ 1 has v ≤ 2V",
            given=(*_FIXED, at_least(1, 2 * _K * _V)),
            then=at_least(2 * _R, _V),
            witness=_BEFORE,
            why="v − V = κv² ≤ v/2; attained at the fold",
        ),
        true(
            "doubled-when-unstable",
            "an equilibrium with 2κv > 1 has v > 2V",
            given=(*_FIXED, less(1, 2 * _K * _V)),
            then=less(2 * _R, _V),
            witness={"v": 3, "V": "3/4", "k": "1/4"},
            why="v − V = κv² > v/2",
        ),
        true(
            "two-equilibria",
            "two equilibria v ≠ x of one fold have v + x = 1/κ, so that one of them has 2κv < 1",
            given=(*_FIXED, equal(_X, _R + _K * _X**2), less(_V, _X)),
            then=(equal(_K * (_V + _X), 1), less(2 * _K * _V, 1)),
            witness={**_BEFORE, "x": 3},
            why="subtract the equations and divide by v − x",
        ),
    )


def _wrong_exponents() -> tuple[Planted, ...]:
    a, b, m, n = reals("a b m n")
    mean = equal(m, a * n + (1 - a) * (m + b * _V))
    second = equal(_V + m**2, a * (_R + n**2) + (1 - a) * (_V + (m + b * _V) ** 2))
    given = (mean, second, positive(a), less(a, 1), positive(_V), positive(_R))
    start = {"a": "1/2", "b": 0, "m": 0, "n": 0, "v": 1, "V": 1}
    tilted = {"a": "1/2", "b": "1/4", "m": 2, "n": 1, "v": 4, "V": 2}
    return (
        true(
            "spread-of-a-tilted-loop",
            "real share a, tilt b: the equilibrium variance has v = V + (1 − a)b²v²/a²",
            given=given,
            then=equal(_V, _R + (1 - a) * b**2 * _V**2 / a**2),
            witness=start,
            why="the real mean lies (1 − a)bv/a below, which adds to the variance between the parts",
        ),
        false(
            "spread-with-one-power-of-the-share",
            "… v = V + (1 − a)b²v²/a",
            given=given,
            then=equal(_V, _R + (1 - a) * b**2 * _V**2 / a),
            witness=start,
            fails_at=tilted,
            why="one power of a is missing",
        ),
        false(
            "spread-without-the-share",
            "… v = V + b²v²/a²",
            given=given,
            then=equal(_V, _R + b**2 * _V**2 / a**2),
            witness=start,
            fails_at=tilted,
            why="the curated share 1 − a is missing",
        ),
    )


def _surfaces() -> tuple[Planted, ...]:
    return (
        false(
            "fold-condition-strict",
            "an equilibrium v = V + κv² has 4κV < 1",
            given=_FIXED,
            then=less(4 * _K * _R, 1),
            witness=_BEFORE,
            fails_at=_AT_FOLD,
            why="at the fold v = 1/(2κ) it is 1",
            sliver=True,
        ),
        false(
            "less-than-doubled",
            "an equilibrium with 2κv ≤ 1 has v ≤ (2 − 10⁻⁴)V",
            given=(*_FIXED, at_least(1, 2 * _K * _V)),
            then=at_least((2 - sympy.Rational(1, 10**4)) * _R, _V),
            witness=_BEFORE,
            fails_at=_AT_FOLD,
            why="close to the fold, 2κv > 1 − 10⁻⁴",
            sliver=True,
        ),
        false(
            "lower-branch-strictly-stable",
            "the smaller root v of κv² − v + V has 2κv < 1",
            given=_EXISTS,
            then=less(2 * _K * _LOWER, 1),
            witness={"V": "3/4", "k": "1/4"},
            fails_at={"V": 1, "k": "1/4"},
            why="it is 1 at the fold 4κV = 1",
            sliver=True,
        ),
    )


def _roots() -> tuple[Planted, ...]:
    return (
        true(
            "lower-branch-bounds",
            "the smaller root lies in [V, 2V]",
            given=_EXISTS,
            then=(at_least(_LOWER, _R), at_least(2 * _R, _LOWER)),
            witness={"V": "3/4", "k": "1/4"},
            why="it is 2V/(1 + √(1 − 4κV)); 2V is attained at the fold",
        ),
        true(
            "branches-multiply-to",
            "the two roots multiply to V/κ",
            given=_EXISTS,
            then=equal(_LOWER * _UPPER, _R / _K),
            witness={"V": "3/4", "k": "1/4"},
            why="Vieta",
        ),
        false(
            "upper-branch-below-reciprocal",
            "the larger root is at most 3/(4κ)",
            given=_EXISTS,
            then=at_least(3 / (4 * _K), _UPPER),
            witness={"V": 1, "k": "1/4"},
            fails_at={"V": "7/16", "k": "1/4"},
            why="it tends to 1/κ as V tends to 0: 7/2 against 3 at V = 7/16, κ = 1/4",
        ),
        false(
            "lower-branch-first-order",
            "the smaller root is at most V + (5/4)κV²",
            given=_EXISTS,
            then=at_least(_R + sympy.Rational(5, 4) * _K * _R**2, _LOWER),
            witness={"V": 1, "k": "1/100"},
            fails_at={"V": "3/4", "k": "1/4"},
            why="V + κV² + 2κ²V³ + …: 1 against 0.926",
        ),
    )


def _root_slivers() -> tuple[Planted, ...]:
    box = (positive(_X), at_least(10, _X), positive(_Y), at_least(10, _Y))
    tiny = sympy.Rational(1, 10**8)
    return (
        false(
            "geometric-mean-a-little-lower",
            "√(xy) ≤ (x + y)/2 − 10⁻⁸ for x, y in (0, 10]",
            given=box,
            then=at_least((_X + _Y) / 2 - tiny, sqrt(_X * _Y)),
            witness={"x": 1, "y": 4},
            fails_at={"x": 1, "y": 1},
            why="for |√x − √y| < 1.5 · 10⁻⁴",
            sliver=True,
        ),
        false(
            "hypotenuse-a-little-longer",
            "√(x² + y²) ≥ 0.70710679(x + y) for x, y in (0, 10]",
            given=box,
            then=at_least(sqrt(_X**2 + _Y**2), sympy.Rational(70710679, 10**8) * (_X + _Y)),
            witness={"x": 3, "y": 4},
            fails_at={"x": 1, "y": 1},
            why="1/√2 = 0.70710678…: within 10⁻⁴ of the diagonal",
            sliver=True,
        ),
        false(
            "root-below-a-lower-tangent",
            "√(1 + x) ≤ 1 + x/2 − 10⁻⁹ for x in [−1, 3]",
            given=(at_least(_X, -1), at_least(3, _X)),
            then=at_least(1 + _X / 2 - tiny / 10, sqrt(1 + _X)),
            witness={"x": 3},
            fails_at={"x": 0},
            why="for |x| < 9 · 10⁻⁵",
            sliver=True,
        ),
    )


def _true_roots() -> tuple[Planted, ...]:
    box = (positive(_X), at_least(10, _X), positive(_Y), at_least(10, _Y))
    return (
        true(
            "geometric-mean",
            "√(xy) ≤ (x + y)/2 for x, y in (0, 10]",
            given=box,
            then=at_least((_X + _Y) / 2, sqrt(_X * _Y)),
            witness={"x": 1, "y": 4},
            why="(√x − √y)² ≥ 0; attained at x = y",
        ),
        true(
            "hypotenuse",
            "√(x² + y²) ≥ 0.70710678(x + y) for x, y in (0, 10]",
            given=box,
            then=at_least(sqrt(_X**2 + _Y**2), sympy.Rational(70710678, 10**8) * (_X + _Y)),
            witness={"x": 3, "y": 4},
            why="√(x² + y²) ≥ (x + y)/√2 and 0.70710678 < 1/√2",
        ),
        true(
            "root-above-its-parabola",
            "√(1 + x) ≥ 1 + x/2 − x²/8 for x ≥ 0",
            given=(at_least(_X),),
            then=at_least(sqrt(1 + _X), 1 + _X / 2 - _X**2 / 8),
            witness={"x": 3},
            why="the difference starts as x³/16 and its second derivative is ≥ 0; attained at 0",
        ),
        false(
            "root-below-its-parabola",
            "√(1 + x) ≤ 1 + x/2 − x²/8 for 0 ≤ x ≤ 1/100",
            given=(at_least(_X), at_least(sympy.Rational(1, 100), _X)),
            then=at_least(1 + _X / 2 - _X**2 / 8, sqrt(1 + _X)),
            witness={"x": 0},
            fails_at={"x": "1/100"},
            why="the next term is x³/16 > 0",
        ),
    )
